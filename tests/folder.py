"""Programs in a folder, for tests."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from peerloom.audience import repository_readers
from peerloom.changes import open_writer
from peerloom.diagnostic import Diagnostic
from peerloom.program import check, load
from peerloom.site_checking import find_site_problems

MINIMAL = {
    "content/program.yml": """\
name: Reading Circle
repository: reading-circle/mentoring
visibility: private
time_zone: Europe/Lisbon
languages: [en]
coordinators: [noor]
coordinator_ids: {noor: 1}
skills:
  - id: python
    name: Python
    aliases: [python3]
  - id: statistics
    name: Statistics
responsible: {name: Reading Circle, contact: "https://circle.example/contact"}
legal_basis: consent
keeps_months: 24
minors: none
""",
    "content/cohorts/spring.yml": """\
id: spring
name: Spring
starts: 2026-01-12
ends: 2026-06-28
check_ins:
  every_weeks: 2
  first: 2026-01-26
  grace_days: 5
  answers: both
""",
    "content/participants/ada.yml": """\
id: ada
name: Ada Example
cohorts:
  - cohort: spring
    role: mentor
skills_offered:
  - skill: python
consent:
  given_on: 2026-01-02
  show: public
  quote: true
""",
    "content/participants/grace.yml": """\
id: grace
name: Grace Example
cohorts:
  - cohort: spring
    role: mentee
skills_wanted:
  - skill: python
consent:
  given_on: 2026-01-03
  show: public
  quote: true
""",
    "content/pairs/spring/ada-grace.yml": """\
id: ada-grace
cohort: spring
mentor: ada
mentee: grace
status: active
started_on: 2026-01-14
goals:
  - id: first-package
    title: Publish a first package
    set_on: 2026-01-20
    levels:
      - Nothing can be installed
      - She alone can install it
      - A colleague installed it
      - It has tests
      - Strangers use it
""",
}


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Put files under `root`, which is returned."""
    for path, content in files.items():
        at = root / path
        at.parent.mkdir(parents=True, exist_ok=True)
        at.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def case(file: Path) -> tuple[dict[str, str], list[str]]:
    """The files of a `.case`, and the findings it expects."""
    files: dict[str, str] = {}
    at = ""
    for line in file.read_text(encoding="utf-8").splitlines(keepends=True):
        if line.startswith("==> "):
            at = line.removeprefix("==> ").strip()
            files[at] = ""
        elif at:
            files[at] += line
    return files, files.pop("expect", "").splitlines()


def errors(root: Path, today: date) -> list[Diagnostic]:
    """Every error, and no warning, that `peerloom check` finds in a program."""
    return [d for d in check(root, today).diagnostics if d.severity == "error"]


def diagnostics(root: Path, today: date) -> list[Diagnostic]:
    """Everything that is wrong with the records of a program, and with its site."""
    program = load(root).program
    site = find_site_problems(root, program, today, repository_readers(program))
    return sorted([*check(root, today).diagnostics, *site])


def apply_changes(root: Path, changes: Mapping[str, str], deleted: Iterable[str] = ()) -> None:
    """Write and delete files of a program, as commands do."""
    with open_writer(root) as writer:
        writer.write_changes(changes, deleted)
