"""`peerloom forms`."""

from pathlib import Path

import click

from peerloom.cli.options import (
    load_program_or_exit,
    open_writer_or_exit,
    with_program_folder,
    write_or_exit,
)
from peerloom.cli.printing import say, show


@click.command("forms")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@with_program_folder
def command(root: Path, dry_run: bool) -> None:
    """Write the issue forms for sign-ups and check-ins from the program's current settings.

    They are in .github/ISSUE_TEMPLATE. A form of the same name that a person wrote stays.
    """
    from peerloom.changes import render_diff
    from peerloom.issue_forms.form_files import form_file_texts, may_overwrite

    writer = None if dry_run else open_writer_or_exit(root)
    texts = form_file_texts(load_program_or_exit(root))
    written_by_people = [path for path in texts if not may_overwrite(root / path)]
    changes = {path: text for path, text in texts.items() if path not in written_by_people}
    if writer is None:
        show(render_diff(root, changes))
    else:
        write_or_exit(writer, changes)
        for path in changes:
            say(f"wrote {path}")
    for path in written_by_people:
        say(f"peerloom: {path} was written by a person and is kept as it is", err=True)
        say("  help: to replace it, delete it or move it away first", err=True)
    if written_by_people:
        raise click.exceptions.Exit(1)
