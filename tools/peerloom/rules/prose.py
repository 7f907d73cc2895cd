"""What people write leads to nobody's home, and what is public holds only what may be."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any

from peerloom import schema
from peerloom.diagnostic import quoted
from peerloom.kinds import kind_of_record
from peerloom.model import Page, TrainingModule
from peerloom.program_questions import questions_about
from peerloom.records import Program
from peerloom.rules.finding import Finding
from peerloom.rules.wording import line_and_column
from peerloom.source import Keys
from peerloom.text.phrases import list_words

# What may stand before and after is bounded, so that no text takes long to search.
_MAIL = re.compile(
    r"(?<![\w.%+@-])(?!git@)[\w.%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}\b"
)
# Written with a plus sign or a leading zero, or as people in North America group theirs.
_PHONE = re.compile(
    r"(?<![\w./-])(?:\+|\(0|0)[0-9](?:[ ()/.-]{0,2}[0-9]){6,13}(?![\w-])"
    r"|(?<![\w./-])(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[.-])[0-9]{3}[.-][0-9]{4}(?![\w.-])"
)
_DATE = re.compile(r"[0-9]{1,2}([ /.-])[0-9]{1,2}\1(?:19|20)[0-9]{2}\b")
_STREET = re.compile(
    r"\b[0-9]{1,4}[a-z]?,? (?:[A-Z][\w'-]{1,40} ){1,3}"
    r"(?:Street|Road|Avenue|Lane|Drive|Boulevard|Close|Crescent|Terrace|(?:St|Rd|Ave|Blvd)\b\.?)"
    r"|\b(?:Rua|Calle|Avenida|Rue|Carrera|ul\.|Via(?! (?:Zoom|Teams|Jitsi|Meet|Skype|Slack)))"
    r" (?:[a-z]{2,3} ){0,4}[A-Z][\w'-]{1,40}(?: [A-Z][\w'-]{1,40}){0,4},?"
    r" (?:n[.º°o]* ?)?[0-9]{1,4}\b"
    r"|\b[A-Z][\w-]{0,40}(?:straße|strasse|gatan|straat|vej) [0-9]{1,4}\b"
)
_DIGIT = re.compile("[0-9]")
_SHORTEST = 6
_KEYS_OF_RECORDS_IN_CODE = frozenset(
    {"id", "cohort", "imported", "import_columns", "url", "contact"}
)


def nobody_can_be_traced_home(program: Program, _: date) -> Iterator[Finding]:
    """No text holds a mail address, a phone number or a street address, but the contact's."""
    contact = program.settings.contact or ""
    for record in program.records():
        # Of thousands of records few hold any: all texts of one at once, then each by itself.
        if not any(_traces("\n".join(_all_texts(record, [])))):
            continue
        for keys, text in _texts(record):
            for what, part, offset in _traces(text):
                if part in contact:
                    continue
                message = f"the text must not hold {what}, and {quoted(part)} looks like one"
                help_ = "take it out: people are reached through GitHub or the coordinators"
                is_body = keys == ("text",) and isinstance(record, Page | TrainingModule)
                yield Finding(
                    where=record,
                    keys=keys,
                    text_at=line_and_column(text, offset) if is_body else None,
                    message=message,
                    help=help_,
                )


def _traces(text: str) -> Iterator[tuple[str, str, int]]:
    """What each trace is, how it is written, and where it begins."""
    if "@" in text:
        for match in _MAIL.finditer(text):
            yield "a mail address", match[0], match.start()
    if not _DIGIT.search(text):
        return
    for match in _PHONE.finditer(text):
        if not _DATE.match(match[0]):
            yield "a phone number", match[0], match.start()
    for match in _STREET.finditer(text):
        yield "a street address", match[0], match.start()


@cache
def _text_fields(kind: Any) -> tuple[str, ...]:
    if not is_dataclass(kind):
        return ()
    return tuple(f.name for f in fields(kind) if f.name not in _KEYS_OF_RECORDS_IN_CODE)


def _all_texts(value: Any, found: list[str]) -> list[str]:
    """`found`, with every text of a value that is long enough to hold an address."""
    kind: Any = type(value)
    if kind is str:
        if len(value) > _SHORTEST:
            found.append(value)
    elif kind is tuple:
        for item in value:
            _all_texts(item, found)
    elif kind is dict:
        for item in value.values():
            _all_texts(item, found)
    else:
        for name in _text_fields(kind):
            _all_texts(getattr(value, name), found)
    return found


def _texts(value: Any, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Every text in a value that is long enough to hold an address, with its keys."""
    kind: Any = type(value)
    if kind is str:
        if len(value) > _SHORTEST:
            yield keys, value
    elif kind is tuple:
        for index, item in enumerate(value):
            yield from _texts(item, (*keys, index))
    elif kind is dict:
        for key, item in value.items():
            yield from _texts(item, (*keys, key))
    else:
        for name in _text_fields(kind):
            yield from _texts(getattr(value, name), (*keys, name))


def a_public_repository_holds_only_what_is_public(program: Program, _: date) -> Iterator[Finding]:
    """In a public repository, no record holds what only members or coordinators may see."""
    if program.settings.visibility != "public":
        return
    for record in program.records():
        held = [
            ".".join(path)
            for path in _above_public(kind_of_record(record).name)
            if _holds(record, path) and not (path == ("answers",) and _are_public(program, record))
        ]
        if held:
            names = list_words(held)
            message = f"anybody can read this file, and {names} is not for everybody"
            help_ = (
                "take it out, or make the repository private: the site hides it, GitHub does not"
            )
            yield Finding(where=record, keys=(held[0].split(".")[0],), message=message, help=help_)


def _are_public(program: Program, record: Any) -> bool:
    """Whether everybody may see each answer of a record to the program's own questions."""
    about = questions_about(program.settings.questions, kind_of_record(record).name)
    public_ids = {question.id for question in about if question.audience == "public"}
    return all(id_ in public_ids for id_ in record.answers)


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
