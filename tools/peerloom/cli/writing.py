"""Writes the records that commands propose, and says which."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from peerloom.cli.codespace import say_how_to_push
from peerloom.cli.options import write_or_exit
from peerloom.cli.printing import refuse, say

if TYPE_CHECKING:
    from peerloom.changes import Changes, Writer
    from peerloom.records import Program


def refuse_to_replace_later_records(program: "Program", changes: "Changes") -> None:
    """End the command where a file to write holds a record that is not there yet on the day.

    Takes a program as of the day: such a file is in its tree, and no record of it is.
    """
    later = [path for path in sorted(changes) if path in program.tree and not program.exists(path)]
    if later:
        refuse(f"nothing was written; '{later[0]}' is of a later day: leave '--today' out")


def write_changes(writer: "Writer", changes: "Changes", deleted: Iterable[str] = ()) -> None:
    """Write files and delete others, all or none, and print which; exit with 1 if that fails."""
    deleted = sorted(deleted)
    if not changes and not deleted:
        say("nothing was written: there is nothing new to propose", err=True)
        return
    write_or_exit(writer, changes, deleted)
    for path in sorted(changes):
        say(f"written: {path}", err=True)
    for path in deleted:
        say(f"deleted, as it is no longer proposed: {path}", err=True)
    say_how_to_push()
