"""Matches that one of the two does not want."""

from collections.abc import Iterator

from peerloom.progress.calls import find_calls_to_part
from peerloom.signals.putting_aside import list_open_calls, observe_calls
from peerloom.signals.signal import Limits, Observation, SignalDefinition, Stage, Subject
from peerloom.text.dates import date_in_sentence
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

_EXCLUDED = Stage(
    urgency=3,
    threshold=mark("at once"),
    next_step=mark("talk with them alone, and offer another match; do not mention it to the other"),
)
_NOT_GOOD = Stage(
    urgency=3,
    threshold=mark("at once, until you put it aside"),
    next_step=mark("talk with each of them alone and offer another match; nobody is to blame"),
)


def find_excluded_partner(subject: Subject, _limits: Limits) -> Iterator[Observation]:
    """One of the two asked not to be matched with the other."""
    pair = subject.history.pair
    for participant in pair.people:
        calls = find_calls_to_part(subject.program, participant)
        if any((call.cohort, call.pair) == (pair.cohort, pair.id) for call in calls):
            name = subject.name_person(participant)
            yield Observation(
                stage=_EXCLUDED,
                since=min(subject.started_on, subject.today),
                why=_("{name} asked not to be matched with their partner").format(name=name),
                people=(participant,),
            )


def find_bad_fit(subject: Subject, _limits: Limits) -> Iterator[Observation]:
    """Somebody said in a check-in that the match does not fit."""
    for participant, check_ins in list_open_calls(subject, "fit", "fit"):
        came_on = subject.history.day_known(check_ins[-1])
        why = _("{name} said on {date} that the match does not fit").format(
            name=subject.name_person(participant), date=date_in_sentence(came_on, subject.today)
        )
        yield observe_calls(subject, _NOT_GOOD, participant, check_ins, why)


EXCLUDED = SignalDefinition(
    id="excluded",
    check=find_excluded_partner,
    stages=(_EXCLUDED,),
    phases=("planned", "working", "after_the_end"),
)
FIT = SignalDefinition(
    id="fit",
    check=find_bad_fit,
    stages=(_NOT_GOOD,),
    source=mark("Together asks both whether the match fits"),
    phases=("working", "after_the_end"),
)
