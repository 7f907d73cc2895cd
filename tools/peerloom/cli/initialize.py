"""`peerloom init`."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from peerloom.cli.options import Day
from peerloom.cli.printing import ask, can_ask, refuse, say

_WEEKS = click.IntRange(2, 260)


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--name", help="The program's name, as people will read it.")
@click.option("--repository", metavar="OWNER/REPO", help="Where it lives on GitHub.")
@click.option("--cohort", metavar="ID", help="The first cohort, such as 2027-spring.")
@click.option("--starts", type=Day(), metavar="DATE", help="The cohort's first day.")
@click.option("--weeks", type=_WEEKS, metavar="N", help="How many weeks the cohort runs.")
@click.pass_obj
def command(
    root: Path,
    folder: Path,
    name: str | None,
    repository: str | None,
    cohort: str | None,
    starts: date | None,
    weeks: int | None,
) -> None:
    """Start an empty, valid program in the new folder DIR.

    What is not said in a flag is asked for in the terminal.
    """
    from peerloom.changes import CannotWrite, apply
    from peerloom.scaffold import Beginning, new_program, wrongs

    target = root / folder
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise click.UsageError(f"'{folder}' must be a new or empty folder; nothing was changed")
    beginning = Beginning(
        name=_asked("--name", "Name of the program", name),
        repository=_asked("--repository", "Repository on GitHub, OWNER/REPO", repository),
        cohort=_asked("--cohort", "Id of the first cohort, such as 2027-spring", cohort),
        starts=_asked("--starts", "First day of the cohort, YEAR-MONTH-DAY", starts, Day()),
        weeks=_asked("--weeks", "Weeks it runs", weeks, _WEEKS),
    )
    wrong = [f"--{flag}: {problem.message}" for flag, problem in wrongs(beginning)]
    if wrong:
        raise click.UsageError("; ".join(wrong))
    try:
        target.mkdir(parents=True, exist_ok=True)
        apply(target, new_program(beginning))
    except (CannotWrite, OSError) as error:
        refuse(str(error))
    say(
        f"started {beginning.name} in {folder}: a cohort from {beginning.starts} to "
        f"{beginning.ends} with a check-in every two weeks"
    )
    say(f"next: read {folder / 'README.md'}, then run: peerloom -C {folder} serve")


def _asked(flag: str, question: str, given: Any, kind: click.ParamType[Any] | None = None) -> Any:
    """The flag's value, else the answer to a question, else a usage error where nobody is."""
    if given is not None:
        return given
    if not can_ask():
        raise click.UsageError(f"{flag} is missing, and there is no terminal to ask in")
    return ask(question, kind=kind)
