"""`peerloom decide`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerloom.cli.options import (
    Word,
    find_cohort_or_exit,
    load_program_or_exit,
    open_writer_or_exit,
    refuse_new_errors,
    today_option,
    with_program_folder,
    write_or_exit,
)
from peerloom.cli.printing import refuse, say, show
from peerloom.diagnostic import did_you_mean, quoted

if TYPE_CHECKING:
    from peerloom.model import Participant
    from peerloom.records import Program
    from peerloom.selecting import Decision


@click.command("decide")
@click.argument("people", nargs=-1, required=True, metavar="ID...")
@click.option("--cohort", required=True, metavar="ID", help="The cohort that they signed up for.")
@click.option(
    "--state",
    required=True,
    type=Word(["accepted", "waiting", "declined"]),
    help="What is decided.",
)
@click.option("--reason", metavar="TEXT", help="Why, for coordinators alone; it is never sent.")
@click.option(
    "--role",
    type=Word(["mentor", "mentee", "either"]),
    help="The part that is meant, of somebody who signed up in two roles.",
)
@click.option("--dry-run", is_flag=True, help="Show the texts, and write nothing.")
@today_option
@with_program_folder
def command(
    root: Path,
    people: tuple[str, ...],
    cohort: str,
    state: str,
    reason: str | None,
    role: str | None,
    dry_run: bool,
    today: date,
) -> None:
    """Accept people to a cohort that selects, let them wait, or decline.

    The decision is written into each person's record, and a kind text to send is printed.
    Nothing is written that 'peerloom check' would call an error.
    """
    from peerloom import selecting
    from peerloom.intake.record_text import text_reader

    writer = None if dry_run else open_writer_or_exit(root)
    program = load_program_or_exit(root)
    decision = selecting.Decision(
        cohort=program.cohorts[find_cohort_or_exit(program, cohort)],
        state=state,  # type: ignore[arg-type] # click has checked the word
        decided_on=today,
        reason=" ".join(reason.split()) if reason else None,
        role=role,  # type: ignore[arg-type]
    )
    if state != "accepted" and not decision.cohort.selects:
        path = program.path(decision.cohort)
        refuse(f"nothing was written; the cohort must select: write 'selects: true' in {path}")
    decided_on = [_find_person(program, id_, decision) for id_ in dict.fromkeys(people)]
    read_text = text_reader(root)
    changes = {
        path: selecting.decided_record_text(read_text(path) or "", decision)
        for path in map(program.path, decided_on)
    }
    refuse_new_errors(root, changes, today)
    if writer is not None:
        write_or_exit(writer, changes)
    for person in decided_on:
        say(f"{person.id}: {state} in {decision.cohort.id}", err=True)
        show(f"{selecting.decision_letter(program, person, decision)}\n")


def _find_person(program: "Program", id_: str, decision: "Decision") -> "Participant":
    """Somebody who signed up for the cohort. Ends the command where there is nobody such."""
    from peerloom.selecting import roles_decided_on

    person = program.participants.get(id_)
    if person is None:
        near = did_you_mean(id_, program.participants) or "ids are the names of their files"
        refuse(f"nothing was written; there is no participant {quoted(id_)}; {near}")
    if not roles_decided_on(person, decision):
        as_what = f" as {decision.role}" if decision.role else ""
        cohort = quoted(decision.cohort.id)
        refuse(f"nothing was written; {quoted(id_)} did not sign up for {cohort}{as_what}")
    return person
