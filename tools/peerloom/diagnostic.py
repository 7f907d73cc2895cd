"""What was found in a program, where it is, and what to do about it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from peerloom.text.escaping.terminal import printable
from peerloom.text.escaping.workflow_log import escape_command_data, escape_command_property

Severity = Literal["error", "warning"]
# As `model.Audience`, which says more of it.
Readers = Literal["public", "members", "coordinators"]

_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Diagnostic:
    """One finding. `line` and `column` count from 1; they are 1:1 where a whole file is meant.

    `message` and `help` may quote what only an `audience` may read; `outline` is what others are
    told in their place. Where `is_secret`, others are not even told that there is a finding.
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
    """`value` in single quotes, at most 60 characters of it, nothing in it unprintable."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    if len(text) > _LONGEST_QUOTE:
        text = text[: _LONGEST_QUOTE - 1] + "…"
    return f"'{printable(text)}'"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A help text that names the nearest known word, or an empty one where none is near."""
    near = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"did you mean {quoted(near[0])}?" if near else ""


def counts(diagnostics: Iterable[Diagnostic]) -> tuple[int, int]:
    """How many errors and how many warnings there are."""
    severities = [d.severity for d in diagnostics]
    return severities.count("error"), severities.count("warning")


def as_text(diagnostics: Iterable[Diagnostic]) -> str:
    """One `path:line:column: rule message` line each, its help indented under it."""
    lines = []
    for found in diagnostics:
        place = f"{printable(found.path)}:{found.line}:{found.column}"
        warning = "warning " if found.severity == "warning" else ""
        lines.append(f"{place}: {warning}{found.rule} {printable(found.message)}")
        if found.help:
            lines.append(f"  help: {printable(found.help)}")
    return "".join(f"{line}\n" for line in lines)


def as_github(diagnostics: Iterable[Diagnostic]) -> str:
    """GitHub's workflow commands, one annotation each; nothing in a value can start another."""
    lines = []
    for found in diagnostics:
        body = "\n".join(printable(text) for text in (found.message, found.help) if text)
        lines.append(
            f"::{found.severity} file={escape_command_property(found.path)},line={found.line},"
            f"col={found.column},title={escape_command_property(found.rule)}::{escape_command_data(body)}\n"
        )
    return "".join(lines)


def as_json(diagnostics: Sequence[Diagnostic], files: int) -> str:
    """The documented JSON: `diagnostics`, and a `summary` of files, errors and warnings."""
    errors, warnings = counts(diagnostics)
    found = [
        {
            "path": d.path,
            "line": d.line,
            "column": d.column,
            "severity": d.severity,
            "rule": d.rule,
            "message": d.message,
            "help": d.help,
        }
        for d in diagnostics
    ]
    summary = {"files": files, "errors": errors, "warnings": warnings}
    text = json.dumps({"diagnostics": found, "summary": summary}, indent=2, ensure_ascii=True)
    return text + "\n"
