"""`peerloom attention`."""

from datetime import date
from pathlib import Path

import click

from peerloom.cli.options import (
    cohort_named,
    dated_program,
    program_folder,
    today_option,
)
from peerloom.cli.printing import say
from peerloom.records import Program


@click.command("attention")
@click.argument("cohort", required=False)
@today_option
@program_folder
def command(root: Path, cohort: str | None, today: date) -> None:
    """Who needs the coordinator now, why, since when, and what to do next.

    For coordinators: it says what pairs told nobody else.
    """
    from peerloom.progress.attention import signals

    program = dated_program(root)
    if cohort is not None:
        cohort_named(program, cohort)
    found = signals(program, today, cohort)
    for signal in found:
        who = ", ".join(_name(program, id_) for id_ in signal.people)
        about = f"{who} ({signal.cohort})" if who else signal.cohort
        say(f"{about}: {signal.why}")
        say(f"  since {signal.since.isoformat()}; {signal.next_step}")
    if not found:
        say("nobody needs you today")


def _name(program: Program, id_: str) -> str:
    person = program.participants.get(id_)
    return person.name if person else id_
