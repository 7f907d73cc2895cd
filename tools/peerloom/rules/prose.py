"""What people write: nothing that leads to a home, nothing that runs, no dead links."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any

from peerloom import schema
from peerloom.diagnostic import quoted
from peerloom.model import Page, TrainingModule
from peerloom.records import CLASSES, Program, Record
from peerloom.rules.finding import Finding
from peerloom.rules.wording import nearest
from peerloom.source import Keys

_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
# Eight digits or more, grouped as phone numbers are; a plus sign or a parenthesis makes it sure.
_PHONE = re.compile(r"(?<![\w./-])(?:\+|\(0|0)[0-9](?:[ ()/.-]{0,2}[0-9]){6,13}(?![\w-])")
_STREET = re.compile(
    r"\b[0-9]{1,4}[a-z]?,? (?:[A-Z][\w'-]+ ){1,3}"
    r"(?:Street|Road|Avenue|Lane|Drive|Boulevard|Close)\b"
    r"|\b(?:Rua|Calle|Avenida|Rue|Via|Carrera) (?:[a-z]{2,3} )*"
    r"[A-Z][\w'-]+(?: [A-Z][\w'-]+)*,? (?:n[.º°o]* ?)?[0-9]{1,4}\b"
    r"|\b[A-Z][\w-]*(?:straße|strasse|gatan|straat|vej) [0-9]{1,4}\b"
)
_KEYS_OF_RECORDS_IN_CODE = frozenset(
    {"id", "cohort", "imported", "import_columns", "url", "contact"}
)


def nobody_can_be_traced_home(program: Program, _: date) -> Iterator[Finding]:
    """No text holds a mail address, a phone number or a street address."""
    for record in program.records():
        for keys, text in _texts(record):
            what = _traces(text)
            if what:
                message = f"the text must not hold {what[0]}, and {quoted(what[1])} looks like one"
                help_ = "take it out: people are reached through GitHub or the coordinators"
                yield _finding(record, keys, text, what[1], message, help_)


def _traces(text: str) -> tuple[str, str] | None:
    if "@" in text and (match := _MAIL.search(text)):
        return "a mail address", match[0]
    if any(character.isdigit() for character in text):
        if match := _PHONE.search(text):
            return "a phone number", match[0]
        if match := _STREET.search(text):
            return "a street address", match[0]
    return None


def _finding(record: Record, keys: Keys, text: str, part: str, message: str, help_: str) -> Finding:
    if keys == ("text",) and isinstance(record, Page | TrainingModule):
        return Finding(
            where=record, text_at=_at(text, text.index(part)), message=message, help=help_
        )
    return Finding(where=record, keys=keys, message=message, help=help_)


def _at(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


@cache
def _long_fields(kind: Any) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind) if f.name not in _KEYS_OF_RECORDS_IN_CODE)


def _texts(value: Any, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Every text in a value that is long enough to hold an address, with its keys."""
    kind = type(value)
    if kind is str:
        if len(value) > 6:
            yield keys, value
    elif kind is tuple:
        for index, item in enumerate(value):
            yield from _texts(item, (*keys, index))
    elif kind is dict:
        for key, item in value.items():
            yield from _texts(item, (*keys, key))
    elif value is not None and is_dataclass(value):
        for name in _long_fields(value.__class__):
            yield from _texts(getattr(value, name), (*keys, name))


def a_public_repository_holds_only_what_is_public(program: Program, _: date) -> Iterator[Finding]:
    """In a public repository, no record holds what only members or coordinators may see."""
    if program.settings.visibility != "public":
        return
    kinds = {class_: kind for kind, class_ in CLASSES.items()}
    for record in program.records():
        held = [
            ".".join(path) for path in _above_public(kinds[type(record)]) if _holds(record, path)
        ]
        if held:
            names = ", ".join(held)
            message = f"anybody can read this file, and {names} is not for everybody"
            help_ = (
                "take it out, or make the repository private: the site hides it, GitHub does not"
            )
            yield Finding(where=record, keys=(held[0].split(".")[0],), message=message, help=help_)


