"""`peerloom forms`."""

from pathlib import Path

import click

from peerloom.cli.options import (
    program_folder,
    sound_program,
    write,
    writer_for,
)
from peerloom.cli.printing import say, show


@click.command("forms")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@program_folder
def command(root: Path, dry_run: bool) -> None:
    """Write the issue forms for sign-ups and check-ins, as the records and the program are now.

    They are in .github/ISSUE_TEMPLATE. A form of that name that somebody wrote is left as it is.
    """
    from peerloom import issue_forms
    from peerloom.changes import diff

    writer = None if dry_run else writer_for(root)
    wanted = issue_forms.files(sound_program(root))
    theirs = [path for path in wanted if not issue_forms.may_write(root / path)]
    changes = {path: text for path, text in wanted.items() if path not in theirs}
    if writer is None:
        show(diff(root, changes))
    else:
        write(writer, changes)
        for path in changes:
            say(f"wrote {path}")
    for path in theirs:
        say(f"peerloom: {path} was written by somebody, and stays as it is", err=True)
        say("  help: to have it made, delete it or move it away first", err=True)
    if theirs:
        raise click.exceptions.Exit(1)
