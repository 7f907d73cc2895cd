"""`peerloom put-aside`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from peerloom.cli.options import (
    DayType,
    Word,
    find_cohort_or_exit,
    load_dated_program,
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
    from peerloom.model import Pair, PutAside
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
    help="The due date of the check-in that said it (default: all that have come).",
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

    It is written down in content/follow-ups, for coordinators alone. The signal is quiet until
    somebody says it again, or rates lower than before. Nothing is written where there is nothing to
    put aside, nor anything that 'peerloom check' would call an error.
    """
    from peerloom.as_of import program_as_of
    from peerloom.follow_ups import add_put_aside, is_about_another_pair
    from peerloom.intake.record_text import text_reader
    from peerloom.kinds import record_path
    from peerloom.model import FollowUp, PutAside

    writer = None if dry_run else open_writer_or_exit(root)
    program = load_dated_program(root, today)
    if program.settings.visibility == "public":
        refuse("nothing was written; the repository is public, and everybody could read it there")
    found = _find_pair(program, find_cohort_or_exit(program, cohort), pair)
    entry = PutAside(
        signal=signal,  # type: ignore[arg-type] # click has checked the word
        participant=_find_person(found, person),
        due=due,
        on=today,
        reason=" ".join(reason.split()),
        by=by,
    )
    if not entry.reason:
        refuse("nothing was written; say in --reason what was done about it")
    path = record_path(FollowUp(cohort=found.cohort, pair=found.id))
    text = text_reader(root)(path)
    if is_about_another_pair(text, found):
        refuse(f"nothing was written; {path} names another pair; 'peerloom check' tells more")
    entries, left = _list_entries(program_as_of(program, today), found, entry)
    changes = {path: add_put_aside(text, found, entries)}
    refuse_new_errors(root, changes, today)
    if writer is None:
        show(changes[path])
        return
    write_or_exit(writer, changes)
    people = " and ".join(each.participant or "" for each in entries)
    say(f"{signal} of {people} is put aside; see {path}")
    if left:
        say(f"{' and '.join(left)} said it for a later date, too, and that is still open")


def _list_entries(
    program: "Program", pair: "Pair", entry: "PutAside"
) -> "tuple[tuple[PutAside, ...], list[str]]":
    """The entries that put aside what is open, and of whom some is open all the same.

    Refuses if nothing is put aside with them.
    """
    from peerloom.follow_ups import find_open_signals, put_aside, split_by_person
    from peerloom.text.dates import full_date

    known = program.find_pair(pair.cohort, pair.id)
    is_open = find_open_signals(program, known, entry) if known else ()
    if known is None or not is_open:
        refuse(
            f"nothing was written; on {full_date(entry.on)} no {entry.signal} of "
            f"{entry.participant or 'either'} is open that could be put aside; "
            "'peerloom attention' shows what is"
        )
    entries = split_by_person(program, known, entry, is_open)
    still_open = find_open_signals(put_aside(program, known, entries), known, entry)
    if entry.due and still_open == is_open:
        refuse(
            "nothing was written; what is open was said for a later date than "
            f"{full_date(entry.due)}; leave out --due"
        )
    return entries, [who for who in pair.people if any(who in s.people for s in still_open)]


def _find_pair(program: "Program", cohort: str, id_: str) -> "Pair":
    pair = program.find_pair(cohort, id_)
    if pair is None:
        known = [each.id for each in program.pairs_of(cohort)]
        near = did_you_mean(id_, known) or "ids are the names of their files"
        refuse(f"nothing was written; there is no pair {quoted(id_)} in {quoted(cohort)}; {near}")
    return pair


def _find_person(pair: "Pair", id_: str | None) -> str | None:
    if id_ is not None and id_ not in pair.people:
        two = " or ".join(quoted(who) for who in pair.people)
        refuse(f"nothing was written; --person must be one of the pair: {two}")
    return id_
