"""Matches that one of the two does not want."""

from collections.abc import Iterator

from peerloom.progress.calls import find_calls_to_part
from peerloom.signals.signal import Observation, SignalDefinition, Stage, Subject
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
    threshold=mark("at once, while their newest check-in says so"),
    next_step=mark("talk with each of them alone and offer another match; nobody is to blame"),
)


def find_excluded_partner(subject: Subject) -> Iterator[Observation]:
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


def find_bad_fit(subject: Subject) -> Iterator[Observation]:
    """Somebody says in their newest check-in that the match does not fit."""
    history = subject.history
    for participant in history.pair.people:
        own = [c for c in history.check_ins if c.participant == participant]
        if own and own[-1].fit == "not_good":
            came_on = history.day_known(own[-1])
            name = subject.name_person(participant)
            yield Observation(
                stage=_NOT_GOOD,
                since=came_on,
                why=_("{name} said on {date} that the match does not fit").format(
                    name=name, date=date_in_sentence(came_on, subject.today)
                ),
                people=(participant,),
            )


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
