"""The bill of a program's month, with workflows as they are here or were at a commit."""

from collections.abc import Mapping
from math import ceil
from pathlib import Path

from peerloom.github_names import SITE_REPOSITORY_VARIABLE, TWICE_A_DAY_LABEL
from peerloom.model import Settings
from simulated_actions.job_seconds import JobSeconds
from simulated_actions.program_month import (
    MONTHS_COUNTED,
    Merging,
    ProgramOnGitHub,
    simulate_month,
)
from simulated_actions.workflow_files import Workflow, parse_workflow
from simulated_actions.workflow_runs import Bill

ROOT = Path(__file__).parents[2]
FOLDER = ".github/workflows"
# Workflows of the project itself, which no program has.
_NOT_OF_A_PROGRAM = frozenset({"release", "tests"})
_DEFAULTS = Settings(
    name="A program",
    repository="reading-circle/mentoring",
    visibility="private",
    time_zone="UTC",
    languages=("en",),
)


def bill_of_month(
    workflows: tuple[Workflow, ...],
    pairs: int,
    merging: Merging,
    *,
    merges_itself: bool = False,
    is_now: bool = False,
    has_second_site: bool = False,
    slowness: float = 1.0,
    seed: int = 1,
) -> Bill:
    """The bill of four weeks. Now a program above its setting leaves forms to the schedule.

    One that `has_second_site` publishes a public site in a second repository. Every job takes
    `slowness` times as long as is assumed.
    """
    is_left_to_schedule = is_now and pairs > _DEFAULTS.read_at_once_up_to
    program = ProgramOnGitHub(
        pairs=pairs,
        merging=merging,
        merges_itself=merges_itself,
        form_labels=(TWICE_A_DAY_LABEL,) if is_left_to_schedule else (),
        variables={SITE_REPOSITORY_VARIABLE: "reading-circle/site"} if has_second_site else {},
    )
    return simulate_month(workflows, program, JobSeconds(slowness=slowness), seed)


def minutes_of_month(bill: Bill) -> int:
    """The billed minutes of an average month."""
    return _of_month(bill.minutes)


def jobs_of_month(bill: Bill) -> int:
    """The jobs of an average month."""
    return _of_month(bill.jobs)


def _of_month(counts: Mapping[str, int]) -> int:
    return ceil(sum(counts.values()) / MONTHS_COUNTED)


def read_workflows() -> tuple[Workflow, ...]:
    """The workflows of a program as they are here."""
    files = sorted((ROOT / FOLDER).glob("*.yml"))
    return parse_workflows({file.stem: file.read_bytes() for file in files})


def parse_workflows(texts: dict[str, bytes]) -> tuple[Workflow, ...]:
    """The workflows of a program, from the texts of this repository's by name."""
    return tuple(
        parse_workflow(name, data) for name, data in texts.items() if name not in _NOT_OF_A_PROGRAM
    )