@cache
def _above_public(kind: str) -> tuple[tuple[str, ...], ...]:
    """The outermost properties that are not public."""
    hidden = [field.path for field in schema.fields(kind) if field.audience != "public"]
    return tuple(path for path in hidden if path[:-1] not in hidden)


def _holds(value: Any, path: tuple[str, ...]) -> bool:
    if isinstance(value, tuple):
        return any(_holds(item, path) for item in value)
    if not path:
        return value is not None and value != {}
    return value is not None and _holds(getattr(value, path[0]), path[1:])


_LINK = re.compile(r"!?\[[^\]\n]*\]\(\s*<?([^)\s>]+)>?[^)\n]*\)")
_CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]+`", re.MULTILINE | re.DOTALL)


def links_between_pages_lead_somewhere(program: Program, _: date) -> Iterator[Finding]:
    """A link from one page of the site to another leads to a page that is there."""
    there = _pages(program)
    for record, folder in _written(program):
        for match in _LINK.finditer(_without_code(record.text)):
            target = match[1].partition("#")[0]
            if not target or re.match(r"[a-z][a-z0-9+.-]*:|//", target, re.IGNORECASE):
                continue
            at = posixpath.normpath(posixpath.join(folder, target))
            if at not in there:
                message = f"the link to {quoted(target)} must lead to a page that is there"
                help_ = nearest(at, there, "mend the link: it is read from this page's own folder")
                where = _at(record.text, match.start(1))
                yield Finding(where=record, text_at=where, message=message, help=help_)


def _without_code(text: str) -> str:
    """The text with code blanked out, every other character in its place."""
    return _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def _written(program: Program) -> Iterator[tuple[Page | TrainingModule, str]]:
    for page in program.pages.values():
        yield page, posixpath.dirname(page.path)
    for module in program.training.values():
        yield module, "training"


def _pages(program: Program) -> frozenset[str]:
    """Every path that the site may have: written, attached or made from records."""
    made = ["index.md", "join.md", "calendar.md", "resources.md", "people/index.md"]
    made += ["training/index.md", "reference/records.md", "reference/rules.md"]
    made += [f"people/{id_}.md" for id_ in program.participants]
    for id_ in program.cohorts:
        made += [f"cohorts/{id_}/index.md", f"cohorts/{id_}/report.md"]
    made += [f"pairs/{cohort}/{id_}.md" for cohort, id_ in program.pairs]
    made += [f"circles/{cohort}/{id_}.md" for cohort, id_ in program.circles]
    made += [f"training/{id_}.md" for id_ in program.training]
    in_pages = [p.removeprefix("content/pages/") for p in program.tree if "/pages/" in p]
    return frozenset(made) | frozenset(in_pages) | frozenset(program.pages)


_ACTIVE = re.compile(
    r"<\s*(script|iframe|object|embed|form|link|meta|base|style|svg)\b|\bon[a-z]+\s*=\s*[\"']"
    r"|javascript:|data:text/html",
    re.IGNORECASE,
)
_REMOTE_IMAGE = re.compile(r"!\[[^\]\n]*\]\(\s*<?(?:https?:)?//|<\s*img\b", re.IGNORECASE)


def pages_run_nothing(program: Program, _: date) -> Iterator[Finding]:
    """A written page holds no script, no frame, and no picture from another host."""
    for record, _folder in _written(program):
        text = _without_code(record.text)
        for match in _ACTIVE.finditer(text):
            message = f"{quoted(match[0])} must not be in a page: it could run in readers' browsers"
            help_ = "write it in Markdown; between backquotes it is shown and does nothing"
            where = _at(text, match.start())
            yield Finding(where=record, text_at=where, message=message, help=help_)
        for match in _REMOTE_IMAGE.finditer(text):
            message = "a picture must lie in content/pages, not on another host"
            help_ = "save the picture beside the page and write ![what it shows](picture.png)"
            where = _at(text, match.start())
            yield Finding(where=record, text_at=where, message=message, help=help_)
