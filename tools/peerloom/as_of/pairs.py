"""A pair as of a day."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Literal

from peerloom.as_of.dating import Dating, given_day, held
from peerloom.as_of.evidence import days_at_work, days_in_existence, days_of_goal
from peerloom.as_of.fields import with_fields
from peerloom.model import Goal, Pair, PairStatus, Story
from peerloom.records import FactDay, Program
from peerloom.schedule import add_days, is_paused, planned_end

OVER: tuple[PairStatus, ...] = ("completed", "ended_early")
# What a record becomes on a day on which its state is not known, or that is before it exists.
Absence = Literal["not known", "not yet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairAsOf:
    """A pair in its state of a day, and those of its goals of which it is not known if they stood.

    `absence` says why there is no pair.
    """

    pair: Pair | None = None
    undated_goals: tuple[Goal, ...] = ()
    absence: Absence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Days:
    """The days on which a pair was proposed, began and ended; None where that always holds."""

    proposed: FactDay | None
    started: FactDay | None
    ended: FactDay | None


def pair_as_of(dating: Dating, pair: Pair, day: date) -> PairAsOf:
    """The state of a pair on a day, from the dates in its record, and from Git where one lacks.

    It exists from `proposed_on`, else `match.on`, else `started_on`; one whose start is planned,
    from the day that the records are known to be of. A status without a day of its
    own holds from the day after the pair's planned end at the latest.
    """
    path = dating.program.path(pair)
    days = _find_days(dating, path, pair)
    exists = held(days.proposed, day)
    if not exists:
        return PairAsOf(absence="not known" if exists is None else "not yet")
    status = _status_on(dating, path, pair, days, day)
    if status is None:
        return PairAsOf(absence="not known")
    standing, undated = _goals_on(dating, path, pair, day)
    rewound = with_fields(
        _with_end_as_of(pair, days, status),
        status=status,
        started_on=given_day(days.started) if pair.status != "proposed" else pair.started_on,
        agreement=pair.agreement if pair.agreement and pair.agreement.agreed_on <= day else None,
        goals=standing,
        stories=_stories_on(dating, path, pair, day),
    )
    return PairAsOf(pair=rewound, undated_goals=undated)


def _find_days(dating: Dating, path: str, pair: Pair) -> _Days:
    after_end = _day_after_planned_end(dating.program, pair)
    ended: FactDay | None = None
    started: FactDay | None = None
    if pair.ended_on:
        ended = dating.exact(pair.ended_on)
    elif pair.status in OVER:
        ended = dating.first_day(path, "ended", [after_end])
    if pair.started_on:
        started = dating.exact(pair.started_on)
    elif pair.status != "proposed":
        bounds = [ended.day if ended else None, after_end, *days_at_work(dating.program, pair)]
        started = dating.first_day(path, "started", bounds)
    said = pair.proposed_on or (pair.match.on if pair.match else None)
    known = chain([started.day if started else None], days_in_existence(dating.program, pair))
    proposed = dating.proposed_from(path, said, pair.started_on, known)
    return _Days(proposed=proposed, started=started, ended=ended)


def _day_after_planned_end(program: Program, pair: Pair) -> date | None:
    """The day from which a pair is over by plan; None where no such day is planned."""
    cohort = program.cohorts.get(pair.cohort)
    end = planned_end(cohort, pair) if cohort else pair.ends_on
    return end and add_days(end, 1)


def _status_on(dating: Dating, path: str, pair: Pair, days: _Days, day: date) -> PairStatus | None:
    """The status of a pair that exists on a day; None where it is not known."""
    has_started = pair.status != "proposed" and held(days.started, day)
    is_over = pair.status in OVER and held(days.ended, day)
    if has_started is None or (has_started and is_over is None):
        return None
    if not has_started:
        return "proposed"
    if is_over:
        return pair.status
    if is_paused(pair, day):
        return "paused"
    if pair.status == "paused" and not pair.pauses:
        is_so = held(dating.first_day(path, "paused"), day)
        return None if is_so is None else ("paused" if is_so else "active")
    return "active"


def _with_end_as_of(pair: Pair, days: _Days, status: PairStatus) -> Pair:
    """The pair with what is said about its end only where it is over."""
    if status in OVER:
        return with_fields(pair, ended_on=given_day(days.ended))
    was_to_end = pair.status in OVER or pair.ended_on is not None
    answers = {} if was_to_end else pair.answers
    return with_fields(pair, ended_on=None, end_reason=None, end_note=None, answers=answers)


def _goals_on(
    dating: Dating, path: str, pair: Pair, day: date
) -> tuple[tuple[Goal, ...], tuple[Goal, ...]]:
    """The goals that stood on a day, and those of which that is not known.

    A goal without `set_on` was set when a check-in named it, or when the pair ended, at the latest.
    """
    standing, undated = [], []
    for goal in pair.goals:
        first = dating.exact(goal.set_on) if goal.set_on else None
        if first is None:
            after_end = _day_after_planned_end(dating.program, pair)
            bounds = [*days_of_goal(dating.program, pair, goal), after_end]
            first = dating.first_day(path, f"goal {goal.id}", bounds)
        stands = held(first, day)
        if stands:
            day_set = given_day(first)
            standing.append(goal if goal.set_on == day_set else replace(goal, set_on=day_set))
        elif stands is None:
            undated.append(goal)
    return tuple(standing), tuple(undated)


def _stories_on(dating: Dating, path: str, pair: Pair, day: date) -> tuple[Story, ...]:
    """The stories that had been told by a day; one without a day when its pair ended, or later."""
    return tuple(
        story
        for story in pair.stories
        if held(
            dating.exact(story.on)
            if story.on
            else dating.first_day(path, f"story {story.by}", [pair.ended_on]),
            day,
        )
    )
