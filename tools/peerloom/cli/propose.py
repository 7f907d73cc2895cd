"""`peerloom propose`."""

from datetime import date
from pathlib import Path

import click

from peerloom.cli.options import today_option
from peerloom.cli.printing import refuse, say


@click.command("propose")
@click.argument("number", required=False, type=click.IntRange(min=1))
@today_option
@click.pass_obj
def command(root: Path, number: int | None, today: date) -> None:
    """Make pull requests of what people sent by the issue forms.

    All that wait are looked at, or issue NUMBER alone. What is wrong with one is answered in the
    issue. GITHUB_TOKEN, GITHUB_API_URL and GITHUB_REPOSITORY are read as GitHub Actions sets them.
    """
    from peerloom import github
    from peerloom.cli.desk import desk_at

    desk = desk_at(root, today)
    reasons: list[str] = []
    try:
        numbers = [number] if number is not None else github.waiting(desk)
    except github.Unreached as reason:
        refuse(f"{reason}{reason.next}")
    for each in numbers:
        try:
            say(f"#{each} {github.propose(desk, each)}")
        except github.TooFast as reason:
            refuse(f"{reason}; the rest is left to the next run")
        except github.Unreached as reason:
            reasons.append(f"#{each}: {reason}{reason.next}")
    if reasons:
        refuse("; ".join(reasons))
