"""How groups of people fare in two cases, such as in a proposal and at best.

People count, not pairs: somebody unmatched counts with 0, and a mentor with the best of
their matches. Groups of fewer than five people are withheld, and with them as many of the next
smallest as it takes that nothing can be recovered by subtraction from a total.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from peerloom.matching.arrays import UNIT, as_ints
from peerloom.matching.assignment import NO_NUMBER
from peerloom.matching.criteria.closeness import country_of
from peerloom.matching.proposal import Proposal
from peerloom.matching.scoring import Weighting
from peerloom.model import Participant, Role
from peerloom.records import Program
from peerloom.text.languages import language_name, primary_language
from peerloom.text.phrases import count_noun
from peerloom.text.translation import gettext as _

FEWEST_PEOPLE = 5
# The largest groups by an attribute are shown one by one, and all others together.
_MOST_GROUPS = 12
_OTHERS, _NOT_STATED = "all others", "not stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody whom a proposal could match, with their numbers as a seeker and as a mentor.

    Somebody with an open role is one member with two numbers; who is mentor and mentee is two.
    """

    person: Participant
    role: Role
    seeker: int | None = None
    mentor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """The groups by one attribute that are large enough to be shown, by name.

    `withheld` counts the others.
    """

    attribute: str
    groups: dict[str, tuple[Member, ...]]
    withheld: int


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The score in `UNIT`s of each seeker and mentor who has anybody, by number."""

    seekers: dict[int, int]
    mentors: dict[int, int]

    def score_of(self, member: Member) -> int | None:
        """The better of a member's scores; 0 if they are unmatched."""
        scores = [
            None if member.seeker is None else self.seekers.get(member.seeker),
            None if member.mentor is None else self.mentors.get(member.mentor),
        ]
        return max((score for score in scores if score is not None), default=None)

    def count_matched(self, members: Sequence[Member]) -> int:
        """How many of some members are matched."""
        return sum(self.score_of(member) is not None for member in members)

    def mean_score(self, members: Sequence[Member]) -> float:
        """The mean score, between 0 and 1, over all of some members."""
        return sum(self.score_of(member) or 0 for member in members) / len(members) / UNIT


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupComparison:
    """How many `people` of a group are matched in each of two cases, and their mean score.

    The mean is between 0 and 1, over all of them; somebody unmatched counts as 0.
    """

    group: str
    people: int
    matched: tuple[int, int]
    score: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeComparison:
    """The groups by an attribute, and how many are withheld so that nobody can be identified."""

    attribute: str
    groups: tuple[GroupComparison, ...]
    withheld: int


def measure_fairness(proposal: Proposal) -> tuple[AttributeComparison, ...]:
    """How each group fares in a proposal, and how it would if each had their best option.

    At best, those are matched who have an option at all: what they could have if nobody else
    wanted it.
    """
    outcomes = find_outcomes(proposal, proposal.scorer.weighting)
    return compare_groups(proposal, outcomes, _find_best_options(proposal, outcomes))


def compare_groups(
    proposal: Proposal, first: Outcomes, second: Outcomes
) -> tuple[AttributeComparison, ...]:
    """How each group of five people or more of those in a proposal fares in two cases."""
    return tuple(
        AttributeComparison(
            attribute=grouping.attribute,
            groups=tuple(
                GroupComparison(
                    group=name,
                    people=len(members),
                    matched=(first.count_matched(members), second.count_matched(members)),
                    score=(first.mean_score(members), second.mean_score(members)),
                )
                for name, members in grouping.groups.items()
            ),
            withheld=grouping.withheld,
        )
        for grouping in group_members(proposal.applicants.program, list_members(proposal))
    )


def list_comparisons(
    attributes: Sequence[AttributeComparison], describe: Callable[[GroupComparison], str]
) -> Iterator[str]:
    """Lines on each group, as `describe` says it."""
    for attribute in attributes:
        yield _("  by {attribute}:").format(attribute=attribute.attribute)
        yield from (f"    {describe(group)}" for group in attribute.groups)
        if attribute.withheld:
            yield _(
                "    {groups} withheld, so that nobody can be "
                "identified in a group of fewer than five people"
            ).format(groups=count_noun(attribute.withheld, "group"))


def comparisons_as_value(
    attributes: Sequence[AttributeComparison], describe: Callable[[GroupComparison], Any]
) -> dict[str, Any]:
    """The documented JSON, by attribute, with what `describe` makes of each group."""
    return {
        attribute.attribute: {
            "groups": [
                {"group": group.group, "people": group.people, **describe(group)}
                for group in attribute.groups
            ],
            "withheld": attribute.withheld,
        }
        for attribute in attributes
    }


