"""Who is unmatched, what stands in the way, and the smallest change that would help."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from peerloom.matching.arrays import Ints, as_ints
from peerloom.matching.constraints import CONSTRAINTS, Constraint
from peerloom.matching.constraints.constraint import PersonalConstraint
from peerloom.matching.proposal import Proposal
from peerloom.model import Participant, Role
from peerloom.text.dates import full_date
from peerloom.text.languages import language_name
from peerloom.text.phrases import count_noun, list_words
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark, ngettext

# How many mentors or mentees are examined to find out why somebody is unmatched.
_MOST_LOOKED_AT = 2000
_MOST_RECRUITS, _MOST_SKILLS, _MOST_TIMES = 10, 3, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Barrier:
    """What stands in somebody's way: its id, in words, and the smallest change that would help."""

    id: str
    why: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmatched:
    """Somebody unmatched, or in no circle. For coordinators only: it may reveal who excluded whom.

    `barrier` is the id of a constraint, or of something else that stands in the way.
    """

    id: str
    name: str
    role: Role
    barrier: Barrier

    def as_value(self) -> dict[str, str]:
        """The documented JSON."""
        barrier = self.barrier
        return {
            "id": self.id,
            "role": self.role,
            "why": barrier.why,
            "barrier": barrier.id,
            "change": barrier.change,
        }


_ROLES: dict[Role, str] = {
    "mentor": mark("mentor"),
    "mentee": mark("mentee"),
    "either": mark("either"),
}


def name_role(role: Role) -> str:
    """The role in which somebody waits, as it is said after their name."""
    return _(_ROLES[role])


@dataclass(frozen=True, slots=True, kw_only=True)
class Recruit:
    """A mentor to look for: ids of whom they would serve, and what they would offer and speak."""

    serves: tuple[str, ...]
    skills: tuple[str, ...]
    languages: tuple[str, ...]
    hours: tuple[str, ...]


def explain_away(person: Participant, until: date) -> str:
    """Why somebody who takes a break is not matched, as a sentence without a full stop."""
    sentence = _("{name} takes a break until {date}, and is matched with nobody before")
    return sentence.format(name=person.name, date=full_date(until))


def find_unmatched(proposal: Proposal) -> tuple[Unmatched, ...]:
    """Everybody whom neither a pair nor the proposal matches, in the order of their ids."""
    unmatched: dict[str, Unmatched] = {}
    away = proposal.applicants.unmatched_away
    for person, role, barrier in (
        *_explain_seekers(proposal),
        *_explain_idle_mentors(proposal),
        *(
            (person, membership.role, explain_break(person, proposal.applicants.begins_on))
            for person, membership in away
        ),
    ):
        one = Unmatched(id=person.id, name=person.name, role=role, barrier=barrier)
        unmatched.setdefault(person.id, one)
    return tuple(unmatched[id_] for id_ in sorted(unmatched))


def _explain_seekers(proposal: Proposal) -> Iterator[tuple[Participant, Role, Barrier]]:
    """What stands in the way of each mentee, or person of an open role, who has nobody."""
    applicants = proposal.applicants
    for n, seeker in enumerate(applicants.seekers):
        if n in proposal.match_by_seeker:
            continue
        if seeker.current_mentors:
            mentor = applicants.name_of(seeker.current_mentors[0])
            for person in seeker.unmatched_people:
                yield person, "mentee", _cannot_join(person, mentor)
        elif not (seeker.is_open_role and seeker.id in proposal.matched_ids):
            barrier = _find_seeker_barrier(proposal, n)
            for person in seeker.people:
                yield person, "either" if seeker.is_open_role else "mentee", barrier


def _explain_idle_mentors(proposal: Proposal) -> Iterator[tuple[Participant, Role, Barrier]]:
    """What stands in the way of each mentor who has no mentee and gets none."""
    for n, offer in enumerate(proposal.applicants.mentors):
        if not offer.has_mentees and offer.id not in proposal.matched_ids:
            role: Role = "either" if offer.is_open_role else "mentor"
            yield offer.person, role, _find_mentor_barrier(proposal, n)


def explain_break(person: Participant, day: date) -> Barrier:
    """What stands in the way of somebody who takes a break on a day."""
    until = person.away_until(day) or day
    change = _("wait until then, or ask, and take the break out of their record")
    return Barrier(id="away", why=explain_away(person, until), change=change)


