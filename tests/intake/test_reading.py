"""How a sheet is read is said first, accepted once, kept, and used for the next sheet."""

import pytest

from peerloom import source
from sheet_program import NewProgram

PEOPLE = "Full name,I want to be\nAnn Example,Mentor\nBo Example,Mentee\n"
GUESSED = (
    "Full name,I want to be,In which city are you based these days?,Shoe size\n"
    "Ann Example,Mentor,Lisbon,38\nBo Example,Mentee,Porto,44\n"
)


def test_each_column_is_said_with_how_sure_it_is_and_two_samples(program: NewProgram) -> None:
    ran = program.import_sheet(GUESSED + "Cy Example,Mentee,Faro,41\n", "--dry-run")
    lines = ran.err.splitlines()
    assert lines[0] == "how the sheet is read (4 columns, UTF-8):"
    said = [" ".join(line.split()) for line in lines[1:6]]
    assert said[0] == "A Full name name certain 'Ann Example' | 'Bo Example'"
    assert said[2] == (
        "C In which city are you based these days? region "
        "guessed: likely question 'Lisbon' | 'Porto'"
    )
    assert said[3] == "D Shoe size - left out: asks for something else '38' | '44'"
    assert said[4] == "answers to 'I want to be': 'Mentee' → mentee (2), 'Mentor' → mentor (1)"


