"""`peerloom receive`."""

from datetime import date
from pathlib import Path

import click

from peerloom.cli.options import today_option
from peerloom.cli.printing import refuse, say
from peerloom.text.numbers import whole_number
from peerloom.text.translation import ngettext


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
        dated = ngettext(
            "{number} check-in has the day on which it came in; it {where}",
            "{number} check-ins have the day on which they came in; it {where}",
            result.dated,
        )
        say(dated.format(number=whole_number(result.dated), where=result.where))
    if result.unknown:
        unknown = ngettext(
            "it is not known when {number} check-in came in",
            "it is not known when {number} check-ins came in",
            result.unknown,
        )
        say(unknown.format(number=whole_number(result.unknown)))
    if not result.where and not result.unknown:
        say("every check-in says when it came in")
    if result.problem:
        refuse(f"{result.problem}; the rest is left to the next run")