def _cannot_join(person: Participant, mentor: str) -> Barrier:
    return Barrier(
        id="team",
        why=_("the rest of the team has {mentor}, whom {name} cannot have too").format(
            mentor=mentor, name=person.name
        ),
        change=_("take 'team' out of their record, to match them alone"),
    )


def _find_seeker_barrier(proposal: Proposal, seeker: int) -> Barrier:
    everybody = proposal.applicants.mentors
    own = {person.id for person in proposal.applicants.seekers[seeker].people}
    mentors = as_ints(n for n, m in enumerate(everybody[:_MOST_LOOKED_AT]) if m.id not in own)
    takers = mentors[[everybody[n].capacity > 0 for n in mentors]]
    if not len(mentors):
        why = _("nobody in this cohort mentors")
        return Barrier(id="no mentors", why=why, change=_("recruit a mentor"))
    if not len(takers):
        ask = _("ask {name}, and set 'capacity'")
        change = ask.format(name=everybody[mentors[0]].person.name)
        return Barrier(id="capacity", why=_("no mentor takes a mentee"), change=change)
    return explain_apart(proposal, seeker, takers) or _explain_full(proposal, seeker, takers)


def explain_apart(proposal: Proposal, seeker: int, mentors: Ints) -> Barrier | None:
    """The barrier between a seeker and some mentors, with the smallest change that opens one.

    Of the sets of constraints that keep a mentor away, that is the smallest, and of these the one
    whose lifting frees the most mentors.
    """
    checker, who = proposal.scorer.constraints, proposal.scorer.data.seeker_name(seeker)
    bits = checker.find_broken(np.full(len(mentors), seeker), mentors)
    if not bits.all():
        return None
    fewest, rows = _fewest_broken(proposal, bits)
    changes = [constraint.suggest_change(seeker, mentors[rows]) for constraint in fewest]
    change = _("; and ").join(changes)
    if len(mentors) > 1:
        opened = count_noun(len(rows), "mentor")
        change = _("{change}: this opens {mentors}").format(change=change, mentors=opened)
    names = [proposal.scorer.data.mentor_name(int(n)) for n in mentors]
    return Barrier(
        id=fewest[0].id,
        why=_count_broken(proposal, bits, who, names[0] if len(names) == 1 else None, "mentor"),
        change=change,
    )


def _explain_full(proposal: Proposal, seeker: int, mentors: Ints) -> Barrier:
    """The barrier for a seeker whose possible mentors are all taken, with whom to ask."""
    data, scorer = proposal.scorer.data, proposal.scorer
    scores = scorer.score_all(as_ints([seeker]), mentors)
    mentors = mentors[scores.is_allowed]
    best = int(mentors[scorer.weighting.total(scores.criteria)[scores.is_allowed].argmax()])
    name, who = data.mentor_name(best), data.seeker_name(seeker)
    why = ngettext(
        "the one mentor whom {name} could have, {mentor}, is taken",
        "each of the {number} mentors whom {name} could have is taken",
        len(mentors),
    ).format(name=who, mentor=name, number=len(mentors))
    change = _("ask {mentor} for one more place: they fit best")
    if proposal.applicants.mentors[best].is_open_role and best not in proposal.matches_by_mentor:
        change = _("ask whether {mentor} would mentor them too: they fit best")
    return Barrier(id="capacity", why=why, change=change.format(mentor=name))


def _find_mentor_barrier(proposal: Proposal, mentor: int) -> Barrier:
    applicants, checker = proposal.applicants, proposal.scorer.constraints
    person = applicants.mentors[mentor].person
    if applicants.mentors[mentor].capacity == 0:
        why = _("{name} takes no mentees: capacity is 0").format(name=person.name)
        return Barrier(id="capacity", why=why, change=_("ask, and set 'capacity'"))
    seekers = as_ints(
        n
        for n, seeker in enumerate(applicants.seekers)
        if not seeker.current_mentors and seeker.id != person.id
    )[:_MOST_LOOKED_AT]
    if not len(seekers):
        why = _("every mentee of this cohort has a mentor")
        return Barrier(id="no mentees", why=why, change=_("nothing: keep in touch"))
    bits = checker.find_broken(seekers, np.full(len(seekers), mentor))
    if not bits.all():
        why = _("everybody whom they could mentor has a mentor")
        change = _("nothing: they are free for people who join late")
        return Barrier(id="not needed", why=why, change=change)
    fewest = _fewest_broken(proposal, bits)[0]
    constraint, why = checker.find_not_ready(person, "mentor") or (None, "")
    if fewest != [constraint]:
        seeker = proposal.scorer.data.seeker_name(int(seekers[0])) if len(bits) == 1 else None
        why = _count_broken(proposal, bits, person.name, seeker, "mentee")
    change = _("; and ").join(_(constraint.how_to_lift) for constraint in fewest)
    return Barrier(id=fewest[0].id, why=why, change=change)


