"""Mentors who have taken on too much."""

from collections.abc import Iterator

from peerloom.model import Pair
from peerloom.schedule import STATUSES_TAKING_TIME, is_working
from peerloom.signals.signal import Limits, Observation, SignalDefinition, Stage, Subject
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

_TOO_MANY = Stage(
    urgency=1,
    threshold=mark(
        "more than they offered in a cohort, or than {most} in all running cohorts where they "
        "gave no number; a team counts as one"
    ),
    next_step=mark("propose nobody else for them, and ask which pair they would hand over"),
)


def find_overloaded_mentors(subject: Subject, limits: Limits) -> Iterator[Observation]:
    """Somebody mentors more than they offered to, or more than one person can look after."""
    for mentor in sorted({p.mentor for p in _list_pairs(subject) if p.mentor}):
        offered = _find_offer(subject, mentor, subject.cohort.id)
        if offered is not None:
            pairs = [p for p in _list_places(subject, mentor) if p.cohort == subject.cohort.id]
            most = offered
        else:
            pairs = [
                pair
                for pair in _list_places(subject, mentor)
                if _find_offer(subject, mentor, pair.cohort) is None
            ]
            most = int(limits["most"])
        # Without a number a mentor in several cohorts is reported once, in the first of them.
        if len(pairs) > most and min(p.cohort for p in pairs) == subject.cohort.id:
            yield _observe_overload(subject, mentor, pairs, most, is_offer=offered is not None)


def _observe_overload(
    subject: Subject, mentor: str, pairs: list[Pair], most: int, *, is_offer: bool
) -> Observation:
    cohorts = subject.program.cohorts
    starts = sorted(p.started_on or p.proposed_on or cohorts[p.cohort].starts for p in pairs)
    sentence = _("{name} mentors {number} at a time; {most} are plenty")
    if is_offer:
        sentence = _("{name} mentors {number} at a time, and offered to mentor {most}")
    return Observation(
        stage=_TOO_MANY,
        since=min(starts[most], subject.today),
        why=sentence.format(name=subject.name_person(mentor), number=len(pairs), most=most),
        people=(mentor,),
    )


def _find_offer(subject: Subject, mentor: str, cohort: str) -> int | None:
    """How many mentees somebody offered to mentor in a cohort; None where they gave no number."""
    person = subject.program.participants.get(mentor)
    offers = [
        part.capacity
        for part in (person.cohorts if person else ())
        if part.cohort == cohort and part.role != "mentee" and part.capacity is not None
    ]
    return max(offers, default=None)


def _list_pairs(subject: Subject) -> tuple[Pair, ...]:
    return subject.program.pairs_of(subject.cohort.id)


def _list_places(subject: Subject, mentor: str) -> list[Pair]:
    """The first pair of each place that a mentor has taken in cohorts that are running.

    Those of a cohort that begins later may come when others have ended.
    """
    places: dict[tuple[str, str], Pair] = {}
    for pair in subject.program.pairs_with(mentor):
        cohort = subject.program.cohorts.get(pair.cohort)
        has_begun = cohort is not None and cohort.starts <= subject.today
        is_open = cohort is not None and has_begun and is_working(cohort, pair, subject.today)
        if pair.mentor == mentor and pair.status in STATUSES_TAKING_TIME and is_open:
            place = f"team {pair.team}" if pair.team else pair.id
            places.setdefault((pair.cohort, place), pair)
    return list(places.values())


OVER_CAPACITY = SignalDefinition(
    id="over-capacity",
    check=find_overloaded_mentors,
    stages=(_TOO_MANY,),
    limits={"most": 3},
    scope="cohort",
)
