"""Mentors who have taken on too much."""

from collections.abc import Iterator

from peerloom.model import Pair
from peerloom.schedule import STATUSES_TAKING_TIME, is_working
from peerloom.signals.signal import Observation, SignalDefinition, Stage, Subject
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

# More mentees at a time than this are too many, whatever somebody offered.
_MOST_MENTEES = 3

_TOO_MANY = Stage(
    urgency=1,
    threshold=mark("more than {most} at a time in all running cohorts, counting a team as one"),
    numbers={"most": _MOST_MENTEES},
    next_step=mark("propose nobody else for them, and ask which pair they would hand over"),
)


def find_overloaded_mentors(subject: Subject) -> Iterator[Observation]:
    """Somebody mentors more pairs than one person can look after."""
    program, cohort = subject.program, subject.cohort
    for mentor in sorted({p.mentor for p in program.pairs_of(cohort.id) if p.mentor}):
        pairs = _list_pairs_by_place(subject, mentor)
        # A mentor in several cohorts is reported once, in the first of them.
        if len(pairs) <= _MOST_MENTEES or min(p.cohort for p in pairs) != cohort.id:
            continue
        starts = sorted(p.started_on or program.cohorts[p.cohort].starts for p in pairs)
        name = subject.name_person(mentor)
        yield Observation(
            stage=_TOO_MANY,
            since=min(starts[_MOST_MENTEES], subject.today),
            why=_("{name} mentors {number} at a time; {most} are plenty").format(
                name=name, number=len(pairs), most=_MOST_MENTEES
            ),
            people=(mentor,),
        )


def _list_pairs_by_place(subject: Subject, mentor: str) -> list[Pair]:
    """The first pair of each place that a mentor has taken in cohorts that are not over."""
    places: dict[tuple[str, str], Pair] = {}
    for pair in subject.program.pairs_with(mentor):
        cohort = subject.program.cohorts.get(pair.cohort)
        is_open = cohort is not None and is_working(cohort, pair, subject.today)
        if pair.mentor == mentor and pair.status in STATUSES_TAKING_TIME and is_open:
            place = f"team {pair.team}" if pair.team else pair.id
            places.setdefault((pair.cohort, place), pair)
    return list(places.values())


OVER_CAPACITY = SignalDefinition(
    id="over-capacity", check=find_overloaded_mentors, stages=(_TOO_MANY,), scope="cohort"
)
