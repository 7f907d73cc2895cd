"""`peerloom numbers`."""

import time
from pathlib import Path

import click

from peerloom import bounded_reading, source
from peerloom.cli.options import (
    load_program_or_exit,
    open_writer_or_exit,
    with_program_folder,
    write_or_exit,
)
from peerloom.cli.printing import refuse, say


@click.command("numbers")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@with_program_folder
def command(root: Path, dry_run: bool) -> None:
    """Write down GitHub's numbers of coordinators and participants known by a login alone.

    A login can be given up and taken by somebody else; a number cannot. GITHUB_TOKEN and
    GITHUB_API_URL are read as GitHub Actions sets them. Look at each line before you commit.
    """
    from peerloom import github
    from peerloom.review import fill_in_numbers, list_logins_without_number

    writer = None if dry_run else open_writer_or_exit(root)
    program = load_program_or_exit(root)
    logins = list_logins_without_number(program)
    if not logins:
        say("every login has its number")
        return
    try:
        accounts = github.find_accounts(github.connect(sleep=time.sleep), logins)
    except github.GitHubError as error:
        refuse(f"{error}{error.next_step}; nothing was written")
    filled = fill_in_numbers(
        program,
        accounts,
        lambda path: bounded_reading.read_at_most(root / path, source.MAX_BYTES).decode(),
    )
    for line in (*filled.done, *filled.left):
        say(line)
    if writer is not None and filled.changes:
        write_or_exit(writer, filled.changes)
    if filled.left:
        raise click.exceptions.Exit(1)
