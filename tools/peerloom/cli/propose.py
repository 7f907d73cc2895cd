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
    from peerloom.cli.publisher import publisher_for
    from peerloom.github.submit_forms import list_waiting_issues, submit_form

    publisher = publisher_for(root, today)
    problems: list[str] = []
    try:
        numbers = [number] if number is not None else list_waiting_issues(publisher)
    except github.GitHubError as error:
        refuse(f"{error}{error.next_step}")
    for each in numbers:
        try:
            say(f"#{each} {submit_form(publisher, each)}")
        except github.RateLimitError as error:
            refuse(f"{error}; the rest is left to the next run")
        except github.GitHubError as error:
            problems.append(f"#{each}: {error}{error.next_step}")
    if problems:
        refuse("; ".join(problems))
