"""What the two of a pair expect of each other, where that is not the same."""

from collections.abc import Iterable, Iterator

from peerloom.model import Expectation
from peerloom.signals.signal import Limits, Observation, SignalDefinition, Stage, Subject
from peerloom.text.codes import describe_setting
from peerloom.text.phrases import describe_length, describe_rhythm
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

_DIFFERENT = Stage(
    urgency=1,
    threshold=mark(
        "one wants to meet {times} times as often or as long as the other, or in another way"
    ),
    next_step=mark("look at the agreement with both before it becomes a disappointment"),
)


def find_different_expectations(subject: Subject, limits: Limits) -> Iterator[Observation]:
    """The two expect different things of their meetings, by what each wrote in the agreement."""
    agreement = subject.history.pair.agreement
    if agreement is None:
        return
    newest = {each.by: each for each in agreement.expectations}
    differences = list(_list_differences(newest.values(), limits["times"]))
    if len(newest) > 1 and differences:
        why = _("what the two expect differs: {differences}").format(
            differences="; ".join(differences)
        )
        yield Observation(stage=_DIFFERENT, since=agreement.agreed_on, why=why)


def _list_differences(expected: Iterable[Expectation], times: float) -> Iterator[str]:
    """In words, what people expect differently: rhythm, length, and way of meeting."""
    everybody = tuple(expected)
    weeks = [e.meets_every_weeks for e in everybody if e.meets_every_weeks]
    if _differ(weeks, times):
        yield _("one wants to meet {often}, the other {seldom}").format(
            often=describe_rhythm(min(weeks)), seldom=describe_rhythm(max(weeks))
        )
    minutes = [e.meeting_minutes for e in everybody if e.meeting_minutes]
    if _differ(minutes, times):
        yield _("one thinks of {short}, the other of {long}").format(
            short=describe_length(min(minutes)), long=describe_length(max(minutes))
        )
    settings = sorted({e.setting for e in everybody if e.setting and e.setting != "hybrid"})
    if len(settings) > 1:
        yield _("one would meet {one}, the other {other}").format(
            one=describe_setting(settings[0]), other=describe_setting(settings[1])
        )


def _differ(numbers: list[int], times: float) -> bool:
    """Whether the greatest is greater than the least, and at least so many times as great."""
    return len(set(numbers)) > 1 and max(numbers) >= times * min(numbers)


EXPECTATIONS = SignalDefinition(
    id="expectations",
    check=find_different_expectations,
    stages=(_DIFFERENT,),
    limits={"times": 1.5},
    source=mark("unmet expectations end matches (Spencer 2007)"),
)
