"""Pairs that have not met, have stopped meeting, or meet less than they agreed.

All clocks leave out the days on which a pair is off. A meeting without a date counts as one: it was
on the due date of the check-in that tells of it at the latest.
"""

from collections.abc import Iterator
from datetime import date

from peerloom.schedule import pair_due_dates
from peerloom.signals.signal import Limits, Observation, SignalDefinition, Stage, Subject
from peerloom.text.dates import date_in_sentence
from peerloom.text.phrases import count_noun, count_times, describe_length, describe_rhythm
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

# Weeks between two meetings if a pair agreed on no rhythm: a usual one to begin with.
USUAL_WEEKS = 2

_OFFER = Stage(
    urgency=3,
    threshold=mark("{offer_days} days after the start"),
    next_step=mark("ask each alone what stands in the way, and offer another match"),
)
_PROPOSE = Stage(
    urgency=2,
    threshold=mark("{message_days} days after the start"),
    next_step=mark("write to both and propose two times"),
)
_REMIND = Stage(
    urgency=1,
    threshold=mark("{nudge_days} days after the start"),
    next_step=mark("remind both to set a date for their first meeting"),
)
_IDLE = Stage(
    urgency=3,
    threshold=mark("{days} days at work, even if somebody answered in between"),
    next_step=mark("tell both that the pair will be closed in a week unless one of them objects"),
)
_WIDE = Stage(
    urgency=2,
    threshold=mark("more than {very_long} times what they agreed on, or else two weeks"),
    next_step=mark("call each of them alone"),
)
_WIDENING = Stage(
    urgency=1,
    threshold=mark("more than {long} times what they agreed on, or else two weeks"),
    next_step=mark("remind both, and ask for their next date"),
)
_FEW = Stage(
    urgency=1,
    threshold=mark("less than {share} of the planned meetings, if at least {planned} were planned"),
    next_step=mark("ask what stands in the way, and whether to meet less often"),
)
_FEW_HOURS = Stage(
    urgency=1,
    threshold=mark("less than {share} of the planned time, if at least {planned} were planned"),
    next_step=mark("look at the agreement with both: do its hours still suit them?"),
)
_MISSED = Stage(
    urgency=2,
    threshold=mark("{number} meetings that they had agreed on, one after the other"),
    next_step=mark("write to each alone and ask what is in the way"),
)


def find_no_first_meeting(subject: Subject, limits: Limits) -> Iterator[Observation]:
    """No meeting has been reported since the pair started, although they were asked."""
    history = subject.history
    was_asked = any(due <= subject.today for due in pair_due_dates(subject.cohort, history.pair))
    has_met = history.meetings or history.undated_meetings
    if subject.is_paused or has_met or not (history.check_ins or was_asked):
        return
    days = subject.days_at_work
    stages = (("offer_days", _OFFER), ("message_days", _PROPOSE), ("nudge_days", _REMIND))
    stage = next((stage for name, stage in stages if days >= limits[name]), None)
    if stage:
        start = date_in_sentence(subject.started_on, subject.today)
        why = _("no meeting has been reported, {days} after the start on {date}").format(
            days=count_noun((subject.today - subject.started_on).days, "day"), date=start
        )
        yield Observation(stage=stage, since=subject.started_on, why=why)


def find_idle_pair(subject: Subject, limits: Limits) -> Iterator[Observation]:
    """No meeting has been reported for so long that the pair may be over."""
    last = _find_last_meeting(subject)
    if last and _is_idle(subject, last, limits["days"]):
        why = _("their last known meeting was on {date}, {days} ago").format(
            date=date_in_sentence(last, subject.today),
            days=count_noun((subject.today - last).days, "day"),
        )
        yield Observation(stage=_IDLE, since=last, why=why)


def find_long_gap(subject: Subject, limits: Limits) -> Iterator[Observation]:
    """More time passed from the last known meeting to the newest check-in than the two agreed on.

    It is counted to the newest check-in because nobody has been asked about the days since.
    """
    last = _find_last_meeting(subject)
    idle_days = IDLE.find_limits(subject.program.settings)["days"]
    if last is None or _is_idle(subject, last, idle_days):
        return
    history = subject.history
    agreed = _find_agreed_weeks(subject)
    interval = 7 * (agreed or USUAL_WEEKS)
    newest = max((history.day_known(c) for c in history.check_ins), default=last)
    gap = subject.count_days_at_work(last, newest)
    why = (
        _(
            "their last known meeting was on {date}, {days} before the newest answer; "
            "they agreed to meet {rhythm}"
        )
        if agreed
        else _(
            "their last known meeting was on {date}, {days} before the newest answer; "
            "{rhythm} is usual"
        )
    ).format(
        date=date_in_sentence(last, subject.today),
        days=count_noun((newest - last).days, "day"),
        rhythm=describe_rhythm(agreed or USUAL_WEEKS),
    )
    if gap > limits["very_long"] * interval:
        yield Observation(stage=_WIDE, since=last, why=why)
    elif gap > limits["long"] * interval:
        yield Observation(stage=_WIDENING, since=last, why=why)


def _find_last_meeting(subject: Subject) -> date | None:
    """The day of a pair's last known meeting; None also while the pair takes a break."""
    if subject.is_paused:
        return None
    history = subject.history
    dated = history.meetings[-1].on if history.meetings else None
    undated = history.undated_meetings
    # An answer for a date that is still to come tells of the days before it was written.
    return max(
        filter(None, (dated, min(undated[-1], subject.today) if undated else None)), default=None
    )


def _is_idle(subject: Subject, last_meeting: date, days: float) -> bool:
    return subject.count_days_at_work(last_meeting, subject.today) >= days


