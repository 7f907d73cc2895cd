"""Sheets after real ones, each with what is right: an answer is taken, asked for, or left out."""

import re
import time
from datetime import date

import pytest

from sheet_program import CASES, NewProgram


def roles(program: NewProgram) -> dict[str, str]:
    return {id_: person["cohorts"][0]["role"] for id_, person in program.people().items()}


def test_people_who_say_none_for_their_login_stay_themselves(program: NewProgram) -> None:
    ran = program.import_sheet(CASES / "fillers.csv")
    assert (ran.code, ran.out) == (0, "6 people: 6 new\n")
    assert "6 of 6 people have no GitHub account" in ran.err
    assert ran.err.count("GitHub account") == 1
    assert not any("github" in person for person in program.people().values())


@pytest.mark.parametrize(
    "question",
    [
        "Age group",
        "How did you hear about us?",
        "From an underrepresented group?",
        "Which project management tools do you use?",
        "Do you have any questions about the program?",
    ],
)
def test_a_word_in_another_question_is_no_field(program: NewProgram, question: str) -> None:
    sheet = (CASES / "words-inside-questions.csv").read_text(encoding="utf-8")
    ran = program.import_sheet(sheet.replace("Age group", question, 1), "--show", "members")
    assert (ran.code, ran.out) == (0, "4 people: 4 new\n")
    left_out = [line for line in ran.err.splitlines() if question in line]
    assert all("left out" in line for line in left_out)
    assert left_out
    for person in program.people().values():
        assert "about" not in person
        assert "team" not in person["cohorts"][0]
    proposed = program.run("match", "spring", "--today", "2027-01-12").out
    assert "Ann Example mentors" in proposed
    assert "Bo Example mentors" in proposed


DATES = {
    "month first": ("1/5/2027 9:12:44", "1/14/2027 18:30:02"),
    "dots": ("05.01.2027 09:12:44", "14.01.2027 18:30:02"),
    "German": ("5. Januar 2027", "14. Januar 2027"),
}


@pytest.mark.parametrize("form", DATES)
@pytest.mark.parametrize("newest_is", ["first", "last"])
def test_the_newest_answer_wins(program: NewProgram, form: str, newest_is: str) -> None:
    sheet = (CASES / "newest-answer.csv").read_text(encoding="utf-8")
    for ours, theirs in zip(DATES["month first"], DATES[form], strict=True):
        sheet = sheet.replace(ours, theirs)
    header, older, newer = sheet.splitlines()
    rows = [newer, older] if newest_is == "first" else [older, newer]
    ran = program.import_sheet("\n".join([header, *rows]), "--today", "2027-01-20")
    assert (ran.code, ran.out) == (0, "1 person: 1 new\n")
    (ann,) = program.people().values()
    assert ann["region"] == "Portugal"
    assert ann["consent"] == {"given_on": "2027-01-14", "show": "coordinators"}


def test_a_job_is_no_role(program: NewProgram) -> None:
    ran = program.import_sheet(CASES / "role-that-is-a-job.csv")
    assert (ran.code, ran.out) == (1, "nothing was imported\n")
    assert "who wants to be a mentor and who a mentee, and 'role' does not" in ran.err
    ran = program.import_sheet(CASES / "role-that-is-a-job.csv", "--role", "mentee")
    assert (ran.code, ran.out) == (0, "3 people: 3 new\n")
    assert "left out: its answers do not fit 'role'" in ran.err
    assert set(roles(program).values()) == {"mentee"}


def test_a_yes_or_no_about_english_names_no_language(program: NewProgram) -> None:
    assert program.import_sheet(CASES / "no-language-question.csv").code == 0
    assert not any("languages" in person for person in program.people().values())


def test_a_negated_question_is_never_its_opposite(program: NewProgram) -> None:
    ran = program.import_sheet(CASES / "negated-question.csv", "--show", "members")
    assert (ran.code, ran.out) == (0, "3 people: 3 new\n")
    assert "left out: asks for what is not so" in ran.err
    people = program.people().values()
    assert not any("skills_offered" in p or "also_offers" in p for p in people)


def test_ticks_under_topics_are_offered_by_mentors_and_wanted_by_mentees(
    program: NewProgram,
) -> None:
    before = program.files()
    assert program.import_sheet(CASES / "column-for-each-topic.csv").code == 1
    assert program.files() == before
    assert program.import_sheet(CASES / "column-for-each-topic.csv", "--accept").code == 0
    people = program.people()
    assert people["ann-example"]["also_offers"] == ["Communication & soft skills", "Data analysis"]
    assert people["bo-example"]["also_wants"] == ["Career planning"]


