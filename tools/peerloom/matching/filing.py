"""A proposal as the files of its pairs."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from peerloom import source
from peerloom.changes import Changes
from peerloom.kinds import record_path
from peerloom.matching.proposal import MADE_BY, Matched, Proposal
from peerloom.matching.reasons import reasons, summary, times
from peerloom.records import pair_id

# What a record may hold of reasons.
_MOST, _LONGEST = 50, 1000


@dataclass(frozen=True, slots=True)
class Files:
    """The texts of the pairs to write, and of earlier proposals those that are no more."""

    changes: Changes
    gone: tuple[str, ...]


def files(proposal: Proposal, today: date) -> Files:
    """A file for each pair; a team's members have one each."""
    changes: Changes = {}
    for match in proposal.matched:
        for pair in pairs(proposal, match, today):
            changes[f"content/pairs/{pair['cohort']}/{pair['id']}.yml"] = source.dump(pair)
    earlier = [record_path(pair) for pair in proposal.earlier]
    return Files(changes, tuple(at for at in earlier if at not in changes))


def pairs(proposal: Proposal, match: Matched, today: date) -> list[dict[str, Any]]:
    """The values of the pairs of a match, in the order of the schema."""
    pool = proposal.pool
    mentor = pool.mentors[match.fit.mentor].id
    team = pool.seekers[match.fit.seeker].team
    others = [person.id for person in match.people if person.id != mentor]
    said = _how(proposal, match)
    return [
        {
            "id": pair_id(pool.program, pool.cohort.id, (mentor, other)),
            "cohort": pool.cohort.id,
            **({"peers": [mentor, other]} if match.back else {"mentor": mentor, "mentee": other}),
            "status": "proposed",
            **({"team": team} if team else {}),
            "match": {"by": MADE_BY, "on": today.isoformat(), "people": [mentor, other], **said},
        }
        for other in others
    ]


def _how(proposal: Proposal, match: Matched) -> dict[str, Any]:
    said = {
        "summary": summary(proposal, match),
        "score": round(score(match), 4),
        "reasons": [reason[:_LONGEST] for reason in reasons(proposal, match)[:_MOST]],
        "times": list(times(proposal, match)),
    }
    return {key: value for key, value in said.items() if value != []}


def score(match: Matched) -> float:
    """The score of a match; of two peers, the mean of both ways."""
    if match.back is None:
        return match.fit.score
    return (match.fit.score + match.back.score) / 2
