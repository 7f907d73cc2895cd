"""Pairs that were proposed and never begin."""

from collections.abc import Iterator

from peerloom.signals.signal import Limits, Observation, SignalDefinition, Stage, Subject
from peerloom.text.dates import date_in_sentence
from peerloom.text.phrases import count_noun
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

_CLOSE = Stage(
    urgency=2,
    threshold=mark("{close_days} days after they were proposed, or after the cohort's start"),
    next_step=mark("call each of them alone, and begin the pair or propose another"),
)
_REMIND = Stage(
    urgency=1,
    threshold=mark("{remind_days} days after they were proposed, or after the cohort's start"),
    next_step=mark("ask both whether they would like to begin, and when"),
)


def find_pair_that_never_begins(subject: Subject, limits: Limits) -> Iterator[Observation]:
    """Two people were proposed to each other, and their pair has not begun."""
    pair, today = subject.history.pair, subject.today
    proposed_on = pair.proposed_on or (pair.match.on if pair.match else None)
    is_planned = pair.started_on is not None and pair.started_on > today
    if proposed_on is None or is_planned or subject.cohort.is_over(today):
        return
    since = max(proposed_on, subject.cohort.starts)
    days = subject.count_days_at_work(since, today)
    stages = (("close_days", _CLOSE), ("remind_days", _REMIND))
    stage = next((stage for name, stage in stages if days >= limits[name]), None)
    if stage is None:
        return
    why = _("they were proposed on {date}, and have not begun {days} later").format(
        date=date_in_sentence(proposed_on, today),
        days=count_noun((today - proposed_on).days, "day"),
    )
    yield Observation(stage=stage, since=since, why=why)


NEVER_BEGINS = SignalDefinition(
    id="never-begins",
    check=find_pair_that_never_begins,
    stages=(_CLOSE, _REMIND),
    limits={"remind_days": 7, "close_days": 14},
    source=mark("Mentorloop reminds of a request after 7 days, and closes it after 14"),
    phases=("planned",),
)
