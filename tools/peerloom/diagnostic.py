"""Diagnostics: what is wrong in a program, where it is, and what to do about it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from peerloom.text.escaping.terminal import printable
from peerloom.text.escaping.workflow_log import escape_command_data, escape_command_property

Severity = Literal["error", "warning"]
# The same as `model.Audience`, which is explained there; this module must not import the model.
Readers = Literal["public", "members", "coordinators"]

_MAX_QUOTED = 60


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Diagnostic:
    """One problem. `line` and `column` count from 1; they are 1:1 if a whole file is meant.

    `message` and `help` may quote what only an `audience` may read; others are told `outline`
    instead. If the diagnostic `is_secret`, others are not even told that there is one.
    """

    path: str
    line: int = 1
    column: int = 1
    rule: str
    message: str
    help: str = ""
    severity: Severity = "error"
    audience: Readers = "public"
    outline: str = ""
    is_secret: bool = False


def quoted(value: object) -> str:
    """Return a value in single quotes, shortened to 60 characters, with nothing unprintable."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    if len(text) > _MAX_QUOTED:
        text = text[: _MAX_QUOTED - 1] + "…"
    return f"'{printable(text)}'"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a help text with the most similar known word, or an empty text if none is similar.

    Similarity is the ratio of `difflib.SequenceMatcher`, which must be at least 0.6.
    """
    near = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"did you mean {quoted(near[0])}?" if near else ""


def count_by_severity(diagnostics: Iterable[Diagnostic]) -> tuple[int, int]:
    """Return the number of errors and the number of warnings."""
    severities = [d.severity for d in diagnostics]
    return severities.count("error"), severities.count("warning")


def diagnostics_as_text(diagnostics: Iterable[Diagnostic]) -> str:
    """Return a line `path:line:column: rule message` for each, with its help indented below."""
    lines = []
    for diagnostic in diagnostics:
        place = f"{printable(diagnostic.path)}:{diagnostic.line}:{diagnostic.column}"
        warning = "warning " if diagnostic.severity == "warning" else ""
        lines.append(f"{place}: {warning}{diagnostic.rule} {printable(diagnostic.message)}")
        if diagnostic.help:
            lines.append(f"  help: {printable(diagnostic.help)}")
    return "".join(f"{line}\n" for line in lines)


def diagnostics_as_github(diagnostics: Iterable[Diagnostic]) -> str:
    """Return workflow commands of GitHub, an annotation for each; no value can start another."""
    lines = []
    for diagnostic in diagnostics:
        texts = (diagnostic.message, diagnostic.help)
        body = "\n".join(printable(text) for text in texts if text)
        lines.append(
            f"::{diagnostic.severity} file={escape_command_property(diagnostic.path)},"
            f"line={diagnostic.line},col={diagnostic.column},"
            f"title={escape_command_property(diagnostic.rule)}::{escape_command_data(body)}\n"
        )
    return "".join(lines)


def diagnostic_as_value(diagnostic: Diagnostic) -> dict[str, str | int]:
    """Return what the documented JSON holds of a diagnostic; whom it is for stays out."""
    return {
        "path": diagnostic.path,
        "line": diagnostic.line,
        "column": diagnostic.column,
        "severity": diagnostic.severity,
        "rule": diagnostic.rule,
        "message": diagnostic.message,
        "help": diagnostic.help,
    }


def diagnostics_as_json(diagnostics: Sequence[Diagnostic], files: int) -> str:
    """Return the documented JSON: `diagnostics`, and a `summary` of files, errors and warnings."""
    errors, warnings = count_by_severity(diagnostics)
    found = [diagnostic_as_value(diagnostic) for diagnostic in diagnostics]
    summary = {"files": files, "errors": errors, "warnings": warnings}
    text = json.dumps({"diagnostics": found, "summary": summary}, indent=2, ensure_ascii=True)
    return text + "\n"
