"""What a coordinator looks at before somebody takes part: when they ask, and under which name."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import PurePosixPath

from peerloom.model import Cohort
from peerloom.records import Program
from peerloom.review.author import list_coordinator_logins
from peerloom.review.policy import RowName
from peerloom.review.record_keys import RecordKeys
from peerloom.review.similar_names import is_similar_to_any

# What is today for somebody may have been yesterday, or tomorrow, where the program is.
_ONE_DAY = timedelta(days=1)


def find_sign_up_doubts(
    path: str, after: RecordKeys, program: Program, today: date
) -> frozenset[RowName]:
    """The rows that a new participant falls under besides that of a sign-up."""
    parts = list(_find_parts(after, program))
    rows = (_check_window(cohort, today) for cohort, *_ in parts)
    doubts: set[RowName] = {row for row in rows if row is not None}
    if any(
        cohort.selects and (state != "applied" or _is_before(applied_on, today - _ONE_DAY))
        for cohort, state, applied_on in parts
    ):
        doubts.add("decided sign-up")
    names = (PurePosixPath(path).stem, after.get("id"), after.get("name"))
    if is_named_like_another(names, path, program):
        doubts.add("like another")
    return frozenset(doubts)


def _find_parts(record: RecordKeys, program: Program) -> Iterator[tuple[Cohort, object, object]]:
    """The cohorts that a participant's record names, where they stand in each, and since when."""
    memberships = record.get("cohorts")
    for membership in memberships if isinstance(memberships, list) else ():
        id_ = membership.get("cohort") if isinstance(membership, dict) else None
        if isinstance(id_, str) and id_ in program.cohorts:
            yield program.cohorts[id_], membership.get("state"), membership.get("applied_on")


def _is_before(day: object, other: date) -> bool:
    """Whether a day, as a record says it, is before another one; a text that is no day is not."""
    return day is not None and str(day) < other.isoformat()


def _check_window(cohort: Cohort, today: date) -> RowName | None:
    """The row for a sign-up outside of the time in which a cohort takes applications."""
    window = cohort.applications
    if cohort.is_over(today) or (window and today > window.closes):
        return "late sign-up"
    return "early sign-up" if window and today < window.opens else None


def is_named_like_another(names: Iterable[object], path: str, program: Program) -> bool:
    """Whether names of the participant at a path can be taken for others' or a coordinator's."""
    others = [person for person in program.participants.values() if program.path(person) != path]
    known = {name for person in others for name in (person.name, person.id)}
    known |= list_coordinator_logins(program)
    return any(is_similar_to_any(name, known) for name in names if isinstance(name, str))
