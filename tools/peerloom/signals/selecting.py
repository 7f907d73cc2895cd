"""Applications that nobody has decided on, and people who wait for a place that is free."""

from collections.abc import Iterator
from datetime import date, timedelta

from peerloom.matching.applicants import find_applicants
from peerloom.model import Role
from peerloom.progress.selection import SignedUp, list_signed_up, next_in_line
from peerloom.signals.signal import Limits, Observation, SignalDefinition, Stage, Subject
from peerloom.text.dates import full_date
from peerloom.text.numbers import whole_number
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark, ngettext

_UNDECIDED = Stage(
    urgency=2,
    threshold=mark("applications have closed"),
    next_step=mark("decide on each with 'peerloom decide', and send the text that it prints"),
)
_PLACE_FREE = Stage(
    urgency=2,
    threshold=mark("a place more than accepted mentees need, or a mentee more than places"),
    next_step=mark("ask whether they still want it, and accept them with 'peerloom decide'"),
)


def find_undecided_applications(subject: Subject, _limits: Limits) -> Iterator[Observation]:
    """Applications have closed, and nobody has decided on some of them."""
    cohort, today = subject.cohort, subject.today
    closed_on = cohort.applications.closes if cohort.applications else cohort.starts
    if not cohort.selects or today <= closed_on or cohort.is_over(today):
        return
    applied = list_signed_up(subject.program, cohort, today)["applied"]
    if applied:
        first = max(closed_on + timedelta(days=1), min(_days(applied), default=closed_on))
        people = len({each.person.id for each in applied})
        why = ngettext(
            "{number} person has applied, and nobody has decided",
            "{number} people have applied, and nobody has decided",
            people,
        ).format(number=whole_number(people))
        yield Observation(stage=_UNDECIDED, since=min(first, today), why=why)


def find_free_places(subject: Subject, _limits: Limits) -> Iterator[Observation]:
    """Somebody waits, and a place is free that no accepted person needs."""
    program, cohort, today = subject.program, subject.cohort, subject.today
    if not cohort.selects or cohort.is_over(today):
        return
    waiting = list_signed_up(program, cohort, today)["waiting"]
    if not waiting:
        return
    applicants = find_applicants(program, cohort, today)
    places = sum(mentor.places for mentor in applicants.mentors if not mentor.is_open_role)
    in_need = sum(
        len(seeker.unmatched_people) for seeker in applicants.seekers if not seeker.is_open_role
    )
    role: Role = "mentee" if places > in_need else "mentor"
    in_line = next_in_line(waiting, role)
    if places == in_need or not in_line:
        return
    yield _observe_free_place(in_line, places - in_need, today)


def _observe_free_place(in_line: tuple[SignedUp, ...], free: int, today: date) -> Observation:
    """That the first in line can have a place; `free` is negative where mentees have no mentor."""
    first = in_line[0]
    since = first.part.decided_on or first.applied_on or today
    sentence = _("{reason}, and {name} is first in line")
    if first.applied_on:
        sentence = _("{reason}, and {name}, who applied on {date}, is first in line")
    others = len(in_line) - 1
    if others:
        sentence += ngettext("; {number} other waits", "; {number} others wait", others)
    return Observation(
        stage=_PLACE_FREE,
        since=min(since, today),
        why=sentence.format(
            reason=_why_a_place_is_free(free),
            name=first.person.name,
            date=full_date(first.applied_on) if first.applied_on else "",
            number=whole_number(others),
        ),
        people=(first.person.id,),
    )


def _why_a_place_is_free(free: int) -> str:
    number = whole_number(abs(free))
    if free > 0:
        sentence = ngettext("{number} place is free", "{number} places are free", free)
    else:
        sentence = ngettext(
            "{number} mentee has no mentor to come",
            "{number} mentees have no mentor to come",
            -free,
        )
    return sentence.format(number=number)


def _days(signed_up: tuple[SignedUp, ...]) -> list[date]:
    return [each.applied_on for each in signed_up if each.applied_on]


UNDECIDED = SignalDefinition(
    id="undecided",
    check=find_undecided_applications,
    stages=(_UNDECIDED,),
    scope="cohort",
    before_start=True,
)
PLACE_FREE = SignalDefinition(
    id="place-free",
    check=find_free_places,
    stages=(_PLACE_FREE,),
    scope="cohort",
    before_start=True,
)
