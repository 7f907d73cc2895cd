"""Everything that commands print, to a terminal, a workflow's log, a file or a pipe."""

import os
import stat
import sys
from io import StringIO
from types import TracebackType
from typing import Any, Literal, NoReturn, TextIO

import click

from peerloom.text.escaping.terminal import for_terminal, json_for_display
from peerloom.text.escaping.workflow_log import for_log

Form = Literal["json", "md", "html", "csv", "yaml"]


def say(line: str, *, err: bool = False) -> None:
    """Print one line; line breaks in it are printed as escapes."""
    show(line.replace("\r", "\\r").replace("\n", "\\n") + "\n", err=err)


def show(text: str, *, err: bool = False) -> None:
    """Print lines for people to read, escaped for a terminal or for a workflow's log."""
    safe = for_log if is_log(err=err) else for_terminal
    click.echo(safe(text), nl=False, err=err)


def show_data(text: str, form: Form) -> None:
    """Print data for programs: unchanged to a file or a pipe, escaped to a terminal or a log."""
    is_looked_at = is_log() or sys.stdout.isatty()
    if is_looked_at and form != "json":
        show(text)
    else:
        click.echo(json_for_display(text) if is_looked_at else text, nl=False)


def show_commands(commands: str) -> None:
    """Print commands for GitHub's runner, in which every value was escaped before."""
    click.echo(commands, nl=False)


def can_ask() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty()


def ask(question: str, *, kind: click.ParamType[Any] | None = None, default: Any = None) -> Any:
    """Ask a question in the terminal and return the answer; Enter takes the default, if any."""
    return click.prompt(for_terminal(question), type=kind, default=default, show_default=False)


def says_yes(question: str) -> bool:
    """Whether somebody in the terminal answers y, and not n, to a question."""
    return str(ask(question, kind=click.Choice(["y", "n"], case_sensitive=False))).lower() == "y"


def refuse(message: str) -> NoReturn:
    """Print why the content does not allow what was asked, and exit with code 1."""
    show(f"peerloom: {message}\n", err=True)
    raise click.exceptions.Exit(1)


def show_error(error: click.ClickException) -> None:
    """Print a usage error in Click's words, with the values in it escaped."""
    text = StringIO()
    error.show(text)
    show(text.getvalue(), err=True)


def show_bug(
    kind: type[BaseException], bug: BaseException, traceback_: TracebackType | None
) -> None:
    """Print the traceback of a bug, escaped because it may quote what people wrote."""
    import traceback

    show("".join(traceback.format_exception(kind, bug, traceback_)), err=True)


def show_warnings_of_libraries() -> None:
    """Print what libraries log or warn of by `show`, which escapes it."""
    import logging

    class Shown(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            show(f"{record.getMessage()}\n", err=True)

    logging.lastResort = Shown(logging.WARNING)
    logging.captureWarnings(capture=True)


def is_log(*, err: bool = False) -> bool:
    """Whether GitHub's runner reads the output, which it does unless that goes into a file."""
    stream = sys.stderr if err else sys.stdout
    return os.environ.get("GITHUB_ACTIONS") == "true" and not _is_file(stream)


def _is_file(stream: TextIO) -> bool:
    try:
        return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return False
