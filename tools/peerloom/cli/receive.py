"""`peerloom receive`."""

from datetime import date
from pathlib import Path

import click

from peerloom.cli.options import today_option
from peerloom.cli.printing import refuse, say


@click.command("receive")
@today_option
@click.pass_obj
def command(root: Path, today: date) -> None:
    """Write into check-ins on main when they came in, and who says so.

    GitHub says so where the review noted it, otherwise Git's history does; where neither does, a
    check-in stays as it is. The whole history must be here (fetch-depth: 0). GITHUB_TOKEN,
    GITHUB_API_URL and GITHUB_REPOSITORY are read as GitHub Actions sets them.
    """
    from peerloom import github
    from peerloom.cli.publisher import publisher_for
    from peerloom.git import read_check_in_arrivals

    publisher = publisher_for(root, today)
    try:
        result = github.date_check_ins(publisher, read_check_in_arrivals(root))
    except github.GitHubError as error:
        refuse(f"{error}{error.next_step}")
    if result.where:
        say(f"{result.dated} check-ins have the day on which they came in; it {result.where}")
    if result.unknown:
        say(f"it is not known when {result.unknown} check-ins came in")
    if not result.where and not result.unknown:
        say("every check-in says when it came in")
    if result.problem:
        refuse(f"{result.problem}; the rest is left to the next run")
