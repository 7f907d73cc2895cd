"""Options that several commands share, and how they open a program."""

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, tzinfo
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from peerloom.cli.printing import is_log, refuse, say, show
from peerloom.diagnostic import diagnostics_as_text
from peerloom.records import Program
from peerloom.text.escaping.terminal import printable
from peerloom.text.phrases import list_words

if TYPE_CHECKING:
    from peerloom.changes import Writer
    from peerloom.model import Audience, Cohort


# How long a new cohort runs: a check-in must be due before its end, and they are two weeks apart.
FEWEST_WEEKS, MOST_WEEKS = 3, 260


class DayType(click.ParamType[date]):
    """A date, YEAR-MONTH-DAY."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date; anything else is a usage error that shows how to write one."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            from peerloom.diagnostic import quoted

            self.fail(f"{quoted(value)} must be a date such as 2026-02-09", param, ctx)


class TodayType(DayType):
    """A date that can be taken for today."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date; anything else is a usage error that says which days are possible."""
        from peerloom.days import ImpossibleDay, possible_day

        try:
            return possible_day(value)
        except ImpossibleDay as error:
            self.fail(str(error), param, ctx)


class AbsolutePath(click.Path):
    """A path that is made absolute here, so that no other code depends on the current folder."""

    def __init__(self, **checks: bool) -> None:
        super().__init__(path_type=Path, **checks)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the absolute path, without symbolic links."""
        path = super().convert(value, param, ctx)
        assert isinstance(path, Path)
        return resolve_path(path)


def resolve_path(path: Path, base: Path | None = None) -> Path:
    """Return where a path leads from `base`, or from the current folder, without symbolic links."""
    try:
        return Path(os.path.realpath(path if base is None else base / path))
    except FileNotFoundError:
        raise click.UsageError("the folder that this runs in is gone; change to another") from None


def path_from_here(path: Path) -> str:
    """Return a path as it is shown: relative to the current folder, if it is inside."""
    try:
        here = Path(os.path.realpath("."))
    except FileNotFoundError:
        return printable(str(path))
    return printable(str(path.relative_to(here) if path.is_relative_to(here) else path))


class Word(click.Choice[str]):
    """One of a few words; the error about any other suggests the most similar one."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word; anything else is a usage error with the most similar one, or all."""
        from peerloom.diagnostic import did_you_mean, quoted

        if value not in self.choices:
            near = did_you_mean(value, self.choices) or f"it is one of {list_words(self.choices)}"
            self.fail(f"{quoted(value)} is not known; {near}", param, ctx)
        return str(value)


def read_clock() -> datetime:
    """Return the current time; no other function of the command line reads the clock."""
    return datetime.now(UTC)


def current_day() -> date:
    """The day it is in the program's time zone, wherever the command runs; else the day here."""
    return read_clock().astimezone(_program_zone()).date()


