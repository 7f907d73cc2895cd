"""The people of a cohort who can be matched: seekers without a mentor, and mentors with places."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from peerloom.model import Cohort, Membership, Participant
from peerloom.records import Program
from peerloom.schedule import STATUSES_TAKING_TIME
from peerloom.text.languages import primary_languages
from peerloom.text.names import person_name

# A finished pair gave its mentee what this cohort had to give.
_STILL_COUNTS = STATUSES_TAKING_TIME | {"completed"}


@dataclass(frozen=True, slots=True)
class Seeker:
    """A mentee, or a team of mentees who applied together: they need one mentor.

    `waited` is how many earlier cohorts left them unmatched, then how many days they have waited.
    `unmatched_people` are unmatched members of a team that has a mentor already; `can_join_team`
    says whether that mentor's place for the team is theirs too.
    """

    people: tuple[Participant, ...]
    team: str | None
    waited: tuple[int, int]
    current_mentors: tuple[str, ...]
    unmatched_people: tuple[Participant, ...]
    can_join_team: bool
    is_open_role: bool

    @property
    def id(self) -> str:
        """The mentee's id; of a team, the id of the first of its people."""
        return self.people[0].id


@dataclass(frozen=True, slots=True)
class Mentor:
    """Somebody who offers to mentor. `places` are those of their capacity that are not used."""

    person: Participant
    capacity: int
    places: int
    has_mentees: bool
    waited: tuple[int, int]
    is_open_role: bool

    @property
    def id(self) -> str:
        """The participant's id."""
        return self.person.id


@dataclass(frozen=True)
class Applicants:
    """Everybody of a cohort who can be matched, in the order of their ids.

    `begins_on` is the first day on which pairs can begin: today, or the first of a cohort to come.
    Elsewhere in matching, seekers and mentors are numbers: their places in these two tuples.
    Pairs whose ids are in `ignored_pairs` are treated as if they did not exist. `away` are those
    who are left out because they asked for a break; of them, `unmatched_away` have nobody.
    """

    program: Program
    cohort: Cohort
    begins_on: date
    seekers: tuple[Seeker, ...]
    mentors: tuple[Mentor, ...]
    ignored_pairs: frozenset[str]
    away: tuple[tuple[Participant, Membership], ...] = ()
    unmatched_away: tuple[tuple[Participant, Membership], ...] = ()

    @cached_property
    def seeker_numbers(self) -> dict[str, int]:
        """The seeker that each mentee is, or belongs to, by the mentee's id."""
        return {p.id: n for n, seeker in enumerate(self.seekers) for p in seeker.people}

    @cached_property
    def mentor_numbers(self) -> dict[str, int]:
        """Each mentor's number, by id."""
        return {mentor.id: n for n, mentor in enumerate(self.mentors)}

    @cached_property
    def open_roles(self) -> tuple[tuple[int, int], ...]:
        """(seeker, mentor) of everybody who signed up as whichever of the two is needed."""
        numbers = {m.id: n for n, m in enumerate(self.mentors) if m.is_open_role}
        return tuple(
            (n, numbers[person.id])
            for n, seeker in enumerate(self.seekers)
            for person in seeker.people
            if person.id in numbers
        )

    @cached_property
    def people(self) -> tuple[Participant, ...]:
        """Everybody once, in the order of their ids."""
        mentees = [person for seeker in self.seekers for person in seeker.people]
        everybody = {p.id: p for p in (*mentees, *(mentor.person for mentor in self.mentors))}
        return tuple(everybody[id_] for id_ in sorted(everybody))

    def languages_of(self, person: Participant) -> tuple[str, ...]:
        """The languages that somebody speaks, or the program's languages if they named none."""
        return primary_languages(person.languages or self.program.settings.languages)

    def name_of(self, id_: str) -> str:
        """A participant's name."""
        return person_name(self.program.participants, id_)


