"""Options that several commands share, and how a program is taken in before it is used."""

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from peerloom.cli.printing import refuse, say, show
from peerloom.diagnostic import as_text
from peerloom.records import Program
from peerloom.text.escaping.terminal import printable
from peerloom.text.phrases import list_words

if TYPE_CHECKING:
    from peerloom.changes import Writer
    from peerloom.model import Cohort


class Day(click.ParamType[date]):
    """A date, YEAR-MONTH-DAY."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date; anything else is a usage error that shows how one is written."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' must be a date such as 2026-02-09", param, ctx)


class Today(Day):
    """A date that can be taken for today."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date; anything else is a usage error that says which days are possible."""
        from peerloom.days import ImpossibleDay, possible_day

        try:
            return possible_day(value)
        except ImpossibleDay as error:
            self.fail(str(error), param, ctx)


class Somewhere(click.Path):
    """A path, made absolute once: where a command runs means nothing to what it calls."""

    def __init__(self, **checks: bool) -> None:
        super().__init__(path_type=Path, **checks)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Where a path leads, seen from here and with no symbolic link left in it."""
        path = super().convert(value, param, ctx)
        assert isinstance(path, Path)
        return absolute(path)


def absolute(path: Path, base: Path | None = None) -> Path:
    """Where a path leads from `base`, or from here, with no symbolic link left in it."""
    try:
        return Path(os.path.realpath(path if base is None else base / path))
    except FileNotFoundError:
        raise click.UsageError("the folder that this runs in is gone; change to another") from None


def shown(path: Path) -> str:
    """A path as somebody who looks from here would write it."""
    try:
        here = Path(os.path.realpath("."))
    except FileNotFoundError:
        return printable(str(path))
    return printable(str(path.relative_to(here) if path.is_relative_to(here) else path))


class Word(click.Choice[str]):
    """One of a few words; a wrong one is told the nearest."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word; anything else is a usage error that names the nearest, or all."""
        from peerloom.diagnostic import did_you_mean, quoted

        if value not in self.choices:
            near = did_you_mean(value, self.choices) or f"it is one of {list_words(self.choices)}"
            self.fail(f"{quoted(value)} is not known; {near}", param, ctx)
        return str(value)


def moment() -> datetime:
    """The time it is; the one place where the clock is read."""
    return datetime.now(UTC)


def now() -> date:
    """The day it is."""
    return moment().astimezone().date()


def today_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds `--today`."""
    return click.option(
        "--today",
        type=Today(),
        default=now,
        show_default="the day it is",
        metavar="DATE",
        help="The day to take for today, YEAR-MONTH-DAY.",
    )(command)


def format_option(*choices: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Adds `--format` with some words, the first of which is the default."""
    uses = {"text": "text for people", "json": "json for programs", "md": "md for a pull request"}
    return click.option(
        "--format",
        "output_format",
        type=Word(choices),
        default=choices[0],
        show_default=True,
        help=f"{', '.join(uses[choice] for choice in choices)}.".capitalize(),
    )


def audience_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds `--audience`."""
    return click.option(
        "--audience",
        type=Word(["public", "members", "coordinators"]),
        default="public",
        show_default=True,
        help="Who will read it: nothing above them is in it.",
    )(command)


def program_folder(command: Callable[..., Any]) -> Callable[..., Any]:
    """Passes the program's folder to a command that reads it.

    What an earlier run had begun to write there is finished or taken back before that.
    """

    @click.pass_obj
    @wraps(command)
    def with_whole_program(root: Path, *arguments: Any, **named: Any) -> Any:
        settle(root)
        return command(root, *arguments, **named)

    return with_whole_program


def settle(root: Path) -> None:
    """Nothing in the folder is half of a change, or the command ends with exit 1."""
    from peerloom import changes

    try:
        _say_settled(changes.settle(root))
    except changes.CannotWrite as error:
        refuse(str(error))


def writer_for(root: Path) -> "Writer":
    """Who alone may write to the program until this command ends; else it ends with exit 1.

    It is to be had before the program is read, so that no other run writes in between.
    """
    from peerloom import changes

    try:
        writer = click.get_current_context().with_resource(changes.writing(root))
    except changes.CannotWrite as error:
        refuse(str(error))
    _say_settled(writer.settled)
    return writer


def write(writer: "Writer", changes: Mapping[str, str], gone: Iterable[str] = ()) -> None:
    """Writes all or nothing; where that is nothing, the command ends with exit 1."""
    from peerloom.changes import CannotWrite

    try:
        writer.apply(changes, gone)
    except CannotWrite as error:
        refuse(str(error))


def _say_settled(sentence: str | None) -> None:
    if sentence is not None:
        say(f"peerloom: {sentence}", err=True)


def sound_program(root: Path) -> Program:
    """The program in a folder; where a file cannot be read, everything is said, and exit 1."""
    from peerloom.audience import readable_here
    from peerloom.program import load

    loaded = load(root)
    if not loaded.is_clean:
        show(as_text(readable_here(loaded.diagnostics, loaded.program)), err=True)
        refuse("these files must be mended first; 'peerloom check' finds everything at once")
    return loaded.program


def sound_cohort(root: Path, cohort: str) -> "tuple[Program, Cohort]":
    """As `sound_program`, with the cohort of this id."""
    program = sound_program(root)
    return program, program.cohorts[cohort_named(program, cohort)]


def dated_program(root: Path) -> Program:
    """As `sound_program`, with what Git's history tells of when answers came in."""
    from peerloom.git import with_received_days

    return with_received_days(sound_program(root), root)


def program_there(root: Path) -> Program:
    """The program in a folder; where there is none to add a record to, exit 1."""
    from peerloom.program import load

    loaded = load(root)
    if "content/program.yml" in loaded.program.broken:
        found = [d for d in loaded.diagnostics if d.path == "content/program.yml"]
        show(as_text(found), err=True)
        refuse("nothing was written; a record needs a program to belong to")
    return loaded.program


def cohort_named(program: Program, cohort: str) -> str:
    """The id of a cohort that exists; otherwise a usage error with the nearest."""
    from peerloom.diagnostic import did_you_mean, quoted

    if cohort not in program.cohorts:
        known = list_words(program.cohorts) or "none yet"
        near = did_you_mean(cohort, program.cohorts) or f"the cohorts are: {known}"
        raise click.UsageError(f"there is no cohort {quoted(cohort)}; {near}")
    return cohort
