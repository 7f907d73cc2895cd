"""A proposal to be read: in a terminal, by programs, and as the text of a pull request."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from peerloom.diagnostic import printable
from peerloom.matching.constraints import CONSTRAINTS, names
from peerloom.matching.fairness import fairness, fairness_as_lines, fairness_as_value
from peerloom.matching.filing import score
from peerloom.matching.market import UNIT, ints
from peerloom.matching.pool import Pool
from peerloom.matching.proposal import Matched, Proposal
from peerloom.matching.reasons import listed, number, reasons, team_name, times
from peerloom.matching.scoring import PARTS, Scorer
from peerloom.matching.unmatched import Recruit, Unmatched, recruits, unmatched
from peerloom.model import Pair, Weights
from peerloom.quoting import quoted
from peerloom.schedule import TAKES_TIME

# GitHub takes 65,536 characters; the rest of a long text is in the files.
_LONGEST = 60_000


@dataclass(frozen=True)
class Told:
    """A proposal with all that is told beside it."""

    proposal: Proposal

    @cached_property
    def matched(self) -> list[Matched]:
        """Matches, the worst fits first: that is where reading is needed."""
        return sorted(self.proposal.matched, key=lambda m: (score(m), m.people[0].id))

    @cached_property
    def unmatched(self) -> tuple[Unmatched, ...]:
        """Who has nobody."""
        return unmatched(self.proposal)

    @cached_property
    def recruits(self) -> tuple[Recruit, ...]:
        """Which mentors to look for."""
        return recruits(self.proposal, self.unmatched)

    def who(self, match: Matched) -> str:
        """Who the two, or the mentor and a team, are."""
        mentor = self.proposal.pool.mentors[match.fit.mentor].person
        mentees = listed([p.name for p in match.people if p.id != mentor.id])
        how = "and" if match.back is not None else "mentors"
        return f"{mentor.name} {how} {mentees}"


def as_value(told: Told) -> dict[str, Any]:
    """The documented JSON of a proposal; a pair for each mentee of a team."""
    return {
        "cohort": told.proposal.pool.cohort.id,
        "pairs": [value for match in told.matched for value in _pairs(told, match)],
        "unmatched": [
            {"id": u.id, "role": u.role, "why": u.why, "barrier": u.barrier, "change": u.change}
            for u in told.unmatched
        ],
        "summary": _summary(told),
    }


def _pairs(told: Told, match: Matched) -> Iterator[dict[str, Any]]:
    proposal = told.proposal
    mentor = proposal.pool.mentors[match.fit.mentor].id
    said = reasons(proposal, match)
    for person in match.people:
        if person.id == mentor:
            continue
        yield {
            "mentor": mentor,
            "mentee": person.id,
            "peers": match.back is not None,
            "team": proposal.pool.seekers[match.fit.seeker].team,
            "score": round(score(match), 4),
            "share_of_best": round(match.share, 4),
            "parts": match.fit.parts,
            "reasons": said,
            "times": list(times(proposal, match)),
        }


def _summary(told: Told) -> dict[str, Any]:
    proposal = told.proposal
    people = [match for match in proposal.matched for _ in match.people]
    mean = sum(score(m) for m in people) / len(people) if people else None
    return {
        "mentees_matched": len(people),
        "mentors_matched": len({m.fit.mentor for m in proposal.matched}),
        "unmatched": len(told.unmatched),
        "mean_score": None if mean is None else round(mean, 4),
        "least_share_of_best": min((round(m.share, 4) for m in proposal.matched), default=None),
        "blocking_pairs": proposal.blocking,
        "lost_pins": [
            {"mentor": pin.mentor, "mentee": pin.mentee, "why": pin.why}
            for pin in proposal.lost_pins
        ],
        "recruit": [
            {
                "serves": list(r.serves),
                "skills": list(r.skills),
                "languages": list(r.languages),
                "hours": list(r.hours),
            }
            for r in told.recruits
        ],
        "fairness": fairness_as_value(fairness(proposal)),
    }


def as_text(told: Told) -> str:
    """A proposal for a terminal: nothing in it acts."""
    return "".join(f"{printable(line)}\n" for line in _lines(told))


def _lines(told: Told) -> Iterator[str]:
    for match in told.matched:
        yield f"{told.who(match)}: {score(match):.2f}"
        yield from (f"  {reason}" for reason in reasons(told.proposal, match))
        yield from (f"  could meet {time}" for time in times(told.proposal, match))
    yield from _counted(told)
    for pin in told.proposal.lost_pins:
        mentor, mentee = (told.proposal.pool.name(id_) for id_ in (pin.mentor, pin.mentee))
        yield f"the pin of {mentor} with {mentee} cannot be met: {pin.why}"
    yield from _left_over(told.unmatched)
    yield from _looked_for(told.recruits)
    if told.matched:
        yield from fairness_as_lines(fairness(told.proposal))


# What stands in the way of many for one reason is said once, with what to do about all of them.
_OF_MANY = {
    "consent": (
        "have nobody because a record says nothing of 'consent'",
        "ask them; then import their sheet again with '--show members', or write 'consent'",
    ),
    "training": (
        "have nobody because training that is asked of them, or of every mentor, is not done",
        "remind them, or set 'training_required: false' in the cohort's file",
    ),
}
_MANY = 4


def _left_over(left: Iterable[Unmatched]) -> Iterator[str]:
    by_barrier: dict[str, list[Unmatched]] = {}
    for one in left:
        by_barrier.setdefault(one.barrier, []).append(one)
    for barrier, those in by_barrier.items():
        if barrier in _OF_MANY and len(those) >= _MANY:
            why, change = _OF_MANY[barrier]
            others = f"{len(those) - 2} more"
            yield f"{listed([those[0].name, those[1].name, others])} {why}"
            yield f"  {change}"
        else:
            for one in those:
                yield f"{one.name}, {one.role}, has nobody: {one.why}"
                yield f"  {one.change}"


def _counted(told: Told) -> Iterator[str]:
    proposal = told.proposal
    mentees = sum(len(m.people) for m in proposal.matched)
    mentors = len({m.fit.mentor for m in proposal.matched})
    matched = f"{_many(mentees, 'mentee')} with {_many(mentors, 'mentor')}"
    yield f"{matched}, {len(told.unmatched)} with nobody"
    standing = len(_standing(proposal))
    if standing:
        yield f"{_many(standing, 'pair')} {'stands' if standing == 1 else 'stand'} already"
    if proposal.blocking:
        times_ = "once" if proposal.blocking == 1 else f"{proposal.blocking} times"
        yield (
            f"{times_}, a mentee and a mentor would both rather have each other, by whom they "
            "named, than what is proposed"
        )


def _standing(proposal: Proposal) -> list[Pair]:
    pool = proposal.pool
    everybody = pool.program.pairs_of(pool.cohort.id)
    return [p for p in everybody if p.status in TAKES_TIME and p.id not in pool.ignored]


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _looked_for(found: Iterable[Recruit]) -> Iterator[str]:
    for recruit in found:
        skills = f" who offers {listed(list(recruit.skills))}" if recruit.skills else ""
        yield (
            f"look for a mentor{skills}, in {' or '.join(recruit.languages)}: "
            f"would serve {len(recruit.serves)}"
        )
        yield from (f"  free {hours}" for hours in recruit.hours)


def as_markdown(told: Told) -> str:
    """The text of a pull request: a line for each match, the worst fits first."""
    cohort = quoted(told.proposal.pool.cohort.name)
    lines = [
        f"Matches for {cohort}, the weakest first: these are the ones to read.",
        "",
        "To overrule one, edit or delete its file in this pull request before you merge.",
        "",
    ]
    for match in told.matched:
        said = reasons(told.proposal, match)
        lines.append(f"- **{quoted(told.who(match))}** ({score(match):.2f}): {quoted(said[0])}")
    lines += ["", quoted(next(_counted(told))), ""]
    lines += [f"- {quoted(line)}" for line in _left_over(told.unmatched) if line[0] != " "]
    text = "\n".join(lines) + "\n"
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rpartition("\n")[0] + "\n- and more: see the files\n"


def candidates_as_value(scorer: Scorer) -> dict[str, Any]:
    """Every mentor of the cohort for every mentee, best first, before capacities."""
    pool = scorer.pool
    return {
        "cohort": pool.cohort.id,
        "mentees": [
            {"id": person.id, "team": seeker.team, "candidates": ranked}
            for n, seeker in enumerate(pool.seekers)
            for ranked in [_ranked(scorer, n)]
            for person in seeker.people
        ],
    }


def _ranked(scorer: Scorer, seeker: int) -> list[dict[str, Any]]:
    pool = scorer.pool
    own = [p.id for p in pool.seekers[seeker].people]
    mentors = ints(n for n, m in enumerate(pool.mentors) if own != [m.id])
    found = scorer.scores(np.full(len(mentors), seeker), mentors)
    values = scorer.averages.values(found.parts)
    order = sorted(range(len(mentors)), key=lambda n: (-int(values[n]), int(mentors[n])))
    return [
        {
            "id": pool.mentors[int(mentors[n])].id,
            "score": int(values[n]) / UNIT,
            "parts": {
                part.id: round(float(found.parts[n, at]), 4)
                for at, part in enumerate(PARTS)
                if not np.isnan(found.parts[n, at])
            },
            "blocked_by": names(int(found.codes[n])),
        }
        for n in order
    ]


def candidates_as_text(scorer: Scorer) -> str:
    """The five best for each mentee, and what stands in the way."""
    lines = []
    for n, seeker in enumerate(scorer.pool.seekers):
        lines.append(f"{team_name(seeker)}:")
        for found in _ranked(scorer, n)[:5]:
            blocked = f", not possible: {', '.join(found['blocked_by'])}"
            name = scorer.pool.name(found["id"])
            lines.append(f"  {found['score']:.2f} {name}{blocked if found['blocked_by'] else ''}")
    return "".join(f"{printable(line)}\n" for line in lines)


def attributes(pool: Pool) -> str:
    """Which fields of a record a match looks at, and which never."""
    weights = pool.cohort.matching.weights
    lines = ["What makes a match better, by weight:"]
    for part in PARTS:
        weight = number(getattr(weights, part.id))
        lines += [f"  {part.id} {weight}: {part.sentence}", f"    from {', '.join(part.fields)}"]
    lines.append("What must hold:")
    lines += [f"  {constraint.id}: {constraint.sentence}" for constraint in CONSTRAINTS]
    lines.append("What this cohort declares:")
    declared = pool.cohort.matching.declared
    lines += [f"  {d.attribute}, {d.prefer}: {d.reason}" for d in declared] or ["  nothing"]
    lines.append(
        "Never used unless declared: gender, pronouns, ethnicity, religion, health, age, names."
    )
    return "".join(f"{printable(line)}\n" for line in lines)


def as_json(value: dict[str, Any]) -> str:
    """A value as JSON in ASCII."""
    return json.dumps(value, indent=2, ensure_ascii=True) + "\n"


def constraints_as_markdown() -> str:
    """The table of what must hold, for the documents."""
    rows = [f"| `{c.id}` | {c.sentence} | {c.change} |\n" for c in CONSTRAINTS]
    return "| Word | What must hold | What would free the two |\n|:--|:--|:--|\n" + "".join(rows)


def parts_as_markdown() -> str:
    """The table of the score's parts, for the documents."""
    rows = [
        f"| `{part.id}` | {number(getattr(Weights(), part.id))} | {part.sentence} "
        f"| {', '.join(f'`{field}`' for field in part.fields)} |\n"
        for part in PARTS
    ]
    return "| Part | Weight | What it says | From |\n|:--|--:|:--|:--|\n" + "".join(rows)
