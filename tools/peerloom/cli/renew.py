"""`peerloom renew`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerloom.cli.options import (
    load_program_or_exit,
    open_writer_or_exit,
    recover_program,
    today_option,
    write_or_exit,
)
from peerloom.cli.printing import refuse, say, show

if TYPE_CHECKING:
    from peerloom.made_files import ReadText, Renewal


@click.command("renew")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--replace", "replaces", is_flag=True, help="Replace what a person changed, too.")
@click.option(
    "--publish",
    "publishes",
    is_flag=True,
    help="On GitHub: commit it, or open a pull request, as 'renew' in content/program.yml says.",
)
@today_option
@click.pass_obj
def command(root: Path, dry_run: bool, replaces: bool, publishes: bool, today: date) -> None:
    """Write again what is made from the program, where it is out of date.

    That is the issue forms for sign-ups and check-ins, and CODEOWNERS. A file that a person wrote
    or changed is named and kept. With --publish, GITHUB_TOKEN, GITHUB_API_URL and GITHUB_REPOSITORY
    are read as GitHub Actions sets them.
    """
    if publishes and (dry_run or replaces):
        raise click.UsageError("--publish goes with no other option")
    if publishes:
        renewal = _publish(root, today)
    else:
        renewal = _write(root, dry_run=dry_run, replaces=replaces)
    for path in (*renewal.changed_by_hand, *renewal.written_by_people):
        say(f"peerloom: {path} was written or changed by a person and is kept as it is", err=True)
    if renewal.changed_by_hand or renewal.written_by_people:
        say("  help: 'peerloom renew --replace' would replace it", err=True)


def _write(root: Path, *, dry_run: bool, replaces: bool) -> "Renewal":
    from peerloom.changes import render_diff
    from peerloom.made_files import plan_renewal, text_reader

    recover_program(root)
    writer = None if dry_run else open_writer_or_exit(root)
    program = load_program_or_exit(root)
    renewal = plan_renewal(program, text_reader(root), replaces=replaces)
    if writer is None:
        show(render_diff(root, renewal.changes))
    else:
        write_or_exit(writer, renewal.changes)
        for path in renewal.changes:
            say(f"wrote {path}")
    if not renewal.changes:
        say("everything that is made from the program is up to date")
    _tell_of_workflows(text_reader(root))
    return renewal


def _publish(root: Path, today: date) -> "Renewal":
    from peerloom import git, github
    from peerloom.cli.publisher import publisher_for
    from peerloom.made_files import plan_renewal

    publisher = publisher_for(root, today)
    read_text = git.commit_text_reader(git.Repository(root), publisher.base)
    renewal = plan_renewal(publisher.program, read_text)
    if renewal.changes:
        try:
            where = github.publish_renewal(publisher, renewal)
        except github.GitHubError as error:
            refuse(f"{error}{error.next_step}")
        for path in renewal.changes:
            say(f"renewed {path}")
        say(f"it {where}")
    else:
        say("everything that is made from the program is up to date")
    _tell_of_workflows(read_text)
    return renewal


def _tell_of_workflows(read_text: "ReadText") -> None:
    """Say which workflows are of another version: a workflow's token may change none of them."""
    from peerloom.made_files import list_outdated_workflows

    outdated = list_outdated_workflows(read_text)
    if outdated:
        say(f"not as this version of Peerloom has them: {', '.join(outdated)}", err=True)
        help_ = "no workflow may change workflows; in a Codespace or a terminal: peerloom upgrade"
        say(f"  help: {help_}", err=True)
