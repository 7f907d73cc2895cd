"""`peerloom import`: what forms and spreadsheets write, to participants and pairs."""

import codecs
import csv
import io
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

import folder
from peerloom import intake, source
from peerloom.cli.command import peerloom
from peerloom.intake.wordings import PEOPLE_FIELDS
from peerloom.program import load

TODAY = date(2026, 3, 1)
SHEET = (
    "Name,Role,Country,Time zone,Skills,Capacity\n"
    "Ben Example,mentor,Ghana,Africa/Accra,Python; Statistics,2\n"
    "Cem Örnek,mentee,Türkiye,Europe/Istanbul,,\n"
)


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


def run(root: Path, data: str | bytes, *more: str, name: str = "sheet.csv") -> Ran:
    sheet = root.parent / name
    sheet.write_bytes(data.encode() if isinstance(data, str) else data)
    command = ["-C", str(root), "import", str(sheet), "--cohort", "spring", "--today", "2026-03-01"]
    result = CliRunner().invoke(peerloom, [*command, *more])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return Ran(result.exit_code, result.stdout, result.stderr)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return folder.write(tmp_path / "program", folder.MINIMAL)


def record(root: Path, id_: str) -> dict:
    return source.parse((root / f"content/participants/{id_}.yml").read_bytes()).value