def _fewest_broken(proposal: Proposal, bits: Ints) -> tuple[list[Constraint], Ints]:
    """The smallest set of constraints that keeps somebody away, and the rows where it does."""
    decode, counts = proposal.scorer.constraints.decode, Counter(bits.tolist())

    def rank(key: int) -> tuple[int, int, list[str]]:
        return len(decode(key)), -counts[key], [constraint.id for constraint in decode(key)]

    smallest = min(counts, key=rank)
    return decode(smallest), np.flatnonzero(bits == smallest)


def _count_broken(
    proposal: Proposal, bits: Ints, who: str, other: str | None, noun: Literal["mentor", "mentee"]
) -> str:
    """For each constraint, how many others it keeps away, most first; of one alone, no number."""
    decode = proposal.scorer.constraints.decode
    counts = Counter(constraint for key in bits.tolist() for constraint in decode(key))
    if other is not None:
        sentence = _("what keeps {name} from {other}: {reasons}")
        reasons = list_words(c.describe() for c in counts)
        return sentence.format(name=who, other=other, reasons=reasons)
    labels = [f"{constraint.describe()} ({n})" for constraint, n in counts.most_common()]
    sentence = _("what keeps {name} from all {others}: {reasons}")
    others = count_noun(len(bits), noun)
    return sentence.format(name=who, others=others, reasons=list_words(labels))


def find_recruits(proposal: Proposal, unmatched: Iterable[Unmatched]) -> tuple[Recruit, ...]:
    """Which mentors to look for, first those who would serve the most people who wait.

    A mentor serves everybody who wants the same skill and speaks the same language. The largest
    such group is taken first, then the largest of those who are left.
    """
    personal = {kind.id for kind in CONSTRAINTS if issubclass(kind, PersonalConstraint)}
    waiting = {u.id for u in unmatched if u.role != "mentor" and u.barrier.id not in personal}
    left = [p for seeker in proposal.applicants.seekers for p in seeker.people if p.id in waiting]
    recruits: list[Recruit] = []
    while left and len(recruits) < _MOST_RECRUITS:
        groups: dict[tuple[str, str], dict[str, Participant]] = {}
        for person in left:
            for skill in _wanted_skills(proposal, person) or [""]:
                for language in proposal.applicants.languages_of(person):
                    groups.setdefault((skill, language), {})[person.id] = person
        (_, language), served = min(groups.items(), key=lambda item: (-len(item[1]), item[0]))
        recruits.append(_describe_recruit(proposal, list(served.values()), language))
        left = [person for person in left if person.id not in served]
    return tuple(recruits)


def _describe_recruit(proposal: Proposal, people: list[Participant], language: str) -> Recruit:
    wanted = Counter(skill for p in people for skill in _wanted_skills(proposal, p))
    common = sorted(wanted, key=lambda skill: (-wanted[skill], skill))[:_MOST_SKILLS]
    first, *others = (proposal.applicants.languages_of(person) for person in people)
    shared = [tag for tag in first if all(tag in spoken for spoken in others)] or [language]
    return Recruit(
        serves=tuple(person.id for person in people),
        skills=tuple(common),
        languages=tuple(language_name(tag) for tag in shared),
        hours=tuple(_common_hours(proposal, people)),
    )


def _wanted_skills(proposal: Proposal, person: Participant) -> list[str]:
    named = proposal.scorer.data.profiles.name_skills(person.skills_wanted)
    return list(dict.fromkeys([*named, *person.also_wants]))


def _common_hours(proposal: Proposal, people: list[Participant]) -> Iterator[str]:
    """The times at which most of some people are free, in the program's own time zone."""
    stated = [person for person in people if person.availability]
    if stated:
        yield from proposal.scorer.data.calendar.busiest_times(stated, _MOST_TIMES)
    else:
        yield _("at times that nobody has stated yet")
