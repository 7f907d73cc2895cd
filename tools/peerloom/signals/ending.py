"""The end of a pair, which is that of its cohort unless it has its own, near or past."""

from collections.abc import Iterator
from datetime import timedelta

from peerloom.schedule import planned_end
from peerloom.signals.signal import Limits, Observation, SignalDefinition, Stage, Subject
from peerloom.text.dates import date_in_sentence, relative_day
from peerloom.text.phrases import count_noun
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

_OVER = Stage(
    urgency=2,
    threshold=mark("the cohort, or the pair's own time, is over and the pair is not closed"),
    next_step=mark("set 'status' to completed, or agree with both that they go on"),
)
_CLOSING = Stage(
    urgency=2,
    threshold=mark("{close_days} days before the end"),
    next_step=mark("ask for the date of their last meeting, and send the closing survey"),
)
_PLANNING = Stage(
    urgency=1,
    threshold=mark("{plan_days} days before the end"),
    next_step=mark("remind both to plan their last meetings and to look at their goals"),
)


def find_near_end(subject: Subject, limits: Limits) -> Iterator[Observation]:
    """The cohort of a pair ends soon or is over, or the pair itself if it has its own end."""
    ends = planned_end(subject.cohort, subject.history.pair)
    if ends is None:
        return
    is_of_cohort = ends == subject.cohort.ends
    left = (ends - subject.today).days
    if left < 0:
        why = _("the cohort ended on {date} and the pair is not closed")
        if not is_of_cohort:
            why = _("the pair was to end on {date} and is not closed")
        why = why.format(date=date_in_sentence(ends, subject.today))
        yield Observation(stage=_OVER, since=ends, why=why)
        return
    # Always in days, however many, because that is what the threshold counts.
    distance = relative_day(ends, subject.today)
    if left > 1:
        distance = _("in {days}").format(days=count_noun(left, "day"))
    why = _("the cohort ends {distance}, on {date}")
    if not is_of_cohort:
        why = _("the pair ends {distance}, on {date}")
    why = why.format(distance=distance, date=date_in_sentence(ends, subject.today))
    for name, stage in (("close_days", _CLOSING), ("plan_days", _PLANNING)):
        if left <= limits[name]:
            began = max(subject.started_on, ends - timedelta(days=limits[name]))
            yield Observation(stage=stage, since=began, why=why)
            return


ENDING = SignalDefinition(
    id="ending",
    check=find_near_end,
    stages=(_OVER, _CLOSING, _PLANNING),
    limits={"close_days": 14, "plan_days": 42},
    phases=("working", "after_the_end"),
)
