"""A pair and one of its due dates: whether to remind it, remind it again, escalate, or stop."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from peerloom.model import Cohort, Pair
from peerloom.progress.owed_check_ins import OwedCheckIn
from peerloom.records import Program
from peerloom.reminders import issue_texts
from peerloom.reminders.action import Action, ActionKind, IssueKey, KnownIssues, Reason
from peerloom.reminders.issue import Issue, Mark, put_mark
from peerloom.reminders.spreading import ASKED_STATUSES, Turn, Turns
from peerloom.schedule import add_days, is_paused


@dataclass(frozen=True, slots=True)
class DueCheckIn:
    """A pair and one of its due dates, as of `today`.

    `owed_dates` are all due dates for which the pair owes check-ins, and `owed_check_ins` the
    check-ins that its people owe for this date. `turns` spreads the cohort's reminders over days.
    """

    program: Program
    cohort: Cohort
    pair: Pair
    due: date
    today: date
    turns: Turns
    owed_dates: tuple[date, ...]
    owed_check_ins: tuple[OwedCheckIn, ...]

    @property
    def key(self) -> IssueKey:
        """The cohort, pair and due date, for which there is at most one open issue."""
        return self.cohort.id, self.pair.id, self.due

    @property
    def days_overdue(self) -> int:
        """How many days ago the check-in was due; negative before the due date."""
        return (self.today - self.due).days

    @property
    def is_owed(self) -> bool:
        """Whether the pair is active or paused and owes an answer for the date."""
        return self.pair.status in ASKED_STATUSES and self.due in self.owed_dates

    @property
    def is_answered(self) -> bool:
        """Whether every owed check-in was answered."""
        return all(a.check_in is not None for a in self.owed_check_ins)

    @property
    def turn(self) -> Turn:
        """The days on which it is this pair's turn to be reminded of the date."""
        return self.turns.turn_of(self.pair.id, self.due)

    @property
    def opening_day(self) -> date:
        """The day on which the reminder opens."""
        return self._opening_day_for(self.due)

    @property
    def next_opening_day(self) -> date:
        """The day on which the reminder of the pair's next due date opens.

        From then on no reminder of this date is opened. After the last due date, it is the last
        day of the reminder itself.
        """
        next_dates = [due for due in self.owed_dates if due > self.due]
        if not next_dates:
            return add_days(self.due, self.last_reminder_day)
        return self._opening_day_for(min(next_dates))

    def _opening_day_for(self, due: date) -> date:
        return add_days(due, -self.turns.turn_of(self.pair.id, due).before)

    @property
    def last_reminder_day(self) -> int:
        """How many days after the due date the reminder closes, answered or not."""
        assert self.cohort.check_ins is not None
        reminders = self.cohort.check_ins.reminders
        days = (*reminders.nudge_days, *reminders.escalate_days)
        return max(days, default=0) + self.turn.delay

    def _days_reached(self, days: Iterable[int]) -> Iterator[int]:
        """Return those of some days after the due date that have come, on this pair's turn."""
        return (day for day in days if day + self.turn.delay <= self.days_overdue)

    @property
    def title(self) -> str:
        """The title of the issue."""
        return issue_texts.reminder_title(self.program, self.pair, self.due)

    def make_mark(self, what: Literal["check-in", "told"], day: int = -1) -> Mark:
        """Return the mark of an issue about this date; `told` is one for coordinators."""
        return Mark(what=what, cohort=self.cohort.id, pair=self.pair.id, due=self.due, day=day)

    def list_actions(self, known: KnownIssues, escalated: KnownIssues) -> Iterator[Action]:
        """Yield what to do about the issues of this date.

        `known` are the issues of the program's repository, `escalated` those of the repository
        that only coordinators read. Of several open issues about this date, which a run that
        was interrupted may have left, the oldest is kept.
        """
        open_issues = known.open.get(self.key, [])
        if not open_issues and known.unmarked:
            open_issues = [issue for issue in known.unmarked.get(self.title, []) if issue.is_open]
            yield from (self._restore_mark_action(issue) for issue in open_issues[:1])
        yield from (self._fold_action(issue, open_issues[0]) for issue in open_issues[1:])
        reason = self._reason_to_close()
        if open_issues and reason:
            yield self._close_action(open_issues[0], reason)
        elif open_issues and open_issues[0].mark:
            first, mark = open_issues[0], open_issues[0].mark
            yield from self._nudge_actions(first, mark) or self._recount_actions(first)
        elif not open_issues and not reason and self._is_time_to_open(known):
            yield self._open_action()
        yield from self._escalation_actions(escalated, reason)

    def list_missed(self, known: KnownIssues) -> Iterator[IssueKey]:
        """Yield this date's key if its time passed without a reminder and without an answer."""
        is_late = self.today >= self.next_opening_day or self.days_overdue > self.last_reminder_day
        is_known = self.key in known.open or self.key in known.closed
        if is_late and self.is_owed and not self.is_answered and not is_known:
            yield self.key

    def _reason_to_close(self) -> Reason | None:
        """Return why the pair is not reminded of this date any more, or None if it is."""
        if not self.is_owed:
            return "not asked"
        if self.is_answered:
            return "answered"
        return "over" if self.days_overdue > self.last_reminder_day else None

    def _is_time_to_open(self, known: KnownIssues) -> bool:
        is_time = (
            self.opening_day <= self.today <= self.due
            or self.due < self.today < self.next_opening_day
        )
        if self.key in known.closed or not is_time:
            return False
        if is_paused(self.pair, self.today):
            return False
        return any(self._is_reminded(who) for who in self.pair.people)

    def _is_reminded(self, who: str | None) -> bool:
        return issue_texts.is_reminded(self.program.participants.get(who or ""), self.today)

    def _is_away(self, who: str) -> bool:
        return issue_texts.is_away(self.program.participants.get(who), self.today)

    def _open_action(self) -> Action:
        mark = self.make_mark("check-in", self._newest_nudge())
        text = issue_texts.reminder_text(
            self.program, self.pair, self.due, self.owed_check_ins, self.today
        )
        body = f"{mark}\n{text}"
        return Action(
            kind="open",
            mark=mark,
            title=self.title,
            body=body,
            days=self.days_overdue,
            late_since=self.opening_day if self.opening_day < self.today else None,
        )

    def _newest_nudge(self) -> int:
        """Return the latest nudge day that has come, or -1 before the first.

        An issue that is opened late begins there, so that no earlier nudges follow it at once.
        """
        assert self.cohort.check_ins is not None
        days = self.cohort.check_ins.reminders.nudge_days
        return max(self._days_reached(days), default=-1)

    def _recount_actions(self, issue: Issue) -> tuple[Action, ...]:
        """Return the action that removes comments of ours that a run made twice, if there may be.

        That is so if an issue in which we commented has more comments than its mark knows.
        """
        mark = issue.mark
        if mark is None or mark.day < 0 or issue.comments <= mark.comments:
            return ()
        new_mark = mark.after_comment(mark.day, issue.comments)
        body = put_mark(issue.body, new_mark)
        return (self._action_on(issue, "fix", new_mark, body=body, why="commented"),)

    def _nudge_actions(self, issue: Issue, mark: Mark) -> tuple[Action, ...]:
        day = self._newest_nudge()
        owed = self.owed_check_ins
        missing = [a for a in owed if a.check_in is None]
        people = [a.participant for a in missing if a.participant] or list(self.pair.people)
        if day <= mark.day or is_paused(self.pair, self.today):
            return ()
        # GitHub notifies both people of a comment, whoever is mentioned in it. So it waits for
        # anybody who asked not to be reminded.
        if any(self._is_away(who) for who in self.pair.people):
            return ()
        if not any(self._is_reminded(who) for who in people):
            return ()
        text = issue_texts.nudge_text(self.program, self.pair, self.due, owed, self.today)
        body = f"<!-- peerloom day={day} -->\n{text}"
        new_mark = mark.after_comment(day, issue.comments + 1)
        return (self._action_on(issue, "nudge", new_mark, body=body),)

    def _action_on(
        self,
        issue: Issue,
        kind: ActionKind,
        mark: Mark,
        *,
        body: str = "",
        why: Reason | None = None,
        for_coordinators: bool = False,
    ) -> Action:
        return Action(
            kind=kind,
            mark=mark,
            title=issue.title,
            body=body or issue.body,
            days=self.days_overdue,
            was=issue,
            why=why,
            for_coordinators=for_coordinators,
        )

    def _close_action(self, issue: Issue, why: Reason) -> Action:
        return self._action_on(issue, "close", issue.mark or self.make_mark("check-in"), why=why)

    def _fold_action(self, issue: Issue, first: Issue) -> Action:
        mark = issue.mark or self.make_mark("check-in")
        body = _duplicate_body(issue, first)
        return self._action_on(issue, "fix", mark, body=body, why="duplicate")

    def _restore_mark_action(self, issue: Issue) -> Action:
        mark = self.make_mark("check-in", self._newest_nudge()).after_comment(
            self._newest_nudge(), issue.comments
        )
        body = put_mark(issue.body, mark)
        return self._action_on(issue, "fix", mark, body=body, why="unmarked")

    def _escalation_actions(
        self, escalated: KnownIssues, reason: Reason | None
    ) -> Iterator[Action]:
        """Yield what to do in the repository that only coordinators read, if there is one.

        `reason` is why the pair is not reminded any more. If its time is simply over, the issue
        stays open, because nobody has answered and coordinators still have to act.
        """
        assert self.cohort.check_ins is not None
        if self.program.settings.coordinators_repository is None:
            return
        open_issues = escalated.open.get(self.key, [])
        for issue in open_issues[1:]:
            mark = issue.mark or self.make_mark("told")
            body = _duplicate_body(issue, open_issues[0])
            yield self._action_on(
                issue, "fix", mark, body=body, why="duplicate", for_coordinators=True
            )
        if reason:
            if open_issues and reason != "over":
                first = open_issues[0]
                mark = first.mark or self.make_mark("told")
                yield self._action_on(first, "close", mark, why=reason, for_coordinators=True)
            return
        day = max(self._days_reached(self.cohort.check_ins.reminders.escalate_days), default=0)
        if day and not open_issues and self.key not in escalated.closed:
            yield self._open_escalation_action(day)
        elif day and open_issues and open_issues[0].mark and open_issues[0].mark.day < day:
            first, mark = open_issues[0], open_issues[0].mark
            body = f"<!-- peerloom day={day} -->\n{self._escalation_text()}"
            new_mark = mark.after_comment(day, first.comments + 1)
            yield self._action_on(first, "escalate", new_mark, body=body, for_coordinators=True)

    def _open_escalation_action(self, day: int) -> Action:
        mark = self.make_mark("told", day)
        return Action(
            kind="escalate",
            mark=mark,
            title=issue_texts.escalation_title(self.program, self.pair, self.due),
            body=f"{mark}\n{self._escalation_text()}",
            days=self.days_overdue,
            for_coordinators=True,
        )

    def _escalation_text(self) -> str:
        return issue_texts.escalation_text(
            self.program, self.pair, self.due, self.days_overdue, self.owed_check_ins
        )


def _duplicate_body(issue: Issue, first: Issue) -> str:
    """Return the body of an issue that is closed as a duplicate of another."""
    pointer = f"This is the same as #{first.number}, where it goes on."
    return issue.body if pointer in issue.body else f"{issue.body}\n\n{pointer}"
