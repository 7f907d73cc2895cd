"""Calls for help, and words of danger."""

from collections.abc import Iterator

from peerloom.model import CheckIn
from peerloom.progress.calls import find_words_of_danger
from peerloom.signals.putting_aside import list_open_calls, observe_calls
from peerloom.signals.signal import Limits, Observation, Phase, SignalDefinition, Stage, Subject
from peerloom.text.dates import date_in_sentence
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

_DANGER = Stage(
    urgency=3,
    threshold=mark("at once, until you put it aside"),
    next_step=mark(
        "speak with them alone today, in person or by phone; nothing goes out by itself"
    ),
)
_CALLED = Stage(
    urgency=3,
    threshold=mark("at once, until you put it aside"),
    next_step=mark("get in touch with them alone, today if you can"),
)
# A pair that is over may have ended for that very reason.
_PHASES: tuple[Phase, ...] = ("working", "after_the_end", "closed")


def find_danger(subject: Subject, _limits: Limits) -> Iterator[Observation]:
    """Somebody wrote words that may speak of danger or harassment in a check-in.

    The words are those of a few languages: they find some of what people write, and not all.
    """
    for participant, check_ins in list_open_calls(subject, "safety", "danger"):
        newest = check_ins[-1]
        why = _("{name} wrote of danger on {date}").format(
            name=subject.name_person(participant), date=_name_day(subject, newest)
        )
        said = _add_note(why, find_words_of_danger(newest))
        yield observe_calls(subject, _DANGER, participant, check_ins, said)


def find_call_for_help(subject: Subject, _limits: Limits) -> Iterator[Observation]:
    """Somebody asked for help in a check-in."""
    for participant, check_ins in list_open_calls(subject, "support", "help"):
        newest = check_ins[-1]
        why = _("{name} asked for your help on {date}").format(
            name=subject.name_person(participant), date=_name_day(subject, newest)
        )
        said = _add_note(why, newest.support_note)
        yield observe_calls(subject, _CALLED, participant, check_ins, said)


def _name_day(subject: Subject, check_in: CheckIn) -> str:
    return date_in_sentence(subject.history.day_known(check_in), subject.today)


def _add_note(why: str, note: str | None) -> str:
    return f"{why}: {note}" if note else why


SAFETY = SignalDefinition(
    id="safety",
    check=find_danger,
    stages=(_DANGER,),
    source=mark("MENTOR's Elements of Effective Practice: a person answers, on the same day"),
    phases=_PHASES,
)
SUPPORT = SignalDefinition(
    id="support", check=find_call_for_help, stages=(_CALLED,), phases=_PHASES
)
