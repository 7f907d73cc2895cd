"""How commands that propose records put them into the folder."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerloom.cli.options import refuse

if TYPE_CHECKING:
    from peerloom.changes import Changes


def write_changes(root: Path, changes: "Changes", deleted: Iterable[str] = ()) -> None:
    """Write files and delete others, all or none, and say which; exit 1 where that fails."""
    from peerloom.changes import CannotWrite, apply

    deleted = sorted(deleted)
    if not changes and not deleted:
        click.echo("nothing is written: there is nothing new to propose", err=True)
        return
    try:
        apply(root, changes, deleted)
    except CannotWrite as error:
        refuse(str(error))
    for path in sorted(changes):
        click.echo(f"written: {path}", err=True)
    for path in deleted:
        click.echo(f"deleted, for it is no longer proposed: {path}", err=True)
