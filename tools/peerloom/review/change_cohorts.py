"""Which cohorts a change is about: what the rights of a cohort's own coordinators go by."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from peerloom.kinds import kind_of_path
from peerloom.records import Program
from peerloom.review.pull_request import Change
from peerloom.review.record_keys import RecordKeys, read_keys

_NO_COHORTS: frozenset[str] = frozenset()


def list_cohorts_of_change(change: Change, program: Program) -> frozenset[str]:
    """The ids of the cohorts that a change is about; none where it is about anything else, too.

    `program` is the base's. A participant and an event belong to the cohorts that they name,
    before the change and after it; a survey to those that use it; everything else to the cohort
    of its path. A file that moves belongs to the cohorts of both of its places.
    """
    places = {change.path, change.moved_from or change.path}
    found = [_list_cohorts(path, change, program) for path in places]
    return frozenset().union(*found) if all(found) else _NO_COHORTS


def select_coordinated_cohorts(cohorts: frozenset[str], program: Program) -> frozenset[str]:
    """Those of some cohorts that have coordinators of their own."""
    return frozenset(
        id_ for id_ in cohorts if id_ in program.cohorts and program.cohorts[id_].coordinators
    )


def name_deciding_cohort(undecided: Iterable[frozenset[str]], program: Program) -> str | None:
    """The name of the cohort whose own coordinators can decide everything that is undecided.

    `undecided` has, for each change, the cohorts with coordinators of their own.
    """
    different = set(undecided)
    ids = different.pop() if len(different) == 1 else _NO_COHORTS
    names = [program.cohorts[id_].name for id_ in ids]
    return names[0] if len(names) == 1 else None


def _list_cohorts(path: str, change: Change, program: Program) -> frozenset[str]:
    kind, place = kind_of_path(path), PurePosixPath(path)
    match kind:
        case "pair" | "circle" | "check-in" | "follow-up" | "published":
            return frozenset({place.parts[2]})
        case "response":
            return frozenset({place.parts[3]})
        case "cohort":
            return frozenset({place.stem})
        case "survey":
            using = (c.id for c in program.cohorts.values() if place.stem in c.surveys)
            return frozenset(using)
        case "participant" | "event":
            return _list_named_cohorts(change)
    return _NO_COHORTS


def _list_named_cohorts(change: Change) -> frozenset[str]:
    """The cohorts that a record names before the change and after it.

    What an unreadable record belonged to is not known, and so nobody's alone. One that becomes
    unreadable is not merged, and is judged by what it was.
    """
    before, after = (read_keys(data) for data in (change.before, change.after))
    versions = [before] if change.before is not None else []
    versions += [after] if after else []
    named = [_read_cohorts(keys) for keys in versions]
    return frozenset().union(*named) if all(named) else _NO_COHORTS


def _read_cohorts(keys: RecordKeys) -> frozenset[str]:
    """The cohorts under `cohorts`, by id, or in the memberships of a participant."""
    entries = keys.get("cohorts")
    if not isinstance(entries, list):
        return _NO_COHORTS
    ids = [entry.get("cohort") if isinstance(entry, dict) else entry for entry in entries]
    return frozenset(map(str, ids))
