"""An issue as far as reminders know it, and the mark by which they know their own."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

What = Literal["check-in", "told"]

_MARK = re.compile(
    r"<!-- peerloom (check-in|told)"
    r" ([a-z0-9-]{1,80})/([a-z0-9-]{1,80})/([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r" day=(-?[0-9]{1,4}) comments=([0-9]{1,6}) -->"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What an issue is about, the first line of its body.

    `day` is the newest day after the due date on which something was said (-1 before any), and
    `comments` how many comments there were then: where there are no more, nobody has said
    anything since, not even a run that died before it could write that it had.
    """

    what: What
    cohort: str
    pair: str
    due: date
    day: int = -1
    comments: int = 0

    @property
    def key(self) -> tuple[str, str, date]:
        """What there is one open issue for."""
        return self.cohort, self.pair, self.due

    def __str__(self) -> str:
        """As it stands in a body."""
        where = f"{self.cohort}/{self.pair}/{self.due.isoformat()}"
        return f"<!-- peerloom {self.what} {where} day={self.day} comments={self.comments} -->"

    def said(self, day: int, comments: int) -> "Mark":
        """The mark once something was said for a day."""
        return replace(self, day=day, comments=comments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An issue. `is_ours` says whether the program's own account wrote it.

    `changed` is when anybody last changed it or wrote in it, where that is known.
    """

    number: int
    title: str
    body: str
    is_open: bool
    comments: int
    is_ours: bool
    changed: datetime | None = None

    @property
    def mark(self) -> Mark | None:
        """Its mark, where it is ours and has one; in a stranger's issue a mark is just text."""
        return mark_of(self.body) if self.is_ours else None


def mark_of(body: str) -> Mark | None:
    """The mark that a body begins with."""
    found = _MARK.match(body)
    if found is None:
        return None
    what, cohort, pair, due, day, comments = found.groups()
    try:
        on = date.fromisoformat(due)
    except ValueError:
        return None
    return Mark(
        what="told" if what == "told" else "check-in",
        cohort=cohort,
        pair=pair,
        due=on,
        day=int(day),
        comments=int(comments),
    )


def with_mark(body: str, mark: Mark) -> str:
    """A body with its mark replaced, or put first where it has none."""
    if _MARK.match(body):
        return _MARK.sub(lambda _: str(mark), body, count=1)
    return f"{mark}\n{body}"
