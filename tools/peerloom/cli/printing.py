"""The one way by which commands say something, to a terminal or to a workflow's log."""

import os
import stat
import sys
from io import StringIO
from types import TracebackType
from typing import Any, Literal, NoReturn, TextIO

import click

from peerloom.text.escaping.terminal import for_terminal, json_for_either
from peerloom.text.escaping.workflow_log import for_log

Form = Literal["json", "md", "html", "csv", "yaml"]


def say(line: str, *, err: bool = False) -> None:
    """Prints one line; a line break in it is shown as the escape that it is."""
    show(line.replace("\r", "\\r").replace("\n", "\\n") + "\n", err=err)


def show(text: str, *, err: bool = False) -> None:
    """Prints lines that are for people to read."""
    safe = for_log if _is_log(err=err) else for_terminal
    click.echo(safe(text), nl=False, err=err)


def show_data(text: str, form: Form) -> None:
    """Prints what a program may read: as it is to a file or a pipe, and inert to be looked at."""
    is_looked_at = _is_log(err=False) or sys.stdout.isatty()
    if is_looked_at and form != "json":
        show(text)
    else:
        click.echo(json_for_either(text) if is_looked_at else text, nl=False)


def show_commands(commands: str) -> None:
    """Prints commands for GitHub's runner, each made by us of what was escaped for it."""
    click.echo(commands, nl=False)


def can_ask() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty()


def ask(question: str, *, kind: click.ParamType[Any] | None = None, default: Any = None) -> Any:
    """The answer to a question in the terminal; Enter is the default, where there is one."""
    return click.prompt(for_terminal(question), type=kind, default=default, show_default=False)


def refuse(message: str) -> NoReturn:
    """Says why the content does not allow it, and ends with exit code 1."""
    show(f"peerloom: {message}\n", err=True)
    raise click.exceptions.Exit(1)


def show_error(error: click.ClickException) -> None:
    """Prints why a command was wrong, as Click words it, with the values that it quotes."""
    said = StringIO()
    error.show(said)
    show(said.getvalue(), err=True)


def show_bug(kind: type[BaseException], bug: BaseException, at: TracebackType | None) -> None:
    """Prints a bug's traceback, which may quote what people wrote."""
    import traceback

    show("".join(traceback.format_exception(kind, bug, at)), err=True)


def show_warnings_of_libraries() -> None:
    """What libraries log or warn of is printed by us, where nobody else takes it."""
    import logging

    class Shown(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            show(f"{record.getMessage()}\n", err=True)

    logging.lastResort = Shown(logging.WARNING)
    logging.captureWarnings(capture=True)


def _is_log(*, err: bool) -> bool:
    """Whether GitHub's runner reads what is printed; it does not read what goes into a file."""
    stream = sys.stderr if err else sys.stdout
    return os.environ.get("GITHUB_ACTIONS") == "true" and not _is_file(stream)


def _is_file(stream: TextIO) -> bool:
    try:
        return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return False