def sign_up_four(program: NewProgram) -> None:
    sheet = "Full name,I want to be,Email,How many mentees can you take?\n"
    sheet += "Ann Example,Mentor,ann@example.org,3\n"
    for name in ("Bo", "Cy", "Di"):
        sheet += f"{name} Example,Mentee,{name.lower()}@example.org,\n"
    assert program.import_sheet(sheet).code == 0


@pytest.mark.parametrize(
    ("case", "pairs"),
    [("mentees-in-columns", 3), ("mentees-in-one-cell", 3), ("people-by-mail", 1)],
)
def test_several_mentees_may_stand_in_one_row(program: NewProgram, case: str, pairs: int) -> None:
    sign_up_four(program)
    ran = program.import_sheet(CASES / f"{case}.csv", "--pairs")
    noun = "pairs" if pairs > 1 else "pair"
    assert (ran.code, ran.out) == (0, f"{pairs} {noun}: {pairs} new\n")
    assert len(program.program().pairs) == pairs


def test_a_mentor_who_is_one_of_the_team_loses_only_that_pair(program: NewProgram) -> None:
    sheet = "id,Full name,I want to be,Project\nann,Ann Example,Mentor,\nann,Ann Example,Mentee,P\n"
    sheet += "bo,Bo Example,Mentee,P\ncy,Cy Example,Mentee,P\n"
    assert program.import_sheet(sheet).out == "3 people: 3 new\n"
    ran = program.import_sheet("Project,Mentor\nP,Ann Example\n", "--pairs")
    assert (ran.code, ran.out) == (1, "2 pairs: 2 new\n")
    assert "nobody can be their own mentor, and 'ann' would be" in ran.err
    assert {pair.mentee for pair in program.program().pairs.values()} == {"bo", "cy"}


def test_ranked_choices_hours_and_experience_are_taken(program: NewProgram) -> None:
    ran = program.import_sheet(CASES / "ranked-choices.csv", "--show", "members")
    assert (ran.code, ran.out) == (0, "4 people: 4 new\n")
    people = program.people()
    assert people["cy-example"]["preferred"] == ["bo-example", "ann-example"]
    assert people["di-example"]["experience_years"] == 0
    assert people["ann-example"]["availability"] == [
        {"day": "monday", "starts": "09:00", "ends": "12:00"},
        {"day": "monday", "starts": "14:00", "ends": "16:00"},
    ]
    assert program.run("match", "spring", "--write", "--today", "2027-01-12").code == 0
    pairs = {(pair.mentor, pair.mentee) for pair in program.program().pairs.values()}
    assert pairs == {("bo-example", "cy-example"), ("ann-example", "di-example")}


def test_what_no_means_is_asked_once_and_remembered(program: NewProgram) -> None:
    sheet = CASES / "role-by-yes-and-no.csv"
    before = program.files()
    ran = program.import_sheet(sheet)
    assert ran.code == 1
    assert "'No' (mentee or left out?)" in ran.err
    assert "3 rows below the headers: 1 taken, 1 not imported, 1 empty" in ran.err
    assert program.files() == before
    question = "sign up as a mentor: No = mentee"
    ran = program.import_sheet(sheet, "--answer", question, "--date-order", "day_first")
    assert (ran.code, ran.out) == (0, "2 people: 2 new\n")
    assert roles(program) == {"ann-example": "mentor", "bo-example": "mentee"}
    assert program.import_sheet(sheet).out == "2 people: 2 unchanged\n"


def test_text_that_yaml_reads_otherwise_stays_text(program: NewProgram) -> None:
    sheet = CASES / "text-that-yaml-reads-otherwise.csv"
    ran = program.import_sheet(sheet)
    assert (ran.code, ran.out) == (0, "4 people: 4 new\n"), ran.err
    people = program.people()
    assert people["null"]["name"] == "Null"
    assert people["null"]["region"] == "NO"
    assert people["null"]["languages"] == ["no"]
    assert [people[id_]["region"] for id_ in ("true", "0x1f", "1e3")] == ["0x1F", "1e3", "12:30"]
    assert program.is_sound(date(2027, 1, 12))


def test_today_is_one_day_wherever_commands_run(program: NewProgram, monkeypatch) -> None:
    sheet = "Full name,I want to be,May we show your profile?\nAnn Example,Mentor,Yes\n"
    path = program.root.parent / "sheet.csv"
    path.write_text(sheet, encoding="utf-8")
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        assert program.run("import", str(path), "--cohort", "spring").code == 0
        monkeypatch.setenv("TZ", "UTC")
        time.tzset()
        ran = program.run("check")
        warned = re.findall(r": warning ([a-z-]+)", ran.out)
        assert (ran.code, warned) == (0, ["programs-say-what-the-law-asks"]), ran.out
