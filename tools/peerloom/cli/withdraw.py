"""`peerloom withdraw`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from peerloom.cli.options import (
    Word,
    load_program_or_exit,
    open_writer_or_exit,
    refuse_new_errors,
    today_option,
    with_program_folder,
    write_or_exit,
)
from peerloom.cli.printing import refuse, say, show
from peerloom.diagnostic import did_you_mean, quoted
from peerloom.model import ConsentPart

if TYPE_CHECKING:
    from peerloom.model import Participant
    from peerloom.records import Program


@click.command("withdraw")
@click.argument("person", metavar="ID")
@click.argument("what", default="everything", type=Word(["everything", *get_args(ConsentPart)]))
@click.option("--dry-run", is_flag=True, help="Show the record, and write nothing.")
@today_option
@with_program_folder
def command(root: Path, person: str, what: str, dry_run: bool, today: date) -> None:
    """Withdraw what a person agreed to, or WHAT of it, from today on.

    WHAT is everything, show (only coordinators see them), quote, pictured or counted. The day is
    written into the person's record, where they can write it themselves as well. The next build of
    the site honors it. Nothing is written that 'peerloom check' would call an error.
    """
    from peerloom.intake.record_text import text_reader
    from peerloom.intake.withdrawal_text import (
        find_withdrawal,
        has_nothing_to_withdraw,
        withdrawn_record_text,
    )
    from peerloom.text.dates import full_date
    from peerloom.withdrawing import WithdrawnPart, describe_withdrawal

    writer = None if dry_run else open_writer_or_exit(root)
    program = load_program_or_exit(root)
    found = _find_person(program, person)
    if has_nothing_to_withdraw(found.consent, what):
        say(f"nothing is written; {person} has agreed to nothing: only coordinators see them")
        return
    earlier = find_withdrawal(found.consent, what)
    if earlier:
        say(f"nothing is written; {person} withdrew {what} on {full_date(earlier)}")
        return
    path = program.path(found)
    text = withdrawn_record_text(text_reader(root)(path) or "", what, today)
    refuse_new_errors(root, {path: text}, today)
    if writer is None:
        show(text)
        return
    write_or_exit(writer, {path: text})
    say(f"{person}: {what} is withdrawn; see {path}")
    part: WithdrawnPart = what  # type: ignore[assignment] # click has checked it
    for sentence in describe_withdrawal(program, found, part):
        say(sentence)


def _find_person(program: "Program", id_: str) -> "Participant":
    person = program.participants.get(id_)
    if person is None:
        near = did_you_mean(id_, program.participants) or "ids are the names of their files"
        refuse(f"nothing was written; there is no participant {quoted(id_)}; {near}")
    if person.forgotten_on is not None:
        refuse(f"nothing was written; {quoted(id_)} stands for somebody who was forgotten")
    return person
