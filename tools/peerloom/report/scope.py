"""What a report is about: which program, as of which day, and which days of it."""

from dataclasses import dataclass, replace
from datetime import date

from peerloom.as_of import program_as_of
from peerloom.model import Audience, Cohort
from peerloom.progress.closed_dates import ClosedDate, list_closed_dates
from peerloom.progress.windows import Window, WindowError, choose_window
from peerloom.records import Program
from peerloom.report.covering import Coverage, Covered, cover_people
from peerloom.report.suppression import Rules
from peerloom.text.dates import full_date
from peerloom.text.phrases import join_choices
from peerloom.text.translation import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A program as of a day with the people whom a report covers, one of its cohorts, a window.

    `closed` are the closed dates up to the window's last day; None where a report is about any
    days, as one for coordinators is.
    """

    program: Program
    cohort: Cohort
    window: Window
    covers: Covered
    rules: Rules
    closed: tuple[ClosedDate, ...] | None = None

    @property
    def is_final(self) -> bool:
        """Whether nothing more can come that counts."""
        return self.closed is None or self.closed[-1].is_final

    def end_on(self, day: date) -> "Scope | None":
        """The same up to an earlier day, or to the closed date before it; None if there is none."""
        program, cohort, today = self.program, self.cohort, self.window.today
        if self.closed is None:
            return replace(self, window=choose_window(program, cohort, None, day, today))
        closed = tuple(each for each in self.closed if each.due <= day)
        if not closed:
            return None
        window = replace(self.window, last=closed[-1].due)
        return replace(self, window=window, closed=closed)


def choose_scope(
    known: Program,
    cohort: str,
    start: date | None,
    end: date | None,
    audience: Audience,
    today: date,
    rules: Rules | None = None,
) -> Scope:
    """What a report from `start` to `end` is about, for an audience, as known on `today`.

    Takes the program as of that day. Below coordinators it is as of the day on which the closed
    date was closed. Raises `KeyError` for no cohort, and `WindowError` for days that a report
    cannot be about.
    """
    rules, run = rules or Rules(), known.cohorts[cohort]
    if audience == "coordinators":
        window = choose_window(known, run, start, end, today)
        return Scope(program=known, cohort=run, window=window, covers="everybody", rules=rules)
    closed = None
    if rules.closed_dates:
        closed = choose_closed_dates(known, run, start, end, today)
        known = program_as_of(known, closed[-1].closed_on)
        run = known.cohorts[cohort]
        window = Window(first=run.starts, last=closed[-1].due, today=closed[-1].closed_on)
    else:
        window = choose_window(known, run, start, end, today)
    coverage = Coverage(program=known, covers="everybody")
    if rules.visible_only:
        coverage = cover_people(known, run)
    return Scope(
        program=coverage.program,
        cohort=run,
        window=window,
        covers=coverage.covers,
        rules=rules,
        closed=closed,
    )


def choose_closed_dates(
    program: Program, cohort: Cohort, start: date | None, end: date | None, today: date
) -> tuple[ClosedDate, ...]:
    """The closed dates of a cohort up to the newest, or up to the one that `end` asks for.

    Raises `WindowError` where nothing is closed yet, or where other days are asked for.
    """
    closed = list_closed_dates(program, cohort, today)
    if not closed:
        raise WindowError(
            _(
                "nothing is published yet: figures are, when the days of grace of a check-in date "
                "are over, so that they tell of nobody; coordinators see them before"
            )
        )
    if start not in (None, cohort.starts):
        raise WindowError(
            _(
                "a report that is not for coordinators begins with its cohort: leave out "
                "the first day"
            )
        )
    if end is None:
        return closed
    found = tuple(each for each in closed if each.due <= end)
    if not found or found[-1].due != end:
        days = join_choices(full_date(each.due) for each in closed)
        raise WindowError(
            _(
                "a report that is not for coordinators ends on a check-in date that is closed, so "
                "that two reports tell nothing of one person: choose {days}"
            ).format(days=days)
        )
    return found
