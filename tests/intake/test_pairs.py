"""Matches made elsewhere: people by whatever names them, and what is not taken."""

from datetime import date

import pytest

from sheet_program import NewProgram


@pytest.fixture
def signed_up(program: NewProgram) -> NewProgram:
    sheet = "Full name,I want to be,Email,GitHub username,How many mentees can you take?\n"
    sheet += "Ann Example,Mentor,ann@example.org,annex,4\n"
    for name in ("Bo", "Cy", "Di"):
        login = name.lower()
        sheet += f"{name} Example,Mentee,{login}@example.org,{login}-hub,\n"
    assert program.import_sheet(sheet, "--show", "members").code == 0
    return program


@pytest.mark.parametrize(
    "rows",
    [
        "Mentor,Mentee\nAnn Example,Bo Example\nann-example,cy-example\nannex,@di-hub\n",
        'Mentor,Mentees\nAnn Example,"Bo Example, Cy Example and Di Example"\n',
        'Mentor,Mentees\nann@example.org,"bo@example.org; cy@example.org\ndi@example.org"\n',
        'Mentor,Mentees\n"Example, Ann","Example, Bo; Cy Example\nExample, Di"\n',
        "Mentor name,Mentor email,Mentee 1 name,Mentee 1 email,Mentee 2 name,Mentee 3 name\n"
        "Ann Example,ann@example.org,Bo Example,bo@example.org,Cy Example,Di Example\n",
    ],
)
def test_people_are_known_by_name_id_login_or_mail(signed_up: NewProgram, rows: str) -> None:
    ran = signed_up.import_sheet(rows, "--pairs")
    assert (ran.code, ran.out) == (0, "3 pairs: 3 new\n"), ran.err
    pairs = {(pair.mentor, pair.mentee) for pair in signed_up.program().pairs.values()}
    assert pairs == {("ann-example", f"{name}-example") for name in ("bo", "cy", "di")}


def test_a_mentee_who_is_not_known_costs_only_that_pair(signed_up: NewProgram) -> None:
    sheet = 'Mentor,Mentees\nAnn Example,"Bo Example, Zoe Nobody, Di Example"\n'
    ran = signed_up.import_sheet(sheet, "--pairs")
    assert (ran.code, ran.out) == (1, "2 pairs: 2 new\n")
    assert "'Zoe Nobody' must be a participant" in ran.err
    assert "1 row below the headers: 1 taken" in ran.err


def test_a_mail_address_of_nobody_names_nobody(signed_up: NewProgram) -> None:
    sheet = "Mentor,Mentee\nAnn Example,zoe@elsewhere.example\n"
    ran = signed_up.import_sheet(sheet, "--pairs")
    assert ran.out == "0 pairs; 1 row not imported\n"
    assert signed_up.program().pairs == {}


def test_a_guessed_column_of_matches_is_accepted_and_kept(signed_up: NewProgram) -> None:
    sheet = "Name of the mentor,The mentee of this pair\nAnn Example,Bo Example\n"
    assert signed_up.import_sheet(sheet, "--pairs").code == 1
    assert signed_up.import_sheet(sheet, "--pairs", "--accept").out == "1 pair: 1 new\n"
    (kept,) = signed_up.readings().values()
    assert kept["lists"] == "pairs"
    assert signed_up.import_sheet(sheet, "--pairs").out == "1 pair: 1 unchanged\n"


def test_a_proposed_pair_keeps_the_day_of_its_first_import(signed_up: NewProgram) -> None:
    sheet = "Mentor,Mentee,Status\nAnn Example,Bo Example,proposed\n"
    first = signed_up.import_sheet(sheet, "--pairs", "--today", "2026-01-05")
    again = signed_up.import_sheet(sheet, "--pairs", "--today", "2026-01-09")
    assert (first.out, again.out) == ("1 pair: 1 new\n", "1 pair: 1 unchanged\n"), again.err
    (pair,) = signed_up.program().pairs.values()
    assert (pair.status, pair.proposed_on) == ("proposed", date(2026, 1, 5))
