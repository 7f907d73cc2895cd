"""A GitHub issue, as far as reminders know it, and the mark by which they find their own."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

Topic = Literal["check-in", "told"]

_MARK = re.compile(
    r"<!-- peerloom (check-in|told)"
    r" ([a-z0-9-]{1,80})/([a-z0-9-]{1,80})/([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r" day=(-?[0-9]{1,4}) comments=([0-9]{1,6}) -->"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What an issue is about: the hidden first line of its body.

    `day` is the latest day after the due date for which the program commented (-1 before the
    first), and `comments` how many comments the issue had afterwards. If it has no more than
    that, nobody has commented since, not even a run that died before it could update the mark.
    """

    what: Topic
    cohort: str
    pair: str
    due: date
    day: int = -1
    comments: int = 0

    @property
    def key(self) -> tuple[str, str, date]:
        """The cohort, pair and due date, for which there is at most one open issue."""
        return self.cohort, self.pair, self.due

    def __str__(self) -> str:
        """Return the mark as it is written in a body."""
        where = f"{self.cohort}/{self.pair}/{self.due.isoformat()}"
        return f"<!-- peerloom {self.what} {where} day={self.day} comments={self.comments} -->"

    def after_comment(self, day: int, comments: int) -> "Mark":
        """Return the mark after the comment for a day, with the new number of comments."""
        return replace(self, day=day, comments=comments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An issue. `is_ours` says whether the program's own account opened it.

    `changed` is when anybody last edited it or commented on it, if that is known.
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
        """The mark of an issue of ours, if it has one; in anybody else's, a mark is only text."""
        return read_mark(self.body) if self.is_ours else None


def read_mark(body: str) -> Mark | None:
    """Return the mark at the beginning of a body, if there is one."""
    found = _MARK.match(body)
    if found is None:
        return None
    what, cohort, pair, due, day, comments = found.groups()
    try:
        due_on = date.fromisoformat(due)
    except ValueError:
        return None
    return Mark(
        what="told" if what == "told" else "check-in",
        cohort=cohort,
        pair=pair,
        due=due_on,
        day=int(day),
        comments=int(comments),
    )


def put_mark(body: str, mark: Mark) -> str:
    """Return a body with its mark replaced, or put in front of it if it has none."""
    if _MARK.match(body):
        return _MARK.sub(lambda _: str(mark), body, count=1)
    return f"{mark}\n{body}"
