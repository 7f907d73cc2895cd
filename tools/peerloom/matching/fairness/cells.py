"""The groups of people by which a proposal is looked at, and what it gives each of them.

A group of fewer than five people is withheld, and with it as many of the next smallest as it
takes that what is left out cannot be told by subtraction from a total.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from peerloom.matching.market import Ints, ints
from peerloom.matching.proposal import Fit, Proposal
from peerloom.matching.reasons import language
from peerloom.matching.scoring import Averages
from peerloom.model import Participant, Role
from peerloom.records import Program
from peerloom.tongues import tongue

FEWEST = 5
# So many groups of an attribute are looked at, the largest; all others are one.
MOST = 12
OTHERS, NOT_SAID = "all others", "not said"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody to whom a proposal could give somebody, by their numbers in the pool.

    Who may become mentor or mentee is one member with two numbers; who is both is two members.
    """

    person: Participant
    role: Role
    seeker: int | None = None
    mentor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A group that is large enough to be told of."""

    name: str
    members: tuple[Member, ...]

    @property
    def people(self) -> int:
        """How many people they are."""
        return len({m.person.id for m in self.members})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """The groups by one attribute, by name, and how many more are withheld."""

    attribute: str
    cells: tuple[Cell, ...]
    withheld: int


def members(proposal: Proposal) -> tuple[Member, ...]:
    """Everybody who had nobody, or a place left, before the proposal."""
    return tuple(_members(proposal))


def _members(proposal: Proposal) -> Iterator[Member]:
    people = proposal.pool
    given = {(m.fit.seeker, person.id) for m in proposal.matched for person in m.people}
    as_mentor = {mentor.id: n for n, mentor in enumerate(people.mentors) if mentor.either}
    there: set[int | None] = set()
    for n, seeker in enumerate(people.seekers):
        for person in seeker.people:
            if not seeker.has or (n, person.id) in given:
                twin = as_mentor.get(person.id) if seeker.either else None
                role: Role = "either" if seeker.either else "mentee"
                there.add(twin)
                yield Member(person=person, role=role, seeker=n, mentor=twin)
    for n, mentor in enumerate(people.mentors):
        if n not in there and (proposal.market.places[n] > 0 or n in proposal.mentees_of):
            role = "either" if mentor.either else "mentor"
            yield Member(person=mentor.person, role=role, mentor=n)


def grouped(program: Program, people: Sequence[Member]) -> tuple[Cells, ...]:
    """The groups of some members by each attribute."""
    return tuple(
        _cells(attribute, [name(program, member) for member in people], people)
        for attribute, name in _ATTRIBUTES.items()
    )


def _cells(attribute: str, names: Sequence[str], people: Sequence[Member]) -> Cells:
    groups: dict[str, list[Member]] = {}
    shown: dict[str, str] = {}
    for name, member in zip(names, people, strict=True):
        groups.setdefault(shown.setdefault(name.casefold(), name), []).append(member)
    largest = sorted(groups, key=lambda name: (-len(groups[name]), name))
    kept = {name: groups[name] for name in largest[:MOST]}
    for name in largest[MOST:]:
        kept.setdefault(OTHERS, []).extend(groups[name])
    cells = [Cell(name=name, members=tuple(kept[name])) for name in sorted(kept)]
    hidden = _hidden(cells)
    return Cells(
        attribute=attribute,
        cells=tuple(cell for cell in cells if cell.name not in hidden),
        withheld=len(hidden),
    )


def _hidden(cells: Sequence[Cell]) -> set[str]:
    """Cells of too few people, and so many more that those hidden are two and not too few."""
    hidden: set[str] = set()
    people = 0
    for cell in sorted(cells, key=lambda cell: (cell.people, cell.name)):
        if cell.people >= FEWEST and (not hidden or (len(hidden) > 1 and people >= FEWEST)):
            break
        hidden.add(cell.name)
        people += cell.people
    return hidden


def _country(_: Program, member: Member) -> str:
    """What stands last in a region, as the score takes it too."""
    last = (member.person.region or "").rpartition(",")[2]
    return " ".join(last.split()) or NOT_SAID


def _first_language(_: Program, member: Member) -> str:
    tags = member.person.languages
    return language(tongue(tags[0])) if tags else NOT_SAID


def _is_first_timer(program: Program, member: Member) -> str:
    began = any(pair.status != "proposed" for pair in program.pairs_with(member.person.id))
    return "in a pair before" if began else "first time"


def _role(_: Program, member: Member) -> str:
    return member.role


_ATTRIBUTES: dict[str, Callable[[Program, Member], str]] = {
    "country": _country,
    "first language": _first_language,
    "first time": _is_first_timer,
    "role": _role,
}


@dataclass(frozen=True, slots=True)
class Given:
    """What those who are matched have, in `UNIT`s; a mentor has the best of their matches."""

    seekers: dict[int, int]
    mentors: dict[int, int]

    def of(self, member: Member) -> int | None:
        """What somebody has; nothing where they have nobody."""
        values = [
            None if member.seeker is None else self.seekers.get(member.seeker),
            None if member.mentor is None else self.mentors.get(member.mentor),
        ]
        return max((value for value in values if value is not None), default=None)

    def matched(self, cell: Cell) -> int:
        """How many of a group have somebody."""
        return sum(self.of(member) is not None for member in cell.members)

    def total(self, cell: Cell) -> int:
        """What a group has together."""
        return sum(self.of(member) or 0 for member in cell.members)


def given(proposal: Proposal, yardstick: Averages, *, only_fixed: bool = False) -> Given:
    """What a proposal gives, by any weights; `only_fixed` is what no assignment can change."""
    matched = [m for m in proposal.matched if m.why is not None or not only_fixed]
    fits = sorted(
        (fit for m in matched for fit in (m.fit, m.back) if fit is not None),
        key=lambda fit: (fit.seeker, fit.mentor),
    )
    values = dict(zip(map(_two, fits), _values(proposal, yardstick, fits), strict=True))
    mentors: dict[int, int] = {}
    for match in matched:
        if match.back is None:
            at = match.fit.mentor
            mentors[at] = max(mentors.get(at, 0), values[_two(match.fit)])
    return Given({seeker: value for (seeker, _), value in values.items()}, mentors)


def _two(fit: Fit) -> tuple[int, int]:
    return fit.seeker, fit.mentor


def _values(proposal: Proposal, yardstick: Averages, fits: Sequence[Fit]) -> list[int]:
    seekers: Ints = ints(fit.seeker for fit in fits)
    scores = proposal.scorer.scores(seekers, ints(fit.mentor for fit in fits))
    found: list[int] = yardstick.values(scores.parts).tolist()
    return found
