"""Check-ins that nobody answered."""

from collections.abc import Iterator
from itertools import takewhile

from peerloom.progress.owed_check_ins import OwedCheckIn
from peerloom.signals.signal import Observation, SignalDefinition, Stage, Subject
from peerloom.text.dates import date_in_sentence
from peerloom.text.phrases import count_noun
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

_MISSED_IN_A_ROW = 2
_DAYS_OF_SILENCE = 14

_ROW = Stage(
    urgency=2,
    threshold=mark("{number} check-ins in a row, whose days of grace are over"),
    numbers={"number": _MISSED_IN_A_ROW},
    next_step=mark("reach them another way than before, each of them alone"),
)
_LAST = Stage(
    urgency=1,
    threshold=mark("the last check-in, {days} days after it was due"),
    numbers={"days": _DAYS_OF_SILENCE},
    next_step=mark("send a short personal message"),
)


def find_silence(subject: Subject) -> Iterator[Observation]:
    """Somebody has not answered the newest check-ins that they owed."""
    for participant, owed in _group_by_person(subject).items():
        unanswered = list(takewhile(lambda each: each.state == "overdue", reversed(owed)))
        if not unanswered:
            continue
        first_due = unanswered[-1].due
        people = (participant,) if participant else ()
        if len(unanswered) >= _MISSED_IN_A_ROW:
            why = (
                _("{name} has not answered {check_ins} in a row")
                if participant
                else _("neither of the two has answered {check_ins} in a row")
            ).format(
                name=subject.name_person(participant or ""),
                check_ins=count_noun(len(unanswered), "check-in"),
            )
            yield Observation(stage=_ROW, since=first_due, why=why, people=people)
        elif (subject.today - first_due).days >= _DAYS_OF_SILENCE:
            why = (
                _("{name} has not answered the check-in of {date}")
                if participant
                else _("neither of the two has answered the check-in of {date}")
            ).format(
                name=subject.name_person(participant or ""),
                date=date_in_sentence(first_due, subject.today),
            )
            yield Observation(stage=_LAST, since=first_due, why=why, people=people)


def _group_by_person(subject: Subject) -> dict[str | None, list[OwedCheckIn]]:
    """The check-ins whose time is up, by who owed them; by None where either might answer."""
    schedule = subject.cohort.check_ins
    is_shared = schedule is not None and schedule.answers == "either"
    groups: dict[str | None, list[OwedCheckIn]] = {}
    for owed in subject.history.owed_check_ins:
        if owed.state not in ("due", "upcoming"):
            # Where either may answer, it is the two who are silent, not one of them.
            groups.setdefault(None if is_shared else owed.participant, []).append(owed)
    return groups


SILENT = SignalDefinition(id="silent", check=find_silence, stages=(_ROW, _LAST))
