"""Which rows of the policy a change falls under, by its path and by what is inside."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any, cast

from peerloom.kinds import kind_of_path
from peerloom.ownership import runs_something
from peerloom.records import Program
from peerloom.review.author import Author
from peerloom.review.policy import (
    CIRCLES_OWN,
    OWN_ACCOUNT,
    OWN_WORDS,
    PAIRS_COUNTED,
    PAIRS_OWN,
    PAIRS_PEOPLE,
    Part,
)
from peerloom.review.pull_request import Change
from peerloom.review.sign_ups import doubts, is_named_like_another
from peerloom.review.timing import is_old
from peerloom.review.values import Value, value
from peerloom.review.words import rewrites_the_other, rewrites_the_past

# A pair that is over has been counted with what it had reached then.
_OVER = frozenset({"completed", "ended_early"})
_CHECK_IN = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+)")


def parts(change: Change, author: Author, program: Program, received: date) -> frozenset[Part]:
    """The rows that a change falls under; `program` is the base's, `received` when it came in.

    A record that cannot be read is taken for what its path says: its mistakes are found
    elsewhere, and nothing with mistakes is merged.
    """
    if change.manner == "odd name":  # wherever it lies, it may keep everybody from a clone
        return frozenset({"odd name"})
    if not change.is_content:
        return frozenset({"outside"})
    ends = (change.path, change.moved_from or change.path)
    outside: frozenset[Part] = frozenset({"outside"} if any(map(runs_something, ends)) else ())
    if change.manner not in ("new", "edit"):
        return outside | {cast("Part", change.manner)}
    return outside | _of_record(change, author, program, received)


def _of_record(change: Change, author: Author, program: Program, received: date) -> frozenset[Part]:
    kind = kind_of_path(change.path)
    if kind is None:
        is_for_pages = change.path.startswith("content/pages/")
        return frozenset({"shared" if is_for_pages else "no record"})
    after = value(change.after)
    if _names_another(kind, change.path, after, program):
        return frozenset({"names another"})
    if kind in ("event", "resource") and change.manner == "new":
        names = _named(after) - {author.participant}
        return frozenset({"suggestion for another" if names else "suggestion"})
    if kind in _OF_PEOPLE:
        return _OF_PEOPLE[kind](change, author, program, after, received)
    is_shared = kind in ("event", "resource", "training", "page")
    return frozenset({"shared" if is_shared else "program"})


def changed_keys(before: bytes | None, after: bytes | None) -> tuple[str, ...]:
    """The outer keys of a record that two versions say differently, as the second orders them."""
    old, new = value(before), value(after)
    return tuple(key for key in {**new, **old} if old.get(key) != new.get(key))


def _names_another(kind: str, path: str, inside: Value, program: Program) -> bool:
    """Whether a record's keys are those of something else that is there."""
    at = PurePosixPath(path)
    if kind == "check-in":
        match = _CHECK_IN.fullmatch(at.stem)
        who, pair = inside.get("participant"), (inside.get("cohort"), inside.get("pair"))
        is_by_another = match is not None and who != match[2]
        return (is_by_another and _is_there(who, program.participants)) or (
            pair != at.parts[2:4] and _is_there(pair, program.pairs)
        )
    if kind in ("pair", "circle"):
        keys = (inside.get("cohort"), inside.get("id"))
        known = program.pairs if kind == "pair" else program.circles
        return keys != (at.parts[2], at.stem) and _is_there(keys, known)
    by_kind: dict[str, Mapping[Any, Any]] = {
        "participant": program.participants,
        "event": program.events,
        "resource": program.resources,
        "cohort": program.cohorts,
        "survey": program.surveys,
    }
    id_ = inside.get("id")
    return id_ != at.stem and _is_there(id_, by_kind.get(kind, {}))


def _is_there(key: Any, known: Mapping[Any, Any]) -> bool:
    """Whether there is something of these keys, which may be of any type."""
    names = key if isinstance(key, tuple) else (key,)
    return all(isinstance(name, str) for name in names) and key in known


