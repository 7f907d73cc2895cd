"""Differencing: what has come between two publications is a block of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from attacks.subtraction.knowledge import Knowledge
from attacks.subtraction.reading import Reading
from attacks.subtraction.words import Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """A block of values that were first published after the day `since` and by the day `day`.

    `is_new` is false for values that others replaced or that were taken away.
    """

    block: int
    people: int
    since: date
    day: date
    is_new: bool = True
    covers: str = "everybody"

    def holds(self, said: Confidence) -> bool:
        """Whether what somebody said is in the block."""
        return self.is_new and said.day > self.since and said.is_behind(self.covers, self.day)


def learn_from_series(
    knowledge: Knowledge, readings: Iterable[Reading], lowest: int, highest: int
) -> list[Arrivals]:
    """Add what a series of sums tells of one group, whose values are on one scale."""
    found: list[Arrivals] = []
    before = Reading(day=date.min, people=0, low=0, high=0)
    standing: list[int] = []
    for now in readings:
        more = now.people - before.people
        low, high = now.low - before.high, now.high - before.low
        if more > 0:
            block = knowledge.add_block(more, lowest, highest)
            standing.append(block)
            arrivals = Arrivals(
                block=block, people=more, since=before.day, day=now.day, covers=now.covers
            )
            found.append(arrivals)
            _add_sum(knowledge, standing, block, before, now)
        elif more < 0:
            block = knowledge.add_block(-more, lowest, highest)
            knowledge.add_fact({block: 1}, -high, -low)
            found.append(_describe_change(block, -more, before, now))
            standing = [knowledge.add_block(now.people, lowest, highest)]
            knowledge.add_fact({standing[0]: 1}, now.low, now.high)
        elif low > 0 or high < 0:
            old, new = (knowledge.add_block(1, lowest, highest) for _ in range(2))
            knowledge.add_fact({new: 1, old: -1}, low, high)
            found += [_describe_change(each, 1, before, now) for each in (old, new)]
        elif now.low > before.low or now.high < before.high:
            knowledge.add_fact(dict.fromkeys(standing, 1), now.low, now.high)
        before = now
    return found


def _add_sum(
    knowledge: Knowledge, standing: list[int], block: int, before: Reading, now: Reading
) -> None:
    """Add a sum; where both are exact, as that of the new values alone, which says as much."""
    if before.low == before.high:
        knowledge.add_fact({block: 1}, now.low - before.low, now.high - before.low)
    else:
        knowledge.add_fact(dict.fromkeys(standing, 1), now.low, now.high)


def _describe_change(block: int, people: int, before: Reading, now: Reading) -> Arrivals:
    return Arrivals(block=block, people=people, since=before.day, day=now.day, is_new=False)
