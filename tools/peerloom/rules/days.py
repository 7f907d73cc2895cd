"""Rules about the days on which facts came about."""

from collections.abc import Iterator
from datetime import date

from peerloom import schema
from peerloom.as_of import MissingDay, find_missing_days
from peerloom.diagnostic import quoted
from peerloom.kinds import kind_of_record
from peerloom.model import Circle, Pair
from peerloom.records import Program
from peerloom.rules.rule import Finding
from peerloom.source import Keys
from peerloom.text.codes import code_in_words
from peerloom.text.dates import full_date

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


def breaks_and_stays_end_after_they_begin(program: Program, today: date) -> Iterator[Finding]:
    """A break, and a stay in a circle, end after they begin; whoever left is not in the circle."""
    for person in program.participants.values():
        for index, each in enumerate(person.breaks):
            if each.ends < each.starts:
                keys: Keys = ("breaks", index, "ends")
                message = f"the break must not end before it starts, {full_date(each.starts)}"
                yield Finding(where=person, keys=keys, message=message, help="correct its dates")
    for circle in program.circles.values():
        yield from _find_wrong_stays(circle, today)


def _find_wrong_stays(circle: Circle, today: date) -> Iterator[Finding]:
    here = {stay.participant for stay in circle.stays if stay.covers(today)}
    for index, stay in enumerate(circle.stays):
        if stay.joined_on and stay.left_on and stay.left_on <= stay.joined_on:
            message = f"the stay must end after it begins, {full_date(stay.joined_on)}"
            keys: Keys = ("stays", index, "left_on")
            yield Finding(where=circle, keys=keys, message=message, help="correct its dates")
        elif stay.left_on and stay.left_on <= today and stay.participant in {*circle.people} - here:
            message = f"{quoted(stay.participant)}, who left, must not be in the circle"
            help_ = "take them out of 'members' and 'facilitators', or delete 'left_on' here"
            keys = ("stays", index, "participant")
            yield Finding(where=circle, keys=keys, message=message, help=help_)