def _program_zone() -> tzinfo | None:
    """The time zone of the program that the command is about, if it has one that is known."""
    from zoneinfo import ZoneInfo

    from peerloom import bounded_reading, source
    from peerloom.kinds import PROGRAM_FILE

    context = click.get_current_context(silent=True)
    root = context.obj if context else None
    try:
        text = bounded_reading.read_at_most(Path(root or "") / PROGRAM_FILE, source.MAX_BYTES)
        settings = source.parse(text).value
        return ZoneInfo(settings["time_zone"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def today_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option `--today`."""
    return click.option(
        "--today",
        type=TodayType(),
        default=current_day,
        show_default="the current day",
        metavar="DATE",
        help="Another day to take for today, YEAR-MONTH-DAY.",
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
    """Add the option `--audience`."""
    return click.option(
        "--audience",
        type=Word(["public", "members", "coordinators"]),
        default="public",
        show_default=True,
        help="Who will read it; it has nothing that they may not see.",
    )(command)


def refuse_in_log(program: Program, needed: "Audience") -> None:
    """End a command whose output would be in a workflow's log that too many people can read.

    `needed` is the audience that may read the output. A log is as open as the repository.
    """
    from peerloom.audience import includes, repository_readers

    if is_log() and not includes(repository_readers(program), needed):
        refuse(
            f"this is for {needed} alone, and everybody who can read the repository can read this "
            "log: write it into a file that stays private, with '> FILE' at the end of the command"
        )


def with_program_folder(command: Callable[..., Any]) -> Callable[..., Any]:
    """Pass the program's folder to a command that reads it.

    Before that, the change of an interrupted run is finished or undone.
    """

    @click.pass_obj
    @wraps(command)
    def with_whole_program(root: Path, *arguments: Any, **named: Any) -> Any:
        recover_program(root)
        return command(root, *arguments, **named)

    return with_whole_program


def recover_program(root: Path) -> None:
    """Finish or undo the change of an interrupted run; exit with code 1 if that is not possible."""
    from peerloom import changes

    try:
        _say_recovered(changes.recover(root))
    except changes.CannotWrite as error:
        refuse(str(error))


def open_writer_or_exit(root: Path) -> "Writer":
    """Return the writer of the program until this command ends; exit with code 1 without one.

    Open it before the program is read, so that no other run can write in between.
    """
    from peerloom import changes

    try:
        writer = click.get_current_context().with_resource(changes.open_writer(root))
    except changes.CannotWrite as error:
        refuse(str(error))
    _say_recovered(writer.recovered)
    return writer


def write_or_exit(
    writer: "Writer", changes: Mapping[str, str], deleted: Iterable[str] = ()
) -> None:
    """Write all files or none; exit with code 1 if it is none."""
    from peerloom.changes import CannotWrite

    try:
        writer.write_changes(changes, deleted)
    except CannotWrite as error:
        refuse(str(error))


def _say_recovered(sentence: str | None) -> None:
    if sentence is not None:
        say(f"peerloom: {sentence}", err=True)


def load_program_or_exit(root: Path) -> Program:
    """Return the program in a folder; print every problem and exit with 1 if a file is invalid."""
    from peerloom.audience import redact_for_output
    from peerloom.program import load

    loaded = load(root)
    if not loaded.is_clean:
        show(diagnostics_as_text(redact_for_output(loaded.diagnostics, loaded.program)), err=True)
        refuse("these files must be fixed first; 'peerloom check' finds everything at once")
    return loaded.program


def load_dated_program(root: Path, today: date) -> Program:
    """Do the same as `load_program_or_exit`, and ask Git's history for days that no record has."""
    from peerloom.git import with_days_from_git

    return with_days_from_git(load_program_or_exit(root), root, today)


def load_program_as_of(root: Path, day: date) -> Program:
    """Do the same, and return the program with its records as they were on a day."""
    from peerloom.as_of import program_as_of

    return program_as_of(load_dated_program(root, day), day)


def load_cohort_as_of(root: Path, cohort: str, day: date) -> "tuple[Program, Cohort]":
    """Do the same, and return the cohort of an id, too; exit if there is none."""
    program = load_program_as_of(root, day)
    return program, program.cohorts[find_cohort_or_exit(program, cohort)]


def load_program_to_extend(root: Path) -> Program:
    """Return the program in a folder, to add a record to it; exit with code 1 if it has none."""
    from peerloom.program import load

    loaded = load(root)
    if "content/program.yml" in loaded.program.broken:
        found = [d for d in loaded.diagnostics if d.path == "content/program.yml"]
        show(diagnostics_as_text(found), err=True)
        refuse("nothing was written; a record needs a program to belong to")
    return loaded.program


def find_cohort_or_exit(program: Program, cohort: str) -> str:
    """Return the id of a cohort that exists; any other is a usage error with the most similar."""
    from peerloom.diagnostic import did_you_mean, quoted

    if cohort not in program.cohorts:
        known = list_words(program.cohorts) or "none yet"
        near = did_you_mean(cohort, program.cohorts) or f"the cohorts are: {known}"
        raise click.UsageError(f"there is no cohort {quoted(cohort)}; {near}")
    return cohort


def refuse_new_errors(root: Path, changes: dict[str, str], today: date) -> None:
    """End the command where the program would have an error that it has not now."""
    from peerloom.diagnostic import count_by_severity, diagnostics_as_text
    from peerloom.program import check, check_changes

    before = {(d.path, d.rule, d.message) for d in check(root, today).diagnostics}
    after = check_changes(root, changes, today).diagnostics
    new = [d for d in after if (d.path, d.rule, d.message) not in before]
    if count_by_severity(new)[0]:
        show(diagnostics_as_text(new), err=True)
        refuse("nothing was written")