def test_a_log_that_others_read_holds_no_sample_answers(program: NewProgram, monkeypatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    sheet = "Full name,Email,I want to be\nAnn Example,ann@example.org,Mentor\n"
    ran = program.import_sheet(sheet)
    assert "B  Email         mail             certain\n" in ran.err
    assert "ann@" not in ran.err


def test_nothing_guessed_is_written_unasked(program: NewProgram) -> None:
    before = program.files()
    ran = program.import_sheet(GUESSED)
    assert ran.code == 1
    assert ran.out == "nothing is written yet; would import: 2 people: 2 new\n"
    assert program.files() == before
    (command,) = [line.strip() for line in ran.err.splitlines() if line.endswith("--accept")]
    assert command.startswith("peerloom -C ")
    assert "import" in command
    assert "--cohort spring" in command


def test_what_is_accepted_is_kept_and_not_asked_again(program: NewProgram) -> None:
    assert program.import_sheet(GUESSED, "--accept").out == "2 people: 2 new\n"
    (kept,) = program.readings().values()
    assert [(c["header"], c["field"]) for c in kept["columns"]] == [
        ("Full name", "name"),
        ("I want to be", "role"),
        ("In which city are you based these days?", "region"),
        ("Shoe size", "-"),
    ]
    assert program.is_sound()
    ran = program.import_sheet(GUESSED, name="again.csv")
    assert (ran.code, ran.out) == (0, "2 people: 2 unchanged\n")
    assert "as content/readings/sheet.yml says" in ran.err


def test_only_a_new_column_or_answer_is_asked_for(program: NewProgram) -> None:
    program.import_sheet(GUESSED, "--accept")
    header, *rows = GUESSED.splitlines()
    more = "\n".join([f"{header},Tz where you live", *(f"{row},Europe/Lisbon" for row in rows)])
    ran = program.import_sheet(more.replace("Tz where you live", "Time zone of your city"))
    assert ran.code == 1
    assert ran.err.count("  1. ") == 1
    assert "'Time zone of your city' as the time zone" in ran.err
    assert "  2. " not in ran.err


def test_a_person_can_edit_what_is_kept(program: NewProgram) -> None:
    program.import_sheet(GUESSED, "--accept")
    path = program.root / "content/readings/sheet.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"# ours\n{text.replace('field: region', 'field: about')}", encoding="utf-8")
    assert program.import_sheet(f"{GUESSED}Eve Example,Mentor,Lisbon,40\n").code == 0
    assert program.people()["eve-example"]["about"] == "Lisbon"
    assert path.read_text(encoding="utf-8").startswith("# ours\n")


def test_a_sheet_of_another_form_is_not_read_by_the_reading(program: NewProgram) -> None:
    program.import_sheet(PEOPLE, "--map", "I want to be=-", "--role", "mentee")
    other = (
        "Full name,I want to be,Country,Time zone,Pronouns\nDi Example,Mentor,Chad,UTC,she/her\n"
    )
    assert program.import_sheet(other).code == 0
    assert program.people()["di-example"]["cohorts"][0]["role"] == "mentor"


def test_a_dry_run_remembers_if_that_is_asked_for(program: NewProgram) -> None:
    ran = program.import_sheet(GUESSED, "--dry-run", "--remember", "--map", "Shoe=interests")
    assert "remembered: content/readings/sheet.yml" in ran.err
    assert program.people() == {}
    assert program.import_sheet(GUESSED).out == "2 people: 2 new\n"
    assert program.people()["ann-example"]["interests"] == ["38"]


def test_custom_words_are_said_once(program: NewProgram) -> None:
    sheet = PEOPLE.replace("Mentor", "Big").replace("Mentee", "Little")
    ran = program.import_sheet(sheet)
    assert ran.code == 1
    assert "'I want to be' does not: 'Big', 'Little'" in ran.err
    said = ("--map", "I want to be=role", "--answer", "want to be: Big = mentor")
    ran = program.import_sheet(sheet, *said, "--answer", "want to be: little = mentee")
    assert (ran.code, ran.out) == (0, "2 people: 2 new\n")
    again = program.import_sheet(f"{sheet}Eve Example,Big\n")
    assert (again.code, again.out) == (0, "3 people: 1 new, 2 unchanged\n")


def test_a_new_word_for_a_role_is_asked_for_where_the_form_has_words_of_its_own(
    program: NewProgram,
) -> None:
    sheet = PEOPLE.replace("Mentor", "Big").replace("Mentee", "Little")
    said = ("--map", "I want to be=role", "--answer", "want to be: Big = mentor")
    program.import_sheet(sheet, *said, "--answer", "want to be: little = mentee")
    new = f"{sheet}Eve Example,Tiny\n"
    ran = program.import_sheet(new)
    assert (ran.code, "eve-example" in program.people()) == (1, False)
    assert "to say it: --answer 'I want to be: Tiny = mentor'" in ran.err
    ran = program.import_sheet(new, "--answer", "I want to be: Tiny = mentee")
    assert (ran.code, ran.out) == (0, "3 people: 1 new, 2 unchanged\n")


def test_a_refused_role_says_how_to_tell_what_it_means(program: NewProgram) -> None:
    ran = program.import_sheet(f"{PEOPLE}Eve Example,Admiral\n")
    assert ran.code == 1
    assert "if it means one of them, say so: --answer 'I want to be: Admiral = mentor'" in ran.err


def test_an_unclear_tick_under_a_topic_makes_no_skill(program: NewProgram) -> None:
    sheet = "Full name,I want to be,Skills you can teach [Git],Skills you can teach [Writing]\n"
    ran = program.import_sheet(f"{sheet}Ann Example,Mentor,yes,maybe\n", "--add-skills")
    assert ran.code == 0
    assert program.people()["ann-example"]["skills_offered"] == [{"skill": "git"}]
    assert "'maybe' must be a tick, a level such as expert, or empty" in ran.err


def test_a_meaning_of_an_answer_that_is_not_read_is_told(program: NewProgram) -> None:
    sheet = "Full name,I want to be,Shoe\nAnn Example,Mentor,38\n"
    ran = program.import_sheet(sheet, "--answer", "Shoe: 38 = big")
    assert "nothing is taken from this column, so neither is '38'" in ran.err
    ran = program.import_sheet(sheet, "--answer", "I want to be: Mentro = mentor")
    assert "nobody answered 'Mentro', whose meaning you said" in ran.err


def test_a_dry_run_says_the_command_that_writes(program: NewProgram) -> None:
    ran = program.import_sheet(GUESSED, "--dry-run")
    assert "--accept\n" in ran.err
    assert "--dry-run" not in ran.err


def test_what_is_said_not_to_be_offered_is_no_skill(program: NewProgram) -> None:
    sheet = "Full name,I want to be,Skills you can teach\n"
    sheet += 'Ann Example,Mentor,"Git; no Python; anything but SQL"\n'
    ran = program.import_sheet(sheet, "--add-skills")
    assert program.people()["ann-example"]["skills_offered"] == [{"skill": "git"}]
    assert "'no Python' says what is not so" in ran.err
    assert "'anything but SQL' says what is not so" in ran.err


def test_a_colon_may_stand_in_a_header_and_in_an_answer(program: NewProgram) -> None:
    sheet = "Full name,Finally: I want to be,When are you free?\nAnn Example,Big: yes,Mon: 5-7\n"
    said = ("--map", "Finally=role", "--answer", "Finally: I want to be: Big: yes = mentor")
    more = ("--answer", "When are you free?: Mon: 5-7 = monday 17:00-19:00")
    ran = program.import_sheet(sheet, *said, *more)
    assert ran.code == 0, ran.err
    hours = [{"day": "monday", "starts": "17:00", "ends": "19:00"}]
    assert program.people()["ann-example"]["availability"] == hours


def test_an_answer_may_mean_that_a_row_is_left_out(program: NewProgram) -> None:
    sheet = f"{PEOPLE}Cy Example,Just looking\n"
    assert program.import_sheet(sheet, "--answer", "I want to be: Just looking = -").code == 0
    ran = program.import_sheet(sheet)
    assert ran.out == "2 people: 2 unchanged\n"
    assert "3 rows below the headers: 2 taken, 1 left out, as you said" in ran.err


def test_a_column_is_named_by_any_part_that_no_other_has(program: NewProgram) -> None:
    ran = program.import_sheet(GUESSED, "--map", "SHOE=about", "--accept")
    assert ran.code == 0
    assert program.people()["ann-example"]["about"] == "38"
    ran = program.import_sheet(GUESSED, "--map", "o=about")
    assert "'o' must name one column, and 3 have it in their header" in ran.err
    assert program.import_sheet(GUESSED, "--map", "column D=-").code == 0


def test_what_the_settings_kept_is_read_and_carried_over(program: NewProgram) -> None:
    path = program.root / "content/program.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}import_columns:\n  Where from: region\n", encoding="utf-8")
    sheet = "Full name,I want to be,Where from\nAnn Example,Mentor,Chad\n"
    assert program.import_sheet(sheet).code == 0
    assert program.people()["ann-example"]["region"] == "Chad"
    assert path.read_text(encoding="utf-8") == text
    assert program.readings()["earlier-sheets"] == {
        "id": "earlier-sheets",
        "every_form": True,
        "columns": [{"header": "Where from", "field": "region"}],
    }
    assert program.import_sheet(sheet.replace("Ann", "Bo")).code == 0
    assert program.people()["bo-example"]["region"] == "Chad"


