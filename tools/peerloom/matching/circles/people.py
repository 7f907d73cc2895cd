"""Everybody of a cohort by number: who can be in a circle, and what some of them share.

People are numbered in the order of their ids.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import and_, or_

from peerloom.matching import constraints
from peerloom.matching.applicant_data import ApplicantData
from peerloom.matching.applicants import Applicants
from peerloom.matching.availability import STEPS, WHOLE_WEEK
from peerloom.matching.constraints import ConstraintChecker
from peerloom.matching.explanation.why_unmatched import Barrier
from peerloom.model import CircleKind, Participant, Role
from peerloom.schedule import STATUSES_TAKING_TIME
from peerloom.text.translation import gettext as _

# A circle that is over gave its people what this cohort had to give.
_STILL_COUNTS = frozenset({"proposed", "active", "completed"})
# A meeting takes an hour: four quarters in a row.
_MEETING = 4
_NOT_MENTORING = Barrier(
    id="not mentoring",
    why="they mentor nobody in this cohort and have no place for anybody",
    change="ask whether they would take a mentee, and set 'capacity'",
)


@dataclass(frozen=True, slots=True)
class SharedByCircle:
    """What some people share, as bits: when a free hour may start in each stretch, and languages.

    `people` are they themselves, as bits by number.
    """

    people: int
    hours: tuple[int, ...]
    languages: int


@dataclass(frozen=True, kw_only=True)
class CirclePeople:
    """Everybody of a cohort, for circles of one kind with `at_least` to `at_most` people.

    `alone` is what each person shares with themself, and `apart` with whom each must not be in
    one circle: people as bits, by the id of the constraint that says so. People who have not stated
    when they are free are taken as always free. A common language is always needed. `free` are
    those who are in no circle of the kind, and `not_ready` says what keeps some of these from any.
    """

    data: ApplicantData
    kind: CircleKind
    at_least: int
    at_most: int
    alone: tuple[SharedByCircle, ...]
    apart: tuple[dict[str, int], ...]
    languages: tuple[str, ...]
    free: tuple[int, ...]
    not_ready: dict[int, Barrier]

    @property
    def people(self) -> tuple[Participant, ...]:
        """The people, by number."""
        return self.data.applicants.people

    @cached_property
    def ready(self) -> frozenset[int]:
        """Everybody who could be in a circle that is made now."""
        return frozenset(self.free) - self.not_ready.keys()

    @cached_property
    def _apart_from(self) -> tuple[int, ...]:
        """The people with whom each must not be in one circle for whatever reason, as bits."""
        return tuple(reduce(or_, masks.values(), 0) for masks in self.apart)

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """The role that each signed up for."""
        mentees, mentors = self.data.applicants.seeker_numbers, self.data.applicants.mentor_numbers
        return tuple(
            "mentee" if p.id not in mentors else "mentor" if p.id not in mentees else "either"
            for p in self.people
        )

    @cached_property
    def waited(self) -> tuple[tuple[int, int], ...]:
        """How long each has waited, negative so that those come first who waited longest."""
        longest = {mentor.id: mentor.waited for mentor in self.data.applicants.mentors}
        for seeker in self.data.applicants.seekers:
            for person in seeker.people:
                longest[person.id] = max(seeker.waited, longest.get(person.id, seeker.waited))
        return tuple((-longest[p.id][0], -longest[p.id][1]) for p in self.people)

    def add_to_common(self, common: SharedByCircle, n: int) -> SharedByCircle:
        """What people share once one more is with them."""
        other = self.alone[n]
        hours = tuple(map(and_, common.hours, other.hours))
        return SharedByCircle(common.people | 1 << n, hours, common.languages & other.languages)

    def find_common(self, numbers: Iterable[int]) -> SharedByCircle:
        """What these people share."""
        first, *others = numbers
        common = self.alone[first]
        for n in others:
            common = self.add_to_common(common, n)
        return common

    def count_starts(self, common: SharedByCircle, n: int) -> int:
        """The number of times in a week, the worst one, when an hour can start with one more.

        It is 0 where they share no hour or no language, or must be apart.
        """
        other = self.alone[n]
        if not common.languages & other.languages or self._apart_from[n] & common.people:
            return 0
        return min(map(int.bit_count, map(and_, common.hours, other.hours)))

    def find_broken(self, common: SharedByCircle, n: int) -> list[str]:
        """Ids of the constraints that keep somebody from joining some people."""
        other = self.alone[n]
        broken = []
        if not all(map(and_, common.hours, other.hours)):
            broken.append("hours")
        if not common.languages & other.languages:
            broken.append("language")
        return broken + sorted(id_ for id_, mask in self.apart[n].items() if mask & common.people)

    def lift_constraint(self, constraint: str) -> "CirclePeople":
        """The same people as if `hours`, `language` or `apart` did not matter."""
        if constraint == "apart":
            return replace(self, apart=({},) * len(self.apart))
        if constraint == "hours":
            always = [replace(one, hours=(WHOLE_WEEK,) * len(one.hours)) for one in self.alone]
            return replace(self, alone=tuple(always))
        return replace(self, alone=tuple(replace(one, languages=1) for one in self.alone))

    def list_languages(self, common: SharedByCircle) -> list[str]:
        """The tags of the languages that all of some people speak."""
        return [tag for n, tag in enumerate(self.languages) if common.languages >> n & 1]


def find_circle_people(
    applicants: Applicants, kind: CircleKind, at_least: int, at_most: int
) -> CirclePeople:
    """Everybody of a cohort, for circles of a kind. Raises `ValueError` if no size is possible."""
    size = applicants.program.settings.defaults.circle_size
    least, most = (min(max(n, size.at_least), size.at_most) for n in (at_least, at_most))
    if not 2 <= least <= most:
        raise ValueError(f"no group has at least {least} and at most {most} people")
    data = ApplicantData(applicants)
    checker = ConstraintChecker(data, constraints.CONSTRAINTS)
    spoken = [frozenset(applicants.languages_of(person)) for person in applicants.people]
    languages = tuple(sorted(frozenset[str]().union(*spoken)))
    free = _find_free(applicants, kind)
    return CirclePeople(
        data=data,
        kind=kind,
        at_least=least,
        at_most=most,
        alone=tuple(
            SharedByCircle(
                people=1 << n,
                hours=_find_hour_starts(data, person),
                languages=sum(1 << languages.index(tag) for tag in spoken[n]),
            )
            for n, person in enumerate(applicants.people)
        ),
        apart=_find_apart(checker, applicants.people),
        languages=languages,
        free=free,
        not_ready=_find_not_ready(data, checker, kind, free),
    )


def _find_free(applicants: Applicants, kind: CircleKind) -> tuple[int, ...]:
    """Those who are in no circle of a kind; for supervision groups, of those who mentor."""
    placed = _list_placed(applicants, kind)
    return tuple(
        n
        for n, person in enumerate(applicants.people)
        if person.id not in placed and (kind == "circle" or person.id in applicants.mentor_numbers)
    )


def find_away(applicants: Applicants, kind: CircleKind) -> dict[str, tuple[Participant, Role]]:
    """Whoever would be looked at for a circle of a kind and takes a break, with the role, by id."""
    placed = _list_placed(applicants, kind)
    return {
        person.id: (person, membership.role)
        for person, membership in applicants.away
        if person.id not in placed and (kind == "circle" or membership.role != "mentee")
    }


def _list_placed(applicants: Applicants, kind: CircleKind) -> set[str]:
    """The ids of those who are in a circle of a kind."""
    circles = applicants.program.circles_of(applicants.cohort.id)
    standing = [c for c in circles if c.kind == kind and c.status in _STILL_COUNTS]
    return {who for circle in standing for who in circle.people}


def _find_hour_starts(data: ApplicantData, person: Participant) -> tuple[int, ...]:
    """When a free hour may start for somebody, as bits of each stretch's week."""
    weeks = data.calendar.weeks_of(person)
    if not person.availability:
        return (WHOLE_WEEK,) * len(weeks)
    starts = []
    for week in weeks:
        hours = week
        for n in range(1, _MEETING):
            hours &= week >> n | week << (STEPS - n) & WHOLE_WEEK
        starts.append(hours)
    return tuple(starts)


