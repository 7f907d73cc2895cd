"""One thing to do to an issue, and the issues that are known by what they are about."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from peerloom.reminders.issue import Issue, Mark
from peerloom.text.translation import mark

Kind = Literal["open", "nudge", "escalate", "close", "mend"]
Key = tuple[str, str, date]
Why = Literal["answered", "not asked", "over", "duplicate", "unmarked", "commented"]

# How a reason is said.
REASONS: dict[Why, str] = {
    "answered": mark("the answers are in"),
    "not asked": mark("the pair is not asked for this date"),
    "over": mark("its time is over"),
    "duplicate": mark("there is another one"),
    "unmarked": mark("its mark was gone"),
    "commented": mark("it has new comments, and none of ours may be there twice"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing to do to an issue.

    `was` is the issue as it was known, absent where one is opened, and `mark` what it will be
    known by afterwards. `body` is the text of the issue, or of the comment that asks again.
    `days` says how long the check-in is overdue (negative before it is due), `why` what a `close`
    or `mend` is for. `for_coordinators` are issues of their own repository. `late_since`
    is the day on which an issue should have opened, where that is past.
    """

    kind: Kind
    mark: Mark
    title: str
    body: str
    days: int
    was: Issue | None = None
    why: Why | None = None
    for_coordinators: bool = False
    late_since: date | None = None

    @property
    def creates(self) -> bool:
        """Whether it counts toward what GitHub allows in an hour."""
        return self.kind in ("open", "nudge", "escalate")


@dataclass(slots=True)
class Known:
    """Issues by what they are about: those open, and whether one was there and is closed."""

    open: dict[Key, list[Issue]] = field(default_factory=dict)
    closed: set[Key] = field(default_factory=set)
    unmarked: dict[str, list[Issue]] = field(default_factory=dict)


def by_key(issues: Iterable[Issue]) -> Known:
    """The issues of our own account; a stranger's are not in it."""
    known = Known()
    for issue in sorted(issues, key=lambda i: i.number):
        if not issue.is_ours:
            continue
        if issue.mark is None:
            known.unmarked.setdefault(issue.title, []).append(issue)
        elif issue.is_open:
            known.open.setdefault(issue.mark.key, []).append(issue)
        else:
            known.closed.add(issue.mark.key)
    return known
