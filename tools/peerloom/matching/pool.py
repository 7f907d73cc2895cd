"""Who of a cohort stands to be matched: mentees and teams who seek, mentors with places."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from peerloom.model import Cohort, Membership, Pair, Participant
from peerloom.records import Program
from peerloom.schedule import TAKES_TIME
from peerloom.tongues import tongues

# A finished pair gave its mentee what this cohort had to give.
_HAS_SOMEBODY = TAKES_TIME | {"completed"}


@dataclass(frozen=True, slots=True)
class Seeker:
    """A mentee, or a team of mentees who applied together: they need one mentor.

    `has` is whom they have already, and `without` those of them who have nobody; `joins` says
    whether these can join what their team has.
    """

    people: tuple[Participant, ...]
    team: str | None
    waited: tuple[int, int]
    has: tuple[str, ...]
    without: tuple[Participant, ...]
    joins: bool
    either: bool

    @property
    def id(self) -> str:
        """What it is called in the cohort: the mentee's id, or the first one's of a team."""
        return self.people[0].id


@dataclass(frozen=True, slots=True)
class Mentor:
    """Somebody who offers to mentor; `places` are those not yet taken."""

    person: Participant
    capacity: int
    places: int
    has_any: bool
    waited: tuple[int, int]
    either: bool

    @property
    def id(self) -> str:
        """The participant's id."""
        return self.person.id


@dataclass(frozen=True)
class Pool:
    """Everybody of a cohort, in the order of their ids.

    `gone` are those who left it, `ignored` the ids of pairs that are taken as not there.
    """

    program: Program
    cohort: Cohort
    seekers: tuple[Seeker, ...]
    mentors: tuple[Mentor, ...]
    gone: tuple[Participant, ...]
    ignored: frozenset[str]

    @cached_property
    def twins(self) -> tuple[tuple[int, int], ...]:
        """Who would be mentor or mentee: their number, or their team's, as each of the two."""
        mentors = {m.id: n for n, m in enumerate(self.mentors) if m.either}
        return tuple(
            (n, mentors[person.id])
            for n, seeker in enumerate(self.seekers)
            for person in seeker.people
            if person.id in mentors
        )

    def spoken(self, person: Participant) -> tuple[str, ...]:
        """What somebody speaks; the program's languages where they said none."""
        return tongues(person.languages or self.program.settings.languages)

    def name(self, id_: str) -> str:
        """What somebody is called."""
        person = self.program.participants.get(id_)
        return person.name if person else id_


class _Register:
    """What a cohort's records say of who has whom, and who had nobody."""

    def __init__(
        self, program: Program, cohort: Cohort, today: date, ignored: frozenset[str]
    ) -> None:
        self.program, self.cohort, self.today = program, cohort, today
        self.standing = [p for p in program.pairs_of(cohort.id) if p.id not in ignored]

    @cached_property
    def mentor_of(self) -> dict[str, list[str]]:
        """Whom each mentee has."""
        found: dict[str, list[str]] = {}
        for pair in self.standing:
            if pair.status in _HAS_SOMEBODY:
                if pair.mentee and pair.mentor:
                    found.setdefault(pair.mentee, []).append(pair.mentor)
                for peer in pair.peers:
                    found.setdefault(peer, []).extend(p for p in pair.peers if p != peer)
        return found

    @cached_property
    def people_of(self) -> dict[str, list[str]]:
        """Whom each mentee, mentor or peer has."""
        found: dict[str, list[str]] = {}
        for pair in self.standing:
            if pair.status in _HAS_SOMEBODY:
                for who in pair.people:
                    found.setdefault(who, []).extend(p for p in pair.people if p != who)
        return found

    @cached_property
    def taken(self) -> dict[str, set[str]]:
        """The places that each mentor's pairs take; a team's take one."""
        found: dict[str, set[str]] = {}
        for pair in self.standing:
            if pair.status in TAKES_TIME:
                place = f"team {pair.team}" if pair.team else pair.id
                for who in (pair.mentor, *pair.peers):
                    if who:
                        found.setdefault(who, set()).add(place)
        return found

    def waited(self, person: Participant, membership: Membership) -> tuple[int, int]:
        """In how many earlier cohorts somebody had nobody, and for how many days they wait."""
        unmatched = sum(
            self._had_nobody(person.id, earlier)
            for earlier in person.cohorts
            if earlier.role == membership.role and self._is_before(earlier.cohort)
        )
        since = membership.joined or (person.consent and person.consent.given_on) or self.today
        return unmatched, max(0, (self.today - since).days)

    def _is_before(self, cohort: str) -> bool:
        other = self.program.cohorts.get(cohort)
        return other is not None and other.starts < self.cohort.starts

    def _had_nobody(self, who: str, membership: Membership) -> bool:
        pairs: Iterator[Pair] = (
            pair for pair in self.program.pairs_with(who) if pair.cohort == membership.cohort
        )
        return all(pair.status == "proposed" for pair in pairs) and membership.left_on is None


def pool(
    program: Program, cohort: Cohort, today: date, ignored: frozenset[str] = frozenset()
) -> Pool:
    """Who is there on a day. Pairs whose ids are `ignored` are taken as not there."""
    register = _Register(program, cohort, today, ignored)
    here = [
        (person, part)
        for person, part in program.members_of(cohort.id)
        if part.left_on is None or part.left_on > today
    ]
    staying = {person.id for person, _ in here}
    return Pool(
        program=program,
        cohort=cohort,
        seekers=tuple(sorted(_seekers(register, here), key=lambda s: s.id)),
        mentors=tuple(sorted(_mentors(register, here), key=lambda m: m.id)),
        gone=tuple(p for p, _ in program.members_of(cohort.id) if p.id not in staying),
        ignored=ignored,
    )


_Members = list[tuple[Participant, Membership]]


def _seekers(register: _Register, here: _Members) -> Iterator[Seeker]:
    teams: dict[str, _Members] = {}
    for person, part in here:
        if part.role != "mentor":
            teams.setdefault(f"team {part.team}" if part.team else person.id, []).append(
                (person, part)
            )
    for members in teams.values():
        members.sort(key=lambda member: member[0].id)
        people = tuple({person.id: person for person, _ in members}.values())
        is_either = len(people) == 1 and members[0][1].role == "either"
        taken = register.people_of if is_either else register.mentor_of
        has = [who for person in people for who in taken.get(person.id, ())]
        team = members[0][1].team
        without = tuple(person for person in people if not taken.get(person.id))
        yield Seeker(
            people=people,
            team=team,
            waited=max(register.waited(person, part) for person, part in members),
            has=tuple(dict.fromkeys(has)),
            without=without,
            joins=bool(has and without) and f"team {team}" in register.taken.get(has[0], ()),
            either=is_either,
        )


def _mentors(register: _Register, here: _Members) -> Iterator[Mentor]:
    seen: set[str] = set()
    for person, part in here:
        if part.role == "mentee" or person.id in seen:
            continue
        seen.add(person.id)
        default = register.program.settings.defaults.capacity
        capacity = default if part.capacity is None else part.capacity
        is_mentee = part.role == "either" and person.id in register.mentor_of
        taken = capacity if is_mentee else len(register.taken.get(person.id, ()))
        yield Mentor(
            person=person,
            capacity=capacity,
            places=max(0, capacity - taken),
            has_any=person.id in register.people_of,
            waited=register.waited(person, part),
            either=part.role == "either",
        )