class _Register:
    """What a cohort's records say about who is paired with whom, and who was left out before."""

    def __init__(
        self, program: Program, cohort: Cohort, today: date, ignored: frozenset[str]
    ) -> None:
        self.program, self.cohort, self.today = program, cohort, today
        self._pairs = [p for p in program.pairs_of(cohort.id) if p.id not in ignored]

    @cached_property
    def partners(self) -> dict[str, list[tuple[str, bool]]]:
        """Everybody's partners, and whether that person is the mentee or a peer in the pair."""
        partners: dict[str, list[tuple[str, bool]]] = {}
        for pair in self._pairs:
            for who in pair.people if pair.status in _STILL_COUNTS else ():
                others = [(other, who != pair.mentor) for other in pair.people if other != who]
                partners.setdefault(who, []).extend(others)
        return partners

    def find_partners(self, who: str, *, as_mentor: bool = False) -> list[str]:
        """The mentor or peers of somebody; with `as_mentor` their mentees too."""
        found = self.partners.get(who, ())
        return [other for other, learns in found if learns or as_mentor]

    @cached_property
    def used_places(self) -> dict[str, set[str]]:
        """What takes up each mentor's places: ids of pairs, and one entry for a whole team."""
        used: dict[str, set[str]] = {}
        for pair in self._pairs:
            if pair.status in STATUSES_TAKING_TIME:
                place = f"team {pair.team}" if pair.team else pair.id
                for who in (pair.mentor, *pair.peers):
                    if who:
                        used.setdefault(who, set()).add(place)
        return used

    def waiting_time(self, person: Participant, membership: Membership) -> tuple[int, int]:
        """How many earlier cohorts left somebody unmatched, and how many days they have waited."""
        earlier_cohorts = sum(
            self._had_nobody(person.id, earlier)
            for earlier in person.cohorts
            if earlier.role == membership.role and self._is_earlier(earlier.cohort)
        )
        since = membership.joined or (person.consent and person.consent.given_on) or self.today
        return earlier_cohorts, max(0, (self.today - since).days)

    def _is_earlier(self, cohort_id: str) -> bool:
        other = self.program.cohorts.get(cohort_id)
        return other is not None and other.starts < self.cohort.starts

    def _had_nobody(self, who: str, membership: Membership) -> bool:
        pairs = (p for p in self.program.pairs_with(who) if p.cohort == membership.cohort)
        return all(p.status == "proposed" for p in pairs) and not self._has_left(membership)

    def _has_left(self, membership: Membership) -> bool:
        return membership.left_on is not None and membership.left_on <= self.today


def first_possible_start(cohort: Cohort, today: date) -> date:
    """The day on which pairs of today can begin: today, or the first of a cohort to come."""
    return max(today, cohort.starts)


def find_applicants(
    program: Program,
    cohort: Cohort,
    today: date,
    ignored_pairs: frozenset[str] = frozenset(),
    *,
    with_away: bool = False,
) -> Applicants:
    """Everybody who can be matched in a cohort on a day, with how long they have waited.

    Those who asked for a break that lasts longer are left out, unless it is `with_away`.
    """
    register = _Register(program, cohort, today, ignored_pairs)
    members = [
        (person, membership)
        for person, membership in program.members_of(cohort.id)
        if membership.left_on is None or membership.left_on > today
    ]
    begins_on = first_possible_start(cohort, today)
    away = [m for m in members if not with_away and m[0].away_until(begins_on)]
    present = [member for member in members if member not in away]
    return Applicants(
        program=program,
        cohort=cohort,
        begins_on=begins_on,
        seekers=tuple(sorted(_find_seekers(register, present), key=lambda seeker: seeker.id)),
        mentors=tuple(sorted(_find_mentors(register, present), key=lambda mentor: mentor.id)),
        ignored_pairs=ignored_pairs,
        away=tuple(away),
        unmatched_away=tuple(m for m in away if m[0].id not in register.partners),
    )


_Members = list[tuple[Participant, Membership]]


def _find_seekers(register: _Register, members: _Members) -> Iterator[Seeker]:
    teams: dict[str, _Members] = {}
    for person, membership in members:
        if membership.role != "mentor":
            key = f"team {membership.team}" if membership.team else person.id
            teams.setdefault(key, []).append((person, membership))
    for team_members in teams.values():
        team_members.sort(key=lambda member: member[0].id)
        people = tuple({person.id: person for person, _ in team_members}.values())
        is_open_role = len(people) == 1 and team_members[0][1].role == "either"
        partners = {p.id: register.find_partners(p.id, as_mentor=is_open_role) for p in people}
        current = [mentor for person in people for mentor in partners[person.id]]
        unmatched = tuple(person for person in people if not partners[person.id])
        team = team_members[0][1].team
        can_join = bool(current and unmatched)
        yield Seeker(
            people=people,
            team=team,
            waited=max(register.waiting_time(*member) for member in team_members),
            current_mentors=tuple(dict.fromkeys(current)),
            unmatched_people=unmatched,
            can_join_team=can_join and f"team {team}" in register.used_places.get(current[0], ()),
            is_open_role=is_open_role,
        )


def _find_mentors(register: _Register, members: _Members) -> Iterator[Mentor]:
    seen: set[str] = set()
    for person, membership in members:
        if membership.role == "mentee" or person.id in seen:
            continue
        seen.add(person.id)
        default = register.program.settings.defaults.capacity
        capacity = default if membership.capacity is None else membership.capacity
        is_mentee = membership.role == "either" and bool(register.find_partners(person.id))
        used = capacity if is_mentee else len(register.used_places.get(person.id, ()))
        yield Mentor(
            person=person,
            capacity=capacity,
            places=max(0, capacity - used),
            has_mentees=person.id in register.partners,
            waited=register.waiting_time(person, membership),
            is_open_role=membership.role == "either",
        )
