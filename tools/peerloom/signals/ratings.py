"""Ratings that are low, that fell, or that differ between the two."""

from collections.abc import Iterator
from datetime import date

from peerloom.signals.signal import Observation, SignalDefinition, Stage, Subject
from peerloom.text.dates import date_in_sentence
from peerloom.text.phrases import join_words
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

_LOW_RATING = 2
_MIDDLING_RATING = 3
# A fall, or a difference between the two, of this many points means something.
_WIDE_GAP = 2

_LOW = Stage(
    urgency=2,
    threshold=mark("{rating} of 5 or less, or {points} points less than the time before"),
    numbers={"rating": _LOW_RATING, "points": _WIDE_GAP},
    next_step=mark("call them within three days; do not mention it to the other"),
)
_MIDDLING = Stage(
    urgency=1,
    threshold=mark("{rating} of 5"),
    numbers={"rating": _MIDDLING_RATING},
    next_step=mark("look again after the next check-in"),
)
_DIVERGING = Stage(
    urgency=2,
    threshold=mark("{points} points or more, for the last two dates that both rated"),
    numbers={"points": _WIDE_GAP},
    next_step=mark("talk with each alone, and do not repeat what the other said"),
)


def find_low_rating(subject: Subject) -> Iterator[Observation]:
    """Somebody's newest rating, of the check-in's use or of getting on, is low or fell."""
    for participant in subject.history.pair.people:
        lowest = _list_lowest_ratings(subject, participant)
        if not lowest:
            continue
        due, newest = lowest[-1]
        previous = lowest[-2][1] if len(lowest) > 1 else newest
        has_fallen = previous - newest >= _WIDE_GAP
        why = (
            _("{name} rated {rating} of 5 for {date}, down from {previous}")
            if has_fallen
            else _("{name} rated {rating} of 5 for {date}")
        ).format(
            name=subject.name_person(participant),
            rating=newest,
            date=date_in_sentence(due, subject.today),
            previous=previous,
        )
        if newest <= _LOW_RATING or has_fallen:
            yield Observation(stage=_LOW, since=due, why=why, people=(participant,))
        elif newest == _MIDDLING_RATING:
            yield Observation(stage=_MIDDLING, since=due, why=why, people=(participant,))


def _list_lowest_ratings(subject: Subject, participant: str) -> list[tuple[date, int]]:
    """For each due date that somebody rated, the date and the lower of their two ratings."""
    lowest: list[tuple[date, int]] = []
    for point in subject.history.ratings:
        given = [r for r in (point.useful, point.relationship) if r]
        if point.participant == participant and given:
            lowest.append((point.due, min(given)))
    return lowest


def find_diverging_ratings(subject: Subject) -> Iterator[Observation]:
    """The two rate their relationship very differently."""
    by_due: dict[date, dict[str, int]] = {}
    for point in subject.history.ratings:
        if point.relationship is not None:
            by_due.setdefault(point.due, {})[point.participant] = point.relationship
    last_two = [(due, r.values()) for due, r in sorted(by_due.items()) if len(r) == 2][-2:]
    if len(last_two) == 2 and all(max(r) - min(r) >= _WIDE_GAP for _due, r in last_two):
        days = join_words(date_in_sentence(due, subject.today) for due, _ratings in last_two)
        yield Observation(
            stage=_DIVERGING,
            since=last_two[0][0],
            why=_("the two rated their relationship very differently, for {dates}").format(
                dates=days
            ),
        )


RATING = SignalDefinition(id="rating", check=find_low_rating, stages=(_LOW, _MIDDLING))
DIVERGING = SignalDefinition(id="diverging", check=find_diverging_ratings, stages=(_DIVERGING,))
