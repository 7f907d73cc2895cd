"""Options that several commands share, and how a program is taken in before it is used."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NoReturn

import click

from peerloom.diagnostic import as_text
from peerloom.records import Program


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


class Word(click.Choice[str]):
    """One of a few words; a wrong one is told the nearest."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word; anything else is a usage error that names the nearest, or all."""
        from peerloom.diagnostic import did_you_mean, quoted

        if value not in self.choices:
            near = did_you_mean(value, self.choices) or f"it is one of {', '.join(self.choices)}"
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
        type=Day(),
        default=now,
        show_default="the day it is",
        metavar="DATE",
        help="The day to take for today, YEAR-MONTH-DAY.",
    )(command)


def audience_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds `--audience`."""
    return click.option(
        "--audience",
        type=Word(["public", "members", "coordinators"]),
        default="public",
        show_default=True,
        help="Who will read it: nothing above them is in it.",
    )(command)


def sound_program(root: Path) -> Program:
    """The program in a folder; where a file cannot be read, everything is said, and exit 1."""
    from peerloom.audience import readable_here
    from peerloom.program import load

    loaded = load(root)
    if not loaded.is_clean:
        found = readable_here(loaded.diagnostics, loaded.program)
        click.echo(as_text(found), nl=False, err=True)
        refuse("these files must be mended first; 'peerloom check' finds everything at once")
    return loaded.program


def program_there(root: Path) -> None:
    """Ends with exit 1 where the folder has no program that a record could be added to."""
    from peerloom.program import load

    loaded = load(root)
    if "content/program.yml" in loaded.program.broken:
        found = [d for d in loaded.diagnostics if d.path == "content/program.yml"]
        click.echo(as_text(found), nl=False, err=True)
        refuse("nothing was written; a record needs a program to belong to")


def refuse(message: str) -> NoReturn:
    """Says why the content does not allow it, and ends with exit code 1."""
    click.echo(f"peerloom: {message}", err=True)
    raise click.exceptions.Exit(1)


def cohort_named(program: Program, cohort: str) -> str:
    """The id of a cohort that exists; otherwise a usage error with the nearest."""
    from peerloom.diagnostic import did_you_mean, quoted

    if cohort not in program.cohorts:
        known = ", ".join(program.cohorts) or "none yet"
        near = did_you_mean(cohort, program.cohorts) or f"the cohorts are: {known}"
        raise click.UsageError(f"there is no cohort {quoted(cohort)}; {near}")
    return cohort
