"""A pull request to what is said of it: what it does, what is wrong, whether it may be merged."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Literal

from peerloom.audience import redact_diagnostics, repository_readers, visible_program
from peerloom.diagnostic import Diagnostic, quoted
from peerloom.kinds import kind_of_path
from peerloom.program import Loaded, examine_snapshot
from peerloom.records import Program
from peerloom.reminders import CallNotice, call_notice, coordinators_repository
from peerloom.review.author import Author, author
from peerloom.review.calls import MOST_CALLS, calls, may_call, waits_for_a_coordinator
from peerloom.review.page_preview import PagePreview, preview_pages
from peerloom.review.parts import parts
from peerloom.review.policy import RULES, Answer, Part, Rule, strictest
from peerloom.review.proposal import Change, Proposal
from peerloom.review.timing import timing_rules
from peerloom.review.wording import Readers, Said, said

Verdict = Literal["may merge", "needs a coordinator", "not allowed", "has mistakes"]
Label = Literal["check-in", "sign-up", "needs a coordinator", "for a maintainer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A change, what it does, whether its author may make it, and the rows that say so.

    `parts` names every row that the change falls under; `rules` are those of them that decide.
    """

    change: Change
    said: Said
    answer: Answer
    parts: frozenset[Part]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Everything there is to say of a pull request, at the commits it speaks of.

    `answer` is the strictest to any change; `name` what its author is called, where its
    readers may know. `calls` are for coordinators alone, and for no form of a review; where there
    may be any, they are told in the repository `coordinators`, if there is one.
    """

    base: str
    head: str
    branch: str
    author: Author
    name: str | None
    verdict: Verdict
    answer: Answer
    merges_itself: bool
    labels: tuple[Label, ...]
    changes: tuple[Judged, ...]
    diagnostics: tuple[Diagnostic, ...]
    previews: tuple[PagePreview, ...]
    calls: tuple[CallNotice, ...] = ()
    coordinators: str | None = None

    @property
    def is_fine(self) -> bool:
        """Whether nothing needs to be mended or taken back."""
        return self.verdict in ("may merge", "needs a coordinator")

    @property
    def is_unread(self) -> bool:
        """Whether it holds what no rule here can judge: what runs something, or too much."""
        return _is_unread(self.changes)


def review(
    proposal: Proposal,
    login: str,
    number: int,
    today: date,
    examined: Loaded | None = None,
    received: date | None = None,
) -> Review:
    """What is said of a pull request by the account `login`, whose number is `number`.

    The base's program says who that is and what they may; the head's is only looked at. Who has
    `examined` the base already says what was found. `received` is the day on which GitHub had the
    head, today where nobody says it.
    """
    came = received or today
    if came > today:  # where the program is at home, it is tomorrow already
        today, examined = came, None
    before, after = (
        examined or examine_snapshot(proposal.before, today),
        examine_snapshot(proposal.after, today),
    )
    program = before.program
    who = author(program, login, number)
    seen_by = _readers(before, after, today)
    found = _diagnostics(proposal, before, after)
    shown = tuple(sorted(redact_diagnostics(found, seen_by.audience)))
    judged = tuple(_judged(c, proposal, who, program, seen_by, came) for c in proposal.changes)
    answer = strictest(tuple(each.answer for each in judged))
    verdict = _verdict(answer, found)
    seen: tuple[PagePreview, ...] = ()
    if verdict != "not allowed":
        new = {c.path: came for c in proposal.changes if c.manner == "new"}
        then = replace(after.program, received=new)
        seen = preview_pages(program, then, proposal.changes, today, seen_by.audience)
    name = seen_by.before.participants.get(who.participant or "")
    return Review(
        base=proposal.base,
        head=proposal.head,
        branch=program.settings.branch,
        author=who,
        name=name.name if name else None,
        verdict=verdict,
        answer=answer,
        merges_itself=_merges_itself(program, verdict, judged, found),
        labels=_labels(verdict, answer, judged),
        changes=judged,
        diagnostics=shown,
        previews=seen,
        calls=_calls(judged, who, program, after.program),
        coordinators=_coordinators(program, judged),
    )


def _calls(
    judged: tuple[Judged, ...], who: Author, before: Program, after: Program
) -> tuple[CallNotice, ...]:
    found = (call for each in judged for call in calls(each.change, each.parts, who, before, after))
    return tuple(call_notice(call, after) for call in islice(found, MOST_CALLS))


def _coordinators(program: Program, judged: tuple[Judged, ...]) -> str | None:
    """Where coordinators alone are told, whether or not there is anything to tell of a change."""
    may = any(may_call(each.change, each.parts) for each in judged)
    return coordinators_repository(program.settings) if may else None


def _readers(before: Loaded, after: Loaded, today: date) -> Readers:
    """Those who can read the repository: everybody, or the members of a private one."""
    audience = repository_readers(before.program)
    return Readers(
        audience=audience,
        before=visible_program(before.program, audience),
        after=visible_program(after.program, audience),
        today=today,
    )


def _judged(
    change: Change,
    proposal: Proposal,
    who: Author,
    program: Program,
    readers: Readers,
    received: date,
) -> Judged:
    # What `received` speaks of are the check-ins, and a later commit may have brought the rest.
    day = readers.today if kind_of_path(change.path) == "circle" else received
    found: Iterable[Part] = parts(change, who, program, day)
    rules = [RULES[part] for part in sorted(found)]
    is_own = not {"check-in", "old check-in"}.isdisjoint(found)
    rules += timing_rules(change, program, received, is_own=is_own)
    if proposal.is_too_large:
        rules.append(RULES["too large"])
    answer = strictest(tuple(rule.answer(who.role) for rule in rules))
    return Judged(
        change=change,
        said=said(change, readers),
        answer=answer,
        parts=frozenset(rule.part for rule in rules),
        rules=tuple(rule for rule in rules if rule.answer(who.role) == answer),
    )


def _diagnostics(proposal: Proposal, before: Loaded, after: Loaded) -> tuple[Diagnostic, ...]:
    """What is wrong in changed files, and what is wrong elsewhere only because of them."""
    paths = {c.path for c in proposal.changes}
    known = Counter(map(_told, before.diagnostics))
    found = []
    for diagnostic in after.diagnostics:
        is_known = known[_told(diagnostic)] > 0
        known[_told(diagnostic)] -= 1
        if diagnostic.path in paths or not is_known:
            found.append(diagnostic)
    branch = before.program.settings.branch
    return tuple(sorted([*found, *(_behind(path, branch) for path in proposal.behind)]))


def _told(diagnostic: Diagnostic) -> tuple[str, str, str]:
    """A finding apart from its line, which others' lines move."""
    return diagnostic.path, diagnostic.rule, diagnostic.message


