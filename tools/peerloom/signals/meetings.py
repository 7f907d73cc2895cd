"""Pairs that have not met, have stopped meeting, or meet less than they agreed."""

from collections.abc import Iterator
from datetime import date

from peerloom.schedule import pair_due_dates
from peerloom.signals.signal import Observation, SignalDefinition, Stage, Subject
from peerloom.text.dates import date_in_sentence
from peerloom.text.phrases import count_noun, count_times, describe_rhythm
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

# Weeks between two meetings if a pair agreed on no rhythm: a usual one to begin with.
_USUAL_WEEKS = 2
_LONG_GAP = 1.5
_VERY_LONG_GAP = 2
_IDLE_DAYS = 90
# Fewer planned meetings than this make no pattern.
_PLANNED_FOR_A_PATTERN = 4
_SHARE_HELD = 0.65

_NOT_MET: dict[int, Stage] = {
    30: Stage(
        urgency=3,
        threshold=mark("30 days after the start"),
        next_step=mark("ask each alone what stands in the way, and offer another match"),
    ),
    14: Stage(
        urgency=2,
        threshold=mark("14 days after the start"),
        next_step=mark("write to both and propose two times"),
    ),
    7: Stage(
        urgency=1,
        threshold=mark("7 days after the start"),
        next_step=mark("remind both to set a date for their first meeting"),
    ),
}
_IDLE = Stage(
    urgency=3,
    threshold=mark("{days} days, even if somebody answered in between"),
    numbers={"days": _IDLE_DAYS},
    next_step=mark("tell both that the pair will be closed in a week unless one of them objects"),
)
_WIDE = Stage(
    urgency=2,
    threshold=mark("more than {times} times what they agreed on, or else two weeks"),
    numbers={"times": _VERY_LONG_GAP},
    next_step=mark("call each of them alone"),
)
_WIDENING = Stage(
    urgency=1,
    threshold=mark("more than {times} times what they agreed on, or else two weeks"),
    numbers={"times": _LONG_GAP},
    next_step=mark("remind both, and ask for their next date"),
)
_FEW = Stage(
    urgency=1,
    threshold=mark("less than {share} of the planned meetings, if at least {planned} were planned"),
    numbers={"planned": _PLANNED_FOR_A_PATTERN},
    share=_SHARE_HELD,
    next_step=mark("ask what stands in the way, and whether to meet less often"),
)
_MISSED = Stage(
    urgency=2,
    threshold=mark("for the two newest dates that anybody answered"),
    next_step=mark("write to each alone and ask what is in the way"),
)


def find_no_first_meeting(subject: Subject) -> Iterator[Observation]:
    """No meeting has been reported since the pair started, although they were asked."""
    history = subject.history
    was_asked = any(due <= subject.today for due in pair_due_dates(subject.cohort, history.pair))
    if subject.is_paused or history.meetings or not (history.check_ins or was_asked):
        return
    days = subject.days_since_start
    stage = next((stage for least, stage in _NOT_MET.items() if days >= least), None)
    if stage:
        start = date_in_sentence(subject.started_on, subject.today)
        why = _("no meeting has been reported, {days} after the start on {date}").format(
            days=count_noun(days, "day"), date=start
        )
        yield Observation(stage=stage, since=subject.started_on, why=why)


def find_idle_pair(subject: Subject) -> Iterator[Observation]:
    """No meeting has been reported for so long that the pair may be over."""
    last = _last_meeting(subject)
    if last and _is_idle(subject, last):
        why = _("their last known meeting was on {date}, {days} ago").format(
            date=date_in_sentence(last, subject.today),
            days=count_noun((subject.today - last).days, "day"),
        )
        yield Observation(stage=_IDLE, since=last, why=why)


