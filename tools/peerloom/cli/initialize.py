"""`peerloom init`."""

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from peerloom.cli.options import (
    DayType,
    path_from_here,
    recover_program,
    resolve_path,
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
@click.option("--starts", type=DayType(), metavar="DATE", help="The cohort's first day.")
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

    You are asked in the terminal for whatever the options leave out.
    """
    from peerloom.new_program import NewProgram, find_answer_problems, new_program_files

    target = resolve_path(folder, root)
    if target.is_dir():
        recover_program(target)
    if target.exists() and not _is_empty(target):
        raise click.UsageError(f"'{folder}' must be a new or empty folder; nothing was changed")
    new_program = NewProgram(
        name=_flag_or_answer("--name", "Name of the program", name),
        repository=_flag_or_answer("--repository", "Repository on GitHub, OWNER/REPO", repository),
        cohort=_flag_or_answer("--cohort", "Id of the first cohort, such as 2027-spring", cohort),
        starts=_flag_or_answer(
            "--starts", "First day of the cohort, YEAR-MONTH-DAY", starts, DayType()
        ),
        weeks=_flag_or_answer("--weeks", "Weeks it runs", weeks, _WEEKS),
    )
    wrong = [f"--{flag}: {problem.message}" for flag, problem in find_answer_problems(new_program)]
    if wrong:
        raise click.UsageError("; ".join(wrong))
    _write_program(target, new_program_files(new_program))
    say(
        f"started {new_program.name} in {path_from_here(target)}: a cohort from "
        f"{new_program.starts} to {new_program.ends} with a check-in every two weeks"
    )
    shown = path_from_here(target)
    say(f"next: read {path_from_here(target / 'README.md')}, then run: peerloom -C {shown} serve")


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


def _write_program(target: Path, files: "Changes") -> None:
    """Write the new program, or leave nothing behind."""
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


def _flag_or_answer(
    flag: str, question: str, given: Any, kind: click.ParamType[Any] | None = None
) -> Any:
    """Return the flag's value, else the answer to a question; a usage error without a terminal."""
    if given is not None:
        return given
    if not can_ask():
        raise click.UsageError(f"{flag} is missing, and there is no terminal to ask in")
    return ask(question, kind=kind)
