"""One row says all that the program must know of a kind of record."""

import dataclasses
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from peerloom import model, schema
from peerloom.kinds import KIND_BY_NAME, KINDS, Kind, first_differing_key, kind_of_path, record_path
from peerloom.program import load
from peerloom.records import Program

ROOT = Path(__file__).parents[1]
PROGRAM = load(ROOT).program


def test_every_class_of_records_has_a_row_and_every_row_a_schema() -> None:
    classes = {
        value
        for value in vars(model).values()
        if isinstance(value, type) and issubclass(value, model.Record) and value is not model.Record
    }
    assert {kind.record_class for kind in KINDS} == classes
    assert {kind.name for kind in KINDS} == {
        file.stem for file in schema.schema_folder().glob("*.json")
    }


def test_the_program_has_a_collection_for_every_kind_and_few_fields_besides() -> None:
    besides = {"moved", "tree", "broken", "received", "committed_sheets"}
    besides |= {"provenance", "fact_days", "records_day", "undated", "undated_goals"}
    fields = [field.name for field in dataclasses.fields(Program) if field.name not in besides]
    assert fields == [kind.collection for kind in KINDS]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_path_of_a_record_is_a_path_of_its_kind(kind: Kind) -> None:
    records = [each for each in PROGRAM.records() if type(each) is kind.record_class]
    assert records
    for record in records:
        path = record_path(record)
        assert kind_of_path(path) == kind.name
        assert path == kind.path_for(*(getattr(record, key) for key in kind.keys))
        assert (ROOT / path).is_file()


@pytest.mark.parametrize(
    ("kind", "path", "key"),
    [
        ("participant", "content/participants/somebody-else.yml", "id"),
        ("pair", "content/pairs/other/{0.id}.yml", "cohort"),
        ("pair", "content/pairs/{0.cohort}/{0.id}-2.yml", "id"),
        ("check-in", "content/check-ins/{0.cohort}/other/{0.due}-{0.participant}.yml", "pair"),
        ("check-in", "content/check-ins/{0.cohort}/{0.pair}/x-{0.participant}.yml", "due"),
        ("check-in", "content/check-ins/{0.cohort}/{0.pair}/{0.due}-other.yml", "participant"),
        ("response", "content/responses/{0.survey}/{0.cohort}/other.yml", "code"),
    ],
)
def test_a_file_out_of_its_place_differs_by_one_key(kind: str, path: str, key: str) -> None:
    record = next(
        each for each in PROGRAM.records() if type(each) is KIND_BY_NAME[kind].record_class
    )
    assert first_differing_key(record, path.format(record)) == key


@pytest.mark.parametrize(
    "path",
    [
        "content/other.yml",
        "content/program.yml/x.yml",
        "content/cohorts/a/b.yml",
        "content/pairs/a.yml",
        "content/pages/picture.png",
        "content/training/a/b.md",
        "x/content/program.yml",
        "content/cohorts/a.yml\n",
    ],
)
def test_another_path_is_of_no_kind(path: str) -> None:
    assert kind_of_path(path) is None


# A package in which somebody has added a kind, as the head of `kinds.py` says how.
_SCHEMA = """{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "Grant",
  "description": "Money for a pair.",
  "type": "object",
  "additionalProperties": false,
  "required": ["cohort", "id", "amount"],
  "properties": {
    "cohort": {"description": "Which cohort.", "x-audience": "public", "type": "string"},
    "id": {"description": "A short id.", "x-audience": "public", "type": "string"},
    "amount": {"description": "How much.", "x-audience": "public", "type": "integer"},
    "reason": {"description": "Why.", "x-audience": "coordinators", "type": "string"}
  }
}
"""
_CLASS = '''

@dataclass(frozen=True, slots=True, kw_only=True)
class Grant(Record):
    """Money for a pair."""

    cohort: str
    id: str
    amount: int
    reason: str | None = None
'''
_ROW = """KINDS: tuple[Kind, ...] = (
    Kind(
        name="grant",
        phrase="a grant",
        record_class=peerloom.model.Grant,
        path="content/grants/<cohort>/<id>.yml",
        keys=("cohort", "id"),
        collection="grants",
    ),
"""
_FIELD = "    moved: dict[str, Record] = field(default_factory=dict)\n"
_ASKED = """
from pathlib import Path
from peerloom.audience import visible_program
from peerloom.changes.paths import may_be_written
from peerloom.pages import records_reference
from peerloom.program import load
program = load(Path("new")).program
grant = program.grants["2027-spring", "travel"]
assert (grant.amount, grant.reason) == (300, "a conference")
public = visible_program(program, "public")
assert public.grants["2027-spring", "travel"].reason is None
assert may_be_written("content/grants/2027-spring/travel.yml")
assert not may_be_written("content/grants/travel.yml")
assert "content/grants/<cohort>/<id>.yml" in records_reference.describe_records(())
"""


def _replaced(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def with_grants(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("grants")
    package = folder / "tools/peerloom"
    shutil.copytree(ROOT / "tools/peerloom", package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    shutil.copytree(ROOT / ".github", folder / ".github")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    (folder / "schemas/grant.json").write_text(_SCHEMA, encoding="utf-8")
    with (package / "model.py").open("a", encoding="utf-8") as file:
        file.write(_CLASS)
    _replaced(package / "kinds.py", "import re\n", "import re\n\nimport peerloom.model\n")
    _replaced(package / "kinds.py", "KINDS: tuple[Kind, ...] = (\n", _ROW)
    grants = "    grants: dict[CohortKey, Any] = field(default_factory=dict)\n"
    _replaced(package / "records.py", _FIELD, grants + _FIELD)
    return folder


def _run(folder: Path, *arguments: str, at: str = "") -> str:
    env = os.environ | {"PYTHONPATH": str(folder / "tools"), "XDG_CACHE_HOME": str(folder)}
    ran = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder / at,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.stdout + ran.stderr


def test_a_kind_that_is_added_in_one_place_is_known_everywhere(with_grants: Path) -> None:
    def peerloom(*arguments: str, at: str = "new") -> str:
        return _run(with_grants, "-m", "peerloom", *arguments, at=at)

    begun = ("--name", "New", "--repository", "o/new", "--cohort", "2027-spring")
    peerloom("init", "new", *begun, "--starts", "2027-01-11", "--weeks", "12", at="")
    assert (with_grants / "new/content/grants/.gitkeep").is_file()
    keys = ("cohort=2027-spring", "id=travel", "amount=300", "reason=a conference")
    assert peerloom("new", "grant", *keys) == "wrote content/grants/2027-spring/travel.yml\n"
    assert "nothing to fix" in peerloom("check", "--today", "2027-01-11")
    assert "grant" in peerloom("new", "--help")
    assert "Money for a pair." in peerloom("schema", "grant")
    assert _run(with_grants, "-c", _ASKED) == ""
    grants = with_grants / "new/content/grants/2027-spring"
    (grants / "travel.yml").rename(grants / "train.yml")
    assert "rename it to content/grants/2027-spring/travel.yml" in peerloom("check")
    (grants / "train.yml").write_text("id: travel\n", encoding="utf-8")
    assert "a grant must have the key 'cohort'" in peerloom("check")
