"""The figures of single pairs over a window."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import fields
from datetime import date

from peerloom.model import Cohort, Goal, Pair
from peerloom.progress.figures import CheckInFigures, MeetingFigures, PairFigures
from peerloom.progress.goals import Attainment, score_goals, trace_goals
from peerloom.progress.owed_check_ins import OwedCheckIn
from peerloom.progress.pair_history import PairHistory, pair_history
from peerloom.progress.windows import Window
from peerloom.records import Program
from peerloom.schedule import add_days, grace_period


def compute_pair_figures(
    program: Program, at_end: Program, cohort: Cohort, window: Window
) -> tuple[PairFigures, ...]:
    """The figures of each pair of a cohort that existed on the last day of a window.

    `program` is as of the day up to which things are known, and `at_end` as of that last day.
    """
    counted = _find_goals_counted(at_end.pairs_of(cohort.id))
    grace_days = grace_period(program.settings, cohort).days
    return tuple(
        _compute_figures_of(program, at_end, pair, window, counted, grace_days)
        for pair in at_end.pairs_of(cohort.id)
    )


def _compute_figures_of(
    program: Program,
    at_end: Program,
    pair: Pair,
    window: Window,
    counted: set[tuple[str, str]],
    grace_days: int,
) -> PairFigures:
    history = pair_history(program, program.pairs[pair.cohort, pair.id], window.today)
    reached = [
        goal
        for goal in _trace_goals_to(history, pair, window)
        if (pair.id, goal.goal.id) in counted
    ]
    undated = at_end.undated_goals.get((pair.cohort, pair.id), ())
    return PairFigures(
        pair=pair,
        was_at_work=_was_at_work(pair, window),
        meetings=_count_meetings(history, window),
        check_ins=_count_check_ins(history.owed_check_ins, window, grace_days),
        asked=_find_people_asked(history, window),
        goals_set=sum(goal.set_on in window for goal in pair.goals),
        goals_standing=len(reached),
        goals_undated=len(undated) + sum(goal.set_on is None for goal in pair.goals),
        levels=tuple(goal.level for goal in reached if goal.level is not None),
        differing=sum(goal.differs for goal in reached),
        score=score_goals(reached, program.settings.goals),
    )


def _was_at_work(pair: Pair, window: Window) -> bool:
    """Whether a pair was active or paused on a day of a window on whose last day it has begun.

    On the day on which it ends it is over already.
    """
    first = max(window.first, pair.started_on or window.first)
    return pair.status != "proposed" and (pair.ended_on is None or pair.ended_on > first)


def _count_meetings(history: PairHistory, window: Window) -> MeetingFigures:
    met = [meeting for meeting in history.meetings if meeting.on in window]
    undated = sum(due in window for due in history.undated_meetings)
    known = [meeting.minutes for meeting in met if meeting.minutes is not None]
    return MeetingFigures(
        held=len(met) + undated, undated=undated, minutes=sum(known), minutes_known=len(known)
    )


_OUTCOMES = {"on_time": "on_time", "late": "late", "answered": "undated", "overdue": "missing"}
_NAMES = tuple(field.name for field in fields(CheckInFigures))


def _count_check_ins(
    owed: Iterable[OwedCheckIn], window: Window, grace_days: int
) -> CheckInFigures:
    counts: Counter[str] = Counter()
    for each in owed:
        if each.due in window:
            is_up = add_days(each.due, grace_days) < window.today
            has_come = each.check_in is not None
            open_as = "early" if has_come else "awaited"
            counts[_OUTCOMES[each.state] if is_up else open_as] += 1
    return CheckInFigures(**{name: counts[name] for name in _NAMES})


def _find_people_asked(history: PairHistory, window: Window) -> frozenset[str]:
    """Who of a pair owed a check-in in a window: both, where one answer from the two is enough."""
    owed = [each for each in history.owed_check_ins if each.due in window]
    schedule = history.cohort.check_ins if history.cohort else None
    if owed and schedule and schedule.answers == "either":
        return frozenset(history.pair.people)
    return frozenset(each.participant for each in owed if each.participant)


def _trace_goals_to(history: PairHistory, pair: Pair, window: Window) -> tuple[Attainment, ...]:
    """How far the goals of a pair had come on the window's last day, by what is known now."""
    said = [check_in for check_in in history.check_ins if check_in.answered_on <= window.last]
    return trace_goals(pair, said)


def _find_goals_counted(pairs: Iterable[Pair]) -> set[tuple[str, str]]:
    """The goals that count, by the ids of pair and goal.

    A goal that a mentee took along to another pair counts once, in the pair that started last.
    """
    # A pair that is proposed may name the day on which it is to start, but has not started.
    in_order = sorted(pairs, key=lambda p: (p.status != "proposed", p.started_on or date.min, p.id))
    newest: dict[object, tuple[str, str]] = {}
    for pair in in_order:
        for goal in pair.goals:
            newest[_identify_goal(pair, goal)] = (pair.id, goal.id)
    return set(newest.values())


def _identify_goal(pair: Pair, goal: Goal) -> object:
    """What two records of one mentee's goal have in common; peers' goals are their pair's alone."""
    if pair.mentee is None:
        return (pair.id, goal.id)
    return (pair.mentee, " ".join(goal.title.casefold().split()))
