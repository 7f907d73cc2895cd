"""`peerloom begin`."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerloom.cli import printing
from peerloom.cli.options import (
    DayType,
    find_cohort_or_exit,
    load_dated_program,
    open_writer_or_exit,
    today_option,
    with_program_folder,
    write_or_exit,
)
from peerloom.cli.printing import refuse, say, show
from peerloom.diagnostic import diagnostics_as_text

if TYPE_CHECKING:
    from peerloom.beginning import Beginning


@click.command("begin")
@click.argument("cohort")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option(
    "--on", "day", type=DayType(), required=True, metavar="DATE", help="The day they begin on."
)
@click.option(
    "--instead",
    multiple=True,
    metavar="MENTEE=MENTOR",
    help="Overrule a proposal: this mentee begins with this mentor.",
)
@click.option("--possible", is_flag=True, help="Begin those that can begin, and leave the others.")
@click.option("--yes", is_flag=True, help="Write it without asking.")
@click.option("--dry-run", is_flag=True, help="Show what would begin, and write nothing.")
@today_option
@with_program_folder
def command(
    root: Path,
    cohort: str,
    ids: tuple[str, ...],
    day: date,
    instead: tuple[str, ...],
    possible: bool,
    yes: bool,
    dry_run: bool,
    today: date,
) -> None:
    """Begin the proposed pairs and circles of a COHORT, all of them or those with an ID.

    A pair whose mentor or mentee was replaced in its file gets an id that names the two, and its
    old address leads on. Nothing is written that 'peerloom check' would call an error.
    """
    from peerloom import beginning

    writer = None if dry_run else open_writer_or_exit(root)
    program = load_dated_program(root, today)
    run = program.cohorts[find_cohort_or_exit(program, cohort)]
    try:
        beginning.refuse_day(run, day)
        mentors = _parse_mentors(instead)
        program, overruled = beginning.overrule_mentors(program, run, mentors)
        chosen = beginning.choose_records(program, run, (*ids, *overruled) if ids else ())
    except beginning.CannotBegin as error:
        refuse(f"nothing was written; {error}")
    plan = beginning.plan_beginning(root, program, run, chosen, day, today)
    _show_lines(beginning.describe_beginning(plan, program))
    _show_lines(beginning.describe_refusals(plan), err=True)
    if plan.elsewhere:
        show(diagnostics_as_text(plan.elsewhere), err=True)
        refuse("nothing was written; this would be wrong elsewhere: correct it first")
    if not plan.files.changes and not plan.refused:
        say(f"nothing was written; no pair or circle of '{run.id}' waits to begin", err=True)
        return
    _require_consent(plan, is_possible_enough=possible, is_certain=yes or dry_run)
    if writer is not None:
        write_or_exit(writer, plan.files.changes, plan.files.deleted)
    _show_lines(beginning.describe_next_steps(plan, program, today))
    say("nothing was written" if writer is None else f"written: {_count_files(plan)}", err=True)


def _parse_mentors(instead: Iterable[str]) -> dict[str, str]:
    """Return the mentor of each mentee in words such as `grace=ada`."""
    mentors: dict[str, str] = {}
    for words in instead:
        mentee, equals, mentor = words.partition("=")
        if not (mentee and equals and mentor):
            raise click.UsageError(f"'{words}' must be written as MENTEE=MENTOR")
        chosen = mentors.setdefault(mentee.strip(), mentor.strip())
        if chosen != mentor.strip():
            raise click.UsageError(f"'{words}' and '{mentee}={chosen}': name one mentor for each")
    return mentors


def _require_consent(plan: "Beginning", *, is_possible_enough: bool, is_certain: bool) -> None:
    """End the command unless a plan is to be written, which somebody in a terminal is asked."""
    rest = f"begin the {len(plan.records):,} that can begin" if plan.refused else "write this"
    if not plan.files.changes:
        refuse("nothing was written; none of them can begin")
    if is_certain and (is_possible_enough or not plan.refused):
        return
    if not is_certain and printing.can_ask():
        if not printing.says_yes(f"{rest}? (y, or n to write nothing)"):
            refuse("nothing was written")
        return
    needed = ["--possible"] if plan.refused and not is_possible_enough else []
    needed += [] if is_certain else ["--yes"]
    refuse(f"nothing was written; to {rest}, add {' '.join(needed)}")


def _count_files(plan: "Beginning") -> str:
    from peerloom.text.phrases import count_noun

    return count_noun(len(plan.files.changes), "file")


def _show_lines(lines: Iterable[str], *, err: bool = False) -> None:
    show("".join(f"{line}\n" for line in lines), err=err)
