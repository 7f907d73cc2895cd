"""Calls for help."""

from collections.abc import Iterator

from peerloom.model import CheckIn
from peerloom.progress.calls import LISTEN_FOR, list_check_in_asks
from peerloom.signals.signal import Observation, SignalDefinition, Stage, Subject
from peerloom.text.dates import date_in_sentence
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

_CALLED = Stage(
    urgency=3,
    threshold=mark("at once, and for 14 days after a newer check-in no longer says so"),
    next_step=mark("get in touch with them alone, today if you can"),
)


def find_call_for_help(subject: Subject) -> Iterator[Observation]:
    """Somebody asked for help, or wrote of danger, in a check-in."""
    history = subject.history
    if subject.phase == "closed" and not any(_is_recent(subject, c) for c in history.check_ins):
        return
    for participant in history.pair.people:
        calls = [c for c in _list_unheard(subject, participant) if _calls_for_help(c)]
        if not calls:
            continue
        newest = calls[-1]
        is_request = "help" in list_check_in_asks(newest)
        came_on = history.day_known(newest)
        why = (
            _("{name} asked for your help on {date}")
            if is_request
            else _("{name} wrote of danger on {date}")
        ).format(
            name=subject.name_person(participant), date=date_in_sentence(came_on, subject.today)
        )
        note = newest.support_note or ("" if is_request else newest.challenges)
        why += f": {note}" if note else ""
        yield Observation(stage=_CALLED, since=came_on, why=why, people=(participant,))


def _calls_for_help(check_in: CheckIn) -> bool:
    return bool({"help", "danger"} & {*list_check_in_asks(check_in)})


def _list_unheard(subject: Subject, participant: str) -> list[CheckIn]:
    """Somebody's newest check-in, and those before it that a coordinator may not have seen yet."""
    own = [c for c in subject.history.check_ins if c.participant == participant]
    return [c for c in own if c is own[-1] or _is_recent(subject, c)]


def _is_recent(subject: Subject, check_in: CheckIn) -> bool:
    return subject.today - subject.history.day_known(check_in) <= LISTEN_FOR


SUPPORT = SignalDefinition(
    id="support",
    check=find_call_for_help,
    stages=(_CALLED,),
    # A pair that is over may have ended for that very reason.
    phases=("working", "after_the_end", "closed"),
)
