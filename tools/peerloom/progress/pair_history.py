"""What is known about a pair on a day: the only place that decides which check-ins count by then.

A check-in is known from the day on which it was received (`Program.counts_from`). Pages, signals,
figures and reminders read a pair's past from here, so that what they show of a day stays the same
when check-ins are received later.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from peerloom.model import CheckIn, Cohort, Meeting, Pair
from peerloom.progress.calls import Ask, list_check_in_asks
from peerloom.progress.days_off import DaysOff, find_days_off
from peerloom.progress.goals import Attainment, trace_goals
from peerloom.progress.meetings import list_undated_meetings, merge_meetings
from peerloom.progress.owed_check_ins import OwedCheckIn, list_owed_check_ins
from peerloom.progress.ratings import RatingPoint, list_ratings
from peerloom.records import Program


@dataclass(frozen=True, kw_only=True, eq=False)
class PairHistory:
    """A pair as it was known on the day `today`; each part is computed once, when first read."""

    program: Program
    pair: Pair
    today: date

    @cached_property
    def cohort(self) -> Cohort | None:
        """The pair's cohort, where there is a record of it."""
        return self.program.cohorts.get(self.pair.cohort)

    @cached_property
    def check_ins(self) -> tuple[CheckIn, ...]:
        """The check-ins received by the day, by due date, then by person."""
        return tuple(
            check_in
            for check_in in self.program.check_ins_of(self.pair)
            if self.day_known(check_in) <= self.today
        )

    def day_known(self, check_in: CheckIn) -> date:
        """The day on which a check-in was received, or else the day that its author gives."""
        return self.program.counts_from(check_in)

    @cached_property
    def owed_check_ins(self) -> tuple[OwedCheckIn, ...]:
        """Every check-in that the pair owes, also later than the day, by due date."""
        return list_owed_check_ins(self.program, self.pair, self.check_ins, self.today)

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """The meetings that had been reported by the day, by date."""
        return merge_meetings(self.check_ins, self.today)

    @cached_property
    def undated_meetings(self) -> tuple[date, ...]:
        """The due dates before each of which the two met once more, on a day that neither named."""
        return list_undated_meetings(self.check_ins, self.today)

    @cached_property
    def days_off(self) -> DaysOff:
        """The days on which the two need not meet."""
        return find_days_off(self.program, self.pair)

    @cached_property
    def calls(self) -> tuple[tuple[CheckIn, tuple[Ask, ...]], ...]:
        """The check-ins that ask something of coordinators, with what, by the day they came."""
        asking = ((check_in, list_check_in_asks(check_in)) for check_in in self.check_ins)
        calls = [(check_in, asks) for check_in, asks in asking if asks]
        return tuple(sorted(calls, key=lambda call: (self.day_known(call[0]), call[0].due)))

    @cached_property
    def ratings(self) -> tuple[RatingPoint, ...]:
        """The ratings, by due date, then by person."""
        return list_ratings(self.check_ins)

    @cached_property
    def goals(self) -> tuple[Attainment, ...]:
        """Each goal with the step that it had reached."""
        return trace_goals(self.pair, self.check_ins)

    @cached_property
    def next_meeting(self) -> date | None:
        """The day, not before today, that the newest check-in to name one gives for a meeting."""
        to_come = (c.next_meeting for c in reversed(self.check_ins) if c.next_meeting)
        return next((day for day in to_come if day >= self.today), None)

    @cached_property
    def next_steps(self) -> tuple[tuple[str, str], ...]:
        """Each person's newest next steps, the newest first."""
        by_person: dict[str, str] = {}
        for check_in in reversed(self.check_ins):
            if check_in.next_steps:
                by_person.setdefault(check_in.participant, check_in.next_steps)
        return tuple(by_person.items())


def pair_history(program: Program, pair: Pair, today: date) -> PairHistory:
    """The history of a pair as known on a day, made once per program, pair and day."""
    key = (PairHistory, pair.cohort, pair.id, today)
    history = program.derived.get(key)
    if not isinstance(history, PairHistory) or history.pair is not pair:
        history = PairHistory(program=program, pair=pair, today=today)
        program.derived[key] = history
    return history
