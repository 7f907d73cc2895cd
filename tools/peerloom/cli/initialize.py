"""`peerloom init`."""

import shlex
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from peerloom import __version__
from peerloom.cli.fresh_clone import (
    OWN_README,
    find_repository_of,
    leave_what_is_there,
    refuse_unless_fresh,
)
from peerloom.cli.options import (
    FEWEST_WEEKS,
    MOST_WEEKS,
    DayType,
    Word,
    path_from_here,
    recover_program,
    resolve_path,
)
from peerloom.cli.printing import ask, can_ask, refuse, say, show

if TYPE_CHECKING:
    from peerloom.changes import FileContents

_WEEKS = click.IntRange(FEWEST_WEEKS, MOST_WEEKS)
_VISIBILITY = Word(["public", "private"])


class _Logins(click.ParamType[tuple[str, ...]]):
    """Logins of GitHub with commas between them, with or without an @ before each."""

    name = "logins"

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,  # noqa: ARG002 - Click calls it with these
        ctx: click.Context | None,  # noqa: ARG002
    ) -> tuple[str, ...]:
        """Return the logins; the schema says later whether they can be some."""
        words = value.split(",") if isinstance(value, str) else value
        logins = (word.strip().removeprefix("@") for word in words)
        return tuple(dict.fromkeys(login for login in logins if login))


class _DayOrNothing(DayType):
    """A date, or nothing."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the date, or an empty text for nothing."""
        return super().convert(value, param, ctx) if value else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """A question about a field of `NewProgram`; Enter takes `default`, if there is one."""

    field: str
    flag: str
    text: str
    kind: click.ParamType[Any] | None = None
    default: Any = None
    may_be_left_out: bool = False