def test_a_header_asked_twice_is_told_apart_by_its_place(program: NewProgram) -> None:
    sheet = "Full name,I want to be,Comments,Comments\nAnn Example,Mentor,yes,long\n"
    ran = program.import_sheet(sheet, "--map", "column D=about")
    assert ran.code == 0
    assert "Comments (column C)" in ran.err
    assert program.people()["ann-example"]["about"] == "long"


def test_an_empty_column_that_fits_does_not_beat_a_filled_one(program: NewProgram) -> None:
    sheet = "Full name,I want to be,Country,Country of residence\nAnn Example,Mentor,,Chad\n"
    assert program.import_sheet(sheet).code == 0
    assert program.people()["ann-example"]["region"] == "Chad"


def test_two_filled_columns_for_one_field_are_asked_about(program: NewProgram) -> None:
    sheet = "Full name,Name,I want to be\nAnn Example,ann_e,Mentor\nBo Example,bobo,Mentee\n"
    ran = program.import_sheet(sheet)
    assert ran.code == 1
    assert "1. 'Full name' as the name" in ran.err
    assert program.import_sheet(sheet, "--accept").code == 0
    assert sorted(program.people()) == ["ann-example", "bo-example"]


def test_sections_for_mentors_and_for_mentees_are_one_question(program: NewProgram) -> None:
    sheet = (
        "Full name,I want to be,Country,Time zone,Country,Time zone\n"
        "Ann Example,Mentor,Chad,Africa/Ndjamena,,\nBo Example,Mentee,,,Kenya,Africa/Nairobi\n"
    )
    assert program.import_sheet(sheet).out == "2 people: 2 new\n"
    assert [p["region"] for p in program.people().values()] == ["Chad", "Kenya"]


