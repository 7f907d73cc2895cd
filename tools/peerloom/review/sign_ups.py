"""What a coordinator looks at before somebody takes part: when they ask, and under which name."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import PurePosixPath

from peerloom.model import Cohort
from peerloom.records import Program
from peerloom.review.likeness import is_like_one_of
from peerloom.review.policy import Part
from peerloom.review.values import Value


def doubts(path: str, after: Value, program: Program, today: date) -> frozenset[Part]:
    """The rows that a new participant falls under besides that of a sign-up."""
    parts = list(_parts(after, program))
    times = (_out_of_time(cohort, today) for cohort, _ in parts)
    found: set[Part] = {part for part in times if part is not None}
    if any(cohort.selects and state != "applied" for cohort, state in parts):
        found.add("decided sign-up")
    names = (PurePosixPath(path).stem, after.get("id"), after.get("name"))
    if is_named_like_another(names, path, program):
        found.add("like another")
    return frozenset(found)


def _parts(inside: Value, program: Program) -> Iterator[tuple[Cohort, object]]:
    """The cohorts that a record names, and where it says that the person stands in each."""
    memberships = inside.get("cohorts")
    for membership in memberships if isinstance(memberships, list) else ():
        id_ = membership.get("cohort") if isinstance(membership, dict) else None
        if isinstance(id_, str) and id_ in program.cohorts:
            yield program.cohorts[id_], membership.get("state")


def _out_of_time(cohort: Cohort, today: date) -> Part | None:
    window = cohort.applications
    if today > cohort.ends or (window and today > window.closes):
        return "late sign-up"
    return "early sign-up" if window and today < window.opens else None


def is_named_like_another(names: Iterable[object], path: str, program: Program) -> bool:
    """Whether names of the participant at a path can be taken for others' or a coordinator's."""
    others = [person for person in program.participants.values() if program.path(person) != path]
    known = {name for person in others for name in (person.name, person.id)}
    known |= {*program.settings.coordinators}
    return any(is_like_one_of(name, known) for name in names if isinstance(name, str))
