"""Everybody of a cohort by number: who has no group of a kind, and who is ready for one."""

from dataclasses import dataclass

from peerloom.matching.constraints import not_ready
from peerloom.matching.groups.together import Together, together
from peerloom.matching.groups.values import CHANGES, Said
from peerloom.matching.pool import Pool
from peerloom.model import CircleKind, Participant, Role
from peerloom.schedule import TAKES_TIME

# A circle that is over gave its people what this cohort had to give.
_GIVES = frozenset({"proposed", "active", "completed"})
_NOT_READY = {
    "consent": "they have not agreed to take part",
    "training": "they have not done the training that is asked of them",
}
_IDLE = Said(
    "not mentoring",
    "they mentor nobody in this cohort and have no place for anybody",
    "ask whether they take somebody, and set 'capacity'",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody of a cohort, by number.

    Those `free` have no group of the kind; `out` says what keeps some of them from any.
    `waited` orders people as they are to be asked: those first who had nobody before, and then
    who wait longest.
    """

    pool: Pool
    kind: CircleKind
    together: Together
    roles: tuple[Role, ...]
    waited: tuple[tuple[int, int], ...]
    free: tuple[int, ...]
    out: dict[int, Said]
    at_least: int
    at_most: int

    @property
    def people(self) -> tuple[Participant, ...]:
        """The people, in the order of their ids."""
        return self.together.people

    @property
    def ready(self) -> list[int]:
        """Who could be in a group."""
        return [n for n in self.free if n not in self.out]


def cast_of(everybody: Pool, kind: CircleKind, at_least: int, at_most: int) -> Cast:
    """Everybody of a cohort, for groups of a kind. Raises `ValueError` if no size is possible."""
    size = everybody.program.settings.defaults.circle_size
    least, most = (min(max(n, size.at_least), size.at_most) for n in (at_least, at_most))
    if not 2 <= least <= most:
        raise ValueError(f"no group has at least {least} and at most {most} people")
    here = together(everybody)
    seekers = {person.id for seeker in everybody.seekers for person in seeker.people}
    mentors = {mentor.id for mentor in everybody.mentors}
    roles: list[Role] = [
        "mentee" if p.id not in mentors else "mentor" if p.id not in seekers else "either"
        for p in here.people
    ]
    has = _grouped(everybody, kind)
    free = [
        n
        for n, person in enumerate(here.people)
        if person.id not in has and not (kind == "supervision" and roles[n] == "mentee")
    ]
    waited = _waited(everybody)
    out = {n: said for n in free if (said := _unready(everybody, kind, here.people[n], roles[n]))}
    if kind == "supervision":
        mentoring = _mentoring(everybody)
        idle = (n for n in free if here.people[n].id not in mentoring)
        out = dict.fromkeys(idle, _IDLE) | out
    return Cast(
        pool=everybody,
        kind=kind,
        together=here,
        roles=tuple(roles),
        waited=tuple(waited[person.id] for person in here.people),
        free=tuple(free),
        out=out,
        at_least=least,
        at_most=most,
    )


def _grouped(everybody: Pool, kind: CircleKind) -> frozenset[str]:
    circles = everybody.program.circles_of(everybody.cohort.id)
    those = (c for c in circles if c.kind == kind and c.status in _GIVES)
    return frozenset(who for circle in those for who in circle.people)


def _unready(everybody: Pool, kind: CircleKind, person: Participant, role: Role) -> Said | None:
    """What keeps somebody from any group."""
    asked: Role = "mentee" if kind == "circle" and role != "mentor" else "mentor"
    broken = not_ready(everybody, person, asked)
    return Said(broken[0], _NOT_READY[broken[0]], CHANGES[broken[0]]) if broken else None


def _mentoring(everybody: Pool) -> frozenset[str]:
    """Who mentors in a cohort, or could: they have a pair or a place."""
    at_work = (p for p in everybody.program.pairs_of(everybody.cohort.id) if p.status in TAKES_TIME)
    mentors = {who for pair in at_work for who in (pair.mentor, *pair.peers) if who}
    return frozenset(mentors | {mentor.id for mentor in everybody.mentors if mentor.places})


def _waited(everybody: Pool) -> dict[str, tuple[int, int]]:
    longest = {mentor.id: mentor.waited for mentor in everybody.mentors}
    for seeker in everybody.seekers:
        for person in seeker.people:
            longest[person.id] = max(seeker.waited, longest.get(person.id, seeker.waited))
    return {id_: (-times, -days) for id_, (times, days) in longest.items()}
