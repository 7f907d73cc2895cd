"""What a report is about: which program, as of which day, and which days of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from peerloom.as_of import program_as_of
from peerloom.model import Audience, Cohort
from peerloom.progress.closed_dates import ClosedDate, list_closed_dates
from peerloom.progress.counted_people import leave_out_uncounted
from peerloom.progress.windows import NothingClosedError, Window, WindowError, choose_window
from peerloom.records import Program
from peerloom.report.covering import Coverage, Covered, cover_people
from peerloom.report.suppression import Rules
from peerloom.schedule import add_days
from peerloom.text.dates import full_date
from peerloom.text.phrases import join_choices
from peerloom.text.translation import gettext as _

# The contents of a report, as it was published.
Published = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A program as of a day with the people whom a report covers, one of its cohorts, a window.

    `whole` is the program with everybody: nobody knows who is behind the codes of a survey.
    `closed` are the closed dates up to the window's last day; None where a report is about any
    days, as one for coordinators is. `kept` are the contents of the reports of earlier closed
    dates, for the same audience, as they were published. Members may not see the `hidden_pairs`.
    """

    program: Program
    whole: Program
    cohort: Cohort
    window: Window
    covers: Covered
    rules: Rules
    closed: tuple[ClosedDate, ...] | None = None
    kept: tuple[Published, ...] = ()
    hidden_pairs: frozenset[str] = frozenset()

    @property
    def is_final(self) -> bool:
        """Whether nothing more can come that counts."""
        return self.closed is None or self.closed[-1].is_final

    def end_on(self, day: date) -> "Scope | None":
        """The same up to an earlier day, or to the closed date before it; None if there is none.

        What is about a closed date is as it was known when that was closed, and never changes.
        """
        program, cohort, today = self.program, self.cohort, self.window.today
        if self.closed is None:
            return replace(self, window=choose_window(program, cohort, None, day, today))
        closed = tuple(each for each in self.closed if each.due <= day)
        return self._go_back_to(closed) if closed else None

    def list_dates(self) -> Iterator["Scope"]:
        """For each closed date what a report of it was about, with only the days since the last."""
        first = self.cohort.starts
        for number, each in enumerate(self.closed or (), start=1):
            then = self._go_back_to((self.closed or ())[:number])
            yield replace(then, window=replace(then.window, first=first))
            first = add_days(each.due, 1)

    def _go_back_to(self, closed: tuple[ClosedDate, ...]) -> "Scope":
        if closed == self.closed:
            return self
        then = open_scope(self.whole, self.cohort.id, closed, self.rules)
        return replace(then, kept=self.kept)


def open_scope(
    program: Program, cohort: str, closed: tuple[ClosedDate, ...], rules: Rules
) -> Scope:
    """What a report below coordinators is about: a cohort up to the last of some closed dates.

    It is as known when that date was closed, with the people whom it could cover then.
    """
    newest = closed[-1]
    known = program_as_of(program, newest.closed_on)
    run = known.cohorts[cohort]
    window = Window(first=run.starts, last=newest.due, today=newest.closed_on)
    return _cover(known, run, window, rules, closed)


def _cover(
    known: Program,
    cohort: Cohort,
    window: Window,
    rules: Rules,
    closed: tuple[ClosedDate, ...] | None = None,
) -> Scope:
    # Who is not counted is left out first: of five hidden people, four could be subtracted.
    counted = leave_out_uncounted(known, "members")
    coverage = Coverage(program=counted, covers="everybody")
    if rules.visible_only:
        coverage = cover_people(counted, cohort)
    return Scope(
        program=coverage.program,
        whole=known,
        cohort=cohort,
        window=window,
        covers=coverage.covers,
        rules=rules,
        closed=closed,
        hidden_pairs=coverage.hidden_pairs,
    )


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
        return Scope(
            program=known,
            whole=known,
            cohort=run,
            window=window,
            covers="everybody",
            rules=rules,
        )
    if not rules.closed_dates:
        return _cover(known, run, choose_window(known, run, start, end, today), rules)
    return open_scope(known, cohort, choose_closed_dates(known, run, start, end, today), rules)


def choose_closed_dates(
    program: Program, cohort: Cohort, start: date | None, end: date | None, today: date
) -> tuple[ClosedDate, ...]:
    """The closed dates of a cohort up to the newest, or up to the one that `end` asks for.

    Raises `WindowError` where nothing is closed yet, or where other days are asked for.
    """
    choose_window(program, cohort, start, end, today)
    closed = list_closed_dates(program, cohort, today)
    if not closed:
        raise NothingClosedError(
            _(
                "nothing is published yet: figures are published when a check-in date and its days "
                "of grace are over, so that they tell of nobody"
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
