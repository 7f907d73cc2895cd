"""Which rows of the policy a change falls under, by its path and by what is inside."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any, cast

from peerloom.kinds import kind_of_path
from peerloom.ownership import runs_something
from peerloom.records import Program
from peerloom.review.author import Author, gives_account
from peerloom.review.check_in_timing import is_old
from peerloom.review.policy import RowName
from peerloom.review.policy.row import (
    CIRCLE_WORDS,
    COHORT_COORDINATORS,
    COORDINATORS_WORDS,
    OWN_ACCOUNT,
    OWN_WORDS,
    PAIR_PEOPLE,
    PAIR_RESULTS,
    PAIR_WORDS,
)
from peerloom.review.pull_request import Change
from peerloom.review.record_keys import RecordKeys, list_changed_keys, read_keys
from peerloom.review.rewritten_words import rewrites_other_person, rewrites_past_meetings
from peerloom.review.sign_up_doubts import find_sign_up_doubts, is_named_like_another

# A pair that is over has been counted with what it had reached then.
_OVER = frozenset({"completed", "ended_early"})
_CHECK_IN_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+)")


def classify_change(
    change: Change, author: Author, program: Program, received: date
) -> frozenset[RowName]:
    """The rows that a change falls under; `program` is the base's, `received` when it came in.

    A record that cannot be read is taken for what its path says: its mistakes are found
    elsewhere, and nothing with mistakes is merged.
    """
    if change.manner == "odd name":  # wherever it lies, it may keep everybody from a clone
        return frozenset({"odd name"})
    if not change.is_content:
        return frozenset({"outside"})
    paths = (change.path, change.moved_from or change.path)
    outside: frozenset[RowName] = frozenset({"outside"} if any(map(runs_something, paths)) else ())
    if change.manner not in ("new", "edit"):
        return outside | {cast("RowName", change.manner)}
    return outside | _classify_record(change, author, program, received)


def _classify_record(
    change: Change, author: Author, program: Program, received: date
) -> frozenset[RowName]:
    kind = kind_of_path(change.path)
    if kind is None:
        is_for_pages = change.path.startswith("content/pages/")
        return frozenset({"shared" if is_for_pages else "no record"})
    after = read_keys(change.after)
    if _names_another_record(kind, change.path, after, program):
        return frozenset({"names another"})
    if kind in ("event", "resource") and change.manner == "new":
        names_others = bool(_list_people_named(after) - {author.participant})
        return frozenset({"suggestion for another" if names_others else "suggestion"})
    if kind in _CLASSIFIERS:
        return _CLASSIFIERS[kind](change, author, program, after, received)
    return frozenset({_ROWS_OF_OTHER_KINDS.get(kind, "program")})


def _classify_cohort(
    change: Change, _author: Author, _program: Program, after: RecordKeys, _: date
) -> frozenset[RowName]:
    changed = set(list_changed_keys(change.before, change.after)) if after else set()
    if changed & set(COHORT_COORDINATORS):
        return frozenset({"cohort", "cohort's coordinators"})
    return frozenset({"cohort"})


def _names_another_record(kind: str, path: str, record: RecordKeys, program: Program) -> bool:
    """Whether a record's keys are those of something else that exists."""
    place = PurePosixPath(path)
    if kind == "check-in":
        match = _CHECK_IN_NAME.fullmatch(place.stem)
        participant = record.get("participant")
        pair = (record.get("cohort"), record.get("pair"))
        is_by_another = match is not None and participant != match[2]
        return (is_by_another and _is_known(participant, program.participants)) or (
            pair != place.parts[2:4] and _is_known(pair, program.pairs)
        )
    if kind in ("pair", "circle"):
        keys = (record.get("cohort"), record.get("id"))
        known = program.pairs if kind == "pair" else program.circles
        return keys != (place.parts[2], place.stem) and _is_known(keys, known)
    records_by_kind: dict[str, Mapping[Any, Any]] = {
        "participant": program.participants,
        "event": program.events,
        "resource": program.resources,
        "cohort": program.cohorts,
        "survey": program.surveys,
    }
    id_ = record.get("id")
    return id_ != place.stem and _is_known(id_, records_by_kind.get(kind, {}))


def _is_known(key: Any, known: Mapping[Any, Any]) -> bool:
    """Whether there is something by this key, whose words may be of any type."""
    words = key if isinstance(key, tuple) else (key,)
    return all(isinstance(word, str) for word in words) and key in known


def _classify_participant(
    change: Change, author: Author, program: Program, after: RecordKeys, received: date
) -> frozenset[RowName]:
    changed = set(list_changed_keys(change.before, change.after)) if after else set()
    rows = _classify_person(change, author, program, after, received)
    return rows | {"coordinators' note"} if changed & set(COORDINATORS_WORDS) else rows


