"""Why two fit, in sentences: for coordinators, and a summary that the two read themselves."""

from collections.abc import Iterator

from peerloom.matching.proposal import Fit, Proposal, ProposedMatch
from peerloom.text.numbers import percentage
from peerloom.text.translation import gettext as _

# How many weekly times a proposal names.
TIMES = 3


def explain_match(proposal: Proposal, match: ProposedMatch) -> list[str]:
    """Why a match is proposed, for coordinators, the strongest reason first."""
    reasons = []
    if match.settled_by:
        reasons.append(match.settled_by[0].upper() + match.settled_by[1:])
    for fit in (match.fit, match.back):
        reasons += explain_fit(proposal, fit) if fit else []
    return list(dict.fromkeys([*reasons, *_compare_with_best(proposal, match)]))


def explain_fit(proposal: Proposal, fit: Fit, *, for_members: bool = False) -> list[str]:
    """What speaks for two, private reasons first, and last what is not known about them.

    Members do not read private reasons, such as whom the two named.
    """
    criteria = sorted(proposal.scorer.criteria, key=lambda criterion: not criterion.is_private)
    told = [c for c in criteria if not (for_members and c.is_private)]
    reasons = [sentence for c in told for sentence in c.explain(fit.seeker, fit.mentor)]
    gaps = [sentence for c in criteria for sentence in c.explain_gaps(fit.seeker, fit.mentor)]
    return reasons + gaps


def summarize_for_pair(proposal: Proposal, match: ProposedMatch) -> str:
    """Why the two fit, as they read it themselves: nothing that only coordinators may know."""
    reasons = [
        sentence
        for fit in (match.fit, match.back)
        for criterion in proposal.scorer.criteria
        if fit and criterion.is_in_summary
        for sentence in criterion.explain(fit.seeker, fit.mentor)
    ]
    if not reasons:
        data = proposal.scorer.data
        mentor, mentees = data.mentor_name(match.fit.mentor), data.seeker_name(match.fit.seeker)
        shared = _("{mentor} has a place for {mentees}; what you share is yours to find out")
        reasons = [shared.format(mentor=mentor, mentees=mentees)]
    return ". ".join(reason[0].upper() + reason[1:] for reason in reasons) + "."


def find_meeting_times(proposal: Proposal, match: ProposedMatch) -> tuple[str, ...]:
    """Weekly times that suit everybody of a match, in the local time of each."""
    data = proposal.scorer.data
    return data.calendar.meeting_times(data.everybody_of(match.fit.seeker, match.fit.mentor), TIMES)


def _compare_with_best(proposal: Proposal, match: ProposedMatch) -> Iterator[str]:
    """How the match compares with the best that the mentee could have."""
    if match.settled_by or match.back is not None:
        return
    data = proposal.scorer.data
    mentees = data.seeker_name(match.fit.seeker)
    best = proposal.best_mentors(match.fit.seeker, 2)
    others = [other for other in best if other[0] != match.fit.mentor]
    if not others:
        yield _("The only one with a place for {mentees}").format(mentees=mentees)
        return
    name, score = data.mentor_name(others[0][0]), others[0][1]
    if score > match.fit.score:
        share = percentage(match.share)
        sentence = _("{share} of the best that {mentees} could have: {score} with {mentor}")
        yield sentence.format(share=share, mentees=mentees, score=f"{score:.2f}", mentor=name)
    else:
        sentence = _("The best with a place for {mentees}; the next best is {mentor} with {score}")
        yield sentence.format(mentees=mentees, mentor=name, score=f"{score:.2f}")
