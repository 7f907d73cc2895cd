"""Everything that a program's files hold about somebody, for the person to read."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from peerloom import source
from peerloom.forgetting.in_records import PERSON_KEYS, is_pair_with
from peerloom.forgetting.names import Mention, list_names_of_others, list_vocabulary, names_for
from peerloom.intake.record_text import parse_record
from peerloom.kinds import kind_of_record
from peerloom.model import CheckIn, FollowUp, Participant, Record
from peerloom.records import Program

# What no file of the program can tell.
NOT_IN_FILES = (
    "answers to surveys: content/responses has them under a code that the person alone knows",
    "earlier versions of these files: Git keeps them all ('git log -p' shows them)",
    "issues, comments and pull requests on GitHub, and the logs of workflows",
    "sign-up sheets and mails that coordinators keep elsewhere",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRecord:
    """What one record holds about somebody.

    `holds` is the record if it `is_whole`, or by the keys that lead to it each entry that names
    them. `is_shared` says that it is about other people as well, who must not be shown it unread.
    """

    path: str
    kind: str
    holds: dict[str, Any]
    is_shared: bool
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """All that is held about a person on a day: records, and words elsewhere that name them.

    `by_others` has the check-ins that the other of a pair wrote, whose content is theirs.
    """

    person: Participant
    day: date
    records: tuple[HeldRecord, ...]
    mentions: tuple[Mention, ...]
    by_others: tuple[str, ...]


def collect_held(
    program: Program, texts: Mapping[str, str], person: Participant, today: date
) -> Held:
    """Return what is held about a person; `texts` has the text of each file."""
    pairs = {(pair.cohort, pair.id) for pair in program.pairs_with(person.id)}
    records, by_others = [], []
    for record in program.records():
        path = program.path(record)
        if isinstance(record, CheckIn) and record.participant != person.id:
            by_others += [path] if (record.cohort, record.pair) in pairs else []
            continue
        if path.endswith(".md"):
            continue
        held = _find_held(record, path, parse_record(texts[path]), person.id, pairs)
        if held is not None:
            records.append(held)
    shown = {record.path for record in records if record.is_whole} | set(by_others)
    return Held(
        person=person,
        day=today,
        records=tuple(sorted(records, key=_place_in_list)),
        mentions=tuple(_find_mentions(program, texts, person, shown)),
        by_others=tuple(by_others),
    )


def _place_in_list(held: HeldRecord) -> tuple[bool, bool, str]:
    """Return what puts their own record first, then their check-ins, then what others are in."""
    return held.is_shared, held.kind != "participant", held.path


def _find_held(
    record: Record, path: str, values: dict[str, Any], id_: str, pairs: set[tuple[str, str]]
) -> HeldRecord | None:
    """Return what a record holds about somebody: all of it, or what names them; None if nothing."""
    is_own = isinstance(record, Participant | CheckIn) and id_ in (
        getattr(record, "id", None),
        getattr(record, "participant", None),
    )
    is_about_a_pair = isinstance(record, FollowUp) and (record.cohort, record.pair) in pairs
    is_whole = is_own or is_about_a_pair or is_pair_with(values, id_)
    entries = {".".join(map(str, keys)): entry for keys, entry in _list_entries(id_, values, ())}
    holds = values if is_whole else entries
    kind = kind_of_record(record).name
    held = HeldRecord(path=path, kind=kind, holds=holds, is_shared=not is_own, is_whole=is_whole)
    return held if holds else None


def _list_entries(
    id_: str, value: Any, keys: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield each group or list that names somebody by their id, with the keys that lead to it."""
    if isinstance(value, dict):
        if keys and any(key in PERSON_KEYS and each == id_ for key, each in value.items()):
            yield keys, value
            return
        for key, each in value.items():
            if key in PERSON_KEYS and (each == id_ or (isinstance(each, list) and id_ in each)):
                yield (*keys, key), id_
            else:
                yield from _list_entries(id_, each, (*keys, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from (
                [(keys, value)] if each == id_ else _list_entries(id_, each, (*keys, number))
            )


def _find_mentions(
    program: Program, texts: Mapping[str, str], person: Participant, shown: set[str]
) -> Iterator[Mention]:
    """Yield where words name a person in files that are not held about them as a whole."""
    logins = [person.github] if person.github else []
    others = list_names_of_others(program, person.id, logins)
    ids = {person.id: person.id}
    names = names_for(person.name, person.github, ids, others, list_vocabulary(program))
    for path, text in sorted(texts.items()):
        if path not in shown:
            yield from names.find_mentions(path, text)


def held_as_json(held: Held) -> str:
    """Return what is held, as JSON for programs."""
    value = {
        "person": held.person.id,
        "day": held.day.isoformat(),
        "records": [
            {"path": each.path, "kind": each.kind, "shared": each.is_shared, "holds": each.holds}
            for each in held.records
        ],
        "mentions": [{"path": m.path, "line": m.line, "word": m.word} for m in held.mentions],
        "by_others": list(held.by_others),
        "elsewhere": list(NOT_IN_FILES),
    }
    return json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n"


def held_as_text(held: Held) -> str:
    """Return what is held, for people to read: each record as YAML below its path."""
    return "\n".join(_list_text_blocks(held))


def _list_text_blocks(held: Held) -> Iterator[str]:
    yield f"What is held about {held.person.name} ({held.person.id}) on {held.day.isoformat()}\n"
    for record in held.records:
        shared = " (about others, too: read it before you hand it on)" if record.is_shared else ""
        yield f"{record.path}{shared}\n{_indent(source.dump(record.holds))}"
    if held.by_others:
        yield "Written by the other of a pair, and theirs:\n" + _as_lines(held.by_others)
    if held.mentions:
        places = [f"{m.path}:{m.line} {m.word}" for m in held.mentions]
        yield "Words that may name them in what others wrote:\n" + _as_lines(places)
    yield "Not in the program's files:\n" + _as_lines(NOT_IN_FILES)


def _indent(text: str) -> str:
    return "".join(f"  {line}\n" for line in text.splitlines())


def _as_lines(items: tuple[str, ...] | list[str]) -> str:
    return "".join(f"  {item}\n" for item in items)
