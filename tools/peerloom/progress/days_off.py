"""The days on which a pair need not meet: its pauses, and the breaks of the two."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from peerloom.model import Pair
from peerloom.records import Program

_Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Spans of days off, in order, none touching another; first and last days are included."""

    spans: tuple[_Span, ...]

    def __contains__(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.spans)

    def count_days_between(self, first: date, last: date) -> int:
        """How many days after `first`, up to and including `last`, are not off."""
        off = sum(
            max(0, min(ends, last).toordinal() - max(starts.toordinal() - 1, first.toordinal()))
            for starts, ends in self.spans
        )
        return max(0, (last - first).days - off)


def find_days_off(program: Program, pair: Pair) -> DaysOff:
    """The days off of a pair. A pause or break without an end goes on."""
    spans = [(pause.starts, pause.ends or date.max) for pause in pair.pauses]
    for who in pair.people:
        spans += find_breaks(program, who)
    return DaysOff(_merge_spans(spans))


def find_breaks(program: Program, participant: str) -> list[_Span]:
    """The first and last days of the breaks of a participant, as far as they are dated."""
    person = program.participants.get(participant)
    return [(each.starts, each.ends) for each in person.breaks] if person else []


def _merge_spans(spans: Iterable[_Span]) -> tuple[_Span, ...]:
    merged: list[_Span] = []
    for starts, ends in sorted(span for span in spans if span[0] <= span[1]):
        if merged and starts.toordinal() <= merged[-1][1].toordinal() + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], ends))
        else:
            merged.append((starts, ends))
    return tuple(merged)
