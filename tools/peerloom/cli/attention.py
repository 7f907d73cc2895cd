"""`peerloom attention`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerloom.cli.options import (
    find_cohort_or_exit,
    load_program_as_of,
    today_option,
    with_program_folder,
)
from peerloom.cli.printing import say
from peerloom.records import Program
from peerloom.text.dates import full_date
from peerloom.text.names import people_names

if TYPE_CHECKING:
    from peerloom.signals import Signal


@click.command("attention")
@click.argument("cohort", required=False)
@today_option
@with_program_folder
def command(root: Path, cohort: str | None, today: date) -> None:
    """List who needs the coordinator now, why, since when, and what to do next.

    For coordinators only: it shows what people told nobody else.
    """
    from peerloom.signals import find_signals

    program = load_program_as_of(root, today)
    if cohort is not None:
        find_cohort_or_exit(program, cohort)
    found = find_signals(program, today, cohort)
    for signal in found:
        say(f"{_name_subject(program, signal)}: {signal.why}")
        say(f"  since {full_date(signal.since)}; {signal.next_step}")
    if not found:
        say("nobody needs you today")


def _name_subject(program: Program, signal: "Signal") -> str:
    """Return the pair or cohort that a signal is about, with names that its reason leaves out."""
    pair = program.pairs.get((signal.cohort, signal.pair or ""))
    if pair is None:
        return signal.cohort
    if signal.people != pair.people:
        return f"{pair.id} ({signal.cohort})"
    names = people_names(program.participants, pair.people)
    return f"{names} ({pair.id}, {signal.cohort})"
