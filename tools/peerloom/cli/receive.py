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
    """Write into check-ins on main when they came in, and on whose word.

    It is GitHub's where the review noted it, else that of Git's history; what neither tells stays
    as it is. The whole history must be here (fetch-depth: 0). GITHUB_TOKEN, GITHUB_API_URL and
    GITHUB_REPOSITORY are read as GitHub Actions sets them.
    """
    from peerloom import github
    from peerloom.cli.desk import desk_at
    from peerloom.git_receipts import brought

    desk = desk_at(root, today)
    try:
        said = github.receive(desk, brought(root))
    except github.Unreached as reason:
        refuse(f"{reason}{reason.next}")
    if said.where:
        dated = ngettext(
            "{number} check-in has the day on which it came in; it {where}",
            "{number} check-ins have the day on which they came in; it {where}",
            said.dated,
        )
        say(dated.format(number=whole_number(said.dated), where=said.where))
    if said.unknown:
        unknown = ngettext(
            "of {number} check-in nobody knows when it came in",
            "of {number} check-ins nobody knows when they came in",
            said.unknown,
        )
        say(unknown.format(number=whole_number(said.unknown)))
    if not said.where and not said.unknown:
        say("every check-in says when it came in")
    if said.why:
        refuse(f"{said.why}; the rest is left to the next run")
