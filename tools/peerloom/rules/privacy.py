"""Privacy: no contact details in texts, and nothing restricted in a public repository.

Contact details are found by regular expressions for mail addresses, phone numbers and street
addresses in the forms that are common in English, Romance, Germanic and Scandinavian countries.
They miss some and mistake others, which is why the rule only warns.
"""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from peerloom import schema
from peerloom.audience import may_be_shown_to
from peerloom.diagnostic import quoted
from peerloom.kinds import kind_of_record
from peerloom.model import Page, TrainingModule
from peerloom.program_questions import questions_about
from peerloom.records import Program
from peerloom.rules.rule import Finding
from peerloom.source import Keys, line_and_column
from peerloom.text.phrases import list_words

# Every repetition is bounded, so that no text takes long to search.
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
# The shortest mail address, phone number or street address has more characters than this.
_MAX_HARMLESS_LENGTH = 6
# Fields that hold no prose: ids, digests, and addresses that are meant to be public.
_FIELDS_WITHOUT_PROSE = frozenset(
    {
        "id",
        "cohort",
        "imported",
        "import_columns",
        "header",
        "url",
        "contact",
        "booking_url",
        "digest",
    }
)


def no_contact_details_in_text(program: Program, _: date) -> Iterator[Finding]:
    """No text holds a mail address, phone number or street address, except the contact's own."""
    contact = program.settings.contact or ""
    for record in program.records():
        # Few records of thousands hold any. So all texts of a record are searched at once, and
        # only if that finds something, each by itself to learn its keys.
        if not any(_find_contact_details("\n".join(_collect_texts(record, [])))):
            continue
        for keys, text in _list_texts_with_keys(record):
            for what, part, offset in _find_contact_details(text):
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


def _find_contact_details(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield what each contact detail is, as a phrase, how it is written, and its offset."""
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
    return tuple(f.name for f in fields(kind) if f.name not in _FIELDS_WITHOUT_PROSE)


def _collect_texts(value: Any, found: list[str]) -> list[str]:
    """Append every text in a value that is long enough for an address to `found`; return it."""
    kind: Any = type(value)
    if kind is str:
        if len(value) > _MAX_HARMLESS_LENGTH:
            found.append(value)
    elif kind is tuple:
        for item in value:
            _collect_texts(item, found)
    elif kind is dict:
        for item in value.values():
            _collect_texts(item, found)
    else:
        for name in _text_fields(kind):
            _collect_texts(getattr(value, name), found)
    return found


def _list_texts_with_keys(value: Any, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Yield every text in a value that is long enough for an address, with its keys."""
    kind: Any = type(value)
    if kind is str:
        if len(value) > _MAX_HARMLESS_LENGTH:
            yield keys, value
    elif kind is tuple:
        for index, item in enumerate(value):
            yield from _list_texts_with_keys(item, (*keys, index))
    elif kind is dict:
        for key, item in value.items():
            yield from _list_texts_with_keys(item, (*keys, key))
    else:
        for name in _text_fields(kind):
            yield from _list_texts_with_keys(getattr(value, name), (*keys, name))


def public_repositories_hold_only_public_fields(program: Program, _: date) -> Iterator[Finding]:
    """In a public repository, no record has a field that only members or coordinators may see."""
    if program.settings.visibility != "public":
        return
    for record in program.records():
        restricted = [
            ".".join(path)
            for path in _list_restricted_fields(kind_of_record(record).name)
            if _has_value_at(record, path)
            and not (path == ("answers",) and _are_answers_public(program, record))
        ]
        if restricted:
            names = list_words(restricted)
            message = f"{names} must not be in this file: everybody can read it"
            help_ = "delete it, or make the repository private: the site hides it, GitHub does not"
            yield Finding(
                where=record, keys=(restricted[0].split(".")[0],), message=message, help=help_
            )


def public_repositories_hold_only_people_shown_to_everybody(
    program: Program, _: date
) -> Iterator[Finding]:
    """In a public repository, whoever has a record agreed to be shown to everybody."""
    if program.settings.visibility != "public":
        return
    for person in program.participants.values():
        # What they agreed to counts here, and not whether a cohort has accepted them.
        if person.consent and not may_be_shown_to(replace(person, cohorts=()), "public"):
            message = "this person must agree to be shown to everybody, who can read this file"
            help_ = (
                "ask them, or delete the record, or make the repository private: the site hides "
                "them, GitHub does not"
            )
            yield Finding(where=person, keys=("consent", "show"), message=message, help=help_)


def _are_answers_public(program: Program, record: Any) -> bool:
    """Whether everybody may see each answer of a record to the program's own questions."""
    about = questions_about(program.settings.questions, kind_of_record(record).name)
    public_ids = {question.id for question in about if question.audience == "public"}
    return all(id_ in public_ids for id_ in record.answers)


@cache
def _list_restricted_fields(kind: str) -> tuple[tuple[str, ...], ...]:
    """Return the paths of the outermost properties that are not public."""
    hidden = [field.path for field in schema.list_fields(kind) if field.audience != "public"]
    return tuple(path for path in hidden if path[:-1] not in hidden)


def _has_value_at(value: Any, path: tuple[str, ...]) -> bool:
    if isinstance(value, tuple):
        return any(_has_value_at(item, path) for item in value)
    if not path:
        return value is not None and value != {}
    return value is not None and _has_value_at(getattr(value, path[0]), path[1:])
