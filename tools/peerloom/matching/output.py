"""A proposal as text for a terminal, as JSON, and as the text of a pull request."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from peerloom.matching.arrays import UNIT, as_ints
from peerloom.matching.constraints import CONSTRAINTS
from peerloom.matching.criteria import CRITERIA
from peerloom.matching.explanation.reasons import explain_match, find_meeting_times
from peerloom.matching.explanation.why_unmatched import (
    Recruit,
    Unmatched,
    find_recruits,
    find_unmatched,
    name_role,
)
from peerloom.matching.fairness import (
    GroupComparison,
    comparisons_as_value,
    list_comparisons,
    measure_fairness,
)
from peerloom.matching.proposal import Proposal, ProposedMatch
from peerloom.matching.scoring import Scorer
from peerloom.model import Cohort
from peerloom.schedule import STATUSES_TAKING_TIME
from peerloom.text.dates import full_date
from peerloom.text.escaping.github import escape_comment
from peerloom.text.escaping.terminal import printable
from peerloom.text.numbers import plain_number, whole_number
from peerloom.text.phrases import count_noun, count_times, join_choices, join_words, list_words
from peerloom.text.translation import gettext as _
from peerloom.text.translation import ngettext

# GitHub takes 65,536 characters; the rest of a long text is in the files.
_LONGEST_MARKDOWN = 60_000
# From this number of people on, a barrier that they share is reported once for all of them.
_MANY = 4
_SHORT_LIST = 5


def format_lines(lines: Iterable[str]) -> str:
    """Lines for a terminal, in which nothing that people wrote acts as a command."""
    return "".join(f"{printable(line)}\n" for line in lines)


def format_json(value: dict[str, Any]) -> str:
    """A value as JSON in ASCII."""
    return json.dumps(value, indent=2, ensure_ascii=True) + "\n"


@dataclass(frozen=True)
class ProposalView:
    """A proposal with everything that is reported beside it."""

    proposal: Proposal

    @cached_property
    def matches(self) -> list[ProposedMatch]:
        """The matches, the weakest first: that is where reading is needed."""
        return sorted(self.proposal.matches, key=lambda match: (match.score, match.people[0].id))

    @cached_property
    def unmatched(self) -> tuple[Unmatched, ...]:
        """Everybody who is unmatched."""
        return find_unmatched(self.proposal)

    @cached_property
    def recruits(self) -> tuple[Recruit, ...]:
        """Which mentors to look for."""
        return find_recruits(self.proposal, self.unmatched)

    def as_value(self) -> dict[str, Any]:
        """The documented JSON; a pair for each mentee of a team."""
        return {
            "cohort": self.proposal.applicants.cohort.id,
            "pairs": [pair for match in self.matches for pair in self._list_pairs(match)],
            "unmatched": [unmatched.as_value() for unmatched in self.unmatched],
            "summary": self._summarize(),
        }

    def as_text(self) -> str:
        """The proposal for a terminal."""
        return format_lines(self._list_lines())

    def as_markdown(self) -> str:
        """The text of a pull request: a line for each match, the weakest first."""
        cohort = escape_comment(self.proposal.applicants.cohort.name)
        lines = [
            _("Matches for {cohort}, the weakest first: these are the ones to read.").format(
                cohort=cohort
            ),
            "",
            _("To overrule one, edit or delete its file in this pull request before you merge."),
            *self._say_when_they_begin(),
            "",
        ]
        for match in self.matches:
            who, reason = self._name_match(match), explain_match(self.proposal, match)[0]
            lines.append(
                f"- **{escape_comment(who)}** ({match.score:.2f}): {escape_comment(reason)}"
            )
        lines += ["", escape_comment(self._count_matched()), ""]
        lines += [f"- {escape_comment(line)}" for line in self._list_unmatched() if line[0] != " "]
        text = "\n".join(lines) + "\n"
        if len(text) <= _LONGEST_MARKDOWN:
            return text
        more = _("- and more: see the files")
        return text[:_LONGEST_MARKDOWN].rpartition("\n")[0] + f"\n{more}\n"

    def _say_when_they_begin(self) -> Iterator[str]:
        day = self.proposal.begins_on
        if day is not None:
            yield _("With the merge the pairs begin, on {date}; who is away then waits.").format(
                date=full_date(day)
            )

    def _name_match(self, match: ProposedMatch) -> str:
        mentor = self.proposal.applicants.mentors[match.fit.mentor].person
        mentees = join_words([person.name for person in match.people if person.id != mentor.id])
        sentence = _("{mentor} and {mentees}") if match.back else _("{mentor} mentors {mentees}")
        return sentence.format(mentor=mentor.name, mentees=mentees)

    def _list_pairs(self, match: ProposedMatch) -> Iterator[dict[str, Any]]:
        applicants = self.proposal.applicants
        mentor = applicants.mentors[match.fit.mentor].id
        reasons = explain_match(self.proposal, match)
        for person in match.people:
            if person.id != mentor:
                yield {
                    "mentor": mentor,
                    "mentee": person.id,
                    "peers": match.back is not None,
                    "team": applicants.seekers[match.fit.seeker].team,
                    "score": round(match.score, 4),
                    "share_of_best": round(match.share, 4),
                    "criteria": match.fit.criteria,
                    "reasons": reasons,
                    "times": list(find_meeting_times(self.proposal, match)),
                }

    def _summarize(self) -> dict[str, Any]:
        matches = self.proposal.matches
        scores = [match.score for match in matches for _ in match.people]
        return {
            "mentees_matched": len(scores),
            "mentors_matched": len({match.fit.mentor for match in matches}),
            "unmatched": len(self.unmatched),
            "mean_score": round(sum(scores) / len(scores), 4) if scores else None,
            "least_share_of_best": min((round(m.share, 4) for m in matches), default=None),
            "blocking_pairs": self.proposal.blocking_pairs,
            "lost_pins": [asdict(pin) for pin in self.proposal.lost_pins],
            "recruit": [
                {key: list(texts) for key, texts in asdict(recruit).items()}
                for recruit in self.recruits
            ],
            "fairness": comparisons_as_value(measure_fairness(self.proposal), _group_as_value),
        }

    def _list_lines(self) -> Iterator[str]:
        proposal = self.proposal
        for match in self.matches:
            yield f"{self._name_match(match)}: {match.score:.2f}"
            yield from (f"  {reason}" for reason in explain_match(proposal, match))
            times = find_meeting_times(proposal, match)
            yield from (_("  could meet {time}").format(time=time) for time in times)
        yield self._count_matched()
        yield from self._list_remarks()
        yield from self._list_unmatched()
        for recruit in self.recruits:
            yield _describe_recruit(recruit)
            yield from (_("  free {hours}").format(hours=hours) for hours in recruit.hours)
        if self.matches:
            yield _("How groups of people fare, and what each of them could have at best:")
            yield from list_comparisons(measure_fairness(proposal), _describe_group)

    def _count_matched(self) -> str:
        mentees = sum(len(match.people) for match in self.matches)
        mentors = len({match.fit.mentor for match in self.matches})
        return _("{mentees} with {mentors}, {number} unmatched").format(
            mentees=count_noun(mentees, "mentee"),
            mentors=count_noun(mentors, "mentor"),
            number=len(self.unmatched),
        )

    def _list_remarks(self) -> Iterator[str]:
        proposal, applicants = self.proposal, self.proposal.applicants
        pairs = applicants.program.pairs_of(applicants.cohort.id)
        standing = [
            p
            for p in pairs
            if p.status in STATUSES_TAKING_TIME and p.id not in applicants.ignored_pairs
        ]
        if standing:
            yield ngettext(
                "{number} pair exists already", "{number} pairs exist already", len(standing)
            ).format(number=whole_number(len(standing)))
        if proposal.blocking_pairs:
            often = count_times(proposal.blocking_pairs)
            yield _(
                "{often}, going by whom they named, a mentee and a mentor would both "
                "rather have each other than what is proposed"
            ).format(often=often)
        for pin in proposal.lost_pins:
            mentor, mentee = (applicants.name_of(id_) for id_ in (pin.mentor, pin.mentee))
            lost = _("the pin of {mentor} with {mentee} cannot be met: {reason}")
            yield lost.format(mentor=mentor, mentee=mentee, reason=pin.why)

    def _list_unmatched(self) -> Iterator[str]:
        summaries = {c.id: c.summary_for_many for c in CONSTRAINTS if c.summary_for_many}
        by_barrier: dict[str, list[Unmatched]] = {}
        for one in self.unmatched:
            by_barrier.setdefault(one.barrier.id, []).append(one)
        for barrier, people in by_barrier.items():
            if barrier in summaries and len(people) >= _MANY:
                why, change = summaries[barrier]
                left = len(people) - 2
                more = ngettext("{number} more", "{number} more", left).format(number=left)
                names = [people[0].name, people[1].name, more]
                yield _(why).format(names=join_words(names))
                yield f"  {_(change)}"
            else:
                for one in people:
                    yield _("{name}, {role}, is unmatched: {reason}").format(
                        name=one.name, role=name_role(one.role), reason=one.barrier.why
                    )
                    yield f"  {one.barrier.change}"


def _group_as_value(group: GroupComparison) -> dict[str, float]:
    (matched, could_match), (score, best) = group.matched, group.score
    scores = {"score": round(score, 4), "best_score": round(best, 4)}
    return {"matched": matched, "could_match": could_match, **scores}


def _describe_group(group: GroupComparison) -> str:
    (matched, could_match), (score, best) = group.matched, group.score
    return _(
        "{group}: {matched} of {people} matched ({possible} could be), "
        "mean score {score} ({best} at best)"
    ).format(
        group=group.group,
        matched=matched,
        people=group.people,
        possible=could_match,
        score=f"{score:.2f}",
        best=f"{best:.2f}",
    )


def _describe_recruit(recruit: Recruit) -> str:
    """Which mentor to look for, in a sentence."""
    sentence = _("look for a mentor, in {languages}: would serve {number}")
    if recruit.skills:
        sentence = _("look for a mentor who offers {skills}, in {languages}: would serve {number}")
    return sentence.format(
        skills=join_words(recruit.skills),
        languages=join_choices(recruit.languages),
        number=len(recruit.serves),
    )


def shortlists_as_value(scorer: Scorer) -> dict[str, Any]:
    """Every mentor of the cohort for every mentee, best first, before capacities."""
    return {
        "cohort": scorer.applicants.cohort.id,
        "mentees": [
            {"id": person.id, "team": seeker.team, "candidates": ranked}
            for n, seeker in enumerate(scorer.applicants.seekers)
            for ranked in [_rank_mentors(scorer, n)]
            for person in seeker.people
        ],
    }


def shortlists_as_text(scorer: Scorer) -> str:
    """The five best mentors for each mentee, and what stands in the way."""
    lines = []
    for n in range(len(scorer.applicants.seekers)):
        lines.append(f"{scorer.data.seeker_name(n)}:")
        for ranked in _rank_mentors(scorer, n)[:_SHORT_LIST]:
            broken = list_words(ranked["blocked_by"])
            name = scorer.applicants.name_of(ranked["id"])
            apart = _(", not possible: {constraints}").format(constraints=broken) if broken else ""
            lines.append(f"  {ranked['score']:.2f} {name}{apart}")
    return format_lines(lines)


def _rank_mentors(scorer: Scorer, seeker: int) -> list[dict[str, Any]]:
    own = [person.id for person in scorer.data.seekers[seeker]]
    mentors = as_ints(n for n, person in enumerate(scorer.data.mentors) if own != [person.id])
    scores = scorer.score_all(as_ints([seeker]), mentors)
    values = scorer.weighting.total(scores.criteria).tolist()
    return [
        {
            "id": scorer.data.mentors[mentors[n]].id,
            "score": values[n] / UNIT,
            "criteria": scores.known_criteria(n),
            "blocked_by": scorer.constraints.decode_ids(int(scores.broken[n])),
        }
        for n in sorted(range(len(values)), key=lambda n: (-values[n], n))
    ]


def used_fields_as_text(cohort: Cohort) -> str:
    """Which fields of a record matching reads, what must hold, and what is never used."""
    lines = [_("What makes a match better, by weight:")]
    for criterion in CRITERIA:
        weight = plain_number(getattr(cohort.matching.weights, criterion.id))
        lines.append(f"  {criterion.id} {weight}: {_(criterion.sentence)}")
        lines.append(_("    from {fields}").format(fields=list_words(criterion.fields)))
    lines.append(_("What must hold:"))
    for constraint in CONSTRAINTS:
        lines.append(f"  {constraint.id}: {_(constraint.sentence)}")
        lines.append(_("    to change it: {change}").format(change=_(constraint.how_to_lift)))
    lines.append(_("What this cohort declares:"))
    declared = [f"  {d.attribute}, {d.prefer}: {d.reason}" for d in cohort.matching.declared]
    asked = [
        _("  the question {question}, {prefer}, weight {weight}: {reason}").format(
            question=q.question, prefer=q.prefer, weight=plain_number(q.weight), reason=q.reason
        )
        for q in cohort.matching.questions
    ]
    lines += [*declared, *asked] or [_("  nothing")]
    lines.append(
        _("Never used unless declared: gender, pronouns, ethnicity, religion, health, age, names.")
    )
    return format_lines(lines)