def list_members(proposal: Proposal) -> tuple[Member, ...]:
    """Everybody who had nobody, or a place left, before the proposal."""
    applicants = proposal.applicants
    joined = {(m.fit.seeker, person.id) for m in proposal.matches for person in m.people}
    as_mentor = {mentor.id: n for n, mentor in enumerate(applicants.mentors) if mentor.is_open_role}
    members: list[Member] = []
    for n, seeker in enumerate(applicants.seekers):
        for person in seeker.people:
            if not seeker.current_mentors or (n, person.id) in joined:
                mentor = as_mentor.get(person.id) if seeker.is_open_role else None
                role: Role = "either" if seeker.is_open_role else "mentee"
                members.append(Member(person=person, role=role, seeker=n, mentor=mentor))
    listed = {member.mentor for member in members}
    for n, offer in enumerate(applicants.mentors):
        has_place = proposal.problem.places[n] > 0 or n in proposal.matches_by_mentor
        if n not in listed and has_place:
            role = "either" if offer.is_open_role else "mentor"
            members.append(Member(person=offer.person, role=role, mentor=n))
    return tuple(members)


def group_members(program: Program, members: Sequence[Member]) -> tuple[Grouping, ...]:
    """The groups of some members by each attribute."""
    groupings = []
    for attribute, describe in _ATTRIBUTES.items():
        groups: dict[str, list[Member]] = {}
        spelling: dict[str, str] = {}
        for member in members:
            name = describe(program, member)
            groups.setdefault(spelling.setdefault(name.casefold(), name), []).append(member)
        largest = sorted(groups, key=lambda name: (-len(groups[name]), name))
        for name in largest[_MOST_GROUPS:]:
            groups.setdefault(_OTHERS, []).extend(groups.pop(name))
        hidden = _find_hidden(
            {name: len({m.person.id for m in group}) for name, group in groups.items()}
        )
        visible = {name: tuple(groups[name]) for name in sorted(groups) if name not in hidden}
        groupings.append(Grouping(attribute=attribute, groups=visible, withheld=len(hidden)))
    return tuple(groupings)


def _find_hidden(people: dict[str, int]) -> set[str]:
    """Groups too small to show, plus enough others that none can be recovered by subtraction."""
    hidden: set[str] = set()
    for name in sorted(people, key=lambda name: (people[name], name)):
        total = sum(people[other] for other in hidden)
        is_safe = not hidden or (len(hidden) > 1 and total >= FEWEST_PEOPLE)
        if people[name] >= FEWEST_PEOPLE and is_safe:
            break
        hidden.add(name)
    return hidden


def _first_language(_: Program, member: Member) -> str:
    tags = member.person.languages
    return language_name(primary_language(tags[0])) if tags else _NOT_STATED


def _first_time(program: Program, member: Member) -> str:
    pairs = program.pairs_with(member.person.id)
    return "in a pair before" if any(p.status != "proposed" for p in pairs) else "first time"


_ATTRIBUTES: dict[str, Callable[[Program, Member], str]] = {
    "country": lambda _, member: country_of(member.person) or _NOT_STATED,
    "first language": _first_language,
    "first time": _first_time,
    "role": lambda _, member: member.role,
}


def find_outcomes(proposal: Proposal, weighting: Weighting) -> Outcomes:
    """The outcomes of a proposal, scored by any weights; a mentor has the best of their matches."""
    matches = proposal.matches
    fits = [(match.fit, match.back is None) for match in matches]
    fits += [(match.back, False) for match in matches if match.back]
    scores = proposal.scorer.score_pairs(
        as_ints(fit.seeker for fit, _ in fits), as_ints(fit.mentor for fit, _ in fits)
    )
    outcomes = Outcomes({}, {})
    values = weighting.total(scores.criteria).tolist()
    for (fit, is_mentored), value in zip(fits, values, strict=True):
        outcomes.seekers[fit.seeker] = value
        if is_mentored:
            outcomes.mentors[fit.mentor] = max(outcomes.mentors.get(fit.mentor, 0), value)
    return outcomes


def _find_best_options(proposal: Proposal, outcomes: Outcomes) -> Outcomes:
    """The best that each could have: of all options, or what was settled before them."""
    problem = proposal.problem
    best = Outcomes(dict(outcomes.seekers), dict(outcomes.mentors))
    for own, numbers, values in (
        (best.seekers, problem.seeker, problem.value),
        (best.seekers, problem.peer, problem.peer_value),
        (best.mentors, problem.mentor, problem.value),
    ):
        for n, value in zip(numbers.tolist(), values.tolist(), strict=True):
            if n != NO_NUMBER:
                own[n] = max(own.get(n, 0), value)
    return best
