"""The end of a cohort, near or past."""

from collections.abc import Iterator
from datetime import timedelta

from peerloom.signals.signal import Observation, SignalDefinition, Stage, Subject
from peerloom.text.dates import day_and_month

_DAYS_TO_CLOSE = 14
_DAYS_TO_PLAN = 42

_OVER = Stage(
    urgency=2,
    threshold="the cohort is over and the pair is not closed",
    next_step="set 'status' to completed, or agree with the two on going on",
)
_CLOSING = Stage(
    urgency=2,
    threshold=f"{_DAYS_TO_CLOSE} days before the end",
    next_step="ask for the date of their last meeting, and send the closing survey",
)
_PLANNING = Stage(
    urgency=1,
    threshold=f"{_DAYS_TO_PLAN} days before the end",
    next_step="remind both to plan their last meetings and to look at their goals",
)


def find_near_end(subject: Subject) -> Iterator[Observation]:
    """The cohort of a pair ends soon, or is over."""
    ends = subject.cohort.ends
    left = (ends - subject.today).days
    if left < 0:
        why = f"the cohort ended on {day_and_month(ends)} and the pair is not closed"
        yield Observation(stage=_OVER, since=ends, why=why)
        return
    when = {0: "today", 1: "tomorrow"}.get(left, f"in {left} days")
    why = f"the cohort ends {when}, on {day_and_month(ends)}"
    for days, stage in ((_DAYS_TO_CLOSE, _CLOSING), (_DAYS_TO_PLAN, _PLANNING)):
        if left <= days:
            yield Observation(stage=stage, since=ends - timedelta(days=days), why=why)
            return


ENDING = SignalDefinition(
    id="ending",
    check=find_near_end,
    stages=(_OVER, _CLOSING, _PLANNING),
    phases=("working", "after_the_end"),
)
