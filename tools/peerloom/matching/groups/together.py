"""What must hold among all people of a group, and not only between two of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from peerloom.matching.constraints import kept_apart
from peerloom.matching.pool import Pool
from peerloom.matching.weeks import STEPS, WHOLE_WEEK, Calendar
from peerloom.model import Participant

# A meeting takes an hour: four steps of a week in a row.
_MEETING = 4
# Only ties that people declare join more than two.
_TIE = "conflict"


@dataclass(frozen=True, slots=True)
class Common:
    """What all of a group share: when an hour may begin, by stretch of the cohort, and languages.

    `people` are in it, by number, and `ties` are theirs: nobody else who has one may join.
    """

    people: tuple[int, ...]
    hours: tuple[int, ...]
    tongues: int
    ties: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """People by number, in the order of their ids, and what of each matters to the others.

    Who has not said when they are free, in `said`, is not held to it. A common language is
    always asked: a group without one cannot talk, whatever a cohort asks of pairs. `apart`
    holds for each who must not be with them, and the constraint that says so.
    """

    people: tuple[Participant, ...]
    calendar: Calendar
    said: tuple[bool, ...]
    each: tuple[Common, ...]
    apart: tuple[dict[int, str], ...]
    languages: tuple[str, ...]

    def joined(self, common: Common, n: int) -> Common:
        """What a group shares when one more has joined."""
        one = self.each[n]
        return Common(
            (*common.people, n),
            tuple(a & b for a, b in zip(common.hours, one.hours, strict=True)),
            common.tongues & one.tongues,
            common.ties | one.ties,
        )

    def of(self, numbers: Iterable[int]) -> Common:
        """What a group shares."""
        first, *rest = numbers
        common = self.each[first]
        for n in rest:
            common = self.joined(common, n)
        return common

    def room(self, common: Common, n: int) -> int:
        """In how many ways the hour can begin, in the worst week; 0 where they may not join."""
        one = self.each[n]
        if not common.tongues & one.tongues or self._is_apart(common, n):
            return 0
        return min((a & b).bit_count() for a, b in zip(common.hours, one.hours, strict=True))

    def _is_apart(self, common: Common, n: int) -> bool:
        is_named = not self.apart[n].keys().isdisjoint(common.people)
        return is_named or not common.ties.isdisjoint(self.each[n].ties)

    def broken(self, common: Common, n: int) -> list[str]:
        """The constraints that keep somebody from joining."""
        one = self.each[n]
        found = []
        if not all(a & b for a, b in zip(common.hours, one.hours, strict=True)):
            found.append("hours")
        if not common.tongues & one.tongues:
            found.append("language")
        kinds = {self.apart[n][m] for m in common.people if m in self.apart[n]}
        return found + sorted(kinds | ({_TIE} if common.ties & one.ties else set()))

    def barriers(self, n: int) -> Iterator[str]:
        """The constraints that keep somebody apart from others."""
        yield from self.apart[n].values()
        yield from (_TIE for _ in self.each[n].ties)

    def without(self, constraint: str) -> "Together":
        """The same people, were a constraint not asked: `hours`, `language` or `apart`."""
        each = self.each
        if constraint == "hours":
            each = tuple(replace(one, hours=(WHOLE_WEEK,) * len(one.hours)) for one in each)
        elif constraint == "language":
            each = tuple(replace(one, tongues=1) for one in each)
        else:
            each = tuple(replace(one, ties=frozenset()) for one in each)
        return replace(
            self, each=each, apart=({},) * len(each) if constraint == "apart" else self.apart
        )

    def spoken(self, common: Common) -> list[str]:
        """The languages that all of a group speak."""
        return [tag for n, tag in enumerate(self.languages) if common.tongues >> n & 1]


def together(pool: Pool) -> Together:
    """Everybody of a cohort."""
    seekers = (person for seeker in pool.seekers for person in seeker.people)
    found = {p.id: p for p in (*seekers, *(mentor.person for mentor in pool.mentors))}
    people = tuple(found[id_] for id_ in sorted(found))
    calendar = Calendar(pool.cohort, people, pool.program.settings.time_zone)
    spoken = [frozenset(pool.spoken(person)) for person in people]
    languages = tuple(sorted(frozenset[str]().union(*spoken)))
    bit = {tag: 1 << n for n, tag in enumerate(languages)}
    apart, ties = _apart(pool, people)
    hours = _beginnings(calendar, people)
    return Together(
        people=people,
        calendar=calendar,
        said=tuple(bool(person.availability) for person in people),
        each=tuple(
            Common((n,), free, sum(bit[tag] for tag in speaks), frozenset(tied))
            for n, (free, speaks, tied) in enumerate(zip(hours, spoken, ties, strict=True))
        ),
        apart=tuple(apart),
        languages=languages,
    )


def _apart(
    pool: Pool, people: Sequence[Participant]
) -> tuple[list[dict[int, str]], list[set[int]]]:
    """Who must not be with whom; and ties of more than two, by number, of each."""
    numbers = {person.id: n for n, person in enumerate(people)}
    apart: list[dict[int, str]] = [{} for _ in people]
    ties: list[set[int]] = [set() for _ in people]
    for at, (constraint, ids) in enumerate(kept_apart(pool)):
        here = sorted({numbers[who] for who in ids if who in numbers})
        if len(here) == 2:
            one, other = here
            apart[one].setdefault(other, constraint)
            apart[other].setdefault(one, constraint)
        elif len(here) > 2:
            for n in here:
                ties[n].add(at)
    return apart, ties


def _beginnings(calendar: Calendar, people: Sequence[Participant]) -> Iterator[tuple[int, ...]]:
    """When a free hour may begin for each; at any time for who did not say when they are free."""
    weeks = calendar.weeks((person,) for person in people)
    for bits, known in zip(weeks.bits.astype("<u8"), weeks.known.tolist(), strict=True):
        yield tuple(
            _hours(int.from_bytes(week.tobytes(), "little")) if known else WHOLE_WEEK
            for week in bits
        )


@lru_cache(maxsize=65536)
def _hours(week: int) -> int:
    found = week
    for n in range(1, _MEETING):
        found &= week >> n | week << (STEPS - n) & WHOLE_WEEK
    return found