def find_long_gap(subject: Subject) -> Iterator[Observation]:
    """More time passed from the last known meeting to the newest check-in than the two agreed on.

    It is counted to the newest check-in because nobody has been asked about the days since.
    """
    last = _last_meeting(subject)
    if last is None or _is_idle(subject, last):
        return
    history = subject.history
    agreed = _agreed_weeks(subject)
    interval = 7 * (agreed or _USUAL_WEEKS)
    gap = max(((history.day_known(c) - last).days for c in history.check_ins), default=0)
    if agreed:
        why = _(
            "their last known meeting was on {date}, {days} before the newest answer; "
            "they agreed to meet {rhythm}"
        )
    else:
        why = _(
            "their last known meeting was on {date}, {days} before the newest answer; "
            "{rhythm} is usual"
        )
    why = why.format(
        date=date_in_sentence(last, subject.today),
        days=count_noun(gap, "day"),
        rhythm=describe_rhythm(agreed or _USUAL_WEEKS),
    )
    if gap > _VERY_LONG_GAP * interval:
        yield Observation(stage=_WIDE, since=last, why=why)
    elif gap > _LONG_GAP * interval:
        yield Observation(stage=_WIDENING, since=last, why=why)


def _last_meeting(subject: Subject) -> date | None:
    """The day of a pair's last known meeting; None also while the pair takes a break."""
    meetings = subject.history.meetings
    return meetings[-1].on if meetings and not subject.is_paused else None


def _is_idle(subject: Subject, last_meeting: date) -> bool:
    return (subject.today - last_meeting).days >= _IDLE_DAYS


def _agreed_weeks(subject: Subject) -> int | None:
    agreement = subject.history.pair.agreement
    return agreement.meets_every_weeks if agreement else None


def find_few_meetings(subject: Subject) -> Iterator[Observation]:
    """By their newest check-in, the two have met far less often than they agreed to."""
    history = subject.history
    agreed = _agreed_weeks(subject)
    if not agreed or history.pair.pauses or not history.check_ins:
        return
    newest = max(history.day_known(c) for c in history.check_ins)
    planned = (newest - subject.started_on).days // (7 * agreed)
    held = sum(subject.started_on <= m.on <= newest for m in history.meetings)
    if planned >= _PLANNED_FOR_A_PATTERN and 0 < held < _SHARE_HELD * planned:
        why = _("they have met {times} by {date}, and agreed on {planned}").format(
            times=count_times(held), date=date_in_sentence(newest, subject.today), planned=planned
        )
        yield Observation(stage=_FEW, since=subject.started_on, why=why)


def find_missed_meetings(subject: Subject) -> Iterator[Observation]:
    """Everybody who answered said, twice in a row, that the two did not meet."""
    met_by_due: dict[date, bool] = {}
    for check_in in subject.history.check_ins:
        if check_in.met is not None or check_in.meetings:
            has_met = bool(check_in.met or check_in.meetings)
            met_by_due[check_in.due] = met_by_due.get(check_in.due, False) or has_met
    last_two = sorted(met_by_due)[-2:]
    if not subject.is_paused and len(last_two) == 2 and not any(map(met_by_due.get, last_two)):
        why = _("they did not meet before {first}, nor before {second}").format(
            first=date_in_sentence(last_two[0], subject.today),
            second=date_in_sentence(last_two[1], subject.today),
        )
        yield Observation(stage=_MISSED, since=last_two[0], why=why)


NO_MEETING = SignalDefinition(
    id="no-meeting", check=find_no_first_meeting, stages=tuple(_NOT_MET.values())
)
IDLE = SignalDefinition(
    id="idle",
    check=find_idle_pair,
    stages=(_IDLE,),
    source=mark("Guider calls a match idle after 90 days"),
)
GAP = SignalDefinition(id="gap", check=find_long_gap, stages=(_WIDE, _WIDENING))
FEW_MEETINGS = SignalDefinition(
    id="few-meetings",
    check=find_few_meetings,
    stages=(_FEW,),
    source=mark("the attendance figures of iMentor"),
)
MISSED = SignalDefinition(id="missed", check=find_missed_meetings, stages=(_MISSED,))
