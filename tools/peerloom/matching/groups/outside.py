"""What keeps somebody out of a group that is there."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import get_args

from peerloom.matching.groups.search import MOST_LEADS
from peerloom.matching.groups.together import Common, Together
from peerloom.matching.groups.values import CHANGES, Said
from peerloom.matching.reasons import language, listed
from peerloom.model import Day, FreeTime

# What each would ask, of whom: a person's hours change more easily than the size of a group.
_HARD = {"hours": 1, "language": 2, "held": 4}
# Nobody is asked to take back that they excluded somebody, if anything else helps.
HARDEST = 20
_DAYS: tuple[Day, ...] = get_args(Day)
_BY_DAY = tuple(FreeTime(day=day, starts="08:00", ends="22:00") for day in _DAYS)
_EVER = tuple(FreeTime(day=day, starts="00:00", ends="24:00") for day in _DAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A group, proposed or standing, that somebody without one might have been in."""

    name: str
    topics: tuple[int, ...]
    people: tuple[int, ...]
    leads: int
    common: Common
    has_room: bool


@dataclass(frozen=True, kw_only=True)
class Places:
    """Groups that are there, seen by those who are in none."""

    together: Together
    what: str
    _times: dict[tuple[str, tuple[int, ...]], str] = field(default_factory=dict)

    def broken(self, place: Place, n: int, *, is_member: bool) -> list[str]:
        """What keeps somebody out, who would be a member or hold it with others."""
        return [
            *self.together.broken(place.common, n),
            *([] if place.has_room else ["full"]),
            *([] if is_member or place.leads < MOST_LEADS else ["held"]),
        ]

    def hard(self, broken: Sequence[str], otherwise: int) -> int:
        """How much it would ask to let somebody in; `otherwise` is what another group would."""
        hard = _HARD | {"full": otherwise}
        return sum(hard.get(barrier, HARDEST) for barrier in broken)

    def said(self, place: Place, n: int, broken: Sequence[str], otherwise: Said) -> Said:
        """It in words; `otherwise` says what a group of their own would need."""
        if not broken:
            why = f"'{place.name}' was made without them"
            return Said("late", why, f"add them to '{place.name}', which has room and suits them")
        told = [self._one(place, n, barrier, otherwise) for barrier in broken]
        changes = dict.fromkeys(said.change for said in told)
        return Said(broken[0], listed([said.why for said in told]), "; and ".join(changes))

    def _one(self, place: Place, n: int, barrier: str, otherwise: Said) -> Said:
        if barrier == "hours":
            why = f"no hour a week suits both them and all of '{place.name}'"
            return Said(barrier, why, self._time(place, n))
        if barrier == "language":
            spoken = listed([language(tag) for tag in self.together.spoken(place.common)])
            why = f"they do not speak {spoken}, as all of '{place.name}' do"
            return Said(barrier, why, "add it under 'languages', if they do")
        if barrier == "full":
            why = f"'{place.name}' is full with {len(place.people)} people"
            return Said(barrier, why, otherwise.change)
        if barrier == "held":
            why = f"'{place.name}' has {MOST_LEADS} people to hold it"
            return Said(barrier, why, "nothing: they are there for who comes late")
        why = f"they and somebody of '{place.name}' must not be in one {self.what}: {barrier}"
        return Said(barrier, why, CHANGES[barrier])

    def _time(self, place: Place, n: int) -> str:
        """When somebody would have to be free for a group, in their own time."""
        zone = self.together.calendar.zone(self.together.people[n])
        key = (zone, place.people)
        if key not in self._times:
            by_day, ever = self._first(place, n, _BY_DAY), self._first(place, n, _EVER)
            if by_day:
                self._times[key] = f"find an hour at {by_day} ({zone})"
            elif ever:
                at_night = f"it meets at {ever} ({zone})"
                self._times[key] = f"look for people who live nearer to them: {at_night}"
            else:
                self._times[key] = CHANGES["hours"]
        return self._times[key]

    def _first(self, place: Place, n: int, free: tuple[FreeTime, ...]) -> str:
        """A time that suits all of a group, were somebody free then."""
        said = (self.together.people[m] for m in place.people if self.together.said[m])
        anybody = replace(self.together.people[n], availability=free)
        times = self.together.calendar.meetings((anybody, *said), 1)
        return times[0].partition(" for ")[0] if times else ""