NOBODYS = (
    "Age group",
    "How did you hear about us?",
    "Job title or role",
    "Which programming languages do you use?",
    "Is English your first language?",
    "Company name",
    "Line manager's name",
    "Topics you do NOT want to mentor on",
    "Skills I don't want to learn",
    "Do you have a GitHub mentor already?",
)


@pytest.mark.parametrize("question", NOBODYS)
@pytest.mark.parametrize("answers", [("Mentor", "Python"), ("Yes", "No"), ("3", "2027-01-01")])
def test_a_question_for_no_field_is_left_out(
    program: NewProgram, question: str, answers: tuple[str, str]
) -> None:
    header, first, second = PEOPLE.splitlines()
    sheet = f'{header},"{question}"\n{first},{answers[0]}\n{second},{answers[1]}\n'
    ran = program.import_sheet(sheet)
    assert (ran.code, ran.out) == (0, "2 people: 2 new\n"), ran.err
    for person in program.people().values():
        assert set(person) == {"id", "name", "cohorts", "imported"}


def test_a_screen_holds_the_reading_of_twenty_columns(program: NewProgram) -> None:
    extra = [f"Extra question {n}" for n in range(12)]
    headers = ["Timestamp", "Full name", "I want to be", "Country", "Time zone", "Skills"]
    headers += ["GitHub username", "Pronouns", *extra]
    rows = [
        [
            *(f"2027-01-0{n % 9 + 1} 10:00", f"Person {n} Example", "Mentor", "Chad", "UTC"),
            *(f"skill {n}", "n/a", "they/them", *("words of somebody" for _ in extra)),
        ]
        for n in range(60)
    ]
    sheet = "\n".join(",".join(row) for row in [headers, *rows])
    ran = program.import_sheet(sheet)
    assert ran.code == 0
    assert len(ran.err.splitlines()) <= 40
    details = program.import_sheet(sheet, "--details", "--dry-run")
    assert len(details.err.splitlines()) > len(ran.err.splitlines())
    assert "--- " not in ran.out + ran.err


def test_a_terminal_asks_for_what_an_answer_means_and_for_the_encoding(
    program: NewProgram, monkeypatch
) -> None:
    monkeypatch.setattr("peerloom.cli.printing.can_ask", lambda: True)
    path = program.root.parent / "typed.csv"
    sheet = "Full name,Do you want to be a mentor?\nGábor Szűcs,Yes\nJenő Tóth,No\n"
    path.write_bytes(sheet.encode("cp1250"))
    command = ("import", str(path), "--cohort", "spring", "--today", "2027-01-12")
    ran = program.run(*command, typed="1\nmentee\ny\n")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "2 people: 2 new"), ran.err
    assert program.people()["jeno-toth"]["cohorts"][0]["role"] == "mentee"
    (kept,) = program.readings().values()
    assert kept["encoding"] == "cp1250"
    assert kept["columns"][1]["answers"] == {"No": "mentee", "Yes": "mentor"}
    assert program.run(*command).out == "2 people: 2 unchanged\n"


