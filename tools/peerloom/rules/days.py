"""Rules about the days on which facts came about."""

from collections.abc import Iterator
from datetime import date

from peerloom import schema
from peerloom.as_of import MissingDay, find_missing_days
from peerloom.kinds import kind_of_record
from peerloom.model import Circle, Pair
from peerloom.records import Program
from peerloom.rules.rule import Finding
from peerloom.text.codes import code_in_words

# For each sort of fact, what must be said of it.
_WORDS = {
    "goal": "a goal must say when it was set",
    "decision": "a decision must say when it was made",
    "break": "a break must say when it begins",
    "proposed": "a {kind} that is {status} must say when it was proposed",
    "started": "a {kind} that is {status} must say when it began",
    "paused": "a {kind} that is {status} must say when its pause began",
}
# What to add, where that is more than a key with a date.
_HELPS = {
    "pauses": "add 'pauses' with its first day as 'starts'",
    "breaks": "list it under 'breaks', with its first day as 'starts' and its last as 'ends'",
}


def facts_have_days(program: Program, _: date) -> Iterator[Finding]:
    """Goals, breaks, decisions and statuses say since when they are so."""
    is_public = program.settings.visibility == "public"
    for missing in find_missing_days(program):
        record, sort = missing.record, missing.fact.partition(" ")[0]
        kind = "pair" if isinstance(record, Pair) else "circle"
        status = record.status if isinstance(record, Pair | Circle) else ""
        if sort not in _WORDS or _is_error_elsewhere(sort, status):
            continue
        if is_public and not _is_public(missing):
            continue
        message = _WORDS[sort].format(kind=kind, status=code_in_words(status))
        help_ = _HELPS.get(missing.key, f"add '{missing.key}' with the date")
        why = "; what pages and reports say of earlier days depends on it"
        yield Finding(where=record, keys=missing.keys, message=message, help=help_ + why)


def _is_public(missing: MissingDay) -> bool:
    """Whether everybody may see the day; else no public repository may hold it."""
    group = missing.keys[:1] if len(missing.keys) > 1 else ()
    path = (*map(str, group), missing.key)
    return schema.audience_of_field(kind_of_record(missing.record).name, path) == "public"


def _is_error_elsewhere(sort: str, status: str) -> bool:
    """Whether the rules about beginnings and endings say so already, or ask for a later day."""
    if sort == "proposed":
        return status != "proposed"
    return sort == "ended" or (sort == "started" and status in ("active", "paused"))
