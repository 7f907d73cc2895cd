"""Pairs without goals, and goals that do not move."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter

from peerloom.signals.signal import Limits, Observation, SignalDefinition, Stage, Subject
from peerloom.text.dates import date_in_sentence
from peerloom.text.phrases import count_noun
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

# Two reports with days off between them say that a goal is stuck only if it had this many days.
_DAYS_TO_MOVE = 14

_HELP = Stage(
    urgency=2,
    threshold=mark("{help_days} days after the start"),
    next_step=mark("offer half an hour to write one together"),
)
_REMIND = Stage(
    urgency=1,
    threshold=mark("{remind_days} days after the start"),
    next_step=mark("send them the module on goals"),
)
_STUCK = Stage(
    urgency=1,
    threshold=mark("the same step below 0 for the {number} newest dates"),
    next_step=mark("ask whether it should be made smaller or changed"),
)


def find_missing_goals(subject: Subject, limits: Limits) -> Iterator[Observation]:
    """The pair has not written down any goal."""
    stages = (("help_days", _HELP), ("remind_days", _REMIND))
    days = subject.days_at_work
    stage = next((stage for name, stage in stages if days >= limits[name]), None)
    if subject.history.pair.goals or subject.is_paused or stage is None:
        return
    start = date_in_sentence(subject.started_on, subject.today)
    yield Observation(
        stage=stage,
        since=subject.started_on,
        why=_("no goal has been written, {days} after the start on {date}").format(
            days=count_noun((subject.today - subject.started_on).days, "day"), date=start
        ),
    )


def find_stuck_goals(subject: Subject, limits: Limits) -> Iterator[Observation]:
    """A goal stays below what was expected and does not move."""
    for attainment in subject.history.goals:
        level_by_due: dict[date, int] = {
            step.due: step.level for step in attainment.steps if step.level is not None
        }
        newest = sorted(level_by_due.items(), reverse=True)
        level, same = next(groupby(newest, key=itemgetter(1)), (0, ()))
        stuck = [due for due, _level in same]
        if len(stuck) < limits["number"] or level >= 0:
            continue
        since = stuck[-1]
        if not _had_time_to_move(subject, since, stuck[0]):
            continue
        why = _("the goal “{title}” has not moved since {date}").format(
            title=attainment.goal.title, date=date_in_sentence(since, subject.today)
        )
        yield Observation(stage=_STUCK, since=since, why=why)


def _had_time_to_move(subject: Subject, first: date, last: date) -> bool:
    """Whether no day off lies between two reports, or the pair had time in spite of it."""
    days = subject.count_days_at_work(first, last)
    return days == (last - first).days or days >= _DAYS_TO_MOVE


NO_GOALS = SignalDefinition(
    id="no-goals",
    check=find_missing_goals,
    stages=(_HELP, _REMIND),
    limits={"remind_days": 30, "help_days": 45},
)
GOAL_STUCK = SignalDefinition(
    id="goal-stuck", check=find_stuck_goals, stages=(_STUCK,), limits={"number": 2}
)