def _of_participant(
    change: Change, author: Author, program: Program, after: Value, today: date
) -> frozenset[Part]:
    me = program.participants.get(author.participant or "")
    if me is not None and change.path == program.path(me):
        return _of_own_record(change, author, program, after)
    if change.manner == "edit":
        return frozenset({"somebody's record"})
    if not after:
        return frozenset({"sign-up"})
    if not _is_account(after, author):
        return frozenset({"person"})
    return frozenset({"sign-up", *doubts(change.path, after, program, today)})


def _of_own_record(
    change: Change, author: Author, program: Program, after: Value
) -> frozenset[Part]:
    if not after:
        return frozenset({"own words"})
    found: set[Part] = {"own words"}
    for key in changed_keys(change.before, change.after):
        if key in OWN_ACCOUNT and not (key != "id" and _is_account({key: after.get(key)}, author)):
            found.add("own account")
        elif key not in (*OWN_WORDS, *OWN_ACCOUNT):
            found.add("own cohorts")
        elif key == "name" and is_named_like_another([after.get(key)], change.path, program):
            found.add("like another")
    return frozenset(found)


def _is_account(inside: Value, author: Author) -> bool:
    """Whether a record names an author's account, by login, by number or by both alike."""
    login, number = inside.get("github"), inside.get("github_id")
    same_login = isinstance(login, str) and login.casefold() == author.login.casefold()
    same_number = type(number) is int and number == author.number
    is_named = login is not None or number is not None
    return is_named and (same_login or login is None) and (same_number or number is None)


def _of_check_in(
    change: Change, author: Author, program: Program, after: Value, received: date
) -> frozenset[Part]:
    at = PurePosixPath(change.path)
    match = _CHECK_IN.fullmatch(at.stem)
    who = match[2] if match else after.get("participant", author.participant)
    pair = program.pairs.get((at.parts[2], at.parts[3]))
    is_own = author.participant is not None and who == author.participant
    if not is_own or (pair is not None and who not in pair.people):
        return frozenset({"somebody's check-in"})
    return frozenset({"old check-in" if is_old(change, received) else "check-in"})


def _of_pair(
    change: Change, author: Author, program: Program, after: Value, _: date
) -> frozenset[Part]:
    at = PurePosixPath(change.path)
    pair = program.pairs.get((at.parts[2], at.stem))
    if pair is None or author.participant not in pair.people:
        return frozenset({"somebody's pair"})
    found: set[Part] = {"pair"}
    for key in changed_keys(change.before, change.after) if after else ():
        if key in PAIRS_PEOPLE:
            found.add("pair's people")
        elif key not in PAIRS_OWN or (pair.status in _OVER and key in PAIRS_COUNTED):
            found.add("pair's course")
    if after and rewrites_the_other(value(change.before), after, author.participant):
        found.add("other's words")
    return frozenset(found)


def _of_circle(
    change: Change, author: Author, program: Program, after: Value, today: date
) -> frozenset[Part]:
    at = PurePosixPath(change.path)
    circle = program.circles.get((at.parts[2], at.stem))
    if circle is None or author.participant not in circle.people:
        return frozenset({"somebody's circle"})
    found: set[Part] = {"circle"}
    changed = changed_keys(change.before, change.after) if after else ()
    if any(key not in CIRCLES_OWN for key in changed):
        found.add("circle's course")
    me, before = author.participant, value(change.before)
    is_led = me in circle.facilitators
    if after and not is_led and rewrites_the_past(before, after, me, today):
        found.add("circle's past")
    return frozenset(found)


def _named(inside: Value) -> set[str | None]:
    """Whom an event or a resource names."""
    named = [inside.get("suggested_by")]
    for key in ("hosts", "attended"):
        listed = inside.get(key)
        named += listed if isinstance(listed, list) else []
    return {who for who in named if isinstance(who, str)}


_OF_PEOPLE: Mapping[str, Callable[[Change, Author, Program, Value, date], frozenset[Part]]] = {
    "participant": _of_participant,
    "check-in": _of_check_in,
    "pair": _of_pair,
    "circle": _of_circle,
}