_QUESTIONS = (
    _Question(field="name", flag="--name", text="Name of the program"),
    _Question(field="repository", flag="--repository", text="Repository on GitHub, OWNER/REPO"),
    _Question(
        field="coordinators",
        flag="--coordinator",
        text="GitHub logins of the coordinators, with commas (Enter: later)",
        kind=_Logins(),
        default="",
        may_be_left_out=True,
    ),
    _Question(
        field="contact",
        flag="--contact",
        text="Page on which people reach them, https://… (Enter: later)",
        default="",
        may_be_left_out=True,
    ),
    _Question(
        field="time_zone",
        flag="--time-zone",
        text="Time zone, such as Europe/Lisbon (Enter: UTC)",
        default="UTC",
        may_be_left_out=True,
    ),
    _Question(
        field="visibility",
        flag="--visibility",
        text="Is the repository public or private? (Enter: private)",
        kind=_VISIBILITY,
        default="private",
        may_be_left_out=True,
    ),
    _Question(field="cohort", flag="--cohort", text="Id of the first cohort, such as 2027-spring"),
    _Question(
        field="starts",
        flag="--starts",
        text="First day of the cohort, YEAR-MONTH-DAY",
        kind=DayType(),
    ),
    _Question(field="weeks", flag="--weeks", text="Weeks it runs", kind=_WEEKS),
    _Question(
        field="opens",
        flag="--sign-up-opens",
        text="First day of sign-up (Enter: later)",
        kind=_DayOrNothing(),
        default="",
        may_be_left_out=True,
    ),
    _Question(
        field="closes",
        flag="--sign-up-closes",
        text="Last day of sign-up",
        kind=DayType(),
        may_be_left_out=True,
    ),
)


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--name", help="The program's name, as people will read it.")
@click.option("--repository", metavar="OWNER/REPO", help="Where it lives on GitHub.")
@click.option(
    "--coordinator",
    "coordinators",
    metavar="LOGIN",
    multiple=True,
    help="A coordinator's login on GitHub; can be given several times.",
)
@click.option("--contact", metavar="URL", help="The page on which people reach the coordinators.")
@click.option("--time-zone", metavar="ZONE", help="The program's, such as Europe/Lisbon.")
@click.option(
    "--visibility",
    type=_VISIBILITY,
    help="Who can read the repository: everybody, or those who are let in.",
)
@click.option("--cohort", metavar="ID", help="The first cohort, such as 2027-spring.")
@click.option("--starts", type=DayType(), metavar="DATE", help="The cohort's first day.")
@click.option("--weeks", type=_WEEKS, metavar="N", help="How many weeks the cohort runs.")
@click.option(
    "--sign-up-opens", "opens", type=DayType(), metavar="DATE", help="The first day of sign-up."
)
@click.option(
    "--sign-up-closes", "closes", type=DayType(), metavar="DATE", help="The last day of sign-up."
)
@click.option(
    "--from-index",
    is_flag=True,
    help="Have workflows install this release from the package index, and carry no copy of it.",
)
@click.pass_obj
def command(root: Path, /, folder: Path, from_index: bool, **flags: Any) -> None:
    """Start a valid program without people in DIR, a new folder or a fresh clone.

    It begins with guidelines, training, a survey and other texts that are yours to edit. You are
    asked in the terminal for whatever the options leave out; without one, only the name, the
    repository and the cohort's id, start and weeks must be given. In a clone of a repository on
    GitHub, the repository is known. No file that is there is changed.
    """
    from peerloom.new_program import NewProgram, find_answer_problems, new_program_files
    from peerloom.toolbox import CannotMakeWheel, is_release

    if from_index and not is_release(__version__):
        raise click.UsageError(
            f"--from-index: {__version__} is no release, so that no package index has it; leave "
            "the option out, and the program carries this version itself"
        )
    target = resolve_path(folder, root)
    if target.is_dir():
        recover_program(target)
    refuse_unless_fresh(target, folder)
    flags["repository"] = flags["repository"] or find_repository_of(target)
    flags["coordinators"] = _Logins().convert(flags["coordinators"], None, None)
    new_program = NewProgram(**_complete_answers(flags))
    wrong = [f"--{flag}: {problem.message}" for flag, problem in find_answer_problems(new_program)]
    if wrong:
        raise click.UsageError("; ".join(wrong))
    try:
        files = new_program_files(new_program, from_index=from_index)
    except CannotMakeWheel as error:
        refuse(f"nothing was written: {error}")
    files, kept = leave_what_is_there(target, files)
    _write_program(target, files)
    say(
        f"started {new_program.name} in {path_from_here(target)}: a cohort from "
        f"{new_program.starts} to {new_program.ends} with a check-in every two weeks"
    )
    for sentence in kept:
        show(f"{sentence}\n")
    shown = path_from_here(target)
    readme = path_from_here(target / (OWN_README if OWN_README in files else "README.md"))
    say(f"next: read {readme}, then run: peerloom -C {shlex.quote(shown)} serve")


def _complete_answers(flags: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer to each question by its field, from the flags or from the terminal.

    What is left out has no answer, so that the new program takes its own default.
    """
    answers = {field: value for field, value in flags.items() if value not in (None, ())}
    for question in _QUESTIONS:
        is_moot = question.field == "closes" and "opens" not in answers
        if question.field in answers or is_moot:
            continue
        if can_ask():
            answer = _ask_until_valid(question, answers)
            if answer not in (None, "", ()):
                answers[question.field] = answer
        elif not question.may_be_left_out:
            raise click.UsageError(
                f"{question.flag} is missing, and there is no terminal to ask in"
            )
    return answers


# Answers that are valid, for the questions that have not been asked yet.
_PLACEHOLDERS: Mapping[str, Any] = {
    "name": "Our Program",
    "repository": "our-org/our-program",
    "cohort": "first",
    "starts": date(2027, 1, 11),
    "weeks": 20,
}


def _ask_until_valid(question: _Question, before: Mapping[str, Any]) -> Any:
    """Ask a question until its answer fits the answers before it, and return the answer."""
    from peerloom.new_program import NewProgram, find_answer_problems

    while True:
        answer = ask(question.text, kind=question.kind, default=question.default)
        if answer in ("", ()):
            return answer
        draft = NewProgram(**{**_PLACEHOLDERS, **before, question.field: answer})
        flag = question.flag.removeprefix("--")
        wrong = [problem.message for about, problem in find_answer_problems(draft) if about == flag]
        if not wrong:
            return answer
        say(f"  {'; '.join(wrong)}; please answer again")


def _write_program(target: Path, files: "FileContents") -> None:
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
