"""Sheets as they are: workbooks, several header rows, totals, hidden rows and odd signs."""

import io
import zipfile
from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook

from sheet_program import NewProgram

HEADER = ("Full name", "I want to be", "Country")
ROWS = [("Ann Example", "Mentor", "Chad"), ("Bo Example", "Mentee", "Kenya")]


def workbook(*rows: tuple[Any, ...], sheets: tuple[str, ...] = ()) -> Workbook:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    for title in sheets:
        other = book.create_sheet(title)
        other.append(("a", "b"))
        other.append(("c", "d"))
    return book


def data_of(book: Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_several_worksheets_are_asked_about_and_the_answer_is_kept(program: NewProgram) -> None:
    book = workbook(HEADER, *ROWS, sheets=("Lists",))
    book.worksheets[0].title = "Responses"
    ran = program.import_sheet(data_of(book), name="book.xlsx")
    assert ran.out == "nothing was imported\n"
    assert "say which: --sheet 'Responses' or --sheet 'Lists'" in ran.err
    ran = program.import_sheet(data_of(book), "--sheet", "responses", name="book.xlsx")
    assert ran.out == "2 people: 2 new\n"
    assert program.import_sheet(data_of(book), name="b.xlsx").out == "2 people: 2 unchanged\n"
    ran = program.import_sheet(data_of(book), "--sheet", "Respnses", name="book.xlsx")
    assert "did you mean 'Responses'?" in ran.err


def test_an_empty_worksheet_is_no_choice(program: NewProgram) -> None:
    book = workbook(HEADER, *ROWS)
    book.create_sheet("Sheet 2")
    assert program.import_sheet(data_of(book), name="book.xlsx").out == "2 people: 2 new\n"


def test_hidden_rows_are_asked_about(program: NewProgram) -> None:
    book = workbook(HEADER, *ROWS, ("Cy Example", "Mentee", "Chad"))
    book.worksheets[0].row_dimensions[4].hidden = True
    ran = program.import_sheet(data_of(book), name="book.xlsx")
    assert ran.code == 1
    assert "1 row that is hidden in the workbook is taken (--hidden-rows left_out)" in ran.err
    ran = program.import_sheet(data_of(book), "--hidden-rows", "left_out", name="book.xlsx")
    assert ran.out == "2 people: 2 new\n"
    assert "3 rows below the headers: 2 taken, 1 hidden and left out" in ran.err
    assert program.import_sheet(data_of(book), name="book.xlsx").out == "2 people: 2 unchanged\n"


def test_a_formula_is_refused_at_its_cell_and_text_that_looks_like_one_is_not(
    program: NewProgram,
) -> None:
    book = workbook(HEADER, ("Ann Example", "Mentor", "=A2"), ("Bo Example", "Mentee", "-"))
    book.worksheets[0]["C3"].value = "=1+1 is two"
    book.worksheets[0]["C3"].data_type = "s"
    ran = program.import_sheet(data_of(book), name="book.xlsx")
    assert ran.out == "1 person: 1 new; 1 row not imported\n"
    assert "row 2, column 'Country': an answer must be what somebody wrote" in ran.err
    assert program.people()["bo-example"]["region"] == "=1+1 is two"


@pytest.mark.parametrize("text", ["=SUM(A1)", "+1 to that", "- a dash", "@home"])
def test_text_that_begins_like_a_formula_is_text(program: NewProgram, text: str) -> None:
    ran = program.import_sheet(f"Full name,I want to be,About you\nAnn Example,Mentor,{text}\n")
    assert ran.code == 0
    assert program.people()["ann-example"]["about"] == text


def test_dates_of_a_workbook_are_dates(program: NewProgram) -> None:
    header = ("Timestamp", "Email", *HEADER, "May we show your profile?")
    mail = "ann@example.org"
    book = workbook(
        header,
        (
            datetime(2027, 1, 9, 18, 30),  # noqa: DTZ001 - cells have no zone
            mail,
            "Ann Example",
            "Mentor",
            "Portugal",
            "No",
        ),
        (
            datetime(2027, 1, 5, 9, 12),  # noqa: DTZ001
            mail,
            "Ann Example",
            "Mentor",
            "France",
            "Yes",
        ),
    )
    assert program.import_sheet(data_of(book), name="book.xlsx").out == "1 person: 1 new\n"
    ann = program.people()["ann-example"]
    assert ann["region"] == "Portugal"
    assert ann["consent"] == {"given_on": "2027-01-09", "show": "coordinators"}


def test_a_title_above_and_two_header_rows_are_read(program: NewProgram) -> None:
    book = workbook(
        ("Sign-ups of the spring", None, None, None),
        ("Full name", "I want to be", "Availability", None),
        (None, None, "Monday", "Tuesday"),
        ("Ann Example", "Mentor", "18:00-20:00", None),
        ("Bo Example", "Mentee", None, "9:00-10:00"),
    )
    book.worksheets[0].merge_cells("A1:D1")
    book.worksheets[0].merge_cells("C2:D2")
    ran = program.import_sheet(data_of(book), name="book.xlsx")
    assert (ran.code, ran.out) == (0, "2 people: 2 new\n"), ran.err
    assert "row 1: what stands above the headers is left out" in ran.err
    hours = [person["availability"] for person in program.people().values()]
    assert hours == [
        [{"day": "monday", "starts": "18:00", "ends": "20:00"}],
        [{"day": "tuesday", "starts": "09:00", "ends": "10:00"}],
    ]


SURVEY_SERVICES = {
    "SurveyMonkey": (
        "Respondent ID,Start Date,Email Address,First Name,Last Name,What is your full name?,"
        "I want to be,Skills you can offer,,\n"
        ",,,,,Open-Ended Response,Response,Weaving,Sewing,Other (please specify)\n"
        "11823,01/05/2027 10:00:00 AM,,,,Ann Example,Mentor,Weaving,,Knitting\n"
        "11824,01/05/2027 10:05:00 AM,,,,Bo Example,Mentee,,,\n"
    ),
    "Qualtrics": (
        "StartDate,RecordedDate,Q1,Q2,Q3_1\n"
        'Start Date,Recorded Date,What is your full name?,I want to be,"Skills you can offer"\n'
        '"{""ImportId"":""startDate""}","{""ImportId"":""recordedDate""}","{""ImportId"":""QID1""}",'
        '"{""ImportId"":""QID2""}","{""ImportId"":""QID3""}"\n'
        "2027-01-05 10:00:00,2027-01-05 10:07:00,Ann Example,Mentor,Weaving; Knitting\n"
        "2027-01-05 11:00:00,2027-01-05 11:07:00,Bo Example,Mentee,\n"
    ),
}


@pytest.mark.parametrize("service", SURVEY_SERVICES)
def test_the_header_rows_of_survey_services_are_read(program: NewProgram, service: str) -> None:
    ran = program.import_sheet(SURVEY_SERVICES[service])
    assert (ran.code, ran.out) == (0, "2 people: 2 new\n"), ran.err
    ann, bo = program.people().values()
    assert (ann["name"], ann["also_offers"]) == ("Ann Example", ["Weaving", "Knitting"])
    assert (bo["name"], bo["cohorts"][0]["role"]) == ("Bo Example", "mentee")


def test_merged_cells_hold_for_each_of_their_rows(program: NewProgram) -> None:
    book = workbook((*HEADER, "Project"), (*ROWS[0], None), (*ROWS[1], "Tides"))
    book.worksheets[0].append(("Cy Example", "Mentee", "Chad", None))
    book.worksheets[0].merge_cells("D3:D4")
    assert program.import_sheet(data_of(book), name="book.xlsx").code == 0
    teams = [person["cohorts"][0].get("team") for person in program.people().values()]
    assert teams == [None, "tides", "tides"]


def test_each_row_is_accounted_for(program: NewProgram) -> None:
    sheet = (
        "Full name,I want to be,Email\n"
        "Ann Example,Mentor,ann@example.org\n"
        "Ann Example,Mentor,ann@example.org\n"
        ",Mentee,\n"
        ",,\n"
        "Full name,I want to be,Email\n"
        "Bo Example,Mentee,bo@example.org\n"
        "Total: 3,,\n"
    )
    ran = program.import_sheet(sheet)
    assert ran.out == "2 people: 2 new; 1 row not imported\n"
    assert (
        "7 rows below the headers: 2 taken, 1 joined to another of the same person, "
        "1 not imported, 1 the headers again, 1 totals, 1 empty\n"
    ) in ran.err


def test_answers_hold_line_breaks_emoji_and_signs_that_nobody_sees(program: NewProgram) -> None:
    sheet = (
        "Full name,I want to be,About you,Skills you can offer [Weaving],Pronouns\n"
        '"Dr. Ann\u200b Example (she/her)","\u200bMentor ","One.\nTwo. \u05d0",✅,\n'
        '"Bo Example",mentee,"",,\n'
    )
    ran = program.import_sheet(sheet)
    assert ran.code == 0, ran.err
    ann = program.people()["ann-example"]
    assert (ann["name"], ann["pronouns"]) == ("Ann Example", "she/her")
    assert ann["about"] == "One.\nTwo. \u05d0"
    assert ann["also_offers"] == ["Weaving"]


def zipped(**members: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


OTHER_FILES = {
    "ods": (
        zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
        "is an OpenDocument file (.ods)",
        "Save as, Excel 2007-365 (.xlsx)",
    ),
    "xls": (b"\xd0\xcf\x11\xe0 old", "is an Excel file of the old kind (.xls)", "Save as"),
    "password": (
        b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
        "protected by a password",
        "remove the password",
    ),
    "damaged": (data_of(workbook(HEADER, *ROWS))[:-900], "must be whole", "save it again"),
    "web page": (b"<html><table><tr><td>Name</td></tr></table></html>", "a web page", "Save as"),
}


@pytest.mark.parametrize("kind", OTHER_FILES)
def test_another_file_is_told_how_to_be_saved(program: NewProgram, kind: str) -> None:
    data, message, help_ = OTHER_FILES[kind]
    ran = program.import_sheet(data, name="file.xlsx")
    assert (ran.code, ran.out) == (1, "nothing was imported\n")
    assert message in ran.err
    assert help_ in ran.err


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("Zeitstempel,Vollständiger Name,Ich möchte teilnehmen als,Land", ("Mentorin", "Mentee")),
        ("Marca temporal,Nombre completo,Quiero ser,País", ("Mentora", "Mentee")),
        ("Horodateur,Nom complet,Je souhaite être,Pays", ("Mentor", "Mentee")),
    ],
)
def test_a_sheet_in_another_language_is_read(
    program: NewProgram, header: str, names: tuple[str, str]
) -> None:
    sheet = f"{header}\n05.01.2027 10:00,Ann Example,{names[0]},Chad\n"
    sheet += f"14.01.2027 10:00,Bo Example,{names[1]},Kenya\n"
    ran = program.import_sheet(sheet)
    assert (ran.code, ran.out) == (0, "2 people: 2 new\n"), ran.err
    roles = [person["cohorts"][0]["role"] for person in program.people().values()]
    assert roles == ["mentor", "mentee"]


