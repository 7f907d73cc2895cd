"""What the options of `peerloom import` say, and the command that says yes to all guesses."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from peerloom.cli.options import path_from_here
from peerloom.text.escaping.terminal import printable

if TYPE_CHECKING:
    from peerloom.intake import AnswerOption


def accepting_command(file: Path, root: Path) -> str:
    """Return the command that accepts what was guessed: the one that was given, and --accept.

    It writes also where the one that was given was only to show what would change.
    """
    context = click.get_current_context()
    words = ["peerloom"]
    if root != Path.cwd():
        words += ["-C", path_from_here(root)]
    words += ["import", path_from_here(file)]
    for option in context.command.params:
        value = context.params.get(option.name or "")
        if not isinstance(option, click.Option) or option.name in _NOT_REPEATED:
            continue
        if context.get_parameter_source(option.name or "") is not _COMMAND_LINE or not value:
            continue
        values = value if isinstance(value, tuple) else (value,)
        for each in values:
            words += [option.opts[0]] if each is True else [option.opts[0], str(each)]
    return " ".join(shlex.quote(word) for word in [*words, "--accept"])


_NOT_REPEATED = ("accept", "root", "dry_run", "remember")
_COMMAND_LINE = click.core.ParameterSource.COMMANDLINE


def parse_given(given: dict[str, Any]) -> dict[str, Any]:
    """Return the options of an import by the names that it has for them."""
    from peerloom import intake

    if given["encoding"] and not intake.is_known_encoding(given["encoding"]):
        raise click.UsageError(f"'{printable(given['encoding'])}' must be an encoding like cp1250")
    return {
        "columns": _parse_mapping(given["mapping"]),
        "answers": tuple(_parse_answer(option) for option in given["answers"]),
        "role": given["role"],
        "show": given["show"],
        "add_skills": given["add_skills"],
        "accepts_guesses": given["accept"],
        "encoding": given["encoding"],
        "worksheet": given["sheet"],
        "date_order": given["date_order"],
        "hidden_rows": given["hidden_rows"],
        "same_person": tuple(_parse_rows(option) for option in given["same_person"]),
        "different_people": tuple(_parse_rows(option) for option in given["different_people"]),
    }


def _parse_mapping(mapping: tuple[str, ...]) -> dict[str, str]:
    pairs = [option.rpartition("=") for option in mapping]
    wrong = [
        option
        for option, (column, _, name) in zip(mapping, pairs, strict=True)
        if not column or not name
    ]
    if wrong:
        example = "--map 'Where are you based?=region'"
        raise click.UsageError(f"'{printable(wrong[0])}' must be COLUMN=FIELD, such as {example}")
    return {column.strip(): name.strip() for column, _, name in pairs}


def _parse_answer(option: str) -> "AnswerOption":
    from peerloom.intake import AnswerOption

    before, _, meaning = option.rpartition("=")
    column, _, answer = before.rpartition(": ") if ": " in before else before.partition(":")
    if not (column.strip() and answer.strip() and meaning.strip()):
        example = "--answer 'I want to be: Big = mentor'"
        message = f"'{printable(option)}' must be COLUMN: ANSWER = MEANING, such as {example}"
        raise click.UsageError(message)
    return AnswerOption(column.strip(), answer.strip(), meaning.strip())


def _parse_rows(option: str) -> frozenset[int]:
    words = option.replace(",", " ").split()
    if len(words) < 2 or not all(word.isdecimal() and len(word) < 8 for word in words):
        raise click.UsageError(f"'{printable(option)}' must be numbers of rows, such as 2,9")
    return frozenset(map(int, words))