def _find_apart(
    checker: ConstraintChecker, people: Sequence[Participant]
) -> tuple[dict[str, int], ...]:
    numbers = {person.id: n for n, person in enumerate(people)}
    apart: tuple[dict[str, int], ...] = tuple({} for _ in people)
    for constraint, ids in checker.find_people_apart():
        together = {numbers[who] for who in ids if who in numbers}
        mask = sum(1 << n for n in together)
        for n in together if len(together) > 1 else ():
            apart[n][constraint.id] = apart[n].get(constraint.id, 0) | mask & ~(1 << n)
    return apart


def _find_not_ready(
    data: ApplicantData, checker: ConstraintChecker, kind: CircleKind, free: Iterable[int]
) -> dict[int, Barrier]:
    """What keeps some of those who are free from any circle."""
    applicants = data.applicants
    pairs = applicants.program.pairs_of(applicants.cohort.id)
    busy = Counter(
        w for p in pairs if p.status in STATUSES_TAKING_TIME for w in (p.mentor, *p.peers)
    )
    not_ready: dict[int, Barrier] = {}
    for n in free:
        person = applicants.people[n]
        mentor = applicants.mentor_numbers.get(person.id)
        is_mentee = kind == "circle" and person.id in applicants.seeker_numbers
        found = checker.find_not_ready(person, "mentee" if is_mentee else "mentor")
        if found:
            not_ready[n] = Barrier(id=found[0].id, why=found[1], change=_(found[0].how_to_lift))
        elif kind == "supervision" and mentor is not None and not busy[person.id]:
            not_ready |= {} if applicants.mentors[mentor].places else {n: _NOT_MENTORING}
    return not_ready
