"""Who got nobody, what stands in the way, what would free them, and which mentors to recruit."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from peerloom.matching import candidates
from peerloom.matching.constraints import CONSTRAINTS, names
from peerloom.matching.market import Ints, ints
from peerloom.matching.pool import Seeker
from peerloom.matching.proposal import Proposal
from peerloom.matching.reasons import language, listed, number, team_name
from peerloom.matching.scoring import Scores
from peerloom.model import Participant

_CHANGE = {constraint.id: constraint.change for constraint in CONSTRAINTS}
_MOST_SEEN = 2000
_MOST_RECRUITS = 10
_MOST_SKILLS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmatched:
    """Somebody with nobody.

    `barrier` is the constraint in the way, `why` says it in words, and `change` is the smallest
    change that would free them.
    """

    id: str
    name: str
    role: Literal["mentor", "mentee", "either"]
    team: str | None
    barrier: str
    why: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recruit:
    """A mentor to look for: whom they would serve, and what they would offer and speak."""

    serves: tuple[str, ...]
    skills: tuple[str, ...]
    languages: tuple[str, ...]
    hours: tuple[str, ...]


def unmatched(proposal: Proposal) -> tuple[Unmatched, ...]:
    """Everybody who has nobody, before and after the proposal, in the order of their ids."""
    found: dict[str, Unmatched] = {}
    for n, seeker in enumerate(proposal.pool.seekers):
        if not seeker.has and n not in proposal.has and not _serves(proposal, seeker):
            barrier, why, change = _of_seeker(proposal, n)
            for person in seeker.people:
                found[person.id] = Unmatched(
                    id=person.id,
                    name=person.name,
                    role="either" if seeker.either else "mentee",
                    team=seeker.team,
                    barrier=barrier,
                    why=why,
                    change=change,
                )
    found |= {left.id: left for left in _late(proposal)}
    for n, mentor in enumerate(proposal.pool.mentors):
        if (
            mentor.has_any
            or n in proposal.mentees_of
            or mentor.id in proposal.busy
            or mentor.id in found
        ):
            continue
        barrier, why, change = _of_mentor(proposal, n)
        found[mentor.id] = Unmatched(
            id=mentor.id,
            name=mentor.person.name,
            role="either" if mentor.either else "mentor",
            team=None,
            barrier=barrier,
            why=why,
            change=change,
        )
    return tuple(found[id_] for id_ in sorted(found))


def _late(proposal: Proposal) -> Iterator[Unmatched]:
    """Who came to a team that has a mentor, and cannot join them."""
    for n, seeker in enumerate(proposal.pool.seekers):
        if not seeker.has or n in proposal.has:
            continue
        mentor = proposal.pool.name(seeker.has[0])
        for person in seeker.without:
            yield Unmatched(
                id=person.id,
                name=person.name,
                role="mentee",
                team=seeker.team,
                barrier="team",
                why=f"the rest of the team has {mentor}, whom {person.name} cannot have too",
                change="take 'team' out of their record, to match them alone",
            )


def _serves(proposal: Proposal, seeker: Seeker) -> bool:
    """Whether somebody who would be mentee or mentor is a mentor in the proposal."""
    return seeker.either and seeker.id in proposal.busy


_Said = tuple[str, str, str]


def _of_seeker(proposal: Proposal, seeker: int) -> _Said:
    pool = proposal.pool
    mentors = ints(range(min(len(pool.mentors), _MOST_SEEN)))
    own = {p.id for p in pool.seekers[seeker].people}
    mentors = mentors[[pool.mentors[n].id not in own for n in mentors]]
    if not len(mentors):
        return "no mentors", "nobody of this cohort mentors", "recruit a mentor"
    takers = mentors[[pool.mentors[n].capacity > 0 for n in mentors]]
    if not len(takers):
        name = pool.mentors[int(mentors[0])].person.name
        return "capacity", "no mentor takes anybody", f"ask {name}, and set 'capacity'"
    mentors = takers
    scores = candidates.everybody(proposal.scorer, ints([seeker]), mentors)
    if bool(scores.may_be.any()):
        return _no_place(proposal, seeker, scores.at(scores.may_be))
    return _barrier(proposal, [names(int(code)) for code in scores.codes], scores.mentor, seeker)


def _no_place(proposal: Proposal, seeker: int, scores: Scores) -> _Said:
    pool = proposal.pool
    best = int(scores.mentor[proposal.scorer.averages.values(scores.parts).argmax()])
    who, name = team_name(pool.seekers[seeker]), pool.mentors[best].person.name
    many = len(scores.mentor)
    why = (
        f"the one mentor whom {who} could have, {name}, is taken"
        if many == 1
        else f"each of the {many} mentors whom {who} could have is taken"
    )
    if pool.mentors[best].either and best not in proposal.mentees_of:
        return "capacity", why, f"ask whether {name} would mentor them too: they fit best"
    return "capacity", why, f"ask {name} for one more place: they fit best"


def _barrier(proposal: Proposal, broken: list[list[str]], mentors: Ints, seeker: int) -> _Said:
    """All that stands in the way, and of it what is least, and frees the most mentors."""
    fewest = min(len(b) for b in broken)
    sets = Counter(tuple(b) for b in broken if len(b) == fewest)
    ids, many = min(sets.items(), key=lambda item: (-item[1], item[0]))
    people = proposal.pool.seekers[seeker].people
    rows = [n for n, b in enumerate(broken) if tuple(b) == ids]
    changes = [_change(proposal, id_, people, mentors[rows], seeker) for id_ in ids]
    opens = "1 mentor" if many == 1 else f"{many} mentors"
    why = _counted(proposal, broken, listed([p.name for p in people]), "mentor")
    return ids[0], why, f"{'; and '.join(changes)}: this opens {opens}"


def _counted(proposal: Proposal, broken: list[list[str]], who: str, what: str) -> str:
    """How many of those there are each thing keeps away, the most first."""
    least = number(proposal.pool.cohort.matching.shared_hours or 0)
    words = {
        "language": "no language in common",
        "hours": f"not {least} free hours a week in common",
        "excluded": "one of the two excluded the other",
        "conflict": "a conflict of interest",
        "past-partner": "a pair before",
        "forbidden": "forbidden in the cohort's file",
        "consent": "no 'consent' in the record of one of the two",
        "training": "training that one of the two has not done",
        "same-person": "the same person",
    }
    many = Counter(id_ for b in broken for id_ in b)
    each = [f"{words[id_]} ({count})" for id_, count in many.most_common()]
    total = "the one" if len(broken) == 1 else f"all {len(broken)}"
    plural = what if len(broken) == 1 else f"{what}s"
    return f"what keeps {who} from {total} {plural}: {', '.join(each)}"


def _change(
    proposal: Proposal, id_: str, people: tuple[Participant, ...], mentors: Ints, seeker: int
) -> str:
    if id_ == "hours":
        shared, _ = proposal.scorer.held.hours(np.full(len(mentors), seeker), mentors)
        least = proposal.pool.cohort.matching.shared_hours or 0
        most = float(shared.max())
        best = proposal.pool.mentors[int(mentors[shared.argmax()])].person.name
        return f"find {number(least - most)} more hours a week with {best}, or ask for fewer"
    if id_ == "consent":
        missing = [p for p in people if not p.consent]
        they = [proposal.pool.mentors[int(n)].person for n in mentors]
        some = [] if any(mentor.consent for mentor in they) else [they[0]]
        names_ = [p.name for p in (*missing, *some)]
        return f"ask {listed(names_)} and write 'consent' in their record"
    return _CHANGE[id_]


def _of_mentor(proposal: Proposal, mentor: int) -> _Said:
    pool = proposal.pool
    who = pool.mentors[mentor].person.name
    if pool.mentors[mentor].capacity == 0:
        return "capacity", f"{who} takes nobody: capacity is 0", "ask, and set 'capacity'"
    seekers = ints(n for n, s in enumerate(pool.seekers) if not s.has)[:_MOST_SEEN]
    seekers = seekers[[pool.seekers[n].id != pool.mentors[mentor].id for n in seekers]]
    if not len(seekers):
        return "no mentees", "every mentee of this cohort has somebody", "nothing: keep in touch"
    scores = candidates.everybody(proposal.scorer, seekers, ints([mentor]))
    if bool(scores.may_be.any()):
        return (
            "not needed",
            "everybody whom they could mentor has somebody",
            "nothing: they are there for who comes late",
        )
    broken = [names(int(code)) for code in scores.codes]
    ids = min(Counter(map(tuple, broken)).items(), key=lambda i: (len(i[0]), -i[1], i[0]))[0]
    if ids == ("consent",) and not pool.mentors[mentor].person.consent:
        return "consent", f"{who}'s record says nothing of 'consent'", f"ask {who}, and write it"
    return (
        ids[0],
        _counted(proposal, broken, who, "mentee"),
        "; and ".join(_CHANGE[id_] for id_ in ids),
    )


def recruits(proposal: Proposal, waiting: Iterable[Unmatched]) -> tuple[Recruit, ...]:
    """Which mentors to look for, those first who would serve the most of who wait.

    A mentor serves who wants the skill and speaks the language. The greatest group is taken
    first, then the greatest of who is left.
    """
    ids = {u.id for u in waiting if u.role != "mentor" and u.barrier not in ("consent", "training")}
    left = [p for s in proposal.pool.seekers for p in s.people if p.id in ids]
    found: list[Recruit] = []
    while left and len(found) < _MOST_RECRUITS:
        groups: dict[tuple[str, str], list[Participant]] = {}
        for person in left:
            for skill in _wanted(proposal, person) or [""]:
                for tongue in proposal.pool.spoken(person):
                    groups.setdefault((skill, tongue), []).append(person)
        (_, tongue), served = min(
            groups.items(), key=lambda item: (-len({p.id for p in item[1]}), item[0])
        )
        people = list({p.id: p for p in served}.values())
        found.append(_recruit(proposal, people, tongue))
        left = [p for p in left if p.id not in {q.id for q in people}]
    return tuple(found)


def _recruit(proposal: Proposal, people: list[Participant], tongue: str) -> Recruit:
    wanted = Counter(skill for p in people for skill in _wanted(proposal, p))
    common = sorted(wanted, key=lambda skill: (-wanted[skill], skill))[:_MOST_SKILLS]
    first, *others = (proposal.pool.spoken(person) for person in people)
    shared = [spoken for spoken in first if all(spoken in each for each in others)]
    return Recruit(
        serves=tuple(p.id for p in people),
        skills=tuple(common),
        languages=tuple(language(t) for t in shared or [tongue]),
        hours=tuple(_common_hours(proposal, people)),
    )


def _wanted(proposal: Proposal, person: Participant) -> list[str]:
    known = proposal.pool.program.skills
    shown = {skill.id: skill.name for skill in proposal.pool.program.settings.skills}
    ids = [known.get(s.skill.casefold(), s.skill) for s in person.skills_wanted]
    return list(dict.fromkeys([*(shown.get(id_, id_) for id_ in ids), *person.also_wants]))


def _common_hours(proposal: Proposal, people: list[Participant]) -> Iterator[str]:
    """Days on which most of them are free, in the program's own time zone."""
    said = [p for p in people if p.availability]
    if said:
        yield from proposal.scorer.calendar.busiest(said, 2)
    else:
        yield "at times that nobody has said yet"
