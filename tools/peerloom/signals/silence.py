"""Check-ins that nobody answered."""

from collections.abc import Iterator
from datetime import date
from itertools import takewhile

from peerloom.progress.days_off import DaysOff, find_breaks
from peerloom.progress.owed_check_ins import OwedCheckIn
from peerloom.signals.signal import Limits, Observation, SignalDefinition, Stage, Subject
from peerloom.text.dates import date_in_sentence
from peerloom.text.phrases import count_noun
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

_ROW = Stage(
    urgency=2,
    threshold=mark("{number} check-ins in a row, whose days of grace are over"),
    next_step=mark("reach them another way than before, each of them alone"),
)
_CALL = Stage(
    urgency=2,
    threshold=mark("{days} days after it was due, when all reminders have been sent"),
    next_step=mark("call them: they have been reminded enough"),
)


def find_silence(subject: Subject, limits: Limits) -> Iterator[Observation]:
    """Somebody has not answered the newest check-ins that they owed."""
    for participant, unanswered in _list_unanswered(subject):
        if len(unanswered) < limits["number"]:
            continue
        why = _describe_silence(subject, participant, unanswered)
        people = (participant,) if participant else ()
        yield Observation(stage=_ROW, since=unanswered[0], why=why, people=people)


def _describe_silence(subject: Subject, participant: str | None, unanswered: list[date]) -> str:
    if len(unanswered) == 1:
        sentence = (
            _("{name} has not answered the check-in of {date}")
            if participant
            else _("neither of the two has answered the check-in of {date}")
        )
    else:
        sentence = (
            _("{name} has not answered {check_ins} in a row")
            if participant
            else _("neither of the two has answered {check_ins} in a row")
        )
    return sentence.format(
        name=subject.name_person(participant or ""),
        check_ins=count_noun(len(unanswered), "check-in"),
        date=date_in_sentence(unanswered[0], subject.today),
    )


def find_no_reply_to_nudge(subject: Subject, limits: Limits) -> Iterator[Observation]:
    """Somebody has not answered the newest check-in, although they were reminded of it.

    Where they have not answered several, it is the signal of silence.
    """
    in_a_row = SILENT.find_limits(subject.program.settings)["number"]
    for participant, unanswered in _list_unanswered(subject):
        newest = unanswered[-1] if unanswered else subject.today
        days = subject.count_days_at_work(newest, subject.today)
        if not unanswered or len(unanswered) >= in_a_row or days < limits["days"]:
            continue
        why = (
            _("{name} has not answered the check-in of {date}, nor any reminder of it")
            if participant
            else _("neither of the two has answered the check-in of {date}, nor any reminder of it")
        ).format(
            name=subject.name_person(participant or ""),
            date=date_in_sentence(newest, subject.today),
        )
        people = (participant,) if participant else ()
        yield Observation(stage=_CALL, since=newest, why=why, people=people)


def _list_unanswered(subject: Subject) -> Iterator[tuple[str | None, list[date]]]:
    """Each person, and the due dates of the check-ins that they owe since they last answered."""
    for participant, owed in _group_by_person(subject).items():
        unanswered = takewhile(lambda each: each.state == "overdue", reversed(owed))
        yield participant, [each.due for each in unanswered][::-1]


def _group_by_person(subject: Subject) -> dict[str | None, list[OwedCheckIn]]:
    """The check-ins whose time is up, by who owed them; by None where either might answer.

    Who takes a break owes nothing for the due dates in it.
    """
    schedule = subject.cohort.check_ins
    is_shared = schedule is not None and schedule.answers == "either"
    breaks = {
        who: DaysOff(tuple(find_breaks(subject.program, who)))
        for who in subject.history.pair.people
    }
    groups: dict[str | None, list[OwedCheckIn]] = {}
    for owed in subject.history.owed_check_ins:
        if owed.state in ("due", "upcoming"):
            continue
        asked = breaks if is_shared or owed.participant is None else (owed.participant,)
        if owed.check_in is None and all(owed.due in breaks[who] for who in asked):
            continue
        # Where either may answer, it is the two who are silent, not one of them.
        groups.setdefault(None if is_shared else owed.participant, []).append(owed)
    return groups


SILENT = SignalDefinition(id="silent", check=find_silence, stages=(_ROW,), limits={"number": 2})
NO_REPLY = SignalDefinition(
    id="no-reply-to-nudge", check=find_no_reply_to_nudge, stages=(_CALL,), limits={"days": 21}
)