def _find_agreed_weeks(subject: Subject) -> int | None:
    agreement = subject.history.pair.agreement
    return agreement.meets_every_weeks if agreement else None


def find_few_meetings(subject: Subject, limits: Limits) -> Iterator[Observation]:
    """By their newest check-in, the two have met far less often than they agreed to."""
    history = subject.history
    counted_to = _find_newest_answer(subject)
    planned = _count_planned_meetings(subject, counted_to)
    if counted_to is None or planned < limits["planned"]:
        return
    dated = sum(subject.started_on <= m.on <= counted_to for m in history.meetings)
    held = dated + len(history.undated_meetings)
    if 0 < held < limits["share"] * planned:
        why = _("they have met {times} by {date}, and agreed on {planned}").format(
            times=count_times(held),
            date=date_in_sentence(counted_to, subject.today),
            planned=planned,
        )
        yield Observation(stage=_FEW, since=subject.started_on, why=why)


def find_few_hours(subject: Subject, limits: Limits) -> Iterator[Observation]:
    """By their newest check-in, the two have spent far less time together than they agreed to.

    Nothing is said where the length of a meeting is not known.
    """
    history = subject.history
    agreement = history.pair.agreement
    counted_to = _find_newest_answer(subject)
    planned = _count_planned_meetings(subject, counted_to)
    lengths = [meeting.minutes for meeting in history.meetings]
    known = [length for length in lengths if length is not None]
    is_known = len(known) == len(lengths) and known and not history.undated_meetings
    if not (agreement and agreement.meeting_minutes and counted_to and is_known):
        return
    wanted = planned * agreement.meeting_minutes
    if planned >= limits["planned"] and sum(known) < limits["share"] * wanted:
        why = _("they have met for {length} in all by {date}, and agreed on {planned}").format(
            length=describe_length(sum(known)),
            date=date_in_sentence(counted_to, subject.today),
            planned=describe_length(wanted),
        )
        yield Observation(stage=_FEW_HOURS, since=subject.started_on, why=why)


def _find_newest_answer(subject: Subject) -> date | None:
    history = subject.history
    return max((history.day_known(c) for c in history.check_ins), default=None)


def _count_planned_meetings(subject: Subject, counted_to: date | None) -> int:
    """How many meetings the two agreed on until a day; 0 if they agreed on no rhythm."""
    agreed = _find_agreed_weeks(subject)
    if not agreed or counted_to is None:
        return 0
    return subject.count_days_at_work(subject.started_on, counted_to) // (7 * agreed)


def find_missed_meetings(subject: Subject, limits: Limits) -> Iterator[Observation]:
    """Everybody who answered said, time after time, that the two did not meet as agreed.

    A check-in tells of a missed meeting where so many days at work have passed since the last
    meeting, or the last missed one, as the two agreed on.
    """
    if subject.is_paused:
        return
    missed = _list_missed_meetings(subject)
    if len(missed) < limits["number"]:
        return
    if len(missed) == 1:
        days = _("they did not meet before {first}")
    elif len(missed) == 2:
        days = _("they did not meet before {first}, nor before {last}")
    else:
        days = _("they did not meet {times} in a row, for the first time before {first}")
    why = days.format(
        first=date_in_sentence(missed[0], subject.today),
        last=date_in_sentence(missed[-1], subject.today),
        times=count_times(len(missed)),
    )
    yield Observation(stage=_MISSED, since=missed[0], why=why)


def _list_missed_meetings(subject: Subject) -> list[date]:
    """The due dates, since the last meeting, for each of which an agreed meeting was missed."""
    history = subject.history
    interval = 7 * (_find_agreed_weeks(subject) or USUAL_WEEKS)
    met_by_due: dict[date, bool] = {}
    for check_in in history.check_ins:
        if check_in.met is not None or check_in.meetings:
            has_met = bool(check_in.met or check_in.meetings)
            met_by_due[check_in.due] = met_by_due.get(check_in.due, False) or has_met
    met_on = [meeting.on for meeting in history.meetings]
    counted_from, missed = subject.started_on, list[date]()
    for due, has_met in sorted(met_by_due.items()):
        since = max((day for day in met_on if counted_from < day <= due), default=None)
        if has_met or since:
            counted_from, missed = since or due, []
        if not has_met and subject.count_days_at_work(counted_from, due) >= interval:
            counted_from, missed = due, [*missed, due]
    return [] if missed and any(day > missed[-1] for day in met_on) else missed


_LIMITS_OF_PLANS = {"planned": 4}
NO_MEETING = SignalDefinition(
    id="no-meeting",
    check=find_no_first_meeting,
    stages=(_OFFER, _PROPOSE, _REMIND),
    limits={"nudge_days": 7, "message_days": 14, "offer_days": 30},
)
IDLE = SignalDefinition(
    id="idle",
    check=find_idle_pair,
    stages=(_IDLE,),
    limits={"days": 90},
    source=mark("Guider calls a match idle after 90 days"),
)
GAP = SignalDefinition(
    id="gap",
    check=find_long_gap,
    stages=(_WIDE, _WIDENING),
    limits={"long": 1.5, "very_long": 2},
)
FEW_MEETINGS = SignalDefinition(
    id="few-meetings",
    check=find_few_meetings,
    stages=(_FEW,),
    limits={**_LIMITS_OF_PLANS, "share": 0.65},
    source=mark("the attendance figures of iMentor"),
)
FEW_HOURS = SignalDefinition(
    id="few-hours",
    check=find_few_hours,
    stages=(_FEW_HOURS,),
    limits={**_LIMITS_OF_PLANS, "share": 0.5},
    source=mark("unmet expectations end matches (Spencer 2007)"),
)
MISSED = SignalDefinition(
    id="missed", check=find_missed_meetings, stages=(_MISSED,), limits={"number": 2}
)