def _behind(path: str, branch: str) -> Diagnostic:
    return Diagnostic(
        path=path,
        rule="branch-is-up-to-date",
        message=f"this file must start from the one in {quoted(branch)}, which has changed since",
        help="press 'Update branch' or 'Resolve conflicts' at the end of the pull request",
    )


def _verdict(answer: Answer, found: tuple[Diagnostic, ...]) -> Verdict:
    if answer == "no":
        return "not allowed"
    if any(diagnostic.severity == "error" for diagnostic in found):
        return "has mistakes"
    return "may merge" if answer == "yes" else "needs a coordinator"


def _merges_itself(
    program: Program, verdict: Verdict, judged: tuple[Judged, ...], found: tuple[Diagnostic, ...]
) -> bool:
    """Whether it is a check-in by who makes it, nothing else, and nothing could be better."""
    return (
        program.settings.merge == "when clean"
        and verdict == "may merge"
        and not found
        and bool(judged)
        and all(each.parts == {"check-in"} for each in judged)
        and not any(waits_for_a_coordinator(each.change) for each in judged)
    )


def _is_unread(judged: Iterable[Judged]) -> bool:
    unread: frozenset[Part] = frozenset({"outside", "too large"})
    return any(rule.part in unread for each in judged for rule in each.rules)


def _labels(verdict: Verdict, answer: Answer, judged: tuple[Judged, ...]) -> tuple[Label, ...]:
    kinds = {(kind_of_path(each.change.path), each.change.manner == "new") for each in judged}
    is_for_maintainer = answer == "a maintainer decides" or _is_unread(judged)
    is_for_coordinator = verdict == "not allowed" or answer == "a coordinator decides"
    labels: dict[Label, bool] = {
        "check-in": any(kind == "check-in" for kind, _ in kinds),
        "sign-up": ("participant", True) in kinds,
        "needs a coordinator": is_for_coordinator,
        "for a maintainer": is_for_maintainer,
    }
    return tuple(label for label, holds in labels.items() if holds)
