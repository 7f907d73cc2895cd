"""A review as a value, and what it means for the status of its commit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from peerloom.diagnostic import Diagnostic
from peerloom.github_names import CHECK_IN_LABEL, Label
from peerloom.reminders import CallNotice
from peerloom.review.author import Author, AuthorRole
from peerloom.review.beginnings import StartingGroup
from peerloom.review.page_preview import PagePreview
from peerloom.review.policy import PolicyAnswer, PolicyRow, RowName
from peerloom.review.pull_request import Change
from peerloom.review.summary import ChangeSummary
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

Verdict = Literal["may merge", "needs a coordinator", "not allowed", "has mistakes"]
_UNREADABLE: frozenset[RowName] = frozenset({"outside", "too large"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedChange:
    """A change, what it does, whether its author may make it, and the rows that say so.

    The answer is that to its author in `role`. `cohorts` are the ids of those that it is about,
    if they have coordinators of their own.

    `row_names` are those of every row that the change falls under; `deciding_rows` are the rows
    among them whose answer is the strictest.
    """

    change: Change
    summary: ChangeSummary
    answer: PolicyAnswer
    role: AuthorRole
    cohorts: frozenset[str]
    row_names: frozenset[RowName]
    deciding_rows: tuple[PolicyRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """All that Peerloom says about a pull request at two commits, its base and its head.

    `answer` is the strictest to any change; `name` is the author's name, where the readers of the
    repository may know it. `calls` are for coordinators alone, and appear in no output of a review;
    where there may be any, they are told in the repository `coordinators`, if there is one.
    `starting` are the pairs and circles that begin with the merge.
    `deciding_cohort` is the name of the cohort whose own coordinators may decide, too.
    """

    base: str
    head: str
    branch: str
    author: Author
    name: str | None
    verdict: Verdict
    answer: PolicyAnswer
    merges_itself: bool
    labels: tuple[Label, ...]
    changes: tuple[ReviewedChange, ...]
    diagnostics: tuple[Diagnostic, ...]
    previews: tuple[PagePreview, ...]
    calls: tuple[CallNotice, ...] = ()
    coordinators: str | None = None
    starting: tuple[StartingGroup, ...] = ()
    deciding_cohort: str | None = None

    @property
    def is_fine(self) -> bool:
        """Whether nothing needs to be corrected or taken back."""
        return self.verdict in ("may merge", "needs a coordinator")

    @property
    def is_unreadable(self) -> bool:
        """Whether it holds what no rule here can judge: what runs something, or too much."""
        return holds_unreadable(self.changes)

    @property
    def exceeds_cohorts(self) -> bool:
        """Whether its author coordinates cohorts alone, and others must decide about a part of it.

        Such an author can usually merge, and must not be the one who decides about that part.
        """
        return bool(self.author.cohorts) and any(
            each.answer == "a coordinator decides" and each.role != "cohort coordinator"
            for each in self.changes
        )

    @property
    def status_state(self) -> Literal["success", "failure", "pending"]:
        """The state of the commit's status.

        What no rule can judge is never green, nor is what coordinators of one cohort propose for
        more than that cohort: whoever may do so merges it by hand.
        """
        if not self.is_fine:
            return "failure"
        return "pending" if self.is_unreadable or self.exceeds_cohorts else "success"

    def describe_status(self, received: date | None) -> str:
        """The sentence of the commit's status; of a check-in, it ends with when that came in."""
        sentence = _(_STATUS_SENTENCES[self.verdict])
        if self.is_fine and self.is_unreadable:
            sentence = _("no rule can judge this; a maintainer merges it by hand")
        elif self.is_fine and self.answer == "a maintainer decides":
            sentence = _("the rules hold; a maintainer decides")
        elif self.is_fine and self.exceeds_cohorts:
            sentence = _("the rules hold; a coordinator of the program merges it by hand")
        is_check_in = CHECK_IN_LABEL in self.labels
        return f"{sentence}; {note_received(received)}" if received and is_check_in else sentence


_STATUS_SENTENCES: dict[Verdict, str] = {
    "may merge": mark("the rules hold"),
    "needs a coordinator": mark("the rules hold; a coordinator decides"),
    "not allowed": mark("it changes what is not its author's to change"),
    "has mistakes": mark("something must be corrected; the comment says what"),
}


def holds_unreadable(changes: Iterable[ReviewedChange]) -> bool:
    """Whether changes hold what no rule can judge: what runs something, or too much to read."""
    return any(row.name in _UNREADABLE for each in changes for row in each.deciding_rows)


def note_received(day: date) -> str:
    """The end of a status, which says on which day its commit came in.

    The program finds the day by these words again, so they are the same in every language.
    """
    return f"received {day.isoformat()}"
