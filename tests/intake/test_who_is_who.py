"""Which rows are one person: told, decided once, and never melted."""

from datetime import date

import pytest

from sheet_program import NewProgram

HEADER = "Timestamp,Email,Full name,GitHub username,I want to be,Country"


def sheet(*rows: str) -> str:
    return "\n".join([HEADER, *rows, ""])


def test_one_mail_address_and_name_is_one_person(program: NewProgram) -> None:
    rows = ("2027-01-02 10:00,ann@example.org,Ann Example,,Mentor,Chad",)
    rows += ("2027-01-03 10:00,ANN@example.org,Ann M. Example,,Mentor,Kenya",)
    ran = program.import_sheet(sheet(*rows))
    assert (ran.code, ran.out) == (0, "1 person: 1 new\n")
    assert "rows 2 and 3 are one person, by the same mail address" in ran.err
    assert "2 rows below the headers: 1 taken, 1 joined to another of the same person" in ran.err
    assert program.people()["ann-m-example"]["region"] == "Kenya"


CONTRADICTIONS = {
    "one login, two names": (
        (
            "a,a@example.org,Ann Example,annex,Mentor,Chad",
            "b,b@example.org,Zoe Other,annex,Mentee,",
        ),
        "rows 2 and 3 have one GitHub login, and different names: 'Ann Example' and 'Zoe Other'",
    ),
    "one mail address, two names": (
        ("a,a@example.org,Ann Example,,Mentor,Chad", "b,a@example.org,Zoe Other,,Mentee,"),
        "rows 2 and 3 have one mail address, and different names: 'Ann Example' and 'Zoe Other'",
    ),
    "one name, two mail addresses": (
        ("a,a@example.org,Ann Example,,Mentor,Chad", "b,b@example.org,Ann Example,,Mentee,"),
        "rows 2 and 3 have one name, 'Ann Example', and different mail addresses",
    ),
    "one name and nothing else": (
        ("a,,Ann Example,,Mentor,Chad", "b,,Ann Example,,Mentee,"),
        "rows 2 and 3 have one name, 'Ann Example', and nothing else in common",
    ),
}


@pytest.mark.parametrize("what", CONTRADICTIONS)
@pytest.mark.parametrize("decision", ["--accept", "--different-people", "--same-person"])
def test_what_contradicts_itself_is_decided_once(
    program: NewProgram, what: str, decision: str
) -> None:
    rows, message = CONTRADICTIONS[what]
    before = program.files()
    ran = program.import_sheet(sheet(*rows))
    assert ran.code == 1
    assert message in ran.err
    assert program.files() == before
    said = (decision,) if decision == "--accept" else (decision, "2,3")
    ran = program.import_sheet(sheet(*rows), *said)
    people = 1 if decision == "--same-person" else 2
    noun = "person" if people == 1 else "people"
    assert (ran.code, ran.out) == (0, f"{people} {noun}: {people} new\n"), ran.err
    logins = [person.get("github") for person in program.people().values()]
    assert logins.count("annex") == ("login" in what)
    again = program.import_sheet(sheet(*rows))
    assert (again.code, again.out) == (0, f"{people} {noun}: {people} unchanged\n"), again.err
    turned = program.import_sheet(sheet(*reversed(rows)))
    # Of rows without a time the last one is the newest, so one person of two rows may have news.
    assert turned.code == 0, turned.err
    assert turned.out.startswith(f"{people} {noun}: {people} u"), turned.out
    assert "taken back" not in turned.out


def test_two_logins_make_two_people_of_one_name(program: NewProgram) -> None:
    rows = ("a,,Ann Example,annex,Mentor,", "b,,Ann Example,ann-two,Mentee,")
    ran = program.import_sheet(sheet(*rows))
    assert (ran.code, ran.out) == (0, "2 people: 2 new\n")
    assert program.import_sheet(sheet(*reversed(rows))).out == "2 people: 2 unchanged\n"


@pytest.mark.parametrize("filler", ["n/a", "none", "no", "-", "nil", "tbd", "keine", "ninguno"])
def test_a_filler_joins_nobody(program: NewProgram, filler: str) -> None:
    rows = [f"a,{filler},{name} Example,{filler},Mentor," for name in ("Ann", "Bo", "Cy")]
    ran = program.import_sheet(sheet(*rows))
    assert (ran.code, ran.out) == (0, "3 people: 3 new\n")
    assert "mail" not in {key for p in program.people().values() for key in p["imported"]}


