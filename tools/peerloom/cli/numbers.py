"""`peerloom numbers`."""

import time
from pathlib import Path

import click

from peerloom.cli.options import refuse, sound_program
from peerloom.diagnostic import as_line


@click.command("numbers")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.pass_obj
def command(root: Path, dry_run: bool) -> None:
    """Write down GitHub's numbers of coordinators and participants known by a login alone.

    A login can be given up and taken by somebody else; a number cannot. GITHUB_TOKEN and
    GITHUB_API_URL are read as GitHub Actions sets them. Look at each line before you commit.
    """
    from peerloom import github
    from peerloom.changes import CannotWrite, apply
    from peerloom.review import logins_without_number, with_numbers

    program = sound_program(root)
    logins = logins_without_number(program)
    if not logins:
        click.echo("every login has its number")
        return
    try:
        found = github.accounts(github.connection(sleep=time.sleep), logins)
    except github.Unreached as reason:
        refuse(f"{reason}{reason.next}; nothing was written")
    filled = with_numbers(program, found, lambda path: (root / path).read_text(encoding="utf-8"))
    for line in (*filled.done, *filled.left):
        click.echo(as_line(line))
    if not dry_run:
        try:
            apply(root, filled.changes)
        except CannotWrite as error:
            refuse(str(error))
    if filled.left:
        raise click.exceptions.Exit(1)
