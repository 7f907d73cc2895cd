"""How commands that propose records put them into the folder."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from peerloom.cli.options import write_or_exit
from peerloom.cli.printing import say

if TYPE_CHECKING:
    from peerloom.changes import Changes, Writer


def write_changes(writer: "Writer", changes: "Changes", deleted: Iterable[str] = ()) -> None:
    """Write files and delete others, all or none, and say which; exit 1 where that fails."""
    deleted = sorted(deleted)
    if not changes and not deleted:
        say("nothing is written: there is nothing new to propose", err=True)
        return
    write_or_exit(writer, changes, deleted)
    for path in sorted(changes):
        say(f"written: {path}", err=True)
    for path in deleted:
        say(f"deleted, for it is no longer proposed: {path}", err=True)