def test_a_login_that_github_cannot_have_is_left_out_at_its_cell(program: NewProgram) -> None:
    ran = program.import_sheet(sheet("a,,Ann Example,ann example!,Mentor,"))
    assert "row 2, column 'GitHub username': 'ann example!' must be a login on GitHub" in ran.err
    assert "github" not in program.people()["ann-example"]


def test_the_later_row_wins_where_no_time_can_be_read(program: NewProgram) -> None:
    rows = ("soon,ann@example.org,Ann Example,,Mentor,Chad",)
    rows += ("later,ann@example.org,Ann Example,,Mentor,Kenya",)
    ran = program.import_sheet(sheet(*rows))
    assert program.people()["ann-example"]["region"] == "Kenya"
    assert "of rows 2 and 3 the last one counts as the newest" in ran.err


def consent_sheet(*rows: str) -> str:
    header = "Timestamp,Email,Full name,I want to be,May we show your profile?"
    return "\n".join([header, *rows, ""])


def test_a_withdrawn_consent_wins_where_the_order_is_not_known(program: NewProgram) -> None:
    rows = (",ann@example.org,Ann Example,Mentor,No", ",ann@example.org,Ann Example,Mentor,Yes")
    program.import_sheet(consent_sheet(*rows))
    assert program.people()["ann-example"]["consent"]["show"] == "coordinators"


def test_an_older_sheet_does_not_give_back_a_withdrawn_consent(program: NewProgram) -> None:
    no = "2027-01-09 10:00,ann@example.org,Ann Example,Mentor,No"
    yes = "2027-01-03 10:00,ann@example.org,Ann Example,Mentor,Yes"
    program.import_sheet(consent_sheet(no))
    ran = program.import_sheet(consent_sheet(yes), "--today", "2027-01-20")
    assert ran.out == "1 person: 1 unchanged\n"
    expected = {"given_on": "2027-01-09", "show": "coordinators"}
    assert program.people()["ann-example"]["consent"] == expected


def test_an_older_sheet_only_adds_what_was_missing(program: NewProgram) -> None:
    newer = "2027-01-09 10:00,ann@example.org,Ann Example,,Mentor,Kenya"
    older = "2027-01-03 10:00,ann@example.org,Ann Example,annex,Mentor,Chad"
    program.import_sheet(sheet(newer))
    ran = program.import_sheet(sheet(older))
    assert "row 2: these answers are older than those in content/participants/ann" in ran.err
    ann = program.people()["ann-example"]
    assert (ann["region"], ann["github"]) == ("Kenya", "annex")
    assert program.import_sheet(sheet(newer)).out == "1 person: 1 unchanged\n"


def test_a_consent_withdrawn_in_a_sheet_wins_over_what_was_edited(program: NewProgram) -> None:
    yes = "2027-01-03 10:00,ann@example.org,Ann Example,Mentor,members"
    program.import_sheet(consent_sheet(yes))
    path = program.root / "content/participants/ann-example.yml"
    text = path.read_text(encoding="utf-8").replace("show: members", "show: public")
    path.write_text(text, encoding="utf-8")
    no = "2027-01-09 10:00,ann@example.org,Ann Example,Mentor,No"
    program.import_sheet(consent_sheet(no))
    expected = {"given_on": "2027-01-09", "show": "coordinators"}
    assert program.people()["ann-example"]["consent"] == expected
    assert program.is_sound(date(2027, 1, 12))


WRONG = (
    "Company,Person called,I want to be\nAcme Works,Ann Example,Mentor\nBeta Co,Bo Example,Mentee\n"
)


def test_what_a_wrong_reading_made_is_taken_back(program: NewProgram) -> None:
    program.import_sheet(WRONG, "--map", "Company=name")
    assert sorted(program.people()) == ["acme-works", "beta-co"]
    ran = program.import_sheet(WRONG, "--map", "Company=-", "--map", "called=name")
    assert (ran.code, ran.out) == (0, "2 people: 2 new; 2 taken back\n")
    assert sorted(program.people()) == ["ann-example", "bo-example"]


def test_what_somebody_edited_is_not_taken_back(program: NewProgram) -> None:
    program.import_sheet(WRONG, "--map", "Company=name")
    path = program.root / "content/participants/acme-works.yml"
    path.write_text(f"{path.read_text(encoding='utf-8')}pronouns: she/her\n", encoding="utf-8")
    ran = program.import_sheet(WRONG, "--map", "Company=-", "--map", "called=name")
    assert ran.out == "2 people: 2 new; 1 taken back\n"
    assert "acme-works" in program.people()


