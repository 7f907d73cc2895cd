"""`peerloom publish`."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerloom.cli.options import (
    load_dated_program,
    open_writer_or_exit,
    recover_program,
    today_option,
    write_or_exit,
)
from peerloom.cli.printing import refuse, say
from peerloom.kinds import record_path
from peerloom.text.dates import full_date

if TYPE_CHECKING:
    from peerloom.model import PublishedFigures


@click.command("publish")
@click.option("--dry-run", is_flag=True, help="Say what would be published, and write nothing.")
@click.option(
    "--on-github",
    is_flag=True,
    help="Commit it on GitHub, or open a pull request, as 'renew' in content/program.yml says.",
)
@today_option
@click.pass_obj
def command(root: Path, dry_run: bool, on_github: bool, today: date) -> None:
    """Keep the figures of each check-in date that is closed, to be shown from now on.

    They are written to content/published once, as they were known when the date was closed, and
    never change: else a difference would tell what one person changed. With --on-github,
    GITHUB_TOKEN, GITHUB_API_URL and GITHUB_REPOSITORY are read as GitHub Actions sets them.
    """
    if on_github and dry_run:
        raise click.UsageError("--on-github goes with no other option")
    if on_github:
        _publish_on_github(root, today)
    else:
        _write(root, today, dry_run=dry_run)


def _write(root: Path, today: date, *, dry_run: bool) -> None:
    from peerloom.publishing import plan_publishing, publish_texts

    recover_program(root)
    writer = None if dry_run else open_writer_or_exit(root)
    records = plan_publishing(load_dated_program(root, today), today)
    if writer is not None:
        write_or_exit(writer, publish_texts(records))
    _say_published(records, "would write" if dry_run else "wrote")


def _publish_on_github(root: Path, today: date) -> None:
    from peerloom import github
    from peerloom.cli.publisher import publisher_for
    from peerloom.git import with_days_from_git
    from peerloom.publishing import plan_publishing, publish_texts

    publisher = publisher_for(root, today)
    if publisher.program.broken:
        # What is published never changes, so nothing may be missing from it.
        refuse("nothing is published before every file can be read; 'peerloom check' says how")
    program = with_days_from_git(publisher.program, root, today)
    records = plan_publishing(program, today)
    where = ""
    if records:
        try:
            where = github.publish_figures(publisher, publish_texts(records))
        except github.GitHubError as error:
            refuse(f"{error}{error.next_step}")
    _say_published(records, "published")
    if where:
        say(f"it {where}")


def _say_published(records: "Sequence[PublishedFigures]", done: str) -> None:
    for record in records:
        about = f"{record.cohort} up to {full_date(record.due)}, for {_READERS[record.audience]}"
        say(f"{done} {record_path(record)}: {about}")
    if not records:
        say("the figures of every check-in date that is closed are published")


_READERS = {"public": "everybody", "members": "members"}
