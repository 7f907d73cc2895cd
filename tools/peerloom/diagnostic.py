"""What was found in a program, where it is, and what to do about it."""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

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


def printable(text: str) -> str:
    """`text` with every control, format and unassigned character written as an escape."""
    return "".join(c if c == " " or _is_printable(c) else _escape(c) for c in text)


def _is_printable(character: str) -> bool:
    return unicodedata.category(character)[0] not in "CZ"


def _escape(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")


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
            f"::{found.severity} file={_property(found.path)},line={found.line},"
            f"col={found.column},title={_property(found.rule)}::{_data(body)}\n"
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


# GitHub's runner decodes exactly these in a command's data and properties. Its older kind of
# command is looked for anywhere in a line, and has no place in one of ours.
def _data(text: str) -> str:
    return text.replace("##[", "# #[").replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return re.sub("[:,]", lambda m: f"%{ord(m[0]):02X}", _data(printable(text)))
