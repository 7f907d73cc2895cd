"""`peerloom init`."""

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from peerloom.cli.options import (
    Day,
    absolute,
    settle,
    shown,
)
from peerloom.cli.printing import ask, can_ask, refuse, say

if TYPE_CHECKING:
    from peerloom.changes import Changes

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
    from peerloom.scaffold import Beginning, find_problems, new_program

    target = absolute(folder, root)
    if target.is_dir():
        settle(target)
    if target.exists() and not _is_empty(target):
        raise click.UsageError(f"'{folder}' must be a new or empty folder; nothing was changed")
    beginning = Beginning(
        name=_asked("--name", "Name of the program", name),
        repository=_asked("--repository", "Repository on GitHub, OWNER/REPO", repository),
        cohort=_asked("--cohort", "Id of the first cohort, such as 2027-spring", cohort),
        starts=_asked("--starts", "First day of the cohort, YEAR-MONTH-DAY", starts, Day()),
        weeks=_asked("--weeks", "Weeks it runs", weeks, _WEEKS),
    )
    wrong = [f"--{flag}: {problem.message}" for flag, problem in find_problems(beginning)]
    if wrong:
        raise click.UsageError("; ".join(wrong))
    _write(target, new_program(beginning))
    say(
        f"started {beginning.name} in {shown(target)}: a cohort from "
        f"{beginning.starts} to {beginning.ends} with a check-in every two weeks"
    )
    say(f"next: read {shown(target / 'README.md')}, then run: peerloom -C {shown(target)} serve")


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


def _write(target: Path, files: "Changes") -> None:
    """Writes the new program, or leaves nothing behind."""
    from peerloom.changes import CannotWrite, open_writer
    from peerloom.os_errors import describe_os_error

    made = [above for above in (target, *target.parents) if not above.exists()]
    try:
        target.mkdir(parents=True, exist_ok=True)
        with open_writer(target) as writer:
            writer.write_new_program(files)
    except (CannotWrite, OSError) as error:
        for above in made:
            with suppress(OSError):
                above.rmdir()
        if isinstance(error, OSError):
            refuse(f"nothing was written: {describe_os_error(error)}")
        refuse(str(error))


def _asked(flag: str, question: str, given: Any, kind: click.ParamType[Any] | None = None) -> Any:
    """The flag's value, else the answer to a question, else a usage error where nobody is."""
    if given is not None:
        return given
    if not can_ask():
        raise click.UsageError(f"{flag} is missing, and there is no terminal to ask in")
    return ask(question, kind=kind)
