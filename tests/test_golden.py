"""Whole outputs, byte for byte as people get them; `make bless` takes new ones for right."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

import folder
from peerloom import __version__
from peerloom.cli.command import peerloom
from peerloom.diagnostic import diagnostics_as_text
from peerloom.pages import render_pages
from peerloom.program import check, load
from peerloom.report import build_report, report_as_csv, report_as_json, report_as_markdown

CASES = Path(__file__).parent / "cases"
TODAY = date(2026, 3, 1)
Golden = Callable[[str, str], None]

MISTAKES = {
    "content/program.yml": """\
name: Reading Circle
repository: reading-circle
visibility: privat
time_zone: Europe/Lisbona
languages: [en, english]
coordinators: [noor]
coordinator_ids: {noor: 1}
skils: []
""",
    "content/cohorts/spring.yml": """\
id: spring
name: Spring
starts: 2026-06-28
ends: 2026-01-12
check_ins:
  every_weeks: 2
  every_weeks: 3
  first: 26.01.2026
""",
    "content/cohorts/autumn.yml": """\
id: autumn
name: Autumn
starts: 2026-02-30
ends: 2026-12-18
""",
    "content/participants/ada.yml": """\
id: ada
name: Ada: the Example
cohorts: spring
""",
    "content/participants/bola.yml": """\
id: bola
name: Bola Example
github: "@bola"
languages: [en, en]
about: Write to bola@example.org.
cohorts:
  - cohort: spring
    role: mentro
    capacity: -1
  - role: mentee
consent:
  given_on: 2027-01-02
  show: everybody
""",
    "content/participants/Chen.yml": "id: Chen\nname: ''\ncohorts: []\n",
    "content/participants/grace.yml": folder.MINIMAL["content/participants/grace.yml"].replace(
        "skill: python", "skill: pythn"
    ),
    "content/participants/grace.yaml": "id: grace\n",
    "content/participants/eve.yml": "id: &id eve\nname: *id\n",
    "content/participant/dora.yml": "id: dora\n",
    "content/pairs/spring/ada-grace.yml": """\
id: ada-grace
cohort: spring
mentor: adaa
mentee: grace
status: active
started_on: 2026-01-14
goals:
\t- id: first-package
""",
    "content/pairs/spring/grace-grace.yml": """\
id: grace-grace
cohort: spring
mentor: grace
mentee: grace
status: ended_early
goals: Publish a first package
""",
    "content/check-ins/spring/ada-grace/2026-01-27-grace.yml": """\
cohort: spring
pair: ada-grace
due: 2026-01-27
participant: grace
answered_on: 2026-01-27
met: true
meetings:
  - on: 2026-01-20
    length: 30
""",
    "content/pages/index.md": """\
# Welcome

Read [how to join](join.html), or look at [us](https://example.org).

<script>greet()</script>
""",
    "content/training/one.md": "---\ntitle: One\n---\n\nText\n",
    "content/notes.txt": "hello\n",
}

# The small program, grown by one of everything that a page shows.
GROWN = {
    "content/pairs/spring/ada-grace.yml": folder.MINIMAL["content/pairs/spring/ada-grace.yml"]
    + """\
    by: 2026-05-29
agreement:
  agreed_on: 2026-01-16
  meets_every_weeks: 2
  meeting_minutes: 45
  channels: [video call]
  expectations:
    - by: ada
      text: Tell me when it is *too much*.
""",
    "content/check-ins/spring/ada-grace/2026-01-26-grace.yml": """\
cohort: spring
pair: ada-grace
due: 2026-01-26
participant: grace
answered_on: 2026-01-27
received_on: 2026-01-27
received_by: github
met: true
meetings:
  - on: 2026-01-20
    minutes: 50
goals:
  - goal: first-package
    level: -1
    note: It installs here <only>.
""",
    "content/check-ins/spring/ada-grace/2026-02-09-ada.yml": """\
cohort: spring
pair: ada-grace
due: 2026-02-09
participant: ada
answered_on: 2026-02-16
received_on: 2026-02-16
received_by: git
met: false
meetings: []
""",
    "content/events/opening.yml": """\
id: opening
title: Opening & welcome
kind: social
on: 2026-01-14
cohorts: [spring]
setting: online
attended: [ada, grace]
""",
    "content/resources/guide.yml": """\
id: guide
title: A guide to packages
kind: guide
url: https://example.org/guide
skills: [python]
""",
    "content/training/listening.md": """\
---
title: Listening
minutes: 20
roles: [mentor]
---

Ask, then wait.
""",
    "content/pages/about.md": "# About us\n\nWe read. See [how to join](join.md).\n",
}


def test_many_mistakes_at_once_are_all_said(golden: Golden, tmp_path: Path) -> None:
    root = folder.write(tmp_path, folder.MINIMAL | MISTAKES)
    for form in ("text", "github", "json"):
        said = CliRunner().invoke(
            peerloom, ["-C", str(root), "check", "--format", form, "--today", TODAY.isoformat()]
        )
        assert said.exit_code == 1
        golden(f"mistakes.{form}", said.stdout)


def test_every_rule_says_what_must_hold_and_what_to_do(golden: Golden, tmp_path: Path) -> None:
    said = ""
    for case in sorted(CASES.glob("*/invalid*.case")):
        root = folder.write(
            tmp_path / case.parent.name / case.stem, folder.MINIMAL | folder.case(case)[0]
        )
        said += f"{case.parent.name}\n{diagnostics_as_text(folder.diagnostics(root, TODAY))}\n"
    golden("rules.text", said)


@pytest.fixture
def grown(tmp_path: Path) -> Path:
    return folder.write(tmp_path, folder.MINIMAL | GROWN)


def test_the_grown_program_has_nothing_to_mend(grown: Path) -> None:
    assert diagnostics_as_text(check(grown, TODAY).diagnostics) == ""


def test_every_page_of_a_small_program_is_as_it_was(golden: Golden, grown: Path) -> None:
    made = render_pages(load(grown).program, TODAY, "coordinators")
    for path, text in made.items():
        if not path.startswith("reference/"):
            golden(f"pages/{path}", _without_version(text))
    kept = Path(__file__).parent / "golden/pages"
    assert {p.relative_to(kept).as_posix() for p in kept.rglob("*.md")} <= made.keys()


def _without_version(text: str) -> str:
    return text.replace(__version__, "VERSION")


def test_the_report_of_a_small_program_is_as_it_was(golden: Golden, grown: Path) -> None:
    told = build_report(load(grown).program, "spring", None, TODAY, "coordinators")
    golden("report.md", _without_version(report_as_markdown(told)))
    golden("report.csv", _without_version(report_as_csv(told)))
    golden("report.json", _without_version(report_as_json(told)))


def test_the_public_is_told_the_same_of_a_small_program_as_it_was(
    golden: Golden, grown: Path
) -> None:
    program = load(grown).program
    golden(
        "public-report.md",
        _without_version(
            report_as_markdown(build_report(program, "spring", None, None, "public", today=TODAY))
        ),
    )
    golden("public-pair.md", render_pages(program, TODAY, "public")["pairs/spring/ada-grace.md"])
