"""Actions of a plan of reminders, and the known issues by what they are about."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from peerloom.records import Program
from peerloom.reminders.issue import Issue, Mark
from peerloom.text.translation import mark

ActionKind = Literal["open", "nudge", "escalate", "close", "fix"]
IssueKey = tuple[str, str, date]
Reason = Literal["answered", "not asked", "over", "duplicate", "unmarked", "commented"]

REASONS_IN_WORDS: dict[Reason, str] = {
    "answered": mark("the answers are in"),
    "not asked": mark("the pair is not asked for this date"),
    "over": mark("its time is over"),
    "duplicate": mark("it is a duplicate of an earlier one"),
    "unmarked": mark("its mark was missing"),
    "commented": mark("it has new comments, and one of ours may be a duplicate"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing to do to an issue.

    `was` is the issue before the action, or None if the action opens it; `mark` is its mark
    afterwards. `body` is the new text of the issue, or that of the comment of a `nudge` or
    `escalate`. `days` is how many days the check-in is overdue (negative before it is due), `why`
    the reason of a `close` or `fix`. The issue of an action `for_coordinators` is in the
    repository that only they read. `late_since` is the day on which an issue should have been
    opened, if that is past.
    """

    kind: ActionKind
    mark: Mark
    title: str
    body: str
    days: int
    was: Issue | None = None
    why: Reason | None = None
    for_coordinators: bool = False
    late_since: date | None = None

    @property
    def counts_toward_limit(self) -> bool:
        """Whether the action creates something, of which GitHub allows a number in an hour."""
        return self.kind in ("open", "nudge", "escalate")


@dataclass(slots=True)
class KnownIssues:
    """Issues by what they are about, and our own issues that lost their mark by title."""

    open: dict[IssueKey, list[Issue]] = field(default_factory=dict)
    closed: set[IssueKey] = field(default_factory=set)
    unmarked: dict[str, list[Issue]] = field(default_factory=dict)


def group_issues(issues: Iterable[Issue], program: Program) -> KnownIssues:
    """Return the issues that our own account wrote; a mark in anybody else's is only text.

    An issue about a pair that was renamed since counts as one about the id that it has now.
    """
    known = KnownIssues()
    for issue in sorted(issues, key=lambda i: i.number):
        if not issue.is_ours:
            continue
        if issue.mark is None:
            known.unmarked.setdefault(issue.title, []).append(issue)
        elif issue.is_open:
            known.open.setdefault(_current_key(issue.mark, program), []).append(issue)
        else:
            known.closed.add(_current_key(issue.mark, program))
    return known


def _current_key(mark: Mark, program: Program) -> IssueKey:
    pair = program.find_pair(mark.cohort, mark.pair)
    return mark.key if pair is None else (pair.cohort, pair.id, mark.due)
