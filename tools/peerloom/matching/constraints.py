"""What must hold between a mentee and a mentor, as named constraints in one literal list."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from peerloom.matching.market import Bools, Ints, Sparse
from peerloom.matching.pool import Mentor, Pool, Seeker
from peerloom.matching.weeks import Calendar, Weeks
from peerloom.model import Conflicts, Participant, Role
from peerloom.schedule import TAKES_TIME

Codes = NDArray[np.uint32]
_Couples = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """Something that must hold, by the word that says it does not; and what would free the two."""

    id: str
    sentence: str
    change: str


CONSTRAINTS: tuple[Constraint, ...] = (
    Constraint(
        id="same-person",
        sentence="Nobody mentors themself.",
        change="find somebody else",
    ),
    Constraint(
        id="language",
        sentence="The two share a language, by its first letters: 'pt-BR' and 'pt' are one.",
        change="add a language that both speak under 'languages'",
    ),
    Constraint(
        id="hours",
        sentence=(
            "In every week of the cohort the two are free at the same time for as many hours as "
            "it asks. Who has not said when they are free is not held to it."
        ),
        change="add free hours under 'availability'",
    ),
    Constraint(
        id="excluded",
        sentence="Neither of the two excluded the other.",
        change="nothing: one of the two asked for it",
    ),
    Constraint(
        id="conflict",
        sentence=(
            "The two have no line manager, advisor or household in common, and neither is the "
            "other's."
        ),
        change="nothing, unless 'conflicts' is out of date",
    ),
    Constraint(
        id="past-partner",
        sentence=(
            "The two were no pair before, unless both name each other under 'preferred'; and had "
            "none in this cohort that is over."
        ),
        change="set back the status of their pair here; of one elsewhere, both name the other",
    ),
    Constraint(
        id="forbidden",
        sentence="No coordinator forbade it: 'forbids' in the cohort's file.",
        change="take the two out of 'forbids'",
    ),
    Constraint(
        id="consent",
        sentence="Both agreed to take part and said who may see them.",
        change="ask them, and write 'consent'",
    ),
    Constraint(
        id="training",
        sentence=(
            "Both have done the training that the cohort asks of them, where it says "
            "'training_required'."
        ),
        change="finish the modules that are missing under 'training'",
    ),
)
_BIT = {constraint.id: np.uint32(1 << n) for n, constraint in enumerate(CONSTRAINTS)}


def names(code: int) -> list[str]:
    """The constraints that do not hold, in the order of the list."""
    return [c.id for c in CONSTRAINTS if code & int(_BIT[c.id])]


class Held:
    """The constraints of a pool, for any seekers and mentors by their numbers in it."""

    def __init__(self, pool: Pool, calendar: Calendar) -> None:
        settings = pool.cohort.matching
        self._least_hours = settings.shared_hours or 0.0
        self.seeker_weeks: Weeks = calendar.weeks(s.people for s in pool.seekers)
        self.mentor_weeks: Weeks = calendar.weeks((m.person,) for m in pool.mentors)
        self._speaks = _Languages(pool) if settings.shared_language else None
        self._of_seeker = _codes(pool, (s.people for s in pool.seekers), "mentee")
        self._of_mentor = _codes(pool, ((m.person,) for m in pool.mentors), "mentor")
        self._apart, self._tied = _Apart(pool), _Tied(pool)

    def hours(self, seeker: Ints, mentor: Ints) -> tuple[NDArray[np.float64], Bools]:
        """Hours a week that each two share, and whether both said when they are free."""
        known = self.seeker_weeks.known[seeker] & self.mentor_weeks.known[mentor]
        return self.seeker_weeks.hours(seeker, self.mentor_weeks, mentor), known

    def speak(self, seeker: Ints, mentor: Ints) -> Bools:
        """Whether each two share a language, where that is asked."""
        if self._speaks is None:
            return np.ones(len(seeker), dtype=np.bool_)
        return self._speaks.share(seeker, mentor)

    def codes(self, seeker: Ints, mentor: Ints) -> Codes:
        """What does not hold between each two, as bits; 0 where they may be matched."""
        found: Codes = self._of_seeker[seeker] | self._of_mentor[mentor]
        found[~self.speak(seeker, mentor)] |= _BIT["language"]
        if self._least_hours > 0:
            hours, known = self.hours(seeker, mentor)
            found[known & (hours < self._least_hours)] |= _BIT["hours"]
        found[self._tied.share(seeker, mentor)] |= _BIT["conflict"]
        return found | self._apart.codes(seeker, mentor)


def _codes(pool: Pool, groups: Iterable[tuple[Participant, ...]], role: Role) -> Codes:
    """What keeps somebody from being matched with anybody."""
    asked = frozenset(_asked_training(pool, role))
    return np.array(
        [
            (0 if all(p.consent for p in people) else _BIT["consent"])
            | (
                0
                if all(asked <= {c.module for c in p.training} for p in people)
                else _BIT["training"]
            )
            for people in groups
        ],
        dtype=np.uint32,
    )


def _asked_training(pool: Pool, role: Role) -> Iterator[str]:
    if pool.cohort.matching.training_required:
        for id_ in pool.cohort.training:
            module = pool.program.training.get(id_)
            if module and (role in module.roles or "either" in module.roles):
                yield id_


class _Languages:
    """Which languages people share, as bits of one number."""

    def __init__(self, pool: Pool) -> None:
        self._bits: dict[str, int] = {}
        spoken = [[frozenset(pool.spoken(p)) for p in s.people] for s in pool.seekers]
        self._of_seeker = self._numbers(frozenset.intersection(*each) for each in spoken)
        self._mixed = {
            n: self._numbers(each) for n, each in enumerate(spoken) if not self._of_seeker[n]
        }
        self._of_mentor = self._numbers(frozenset(pool.spoken(m.person)) for m in pool.mentors)
        is_short = len(self._bits) < 64
        self._seekers = np.array(self._of_seeker if is_short else (), dtype=np.uint64)
        self._mentors = np.array(self._of_mentor if is_short else (), dtype=np.uint64)

    def _numbers(self, groups: Iterable[frozenset[str]]) -> list[int]:
        return [
            sum(1 << self._bits.setdefault(tag, len(self._bits)) for tag in sorted(tags))
            for tags in groups
        ]

    def share(self, seeker: Ints, mentor: Ints) -> Bools:
        """Whether each two share a language. More than 63 languages are looked at one by one."""
        shares = self._of_one(seeker, mentor)
        # Of a team that has no language in common, each must share one with the mentor.
        for n in np.flatnonzero(np.isin(seeker, list(self._mixed))) if self._mixed else ():
            theirs = self._of_mentor[mentor[n]]
            shares[n] = all(each & theirs for each in self._mixed[int(seeker[n])])
        return shares

    def _of_one(self, seeker: Ints, mentor: Ints) -> Bools:
        if len(self._bits) < 64:
            shares: Bools = (self._seekers[seeker] & self._mentors[mentor]) != 0
            return shares
        pairs = zip(seeker.tolist(), mentor.tolist(), strict=True)
        shared = (bool(self._of_seeker[s] & self._of_mentor[m]) for s, m in pairs)
        return np.fromiter(shared, dtype=np.bool_, count=len(seeker))


class _Apart:
    """Two people who must not be matched, for what one of them or a coordinator says."""

    def __init__(self, pool: Pool) -> None:
        seekers: dict[str, list[int]] = {}
        for n, seeker in enumerate(pool.seekers):
            for person in seeker.people:
                seekers.setdefault(person.id, []).append(n)
        mentors = {mentor.id: n for n, mentor in enumerate(pool.mentors)}
        codes: dict[int, int] = {}
        self._many = max(1, len(pool.mentors))
        for id_, couples in _COUPLES.items():
            for one, other in couples(pool):
                for first, second in ((one, other), (other, one)):
                    for seeker_at in seekers.get(first, ()):
                        if second in mentors:
                            key = seeker_at * self._many + mentors[second]
                            codes[key] = codes.get(key, 0) | int(_BIT[id_])
        self._codes = Sparse(codes)

    def codes(self, seeker: Ints, mentor: Ints) -> Codes:
        """What does not hold between each two."""
        found: Codes = self._codes.at(seeker * self._many + mentor).astype(np.uint32)
        return found


def _same_person(pool: Pool) -> _Couples:
    return ((m.id, m.id) for m in pool.mentors)


def _excluded(pool: Pool) -> _Couples:
    return ((p.id, other) for p in _people(pool) for other in p.excluded)


def _past_partners(pool: Pool) -> _Couples:
    """Those who were a pair: in this cohort whatever they ask; not who still are one."""
    people = pool.program.participants
    for pair in pool.program.pairs.values():
        is_here = pair.cohort == pool.cohort.id
        if len(pair.people) != 2 or (is_here and pair.id in pool.ignored):
            continue
        one, other = (people.get(id_) for id_ in pair.people)
        ask = one and other and other.id in one.preferred and one.id in other.preferred
        stands = is_here and pair.status in TAKES_TIME
        if not stands and (is_here or (pair.status != "proposed" and not ask)):
            yield pair.people[0], pair.people[1]


def _forbidden(pool: Pool) -> _Couples:
    return ((two[0], two[1]) for two in pool.cohort.matching.forbids)


def _named_in_ties(pool: Pool) -> _Couples:
    """Those whom somebody names in a tie."""
    called: dict[str, list[str]] = {}
    for person in _people(pool):
        for word in {_same(person.id), _same(person.name)}:
            called.setdefault(word, []).append(person.id)
    for person in _people(pool):
        for tie, said in _ties(person):
            if tie != "household":
                yield from ((person.id, other) for other in called.get(said, ()))


def _ties(person: Participant) -> Iterator[tuple[str, str]]:
    """What somebody says of each tie, without what does not tell two apart."""
    for tie in Conflicts.__dataclass_fields__:
        said = getattr(person.conflicts, tie, None)
        if said is not None:
            yield tie, _same(said)


class _Tied:
    """Who says the same of a tie, by numbers for what they say: groups may be large."""

    def __init__(self, pool: Pool) -> None:
        index: dict[tuple[str, str], int] = {}
        seekers = [[_ties(p) for p in s.people] for s in pool.seekers]
        mentors = [[_ties(m.person)] for m in pool.mentors]
        self._of_seeker = [_numbered(groups, index) for groups in seekers]
        self._of_mentor = [_numbered(groups, index) for groups in mentors]
        self._has = np.array([bool(said) for said in self._of_seeker], dtype=np.bool_)

    def share(self, seeker: Ints, mentor: Ints) -> Bools:
        """Whether each two do; most people say nothing."""
        found = np.zeros(len(seeker), dtype=np.bool_)
        for n in np.flatnonzero(self._has[seeker]):
            found[n] = not self._of_seeker[seeker[n]].isdisjoint(self._of_mentor[mentor[n]])
        return found


def _numbered(
    groups: Iterable[Iterable[tuple[str, str]]], index: dict[tuple[str, str], int]
) -> frozenset[int]:
    return frozenset(index.setdefault(said, len(index)) for group in groups for said in group)


def _same(text: str) -> str:
    """A text without what does not tell two apart."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _people(pool: Pool) -> list[Participant]:
    groups: list[Seeker | Mentor] = [*pool.seekers, *pool.mentors]
    found = {
        person.id: person
        for group in groups
        for person in (group.people if isinstance(group, Seeker) else (group.person,))
    }
    return list(found.values())


_COUPLES: dict[str, Callable[[Pool], _Couples]] = {
    "same-person": _same_person,
    "excluded": _excluded,
    "conflict": _named_in_ties,
    "past-partner": _past_partners,
    "forbidden": _forbidden,
}


def kept_apart(pool: Pool) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Ids of which no two may be in one group, each with the constraint that says so."""
    for id_ in ("excluded", "forbidden"):
        yield from ((id_, two) for two in _COUPLES[id_](pool))
    yield from (("conflict", ids) for ids in _tied(pool))


def _tied(pool: Pool) -> Iterator[tuple[str, ...]]:
    """All who say the same of a tie, and each with whom they name in one: not two by two."""
    yield from _named_in_ties(pool)
    same: dict[tuple[str, str], list[str]] = {}
    for person in _people(pool):
        for said in _ties(person):
            same.setdefault(said, []).append(person.id)
    yield from (tuple(ids) for ids in same.values() if len(ids) > 1)


def not_ready(pool: Pool, person: Participant, role: Role) -> list[str]:
    """The constraints that keep somebody from being matched with anybody."""
    return names(int(_codes(pool, ((person,),), role)[0]))
