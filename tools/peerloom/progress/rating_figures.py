"""The ratings of a cohort, for each date on which they were asked for."""

from datetime import date

from peerloom.model import Cohort
from peerloom.progress.figures import RatingFigures
from peerloom.progress.pair_history import pair_history
from peerloom.progress.ratings import RatingPoint
from peerloom.progress.windows import Window
from peerloom.records import Program


def compute_rating_figures(
    program: Program, cohort: Cohort, window: Window
) -> tuple[RatingFigures, ...]:
    """The ratings for each due date in a window that somebody rated, or for each month."""
    is_one_enough = cohort.check_ins is not None and cohort.check_ins.answers == "either"
    by_day: dict[date, list[RatingPoint]] = {}
    asked: dict[date, set[str]] = {}
    for pair in program.pairs_of(cohort.id):
        history = pair_history(program, pair, window.today)
        for owed in history.owed_check_ins:
            if owed.due in window:
                whom = None if is_one_enough else owed.participant
                asked.setdefault(_rated_day(cohort, owed.due), set()).add(whom or pair.id)
        for point in history.ratings:
            if point.due in window and (point.useful or point.relationship):
                by_day.setdefault(_rated_day(cohort, point.due), []).append(point)
    return tuple(
        _summarize_ratings(day, len(asked.get(day, ())), points)
        for day, points in sorted(by_day.items())
    )


def _rated_day(cohort: Cohort, due: date) -> date:
    """The day under which ratings are counted: the due date, or the first day of its month.

    In a cohort without an end hardly two pairs have a due date in common.
    """
    return due if cohort.ends else due.replace(day=1)


def _summarize_ratings(due: date, asked: int, points: list[RatingPoint]) -> RatingFigures:
    useful = tuple((p.participant, p.useful) for p in points if p.useful is not None)
    relationship = tuple(
        (p.participant, p.relationship) for p in points if p.relationship is not None
    )
    return RatingFigures(
        due=due,
        asked=asked,
        people=len({p.participant for p in points}),
        useful_answers=useful,
        relationship_answers=relationship,
    )
