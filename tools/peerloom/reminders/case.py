"""A pair and one of its dates: whether it is asked, asked again, told of, or over."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from peerloom.model import Cohort, Pair
from peerloom.progress.owed_check_ins import OwedCheckIn
from peerloom.records import Program
from peerloom.reminders import wording
from peerloom.reminders.action import Action, Key, Kind, Known, Why
from peerloom.reminders.issue import Issue, Mark, with_mark
from peerloom.reminders.spreading import AT_WORK, Turn, Turns
from peerloom.schedule import is_paused, later


@dataclass(frozen=True, slots=True)
class Case:
    """A pair and one of its dates; `dates` are all for which it owes, `owed` what for this one."""

    program: Program
    cohort: Cohort
    pair: Pair
    due: date
    today: date
    turns: Turns
    dates: tuple[date, ...]
    owed: tuple[OwedCheckIn, ...]

    @property
    def key(self) -> Key:
        """What there is one open issue for."""
        return self.cohort.id, self.pair.id, self.due

    @property
    def days(self) -> int:
        """How many days after the due date today is; negative before."""
        return (self.today - self.due).days

    @property
    def is_owed(self) -> bool:
        """Whether the pair is at work and owes an answer for the date."""
        return self.pair.status in AT_WORK and self.due in self.dates

    @property
    def is_answered(self) -> bool:
        """Whether all of them are there."""
        return all(a.check_in is not None for a in self.owed)

    @property
    def turn(self) -> Turn:
        """When it is this pair's turn to be asked for the date."""
        return self.turns.of(self.pair.id, self.due)

    @property
    def opens(self) -> date:
        """The day on which the reminder opens."""
        return self._opens_for(self.due)

    @property
    def next_opens(self) -> date:
        """When the pair's next date is asked for: from then on, this one is not begun."""
        to_come = [due for due in self.dates if due > self.due]
        return self._opens_for(min(to_come)) if to_come else later(self.due, self.last_day)

    def _opens_for(self, due: date) -> date:
        return later(due, -self.turns.of(self.pair.id, due).before)

    @property
    def last_day(self) -> int:
        """How many days after the due date the reminder closes."""
        assert self.cohort.check_ins is not None
        reminders = self.cohort.check_ins.reminders
        days = (*reminders.nudge_days, *reminders.escalate_days)
        return max(days, default=0) + self.turn.delay

    def _come(self, days: Iterable[int]) -> Iterator[int]:
        """Of some days after the due date, those whose turn has come."""
        return (day for day in days if day + self.turn.delay <= self.days)

    @property
    def title(self) -> str:
        """The title of the issue."""
        return wording.title(self.program, self.pair, self.due)

    def mark(self, what: Literal["check-in", "told"], day: int = -1) -> Mark:
        """The mark of an issue about this date."""
        return Mark(what=what, cohort=self.cohort.id, pair=self.pair.id, due=self.due, day=day)

    def actions(self, known: Known, heard: Known) -> Iterator[Action]:
        """What is to be done, by what is open here and at the coordinators'."""
        there = known.open.get(self.key, [])
        if not there and known.unmarked:
            there = [issue for issue in known.unmarked.get(self.title, []) if issue.is_open]
            yield from (self._marked_again(issue) for issue in there[:1])
        yield from (self._folded(issue, there[0]) for issue in there[1:])
        over = self._why_over()
        if there and over:
            yield self._closed(there[0], over)
        elif there and there[0].mark:
            yield from self._nudge(there[0], there[0].mark) or self._read_again(there[0])
        elif not there and not over and self._begins(known):
            yield self._opened()
        yield from self._told(heard, over)

    def missed(self, known: Known) -> Iterator[Key]:
        """The date itself, where its time passed unasked and unanswered."""
        is_late = self.today >= self.next_opens or self.days > self.last_day
        is_known = self.key in known.open or self.key in known.closed
        if is_late and self.is_owed and not self.is_answered and not is_known:
            yield self.key

    def _why_over(self) -> Why | None:
        """Why nothing more is asked, or nothing."""
        if not self.is_owed:
            return "not asked"
        if self.is_answered:
            return "answered"
        return "over" if self.days > self.last_day else None

    def _begins(self, known: Known) -> bool:
        is_time = self.opens <= self.today <= self.due or self.due < self.today < self.next_opens
        if self.key in known.closed or not is_time:
            return False
        if is_paused(self.pair, self.today):
            return False
        return any(self._is_reminded(who) for who in self.pair.people)

    def _is_reminded(self, who: str | None) -> bool:
        return wording.is_reminded(self.program.participants.get(who or ""), self.today)

    def _is_away(self, who: str) -> bool:
        return wording.is_away(self.program.participants.get(who), self.today)

    def _opened(self) -> Action:
        mark = self.mark("check-in", self._newest_nudge())
        text = wording.opening(self.program, self.pair, self.due, self.owed, self.today)
        body = f"{mark}\n{text}"
        return Action(
            kind="open",
            mark=mark,
            title=self.title,
            body=body,
            days=self.days,
            late_since=self.opens if self.opens < self.today else None,
        )

    def _newest_nudge(self) -> int:
        """The newest day of asking again that has come; an issue opened late begins there."""
        assert self.cohort.check_ins is not None
        days = self.cohort.check_ins.reminders.nudge_days
        return max(self._come(days), default=-1)

    def _read_again(self, issue: Issue) -> tuple[Action, ...]:
        """Where we have commented and there are more comments than we knew, ours may be double."""
        mark = issue.mark
        if mark is None or mark.day < 0 or issue.comments <= mark.comments:
            return ()
        said = mark.said(mark.day, issue.comments)
        body = with_mark(issue.body, said)
        return (self._on(issue, "mend", said, body=body, why="commented"),)

    def _nudge(self, issue: Issue, mark: Mark) -> tuple[Action, ...]:
        day = self._newest_nudge()
        owed = self.owed
        missing = [a for a in owed if a.check_in is None]
        people = [a.participant for a in missing if a.participant] or list(self.pair.people)
        if day <= mark.day or is_paused(self.pair, self.today):
            return ()
        # A comment reaches both, whomever it speaks to.
        if any(self._is_away(who) for who in self.pair.people):
            return ()
        if not any(self._is_reminded(who) for who in people):
            return ()
        text = wording.nudge(self.program, self.pair, self.due, owed, self.today)
        body = f"<!-- peerloom day={day} -->\n{text}"
        return (self._on(issue, "nudge", mark.said(day, issue.comments + 1), body=body),)

    def _on(
        self,
        issue: Issue,
        kind: Kind,
        mark: Mark,
        *,
        body: str = "",
        why: Why | None = None,
        for_coordinators: bool = False,
    ) -> Action:
        return Action(
            kind=kind,
            mark=mark,
            title=issue.title,
            body=body or issue.body,
            days=self.days,
            was=issue,
            why=why,
            for_coordinators=for_coordinators,
        )

    def _closed(self, issue: Issue, why: Why) -> Action:
        return self._on(issue, "close", issue.mark or self.mark("check-in"), why=why)

    def _folded(self, issue: Issue, first: Issue) -> Action:
        mark = issue.mark or self.mark("check-in")
        return self._on(issue, "mend", mark, body=_pointer(issue, first), why="duplicate")

    def _marked_again(self, issue: Issue) -> Action:
        mark = self.mark("check-in", self._newest_nudge()).said(
            self._newest_nudge(), issue.comments
        )
        body = with_mark(issue.body, mark)
        return self._on(issue, "mend", mark, body=body, why="unmarked")

    def _told(self, heard: Known, over: Why | None) -> Iterator[Action]:
        """What coordinators are told where nobody else reads it."""
        assert self.cohort.check_ins is not None
        if self.program.settings.coordinators_repository is None:
            return
        there = heard.open.get(self.key, [])
        for issue in there[1:]:
            mark = issue.mark or self.mark("told")
            body = _pointer(issue, there[0])
            yield self._on(issue, "mend", mark, body=body, why="duplicate", for_coordinators=True)
        if over:
            if there and over != "over":
                mark = there[0].mark or self.mark("told")
                yield self._on(there[0], "close", mark, why=over, for_coordinators=True)
            return
        days = self.cohort.check_ins.reminders.escalate_days
        day = max(self._come(days), default=0)
        if day and not there and self.key not in heard.closed:
            mark = self.mark("told", day)
            text = wording.telling(self.program, self.pair, self.due, self.days, self.owed)
            title = wording.told_title(self.program, self.pair, self.due)
            yield Action(
                kind="escalate",
                mark=mark,
                title=title,
                body=f"{mark}\n{text}",
                days=self.days,
                for_coordinators=True,
            )
        elif day and there and there[0].mark and there[0].mark.day < day:
            text = wording.telling(self.program, self.pair, self.due, self.days, self.owed)
            mark = there[0].mark.said(day, there[0].comments + 1)
            body = f"<!-- peerloom day={day} -->\n{text}"
            yield self._on(there[0], "escalate", mark, body=body, for_coordinators=True)


def _pointer(issue: Issue, first: Issue) -> str:
    """The body of an issue that is folded into another."""
    said = f"This is the same as #{first.number}, where it goes on."
    return issue.body if said in issue.body else f"{issue.body}\n\n{said}"
