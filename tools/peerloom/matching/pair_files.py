"""A proposal as the files of its pairs."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from peerloom import source
from peerloom.changes import Changes
from peerloom.kinds import record_path
from peerloom.matching.explanation.reasons import (
    explain_match,
    find_meeting_times,
    summarize_for_pair,
)
from peerloom.matching.proposal import MADE_BY, Proposal, ProposedMatch
from peerloom.pair_ids import pair_id

# What a record may hold of reasons.
_MOST_REASONS, _LONGEST_REASON = 50, 1000


@dataclass(frozen=True, slots=True)
class PairFiles:
    """The texts of the pairs to write, and paths of earlier proposals that are to be deleted."""

    changes: Changes
    deleted: tuple[str, ...]


def make_pair_files(proposal: Proposal, today: date) -> PairFiles:
    """A file for each pair; the members of a team have one each."""
    changes: Changes = {}
    for match in proposal.matches:
        for pair in _make_pairs(proposal, match, today):
            changes[f"content/pairs/{pair['cohort']}/{pair['id']}.yml"] = source.dump(pair)
    earlier = [record_path(pair) for pair in proposal.earlier]
    return PairFiles(changes, tuple(old for old in earlier if old not in changes))


def _make_pairs(proposal: Proposal, match: ProposedMatch, today: date) -> list[dict[str, Any]]:
    """The values of the pairs of a match, in the order of the schema.

    The reasons and the summary stay in the record, in the language in which they are made.
    """
    applicants = proposal.applicants
    cohort, team = applicants.cohort.id, applicants.seekers[match.fit.seeker].team
    mentor = applicants.mentors[match.fit.mentor].id
    times = list(find_meeting_times(proposal, match))
    reasons = [r[:_LONGEST_REASON] for r in explain_match(proposal, match)[:_MOST_REASONS]]
    details = {
        "summary": summarize_for_pair(proposal, match),
        "score": round(match.score, 4),
        **({"reasons": reasons} if reasons else {}),
        **({"times": times} if times else {}),
    }
    day = _find_start(proposal, match)
    return [
        {
            "id": pair_id(applicants.program, cohort, (mentor, other)),
            "cohort": cohort,
            **({"peers": [mentor, other]} if match.back else {"mentor": mentor, "mentee": other}),
            "status": "active" if day else "proposed",
            **({"team": team} if team else {}),
            **({"started_on": day.isoformat()} if day else {}),
            "match": {"by": MADE_BY, "on": today.isoformat(), "people": [mentor, other], **details},
        }
        for other in (person.id for person in match.people if person.id != mentor)
    ]


def _find_start(proposal: Proposal, match: ProposedMatch) -> date | None:
    """The day on which a match begins; `None` if it is only proposed, or somebody is away then."""
    day = proposal.begins_on
    everybody = (*match.people, proposal.applicants.mentors[match.fit.mentor].person)
    is_away = any(day and person.away_until(day) for person in everybody)
    return None if is_away else day