def _classify_person(
    change: Change, author: Author, program: Program, after: RecordKeys, received: date
) -> frozenset[RowName]:
    me = program.participants.get(author.participant or "")
    if me is not None and change.path == program.path(me):
        return _classify_own_record(change, author, program, after)
    account: frozenset[RowName] = frozenset()
    if author.cohorts and gives_account(read_keys(change.before), after, program):
        account = frozenset({"somebody's account"})
    if change.manner == "edit":
        return account | {"somebody's record"}
    if not after:
        return frozenset({"sign-up"})
    if not _names_account(after, author):
        return account | {"person"}
    return frozenset({"sign-up", *find_sign_up_doubts(change.path, after, program, received)})


def _classify_own_record(
    change: Change, author: Author, program: Program, after: RecordKeys
) -> frozenset[RowName]:
    if not after:
        return frozenset({"own words"})
    rows: set[RowName] = {"own words"}
    for key in list_changed_keys(change.before, change.after):
        if key in OWN_ACCOUNT:
            is_the_authors = key != "id" and _names_account({key: after.get(key)}, author)
            rows |= set() if is_the_authors else {"own account"}
        elif key not in (*OWN_WORDS, *COORDINATORS_WORDS):
            rows.add("own cohorts")
        elif key == "name" and is_named_like_another([after.get(key)], change.path, program):
            rows.add("like another")
    return frozenset(rows)


def _names_account(record: RecordKeys, author: Author) -> bool:
    """Whether a record names an author's account, by login, by number or by both alike."""
    login, number = record.get("github"), record.get("github_id")
    is_same_login = isinstance(login, str) and login.casefold() == author.login.casefold()
    is_same_number = type(number) is int and number == author.number
    names_one = login is not None or number is not None
    return names_one and (is_same_login or login is None) and (is_same_number or number is None)


def _classify_check_in(
    change: Change, author: Author, program: Program, after: RecordKeys, received: date
) -> frozenset[RowName]:
    path = PurePosixPath(change.path)
    match = _CHECK_IN_NAME.fullmatch(path.stem)
    participant = match[2] if match else after.get("participant", author.participant)
    pair = program.pairs.get((path.parts[2], path.parts[3]))
    is_own = author.participant is not None and participant == author.participant
    if not is_own or (pair is not None and participant not in pair.people):
        return frozenset({"somebody's check-in"})
    return frozenset({"old check-in" if is_old(change, received) else "check-in"})


def _classify_pair(
    change: Change, author: Author, program: Program, after: RecordKeys, _: date
) -> frozenset[RowName]:
    path = PurePosixPath(change.path)
    pair = program.pairs.get((path.parts[2], path.stem))
    if pair is None or author.participant not in pair.people:
        return frozenset({"somebody's pair"})
    rows: set[RowName] = {"pair"}
    for key in list_changed_keys(change.before, change.after) if after else ():
        if key in PAIR_PEOPLE:
            rows.add("pair's people")
        elif key not in PAIR_WORDS or (pair.status in _OVER and key in PAIR_RESULTS):
            rows.add("pair's course")
    if after and rewrites_other_person(read_keys(change.before), after, author.participant):
        rows.add("other's words")
    return frozenset(rows)


def _classify_circle(
    change: Change, author: Author, program: Program, after: RecordKeys, today: date
) -> frozenset[RowName]:
    path = PurePosixPath(change.path)
    circle = program.circles.get((path.parts[2], path.stem))
    if circle is None or author.participant not in circle.people:
        return frozenset({"somebody's circle"})
    rows: set[RowName] = {"circle"}
    changed = list_changed_keys(change.before, change.after) if after else ()
    if any(key not in CIRCLE_WORDS for key in changed):
        rows.add("circle's course")
    me, before = author.participant, read_keys(change.before)
    facilitates = me in circle.facilitators
    if after and not facilitates and rewrites_past_meetings(before, after, me, today):
        rows.add("circle's past")
    return frozenset(rows)


def _list_people_named(record: RecordKeys) -> set[str | None]:
    """The people whom an event or a resource names."""
    named = [record.get("suggested_by")]
    for key in ("hosts", "attended"):
        people = record.get(key)
        named += people if isinstance(people, list) else []
    return {person for person in named if isinstance(person, str)}


_Classifier = Callable[[Change, Author, Program, RecordKeys, date], frozenset[RowName]]
_CLASSIFIERS: Mapping[str, _Classifier] = {
    "participant": _classify_participant,
    "check-in": _classify_check_in,
    "pair": _classify_pair,
    "circle": _classify_circle,
    "cohort": _classify_cohort,
}
# The program and everything that these do not name fall under its own row.
_ROWS_OF_OTHER_KINDS: Mapping[str, RowName] = {
    "event": "shared",
    "resource": "shared",
    "training": "shared",
    "page": "shared",
    "survey": "cohort",
    "response": "cohort",
    "follow-up": "follow-up",
    "published": "published",
}