HOSTILE = {
    "brackets": "(" * 60_000 + "[" * 60_000,
    "roles": "mentor or " * 12_000,
    "one word": "a" * 120_000,
    "spaces": "name " + " " * 120_000,
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_header_or_cell_is_read_like_any_other(program: NewProgram, what: str) -> None:
    text = HOSTILE[what]
    sheet = f"Full name,I want to be,{text}\nAnn Example,Mentor,{text}\n"
    assert program.import_sheet(sheet, "--accept").out.endswith("1 person: 1 new\n")
    for data in (
        sheet.encode() + b"\xff,\n",
        f"{sheet}Jos\u00e9 Example,Mentor,\n".encode("cp1252"),
    ):
        assert program.import_sheet(data, "--dry-run").code in (0, 1)


@pytest.mark.parametrize("question", ["Time zone", "Skills", "When are you free?"])
def test_an_endless_answer_is_left_out_and_told(program: NewProgram, question: str) -> None:
    sheet = f'Full name,I want to be,{question}\nAnn Example,Mentor,"{"a, " * 30_000}"\n'
    ran = program.import_sheet(sheet)
    assert ran.out == "1 person: 1 new\n"
    assert "must have at most 2,000 characters, and this one has 89,999" in ran.err


def test_an_endless_role_or_name_is_refused(program: NewProgram) -> None:
    sheet = f'Full name,I want to be\nAnn Example,"{"a, " * 30_000}"\n{"a@" * 30_000},Mentor\n'
    ran = program.import_sheet(f"{sheet}Bo Example,Mentee\nCy Example,Mentee\n")
    assert ran.out == "2 people: 2 new; 2 rows not imported\n"
