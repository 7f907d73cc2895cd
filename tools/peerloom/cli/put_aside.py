"""`peerloom put-aside`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from peerloom.cli.options import (
    DayType,
    Word,
    find_cohort_or_exit,
    load_program_as_of,
    open_writer_or_exit,
    refuse_new_errors,
    today_option,
    with_program_folder,
    write_or_exit,
)
from peerloom.cli.printing import refuse, say, show
from peerloom.diagnostic import did_you_mean, quoted
from peerloom.model import LastingSignal

if TYPE_CHECKING:
    from peerloom.model import Pair
    from peerloom.records import Program


@click.command("put-aside")
@click.argument("cohort")
@click.argument("pair")
@click.option(
    "--signal",
    required=True,
    type=Word(get_args(LastingSignal)),
    help="What is put aside, as 'peerloom attention' calls it.",
)
@click.option("--person", metavar="ID", help="Who said it (default: both).")
@click.option(
    "--due",
    type=DayType(),
    metavar="DATE",
    help="The due date of the newest check-in that said it (default: the newest that has come).",
)
@click.option("--reason", required=True, metavar="TEXT", help="What was done about it.")
@click.option("--by", metavar="LOGIN", help="Your GitHub login.")
@click.option("--dry-run", is_flag=True, help="Show the file, and write nothing.")
@today_option
@with_program_folder
def command(
    root: Path,
    cohort: str,
    pair: str,
    signal: str,
    person: str | None,
    due: date | None,
    reason: str,
    by: str | None,
    dry_run: bool,
    today: date,
) -> None:
    """Put a signal about a PAIR of a COHORT aside, when you have done something about it.

    It is written down in content/follow-ups, for coordinators alone, and the signal is quiet until
    somebody says it again, or worse. Nothing is written that 'peerloom check' would call an error.
    """
    from peerloom.follow_ups import add_put_aside
    from peerloom.intake.record_text import text_reader
    from peerloom.kinds import record_path
    from peerloom.model import FollowUp, PutAside

    writer = None if dry_run else open_writer_or_exit(root)
    program = load_program_as_of(root, today)
    found = _find_pair(program, find_cohort_or_exit(program, cohort), pair)
    who = _find_person(found, person)
    _refuse_if_not_open(program, found, signal, who, today)
    entry = PutAside(
        signal=signal,  # type: ignore[arg-type] # click has checked the word
        participant=who,
        # Without it, what comes later on the same day would be put aside unread.
        due=due or _find_newest_due(program, found, who),
        on=today,
        reason=" ".join(reason.split()),
        by=by,
    )
    if not entry.reason:
        refuse("nothing was written; say in --reason what was done about it")
    path = record_path(FollowUp(cohort=found.cohort, pair=found.id))
    changes = {path: add_put_aside(text_reader(root)(path), found, entry)}
    refuse_new_errors(root, changes, today)
    if writer is None:
        show(changes[path])
        return
    write_or_exit(writer, changes)
    say(f"{signal} of {person or 'both'} is put aside; see {path}")


def _find_pair(program: "Program", cohort: str, id_: str) -> "Pair":
    pair = program.find_pair(cohort, id_)
    if pair is None:
        known = [each.id for each in program.pairs_of(cohort)]
        near = did_you_mean(id_, known) or "ids are the names of their files"
        refuse(f"nothing was written; there is no pair {quoted(id_)} in {quoted(cohort)}; {near}")
    return pair


def _refuse_if_not_open(
    program: "Program", pair: "Pair", signal: str, person: str | None, today: date
) -> None:
    from peerloom.signals import find_pair_signals

    found = [each for each in find_pair_signals(program, pair, today) if each.id == signal]
    if not any(person is None or person in each.people for each in found):
        whose = f" of {person}" if person else ""
        refuse(
            f"nothing was written; {signal}{whose} is not open: "
            f"see 'peerloom attention {pair.cohort} --all'"
        )


def _find_newest_due(program: "Program", pair: "Pair", person: str | None) -> date | None:
    """The due date of the newest check-in that has come, from one of a pair or from either."""
    return max(
        (c.due for c in program.check_ins_of(pair) if person in (None, c.participant)),
        default=None,
    )


def _find_person(pair: "Pair", id_: str | None) -> str | None:
    if id_ is not None and id_ not in pair.people:
        two = " or ".join(quoted(who) for who in pair.people)
        refuse(f"nothing was written; --person must be one of the pair: {two}")
    return id_
