"""Writes the records that commands propose, and says which."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from peerloom.cli.codespace import say_how_to_push
from peerloom.cli.options import write_or_exit
from peerloom.cli.printing import say

if TYPE_CHECKING:
    from peerloom.changes import Changes, Writer


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