def test_a_name_corrected_in_its_row_leaves_nobody_behind(program: NewProgram) -> None:
    rows = ["Ann Example", "Bo Example", "Nobody Really", "Di Example"]
    text = "Full name,I want to be\n" + "".join(f"{name},Mentor\n" for name in rows)
    program.import_sheet(text)
    corrected = text.replace("Nobody Really", "Cy Example")
    ran = program.import_sheet(corrected)
    assert ran.code == 1
    assert (
        "somebody else's now, and not edited since: content/participants/nobody-really" in ran.err
    )
    ran = program.import_sheet(corrected, "--accept")
    assert ran.out == "4 people: 1 new, 3 unchanged; 1 taken back\n"
    assert sorted(program.people()) == ["ann-example", "bo-example", "cy-example", "di-example"]


def test_another_sheet_of_the_form_takes_nobody_back(program: NewProgram) -> None:
    program.import_sheet("Full name,I want to be\nAnn Example,Mentor\nBo Example,Mentee\n")
    second = "Full name,I want to be\nCy Example,Mentor\nDi Example,Mentee\n"
    assert program.import_sheet(second).out == "2 people: 2 new\n"
    assert program.import_sheet(second).out == "2 people: 2 unchanged\n"
    assert len(program.people()) == 4


def test_an_initial_makes_no_one_person_of_two_people_who_share_an_address(
    program: NewProgram,
) -> None:
    rows = ("2027-01-02 10:00,a@example.org,A. Example,,Mentor,Chad",)
    rows += ("2027-01-03 10:00,a@example.org,Anna Example,,Mentor,Kenya",)
    rows += ("2027-01-04 10:00,a@example.org,Adam Example,,Mentee,Peru",)
    ran = program.import_sheet(sheet(*rows), "--accept")
    assert ran.out == "2 people: 2 new\n"
    assert "have one mail address, and different names" in ran.err
    assert sorted(program.people()) == ["adam-example", "anna-example"]


def test_a_decision_about_a_row_that_is_not_there_is_refused(program: NewProgram) -> None:
    rows = ("2027-01-02 10:00,a@example.org,Ann Example,,Mentor,Chad",)
    ran = program.import_sheet(sheet(*rows), "--same-person", "2,9")
    assert (ran.code, ran.out) == (1, "nothing was imported\n")
    assert "row 9 must be the row of somebody who can be imported" in ran.err


def test_many_people_of_one_address_are_counted_and_not_all_named(program: NewProgram) -> None:
    names = ("Ann Example", "Bo Poe", "Cy Roe", "Di Foe", "Ed Doe", "Fi Loe", "Gi Noe")
    rows = (f"2027-01-02 10:00,info@example.org,{name},,Mentee,Chad" for name in names)
    ran = program.import_sheet(sheet(*rows))
    assert "'Ann Example', 'Bo Poe', 'Cy Roe', 'Di Foe' and 3 more" in ran.err


CONSENT = "Timestamp,Email,Full name,I want to be,May we show your profile?\n"


def test_what_all_agreed_to_elsewhere_never_overrules_a_no(program: NewProgram) -> None:
    no = "2027-01-02 10:00,a@example.org,Ann Example,Mentor,No\n"
    silent = "2027-01-05 10:00,a@example.org,Ann Example,Mentor,\n"
    program.import_sheet(CONSENT + no + silent, "--show", "public")
    assert program.people()["ann-example"]["consent"]["show"] == "coordinators"
    silent = "2027-01-06 10:00,a@example.org,Ann Example,Mentor,\n"
    program.import_sheet(CONSENT + silent, "--show", "public")
    consent = program.people()["ann-example"]["consent"]
    assert (consent["show"], str(consent["given_on"])) == ("coordinators", "2027-01-02")


def test_an_answer_that_is_dated_in_the_future_is_not_the_newest(program: NewProgram) -> None:
    yes = "2072-01-02 10:00,a@example.org,Ann Example,Mentor,Yes\n"
    no = "2027-01-02 10:00,a@example.org,Ann Example,Mentor,No\n"
    ran = program.import_sheet(CONSENT + yes + no)
    assert "'2072-01-02 10:00' is still to come" in ran.err
    assert program.people()["ann-example"]["consent"]["show"] == "coordinators"


def test_a_yes_without_a_date_does_not_bring_back_what_was_withdrawn(program: NewProgram) -> None:
    undated = CONSENT.removeprefix("Timestamp,")
    program.import_sheet(CONSENT + "2027-01-02 10:00,a@example.org,Ann Example,Mentor,No\n")
    ran = program.import_sheet(undated + "a@example.org,Ann Example,Mentor,Yes\n")
    assert program.people()["ann-example"]["consent"]["show"] == "coordinators"
    assert "shows this person to fewer people, and stays so" in ran.err
