"""Pairs without goals, and goals that do not move."""

from collections.abc import Iterator
from datetime import date

from peerloom.signals.signal import Observation, SignalDefinition, Stage, Subject
from peerloom.text.dates import date_in_sentence
from peerloom.text.phrases import count_noun
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

_DAYS_TO_REMIND = 30
_DAYS_TO_HELP = 45

_HELP = Stage(
    urgency=2,
    threshold=mark("{days} days after the start"),
    numbers={"days": _DAYS_TO_HELP},
    next_step=mark("offer half an hour to write one together"),
)
_REMIND = Stage(
    urgency=1,
    threshold=mark("{days} days after the start"),
    numbers={"days": _DAYS_TO_REMIND},
    next_step=mark("send them the module on goals"),
)
_STUCK = Stage(
    urgency=1,
    threshold=mark("the same step below 0 for the two newest dates"),
    next_step=mark("ask whether it should be made smaller or changed"),
)


def find_missing_goals(subject: Subject) -> Iterator[Observation]:
    """The pair has not written down any goal."""
    days = subject.days_since_start
    if subject.history.pair.goals or subject.is_paused or days < _DAYS_TO_REMIND:
        return
    start = date_in_sentence(subject.started_on, subject.today)
    yield Observation(
        stage=_HELP if days >= _DAYS_TO_HELP else _REMIND,
        since=subject.started_on,
        why=_("no goal has been written, {days} after the start on {date}").format(
            days=count_noun(days, "day"), date=start
        ),
    )


def find_stuck_goals(subject: Subject) -> Iterator[Observation]:
    """A goal stays below what was expected and does not move."""
    for attainment in subject.history.goals:
        level_by_due: dict[date, int] = {
            step.due: step.level for step in attainment.steps if step.level is not None
        }
        last_two = sorted(level_by_due.items())[-2:]
        if len(last_two) == 2 and last_two[0][1] == last_two[1][1] < 0:
            since = last_two[0][0]
            title = attainment.goal.title
            why = _("the goal “{title}” has not moved since {date}").format(
                title=title, date=date_in_sentence(since, subject.today)
            )
            yield Observation(stage=_STUCK, since=since, why=why)


NO_GOALS = SignalDefinition(id="no-goals", check=find_missing_goals, stages=(_HELP, _REMIND))
GOAL_STUCK = SignalDefinition(id="goal-stuck", check=find_stuck_goals, stages=(_STUCK,))
