"""Names of files that every computer can hold, and two that are not one to some computer."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

import folder
from peerloom import filenames
from peerloom.cli.command import peerloom
from peerloom.intake.known_people import KnownPeople
from peerloom.pair_ids import pair_id
from peerloom.program import check, load
from peerloom.slugs import slug

NO_NAMES = {
    "Git's own folder": ["a/.git/x", "a/.GIT", ".g\u200cit/x", ".git\u200d", "..git/../.git"],
    "Git's by another name": ["git~1/x", "GIT~1", "x/gitmod~1", "GI7EBA~1", "progra~2", "a~1.tx"],
    "a device": ["con", "CON.yml", "nul.tar.gz", "a/aux/b", "prn .x", "com1.md", "LPT9", "com¹"],
    "another device": ["conin$", "CONOUT$.txt", "clock$", "com0"],
    "what Windows drops": ["a.", "a ", "b./x", "b /x", "...", "x..md."],
    "what Windows forbids": ['a"', "a<b", "a>b", "a:b", "a|b", "a?b", "a*b", "a\\b", "a::$DATA"],
    "what cannot be seen": ["a\tb", "a\x7f", "a\u202eb", "\u200b", "a\nb", "a\u00a0b", "\udcff"],
    "no name": ["", "/x", "x//y", "x/", "./x", "../x"],
    "too long a name": ["x" * 256, "é" * 128, "日" * 86, "\u0390" * 86],
    "too long a path": ["/".join(["x" * 40] * 5), "/".join(["x" * 4] * 41), "x" * 4_200],
}
ORDINARY = [
    "content/pages/über-uns.md",
    "content/pages/Über uns (final), 2026 – neu & ‚gut‘.pdf",
    "content/pages/日本語.md",
    "content/pages/❤️.png",
    ".github/workflows/site.yml",
    ".gitattributes",
    ".gitignore",
    ".gitmodules",
    "content/people/.gitkeep",
    "content/pages/console.md",
    "content/pages/com10.md",
    "content/pages/aux-1.md",
    "content/pages/a.con",
    "content/pages/notes.md~",
    "content/pages/approx~12-months.md",
    "content/pages/x.y.z",
    "content/pages/ leading",
    "-rf",
    "x" * 200,
    "é" * 127,
    "content/check-ins/2026-spring/" + "x" * 60 + "/2026-02-09-" + "y" * 60 + ".yml",
]


@pytest.mark.parametrize("kind", NO_NAMES)
def test_what_some_computer_cannot_hold_is_no_name(kind: str) -> None:
    assert [name for name in NO_NAMES[kind] if not filenames.reason_against_path(name)] == []


@pytest.mark.parametrize("path", ORDINARY, ids=ascii)
def test_an_ordinary_name_has_no_fault(path: str) -> None:
    assert filenames.reason_against_path(path) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a/B/c", "a/b/c"),
        ("a/É.md", "a/e\u0301.md"),
        ("a/x.md", "a/x\u200b.md"),
        ("a/x\ufe0f.md", "a/x.md"),
        ("a/ﬁn.md", "a/fin.md"),
        ("a/straße", "a/STRASSE"),
        ("a/X", "a/x/y"),
    ],
    ids=ascii,
)
def test_what_some_computer_takes_for_one_is_odd_and_confused(one: str, other: str) -> None:
    assert filenames.find_odd_paths([one, other], [other]) == {other}
    (found,) = filenames.find_confusable_paths([one, other])
    assert found[0] == other


def test_two_folders_that_clash_are_said_once() -> None:
    paths = ["a/Maps/1", "a/Maps/2", "a/maps/1", "a/maps/3"]
    assert list(filenames.find_confusable_paths(paths)) == [("a/maps/1", "a/maps", "a/Maps")]


@pytest.mark.parametrize("name", ["Con", "NUL", "aux.", "Com1", "com¹", "L.P.T. 1", "Clock$"])
def test_nobodys_id_is_a_devices_name(name: str) -> None:
    assert filenames.reason_against_path(f"content/participants/{slug(name)}.yml") == ""


@pytest.mark.parametrize("name", ["Con", "Nul", "x" * 200, "Žižek " * 30, "日本" * 40])
def test_who_signs_up_gets_an_id_under_which_all_their_files_can_be_held(
    name: str, tmp_path: Path
) -> None:
    program = load(folder.write(tmp_path, folder.MINIMAL)).program
    cohort = "c" * 40
    ids = (KnownPeople(program).free_id(name), KnownPeople(program).free_id(f"{name} the Second"))
    people = {id_: replace(program.participants["ada"], id=id_) for id_ in ids}
    pair = pair_id(replace(program, participants=people), cohort, ids)
    for id_ in ids:
        assert filenames.reason_against_path(f"content/participants/{id_}.yml") == ""
        path = f"content/check-ins/{cohort}/{pair}/2026-02-09-{id_}.yml"
        assert filenames.reason_against_path(path) == ""


def test_an_id_in_a_sheet_leads_to_the_same_person_however_long_it_is(tmp_path: Path) -> None:
    people = KnownPeople(load(folder.write(tmp_path, folder.MINIMAL)).program)
    id_, nobody = people.find_by_id("y" * 79)
    assert nobody is None
    first = people.add_new(id_, "Yan Example", None, None)
    _, again = people.find_by_id("y" * 79)
    device_id, _ = people.find_by_id("AUX")
    device = people.add_new(device_id, "Aux Example", None, None)
    assert first is again
    assert filenames.reason_against_path(f"content/participants/{device.id}.yml") == ""


@pytest.mark.parametrize("id_", ["nul", "com1", "aux"])
def test_a_new_record_is_not_made_under_a_devices_name(id_: str, tmp_path: Path) -> None:
    root = folder.write(tmp_path, folder.MINIMAL)
    given = [f"id={id_}", "name=E", "cohorts.cohort=spring", "cohorts.role=mentee"]
    run = CliRunner().invoke(peerloom, ["-C", str(root), "new", "participant", *given])
    assert run.exit_code == 1
    assert f"and '{id_}.yml' is a device's name on Windows" in run.stderr
    assert len(list((root / "content/participants").iterdir())) == 2


def test_check_names_each_path_that_not_every_computer_can_hold(tmp_path: Path) -> None:
    names = ["git~1/x.md", "con.md", "nul.png", "a./x.md", "x" * 196 + ".md"]
    pages = {f"content/pages/{name}": "# A page\n" for name in names}
    found = check(folder.write(tmp_path, folder.MINIMAL | pages), date(2026, 3, 1)).diagnostics
    assert {d.path for d in found} == pages.keys()
    assert {d.rule for d in found} == {"names-work-on-every-computer"}