def tree(root: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


ENCODINGS = {
    "utf-8": SHEET.encode(),
    "utf-8 with a mark": codecs.BOM_UTF8 + SHEET.encode(),
    "utf-16": SHEET.encode("utf-16"),
    "utf-16 big-endian": codecs.BOM_UTF16_BE + SHEET.encode("utf-16-be"),
    "utf-16 without a mark": SHEET.encode("utf-16-le"),
    "windows-1252": SHEET.encode("cp1252"),
    "semicolons": SHEET.replace(";", "|").replace(",", ";").replace("|", ",").encode(),
    "tabs": SHEET.replace(",", "\t").encode(),
    "windows line ends": SHEET.replace("\n", "\r\n").encode(),
    "old mac line ends": SHEET.replace("\n", "\r").encode(),
    "a delimiter announced": b"sep=,\r\n" + SHEET.replace("\n", "\r\n").encode(),
}


@pytest.mark.parametrize("form", ENCODINGS)
def test_a_csv_is_read_in_the_form_it_was_written_in(root: Path, form: str) -> None:
    ran = run(root, ENCODINGS[form])
    assert (ran.code, ran.out) == (0, "2 people: 2 new\n"), ran.err
    assert record(root, "cem-ornek")["name"] == "Cem Örnek"
    assert record(root, "ben-example")["skills_offered"] == [
        {"skill": "python"},
        {"skill": "statistics"},
    ]
    assert record(root, "ben-example")["cohorts"] == [
        {"cohort": "spring", "role": "mentor", "capacity": 2}
    ]
    assert folder.errors(root, TODAY) == []


def test_a_workbook_is_read_as_its_csv_would_be(root: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in csv.reader(io.StringIO(SHEET)):
        sheet.append([int(cell) if cell.isdigit() else cell for cell in row])
    data = io.BytesIO()
    book.save(data)
    assert run(root, data.getvalue(), name="sheet.xlsx").out == "2 people: 2 new\n"
    from_book = tree(root)
    assert run(root, SHEET).out == "2 people: 2 unchanged\n"
    assert tree(root) == from_book


WILD = {
    "What's your full name?": "name",
    "Your name (as you want it shown)": "name",
    "I want to be a mentor or mentee": "role",
    "Time zone": "time_zone",
    "What time zone are you in?": "time_zone",
    "Skills you can offer": "skills_offered",
    "What can you help others with?": "skills_offered",
    "Skills you want to learn": "skills_wanted",
    "What would you like to learn?": "skills_wanted",
    "Which skills would you like to learn?": "skills_wanted",
    "Which topics can you share with others?": "skills_offered",
    "Areas you want to grow in": "skills_wanted",
    "Skills you want to teach": "skills_offered",
    "Are you applying as a mentor or as a mentee?": "role",
    "What are your goals for the next six months?": "goal",
    "E-mail address": "mail",
    "GitHub username": "github",
    "Which languages do you speak?": "languages",
    "How many mentees can you take on?": "capacity",
    "Tell us about yourself": "about",
    "What do you hope to achieve with a mentor's help?": "goal",
    "May we show your profile on the site?": "show",
    "May we quote you with your name?": "quote",
    "May we publish photos of you?": "pictured",
    "May we count you in published figures?": "counted",
    "Timestamp": "answered",
    "Pronons": "pronouns",
    "Country": "region",
    "T-shirt size": None,
    "Unavailable times": None,
    "Skills you want in a mentor": None,
    "Languages your mentor should speak": None,
    "Time zone you prefer for your mentor": None,
    "How many mentees have you mentored?": None,
    "Keep my profile private": None,
    "Old email": None,
    "Your manager's email": None,
    "Email of your parent or guardian": None,
    "Name of the colleague who told you": None,
    "Supervisors' names": None,
    "Friend’s time zone": None,
}


@pytest.mark.parametrize("header", WILD)
def test_a_header_in_the_wild_is_recognized(header: str) -> None:
    from peerloom.intake.headers import interpret_header
    from peerloom.intake.wordings import PEOPLE_FIELDS

    meaning = interpret_header(header, PEOPLE_FIELDS)
    assert meaning.field == WILD[header]
    # Only what is misspelled is a guess.
    expected = "likely" if header == "Pronons" else "known" if WILD[header] else "none"
    assert meaning.certainty == expected


def test_a_mapping_is_used_and_remembered(root: Path) -> None:
    sheet = SHEET.replace("Country", "Where from").replace("Skills", "Ideas")
    ran = run(root, sheet, "--map", "Where from=region", "--map", "Ideas=-")
    assert (ran.code, ran.out) == (0, "2 people: 2 new\n")
    assert record(root, "ben-example")["region"] == "Ghana"
    assert "skills_offered" not in record(root, "ben-example")
    (kept,) = load(root).program.readings.values()
    assert kept.id == "sheet"
    fields = {column.header: column.field for column in kept.columns}
    assert (fields["Where from"], fields["Ideas"], fields["Name"]) == ("region", "-", "name")
    (root / "content/participants/ben-example.yml").unlink()
    assert run(root, sheet).out == "2 people: 1 new, 1 unchanged\n"
    assert record(root, "ben-example")["region"] == "Ghana"


def test_a_mapping_to_nothing_is_a_plain_mistake(root: Path) -> None:
    before = tree(root)
    ran = run(root, SHEET, "--map", "Contry=region")
    assert ran.code == 1
    assert ran.err == (
        "nothing could be imported:\n"
        "  there must be a column 'Contry', as '--map' says\n"
        "    help: did you mean 'Country'?\n"
    )
    assert "did you mean 'region'?" in run(root, SHEET, "--map", "Country=regoin").err
    usage = run(root, SHEET, "--map", "Country")
    assert usage.code == 2
    assert "'Country' must be COLUMN=FIELD, such as" in usage.err
    assert tree(root) == before


def test_skills_come_to_the_vocabulary_by_alias_spelling_and_level(root: Path) -> None:
    sheet = (
        "Name,Role,Skills you can offer,What do you want to learn?\n"
        'Ben Example,mentor,"Python3 (expert); pyhton; sewing","advanced statistics"\n'
        'Cem Example,mentee,,"sewing, statistics - beginner, Sewing"\n'
    )
    assert run(root, sheet).code == 1
    assert not (root / "content/participants/ben-example.yml").exists()
    ran = run(root, sheet, "--accept", "--details")
    assert record(root, "ben-example")["skills_offered"] == [{"skill": "python", "level": "expert"}]
    assert record(root, "ben-example")["also_offers"] == ["sewing"]
    assert record(root, "ben-example")["skills_wanted"] == [
        {"skill": "statistics", "level": "advanced"}
    ]
    assert record(root, "cem-example")["skills_wanted"] == [
        {"skill": "statistics", "level": "beginner"}
    ]
    assert record(root, "cem-example")["also_wants"] == ["sewing"]
    assert "row 2, column 'Skills you can offer': 'pyhton' is read as python\n" in ran.err
    assert "not in the vocabulary of skills, by how many people said it:\n     2  sewing" in ran.err
    assert "  - id: sewing\n    name: sewing\n" in ran.err


def test_commas_divide_where_they_divide_into_known_skills(root: Path) -> None:
    sheet = "Name,Role,Skills\n"
    sheet += 'Ben Example,mentor,"Python, statistics; sewing, knitting and so on"\n'
    assert run(root, sheet).out == "1 person: 1 new\n"
    skills = [skill["skill"] for skill in record(root, "ben-example")["skills_offered"]]
    assert skills == ["python", "statistics"]
    assert record(root, "ben-example")["also_offers"] == ["sewing, knitting and so on"]


def test_mentors_and_mentees_may_sign_up_on_a_sheet_each(root: Path) -> None:
    run(root, "Name,Country\nBen Example,Ghana\n", "--role", "mentor")
    ran = run(root, "Name,Country\nBen Example,Ghana\n", "--role", "mentee")
    assert "row 2, 'Ben Example', has nothing but the name of 'ben-example'" in ran.err
    accepted = run(root, "Name,Country\nBen Example,Ghana\n", "--role", "mentee", "--accept")
    assert accepted.out == "1 person: 1 updated\n"
    both = [{"cohort": "spring", "role": "mentor"}, {"cohort": "spring", "role": "mentee"}]
    assert record(root, "ben-example")["cohorts"] == both
    for role in ("mentor", "mentee"):
        ran = run(root, "Name,Country\nBen Example,Ghana\n", "--role", role)
        assert (ran.out, "by hand" in ran.err) == ("1 person: 1 unchanged\n", False)
    assert record(root, "ben-example")["cohorts"] == both


def test_what_a_sheet_does_not_ask_is_no_other_answer(root: Path) -> None:
    path = root / "content/participants/ada.yml"
    text = path.read_text(encoding="utf-8").replace("role: mentor", "role: mentor\n    capacity: 1")
    path.write_text(text, encoding="utf-8")
    ran = run(root, "id,Name,Role\nada,Ada Example,mentor\n")
    assert "changed by hand" not in ran.err
    assert record(root, "ada")["cohorts"] == [{"cohort": "spring", "role": "mentor", "capacity": 1}]
    ran = run(root, "id,Name,Role,Capacity\nada,Ada Example,mentor,3\n")
    assert "'cohorts' was changed by hand" in ran.err
    assert record(root, "ada")["cohorts"][0]["capacity"] == 1


def test_new_skills_are_added_to_the_vocabulary_when_asked(root: Path) -> None:
    sheet = "Name,Role,Skills\nBen Example,mentor,Book binding; Python\n"
    assert run(root, sheet).out == "1 person: 1 new\n"
    assert record(root, "ben-example")["also_offers"] == ["Book binding"]
    assert run(root, sheet, "--add-skills").out == "1 person: 1 updated\n"
    assert record(root, "ben-example")["skills_offered"] == [
        {"skill": "book-binding"},
        {"skill": "python"},
    ]
    assert "also_offers" not in record(root, "ben-example")
    program = (root / "content/program.yml").read_text(encoding="utf-8")
    last = "  - id: statistics\n    name: Statistics\n"
    assert f"{last}  - id: book-binding\n    name: Book binding\n" in program
    assert folder.errors(root, TODAY) == []
    assert run(root, sheet, "--add-skills").out == "1 person: 1 unchanged\n"


def test_names_in_any_script_are_kept_and_given_a_usable_id(root: Path) -> None:
    names = ["Ana Žižek", "Ana Zizek", "李明", "דנה לוי", "Łukasz Ødegård", "Ñ O’Brien-Straße"]
    sheet = "Name,Role,Email\n"
    sheet += "".join(f"{name},mentee,{n}@example.org\n" for n, name in enumerate(names))
    assert run(root, sheet).out == "6 people: 6 new\n"
    people = load(root).program.participants
    assert {p.name: p.id for p in people.values() if p.name in names} == {
        "Ana Žižek": "ana-zizek",
        "Ana Zizek": "ana-zizek-2",
        "李明": "liming",
        "דנה לוי": "dnh-lvy",
        "Łukasz Ødegård": "lukasz-odegard",
        "Ñ O’Brien-Straße": "n-obrien-strasse",
    }
    assert run(root, sheet).out == "6 people: 6 unchanged\n"
    assert b"example.org" not in b"".join(tree(root).values())


def test_the_same_person_again_is_one_file(root: Path) -> None:
    first = "Name,Role,GitHub,Email\nBen Example,mentor,benex,ben@example.org\n"
    run(root, first)
    renamed = "Name,Role,GitHub,Email\nBenjamin Example,mentee,BenEx,other@example.org\n"
    assert run(root, renamed).out == "1 person: 1 updated\n"
    assert record(root, "ben-example")["name"] == "Benjamin Example"
    two_rows = "Name,Role,Country\nCem Example,mentor,Chad\nCem Example,mentee,\n"
    ran = run(root, two_rows)
    assert (ran.code, ran.out) == (1, "nothing is written yet; would import: 2 people: 2 new\n")
    assert "rows 2 and 3 have one name, 'Cem Example', and nothing else in common" in ran.err
    ran = run(root, two_rows, "--same-person", "2,3")
    assert ran.out == "1 person: 1 new\n"
    assert record(root, "cem-example")["cohorts"] == [
        {"cohort": "spring", "role": "mentor"},
        {"cohort": "spring", "role": "mentee"},
    ]
    assert run(root, two_rows).out == "1 person: 1 unchanged\n"


def test_two_of_one_name_with_different_addresses_are_two_people(root: Path) -> None:
    sheet = (
        "Name,Role,Email\nBen Example,mentor,ben@example.org\nBen Example,mentee,b2@example.com\n"
    )
    assert "have one name, 'Ben Example', and different mail addresses" in run(root, sheet).err
    assert run(root, sheet, "--accept").out == "2 people: 2 new\n"
    assert record(root, "ben-example")["cohorts"][0]["role"] == "mentor"
    assert record(root, "ben-example-2")["cohorts"][0]["role"] == "mentee"
    assert run(root, sheet).out == "2 people: 2 unchanged\n"


def test_another_cohort_adds_to_the_same_person(root: Path) -> None:
    autumn = folder.MINIMAL["content/cohorts/spring.yml"].replace("spring", "autumn")
    folder.write(root, {"content/cohorts/autumn.yml": autumn})
    sheet = "Name,Role,Goal\nCem Example,mentee,{}\n"
    run(root, sheet.format("Learn to write tests"))
    asked = run(root, sheet.format("Find a first reviewer"), "--cohort", "autumn")
    assert asked.out == "nothing is written yet; would import: 1 person: 1 updated\n"
    assert "has nothing but the name of 'cem-example', who is in the program" in asked.err
    ran = run(root, sheet.format("Find a first reviewer"), "--cohort", "autumn", "--accept")
    assert ran.out == "1 person: 1 updated\n"
    assert record(root, "cem-example")["goals"] == [
        {"title": "Learn to write tests", "cohort": "spring"},
        {"title": "Find a first reviewer", "cohort": "autumn"},
    ]
    assert [c["cohort"] for c in record(root, "cem-example")["cohorts"]] == ["spring", "autumn"]
    ran = run(root, sheet.format("Learn to write good tests"))
    assert record(root, "cem-example")["goals"][1]["title"] == "Learn to write good tests"
    assert len(record(root, "cem-example")["goals"]) == 2


def test_what_a_person_changed_by_hand_stays_and_is_said(root: Path) -> None:
    run(root, SHEET)
    path = root / "content/participants/ben-example.yml"
    text = path.read_text(encoding="utf-8")
    mine = (
        "# moved in May\n" + text.replace("region: Ghana", "region: Accra") + "pronouns: he/him\n"
    )
    mine = mine.replace("    role: mentor", "    role: either")
    path.write_text(mine, encoding="utf-8")
    ran = run(root, SHEET.replace("Statistics", "Sewing").replace("Africa/Accra", "Africa/Lagos"))
    assert (ran.code, ran.out) == (0, "2 people: 1 updated, 1 unchanged\n")
    kept = "kept as it is:\n"
    kept += "  row 2, column 'Country': 'region' was changed by hand in "
    kept += "content/participants/ben-example.yml, and stays as it is\n"
    kept += "    help: if the sheet is right, correct that file\n"
    kept += "  row 2, column 'Role': 'cohorts' was changed by hand in "
    kept += "content/participants/ben-example.yml, and stays as it is\n"
    assert kept in ran.err
    after = path.read_text(encoding="utf-8")
    assert after.startswith("# moved in May\nid: ben-example\n")
    assert record(root, "ben-example")["region"] == "Accra"
    assert record(root, "ben-example")["cohorts"][0]["role"] == "either"
    assert record(root, "ben-example")["pronouns"] == "he/him"
    assert record(root, "ben-example")["time_zone"] == "Africa/Lagos"
    assert record(root, "ben-example")["also_offers"] == ["Sewing"]


def test_what_a_person_wrote_before_any_import_stays(root: Path) -> None:
    before = (root / "content/participants/ada.yml").read_text(encoding="utf-8")
    ran = run(root, "id,Name,Role,Skills,Country\nada,Ada Example,mentor,Sewing,Chad\n")
    assert ran.out == "1 person: 1 updated\n"
    after = (root / "content/participants/ada.yml").read_text(encoding="utf-8")
    assert after.startswith(before)
    assert record(root, "ada")["skills_offered"] == [{"skill": "python"}]
    assert record(root, "ada")["region"] == "Chad"
    assert "'skills_offered' was changed by hand" in ran.err


def test_a_dry_run_shows_the_diff_and_writes_nothing(root: Path) -> None:
    before = tree(root)
    ran = run(root, SHEET, "--dry-run")
    assert (ran.code, ran.out) == (0, "nothing is written yet; would import: 2 people: 2 new\n")
    ran = run(root, SHEET, "--dry-run", "--diff")
    assert ran.code == 0
    assert tree(root) == before
    assert "--- nothing\n+++ b/content/participants/ben-example.yml\n" in ran.out
    assert "+name: Ben Example\n" in ran.out
    assert ran.out.endswith("nothing is written yet; would import: 2 people: 2 new\n")


def test_a_second_run_changes_nothing(root: Path) -> None:
    run(root, SHEET)
    before = tree(root)
    ran = run(root, SHEET, "--today", "2026-04-04", "--show", "public")
    assert ran.out == "2 people: 2 updated\n"  # what they agreed to is news
    before = tree(root)
    assert run(root, SHEET, "--today", "2026-05-05", "--show", "public").out == (
        "2 people: 2 unchanged\n"
    )
    assert tree(root) == before


def test_rows_that_cannot_be_imported_are_named_and_the_rest_is(root: Path) -> None:
    sheet = (
        "Name,Role,Country,About\n"
        f"{'A' * 4000},mentor,,\n"
        ",mentor,,\n"
        "🎉🎉,mentee,,\n"
        "Ben Example,admiral,,\n"
        "Cem Example,,,\n"
        'Dee Example,mentor,"=HYPERLINK(""http://x.example"")",\n'
        "Eli Example,mentor,Chad,one,two\n"
        f"Fay Example,mentee,{'x' * 201},\n"
        "Gus Example,mentee,Chad,\x1b[31mred\x1b[0m\n"
    )
    ran = run(root, sheet)
    assert ran.code == 1
    assert ran.out == "2 people: 2 new; 7 rows not imported\n"
    assert "9 rows below the headers: 2 taken, 7 not imported\n" in ran.err
    assert "row 2, column 'Name': 'AAAA" in ran.err
    assert "…' must be a name of at most 200 characters" in ran.err
    assert "rows 3 and 4, column 'Name': the row must have a name" in ran.err
    assert "row 5, column 'Role': 'admiral' must be mentor, mentee or either" in ran.err
    assert "row 6, column 'Role': the row must say mentor, mentee or either" in ran.err
    assert record(root, "dee-example")["region"] == '=HYPERLINK("http://x.example")'
    assert "row 8: the row must have at most 4 cells, as the headers have" in ran.err
    assert (
        "row 9, column 'Country': 'region' must have at most 200 characters, and has 201" in ran.err
    )
    assert "\x1b" not in ran.err
    assert record(root, "gus-example")["about"] == "red"


STOPPED = {
    "nothing": (b"", "the sheet must have rows, and is empty"),
    "one column": (b"Name\nBen\n", "the sheet must have at least two columns, and has one"),
    "no rows": (
        b"Name,Role\n",
        "the sheet must have rows of answers, and has only its headers",
    ),
    "too many rows": (
        b"Name,Role\n" + b"Ben Example,mentor\n" * 50_000,
        "the sheet must have at most 20,000 rows, and has more",
    ),
    "a quote that never closes": (
        b'Name,Role\nBen Example,mentor\n"Cem,mentee\nDee,mentee\n',
        "a quote that opens must close, and one in line 3 does not",
    ),
    "no names": (
        b"Role,Country\nmentor,Chad\n",
        "the sheet must have a column with people's names",
    ),
    "no roles": (
        b"Name,Country\nBen Example,Chad\n",
        "the sheet must say who wants to be a mentor and who a mentee",
    ),
    "a picture": (
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "the file must be a CSV or XLSX, and is a picture",
    ),
    "bytes": (b"a,b\0\1\2,c\n", "the file must be a CSV or XLSX, and is neither"),
    "an old workbook": (
        b"\xd0\xcf\x11\xe0rest",
        "the file must be a CSV or XLSX, and is an Excel file of the old kind (.xls)",
    ),
    "a workbook with a password": (
        b"\xd0\xcf\x11\xe0rest" + "EncryptedPackage".encode("utf-16-le"),
        "the workbook is protected by a password, and cannot be read",
    ),
    "a broken workbook": (
        b"PK\x03\x04rest",
        "the workbook must be whole, and cannot be read (BadZipFile)",
    ),
}


@pytest.mark.parametrize("what", STOPPED)
def test_a_sheet_that_cannot_be_imported_says_why_and_changes_nothing(
    root: Path, what: str
) -> None:
    data, message = STOPPED[what]
    before = tree(root)
    ran = run(root, data)
    assert ran.code == 1
    assert ran.out == "nothing was imported\n"
    said = ran.err.splitlines()
    assert said[said.index("nothing could be imported:") + 1].split(": ", 1)[-1].strip() == message
    assert tree(root) == before


def test_hostile_text_stays_text(root: Path) -> None:
    hostile = "{{ z }} {% x %} ![x](http://x) [x](javascript:y) @everyone ::error:: ../../ <b>"
    sheet = f"Name,Role,About\nTom <script>x</script>,mentee,{hostile}\n"
    assert run(root, sheet).code == 0
    (tom,) = [p for p in load(root).program.participants.values() if p.name.startswith("Tom")]
    assert tom.id == "tom-script-x-script"
    assert tom.about == hostile
    assert folder.errors(root, TODAY) == []


def test_an_id_that_leads_elsewhere_is_refused(root: Path) -> None:
    ran = run(root, "id,Name,Role\n../../etc/x,Ben Example,mentor\n")
    assert ran.code == 1
    assert "row 2, column 'id': an id must be letters, digits and hyphens" in ran.err


def test_numbers_of_rows_are_no_ids(root: Path) -> None:
    ran = run(root, "ID,Name,Role\n1,Ben Example,mentor\n2,Cem Example,mentee\n")
    assert ran.out == "2 people: 2 new\n"
    assert "the numbers of rows are not used as people's ids" in ran.err
    assert record(root, "ben-example")["name"] == "Ben Example"


@pytest.mark.parametrize("step", range(1, 4))
def test_files_are_written_whole_or_not_at_all(root: Path, monkeypatch, step: int) -> None:
    before = tree(root)
    replace = os.replace
    calls = []

    def fail_once(source: object, target: object, **named: object) -> None:
        if "src_dir_fd" not in named:  # only the cache moves files so; it is no loss
            calls.append(target)
        if calls[step - 1 :] == [target]:
            raise OSError(28, "No space left on device")
        replace(source, target, **named)

    monkeypatch.setattr(os, "replace", fail_once)
    ran = run(root, SHEET)
    assert ran.code == 1
    assert "nothing was written: the disk is full" in ran.err
    assert "None" not in ran.err
    assert tree(root) == before


def test_a_file_or_cohort_that_is_not_there_is_a_usage_error(root: Path) -> None:
    result = CliRunner().invoke(peerloom, ["-C", str(root), "import", "none.csv", "--cohort", "x"])
    assert result.exit_code == 2
    ran = run(root, SHEET, "--cohort", "sprnig")
    assert ran.code == 2
    assert "there is no cohort 'sprnig'; did you mean 'spring'?" in ran.err


MATCHED = folder.MINIMAL | {
    f"content/participants/{id_}.yml": (
        f"id: {id_}\nname: {id_.title()} Example\ncohorts:\n  - cohort: spring\n    role: {role}\n"
        + (f"    team: {team}\n" if team else "")
    )
    for id_, role, team in (
        ("ben", "mentor", None),
        ("cem", "mentee", "tide-tables"),
        ("dee", "mentee", "tide-tables"),
        ("eli", "mentee", None),
    )
}


@pytest.fixture
def matched(tmp_path: Path) -> Path:
    return folder.write(tmp_path / "program", MATCHED)


def pair(root: Path, name: str, kind: str = "pairs") -> dict:
    return source.parse((root / f"content/{kind}/spring/{name}.yml").read_bytes()).value


def test_matches_become_a_pair_for_each_mentee_of_a_project(matched: Path) -> None:
    sheet = "Project,Mentor,Status,Reason\nTide tables,ben,,\n"
    assert run(matched, sheet, "--pairs").out == "2 pairs: 2 new\n"
    assert pair(matched, "ben-cem") == {
        "id": "ben-cem",
        "cohort": "spring",
        "status": "active",
        "mentor": "ben",
        "mentee": "cem",
        "team": "tide-tables",
        "started_on": "2026-01-12",
    }
    assert folder.errors(matched, TODAY) == []
    assert run(matched, sheet, "--pairs").out == "2 pairs: 2 unchanged\n"
    ended = sheet.replace("ben,,", "ben,not graduated,Not engaged after May")
    assert run(matched, ended, "--pairs").out == "2 pairs: 2 updated\n"
    assert pair(matched, "ben-dee")["status"] == "ended_early"
    assert pair(matched, "ben-dee")["end_reason"] == "no_reply_mentee"
    assert pair(matched, "ben-dee")["end_note"] == "Not engaged after May"
    assert folder.errors(matched, TODAY) == []
    ran = run(matched, sheet, "--pairs")
    assert ran.out == "2 pairs: 2 unchanged\n"
    assert "'status' differs from what content/pairs/spring/ben-cem.yml says" in ran.err


def test_several_mentees_of_a_project_can_be_one_circle(matched: Path) -> None:
    sheet = "project,mentor\ntide-tables,ben\n"
    assert run(matched, sheet, "--pairs", "--as-circles").out == "1 pair or circle: 1 new\n"
    circle = pair(matched, "tide-tables", "circles")
    assert circle["facilitators"] == ["ben"]
    assert circle["members"] == ["cem", "dee"]
    assert circle["status"] == "active"
    assert folder.errors(matched, TODAY) == []
    assert run(matched, sheet, "--pairs", "--as-circles").out == "1 pair or circle: 1 unchanged\n"


def test_people_of_a_match_are_known_by_id_name_or_login(matched: Path) -> None:
    sheet = "Mentor,Mentee,Outcome\nBen Example,Eli Example,graduated\nben,Nobody Here,\n"
    ran = run(matched, sheet, "--pairs")
    assert ran.code == 1
    assert ran.out == "1 pair: 1 new; 1 row not imported\n"
    assert pair(matched, "ben-eli")["status"] == "completed"
    assert pair(matched, "ben-eli")["ended_on"] == "2026-03-01"
    assert "row 3, column 'Mentee': 'Nobody Here' must be a participant" in ran.err


def test_matches_that_the_rules_forbid_are_named_and_left_out(matched: Path) -> None:
    sheet = "Project,Mentor,Mentee,Status\n"
    sheet += ",cem,eli,\n,ben,ben,\n,ben,eli,flown\nmoon,ben,,\n,ben,dee,\n"
    ran = run(matched, sheet, "--pairs")
    assert ran.code == 1
    assert ran.out == "1 pair: 1 new; 4 rows not imported\n"
    assert "row 2: 'cem' must take part in 'spring' as mentor\n" in ran.err
    assert "row 3, column 'Mentor': nobody can be their own mentor, and 'ben' would be" in ran.err
    assert "row 4, column 'Status': 'flown' must be a word for what became of the pair" in ran.err
    assert (
        "row 5, column 'Project': 'moon' must be the project of somebody who signed up" in ran.err
    )
    assert pair(matched, "ben-dee")["mentee"] == "dee"


_CELL = st.text(max_size=12) | st.sampled_from(
    ["", "mentor", "mentee", "Ada Example", "=1+1", "2", "Europe/Lisbon", '"', "a;b,c", "yes", "\0"]
)


_HEADERS = sorted({f"{words} [Monday]" for words in PEOPLE_FIELDS["availability"]}) + sorted(
    words for wordings in PEOPLE_FIELDS.values() for words in wordings
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.sampled_from(_HEADERS), max_size=6),
    st.lists(st.lists(_CELL, min_size=1, max_size=8), min_size=1, max_size=5),
)
def test_no_columns_and_answers_raise(tmp_path_factory, headers, rows) -> None:
    root = folder.write(tmp_path_factory.mktemp("any") / "program", folder.MINIMAL)
    text = io.StringIO()
    csv.writer(text).writerows([["Name", "Role", *headers], *rows])
    data = text.getvalue().encode("utf-8", "surrogatepass")
    program = load(root).program
    options = intake.ImportOptions(cohort="spring", today=TODAY, accepts_guesses=True)
    result = intake.import_people(data, root, program, options)
    if result.reading:
        said = intake.show_reading(result.reading) + intake.show_questions(result.reading)
        assert all(c.isprintable() or c == "\n" for c in said)
        assert intake.show_row_counts(result.count_rows()) or result.is_stopped
    for path, content in result.changes.items():
        folder.write(root, {path: content})
    assert folder.errors(root, TODAY) == []


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.lists(_CELL, min_size=1, max_size=6), min_size=1, max_size=5),
    st.booleans(),
    st.sampled_from([b"", b'"', b"\xff", b"\xef\xbb\xbf", b"PK\x03\x04"]),
)
def test_no_sheet_whatever_is_in_it_raises(tmp_path_factory, rows, of_pairs, garbage) -> None:
    root = folder.write(tmp_path_factory.mktemp("any") / "program", folder.MINIMAL)
    text = io.StringIO()
    header = ["Mentor", "Mentee", "Status"] if of_pairs else ["Name", "Role", "Skills", "GitHub"]
    csv.writer(text).writerows([header, *rows])
    data = text.getvalue().encode("utf-8", "surrogatepass") + garbage
    program = load(root).program
    options = intake.ImportOptions(cohort="spring", today=TODAY)
    result = (intake.import_pairs if of_pairs else intake.import_people)(
        data, root, program, options
    )
    assert intake.summarize_import(result)
    assert all(c.isprintable() or c == "\n" for c in intake.format_notes(result))
    for path, content in result.changes.items():
        folder.write(root, {path: content})
    assert folder.errors(root, TODAY) == []