@pytest.mark.parametrize("headers", ["Mentor,Mentee", "Do you want to be a mentor?,Be a mentee"])
@pytest.mark.parametrize("signs", [("x", ""), ("Yes", "No"), ("✅", "❌"), ("1", "0")])
def test_a_column_for_each_role_is_read(
    program: NewProgram, headers: str, signs: tuple[str, str]
) -> None:
    yes, no = signs
    sheet = f"Full name,{headers}\nAnn Example,{yes},{no}\nBo Example,{no},{yes}\n"
    ran = program.import_sheet(f"{sheet}Cy Example,{yes},{yes}\nDi Example,{no},{no}\n")
    assert ran.out == "3 people: 3 new; 1 row not imported\n", ran.err
    roles = [person["cohorts"][0]["role"] for person in program.people().values()]
    assert roles == ["mentor", "mentee", "either"]


def test_a_mail_address_is_no_id(program: NewProgram) -> None:
    sheet = "Participant ID,Full name,Role\nann@example.org,Ann Example,mentor\n"
    assert program.import_sheet(sheet).code == 0
    assert list(program.people()) == ["ann-example"]


def test_somebody_in_a_terminal_is_asked(program: NewProgram, monkeypatch) -> None:
    monkeypatch.setattr("peerloom.cli.printing.can_ask", lambda: True)
    sheet = "Full name,I want to be,City now?\nAnn Example,Mentor,x\nAnn Example,Mentee,y\n"
    before = program.files()
    path = program.root.parent / "typed.csv"
    path.write_text(
        sheet.replace("City now?", "Which city are you based in now?"), encoding="utf-8"
    )
    command = ("import", str(path), "--cohort", "spring", "--today", "2027-01-12")
    ran = program.run(*command, typed="n\nn\n")
    assert ran.code == 1
    assert program.files() == before
    ran = program.run(*command, typed="y\ny\n")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "1 person: 1 new")
    (kept,) = program.readings().values()
    assert kept["people"] == [{"words": ["ann-example"], "same_person": True}]
    assert source.parse((program.root / "content/readings/typed.yml").read_bytes()).flaws == ()
    assert program.run(*command).out == "1 person: 1 unchanged\n"


def test_a_reading_holds_no_address_and_is_sound_whatever_a_header_says(
    program: NewProgram,
) -> None:
    question = f"Time zone (questions? mail team@uni.example or call +1 555 010 9999) {'x' * 1200}"
    sheet = f'Full name,"Role in the program (ask team@uni.example)","{question}",Time zone\n'
    sheet += "Ann Example,Mentor,a,ask ann@example.org or 555 010 9999\n"
    ran = program.import_sheet(f"{sheet}Bo Example,Mentee,b,IST\n", "--accept")
    assert ran.code == 0, ran.err
    text = (program.root / "content/readings/sheet.yml").read_text(encoding="utf-8")
    assert "ann@example.org" not in text
    assert "IST: '-'" in text
    assert program.is_sound()


RATED = """\
Full Name,Role Type,Career planning,Data analysis
Ann Example,mentor,1,5
Bo Example,mentee,x,1
Cy Example,mentee,,2
"""


def test_what_a_rating_under_a_topic_means_is_asked_and_never_dropped(program: NewProgram) -> None:
    mapped = ("--map", "Data analysis=skill", "--accept")
    asked = program.import_sheet(RATED, *mapped[:2])
    assert asked.code == 1
    for rating in "512":
        assert f"'{rating}'" in asked.err.split("answers to 'Data analysis'")[1]
    said = [f"Data analysis: {n} = {'yes' if n == 5 else 'no'}" for n in (5, 2, 1)]
    answers = [word for each in said for word in ("--answer", each)]
    assert program.import_sheet(RATED, *mapped, *answers).code == 0
    people = program.program().participants
    assert people["ann-example"].also_offers == ("Career planning", "Data analysis")
    assert people["bo-example"].also_wants == ("Career planning",)
    assert not people["cy-example"].also_wants
