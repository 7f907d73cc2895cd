"""Six real cohorts, each as a coordinator has it when the sign-ups are in and nobody is matched."""

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from click.testing import CliRunner

from peerloom.cli.command import peerloom
from peerloom.matching.applicants import Applicants, find_applicants
from peerloom.matching.arrays import Bools, Floats, Ints, as_ints
from peerloom.program import load
from peerloom.records import Program
from peerloom.slugs import slug

SHEETS = Path(__file__).parents[2] / "shared/data/ols"
COHORTS = ("ols-1", "ols-2", "ols-4", "ols-5", "ols-7", "ols-8")
TODAY = date(2026, 11, 24)
_SHEETS = ("signups", "matches")
_PROJECT = ("goal_title", "goal", "keywords", "skills")

_Rows = list[dict[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Real:
    """A cohort in which the organizers matched projects; `measured` are those, by number.

    `chosen` says which mentors they chose, of all: seekers × mentors. `texts` and `offers` are
    what projects and mentors wrote, as it stands in the sheet, in the order of the applicants.
    """

    name: str
    program: Program
    applicants: Applicants
    measured: Ints
    chosen: Bools
    texts: list[str]
    offers: list[str]

    @property
    def places(self) -> Ints:
        """How many projects each mentor took."""
        return as_ints(m.places for m in self.applicants.mentors)

    def of_measured(self, every: Floats) -> Floats:
        """The rows of the projects that are measured."""
        return every[self.measured]


def cohorts(folder: Path) -> Iterator[Real]:
    """Sign-ups and matches of one cohort after the other, imported into a program in a folder."""
    if not all((SHEETS / f"{c}-{what}.csv").is_file() for c in COHORTS for what in _SHEETS):
        sys.exit(f"put the sheets of the six cohorts into '{SHEETS}': they are read there")
    root = folder / "program"
    start = ["init", str(root), "--name", "Seeds", "--repository", "seeds/mentoring"]
    _run([*start, "--cohort", COHORTS[0], "--starts", "2020-01-06", "--weeks", "16"])
    first = (root / f"content/cohorts/{COHORTS[0]}.yml").read_text(encoding="utf-8")
    for n, name in enumerate(COHORTS):
        text = first.replace(COHORTS[0], name)
        for day in ("2020-01-06", "2020-04-26"):
            text = text.replace(day, str(date.fromisoformat(day) + timedelta(weeks=26 * n)))
        (root / f"content/cohorts/{name}.yml").write_text(text, encoding="utf-8")
    for name in COHORTS:
        at = ["-C", str(root), "import", "--cohort", name, "--today", str(TODAY)]
        _run([*at, "--show", "public", str(SHEETS / f"{name}-signups.csv")])
        before = load(root).program
        _run([*at, "--pairs", str(SHEETS / f"{name}-matches.csv")])
        yield _real(name, before, load(root).program)


def _run(command: list[str]) -> None:
    result = CliRunner().invoke(peerloom, command)
    # One project of the sheets has no sign-up, and is said not to be imported.
    assert result.exit_code == 0 or " not imported" in result.stdout, result.output


def _real(name: str, before: Program, after: Program) -> Real:
    people = find_applicants(before, before.cohorts[name], TODAY)
    seekers = {seeker.team: n for n, seeker in enumerate(people.seekers)}
    mentors = {mentor.id: n for n, mentor in enumerate(people.mentors)}
    chosen = np.zeros((len(seekers), len(mentors)), dtype=np.bool_)
    for pair in after.pairs_of(name):
        assert pair.mentor
        chosen[seekers[pair.team], mentors[pair.mentor]] = True
    with (SHEETS / f"{name}-signups.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Real(
        name=name,
        program=before,
        applicants=people,
        measured=np.flatnonzero(chosen.any(axis=1)),
        chosen=chosen,
        texts=[
            _said([r for r in rows if slug(r["project"]) == s.team], _PROJECT)
            for s in people.seekers
        ],
        offers=[
            _said([r for r in rows if (r["id"], r["role"]) == (m.id, "mentor")], ("skills",))
            for m in people.mentors
        ],
    )


def _said(rows: _Rows, columns: tuple[str, ...]) -> str:
    """What rows say in some columns, each item of a column once."""
    items = (dict.fromkeys(i.strip() for row in rows for i in row[c].split(";")) for c in columns)
    return ". ".join(item for column in items for item in column)
