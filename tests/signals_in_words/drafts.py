"""A story while its sentences are read; what they leave out is filled in when it is told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from signals_in_words.stories import (
    SIDES,
    Answer,
    Calendar,
    Circle,
    Pair,
    Side,
    Story,
    Survey,
    answer_check_ins,
)

FOREVER = 10_000


@dataclass(slots=True, kw_only=True)
class Draft:
    """What the sentences have said so far."""

    id: str
    calendar: Calendar = field(default_factory=Calendar)
    pair: Pair = field(default_factory=Pair)
    circle: Circle | None = None
    survey: Survey | None = None
    meetings: list[tuple[int, int]] = field(default_factory=list)
    answered: dict[Side, tuple[int, int]] = field(default_factory=dict)
    details: dict[tuple[Side, int], dict[str, Any]] = field(default_factory=dict)
    unanswered: set[tuple[Side, int]] = field(default_factory=set)
    levels: dict[int, dict[str, int]] = field(default_factory=dict)

    def change_pair(self, **changes: Any) -> None:
        """Set fields of the pair."""
        self.pair = replace(self.pair, **changes)

    def change_calendar(self, **changes: Any) -> None:
        """Set fields of the calendar."""
        self.calendar = replace(self.calendar, **changes)

    def detail_answers(self, sides: Iterable[Side], days: Iterable[int], **said: Any) -> None:
        """Note what somebody says in their answers for these due days."""
        for side in sides:
            for day in days:
                self.details.setdefault((side, day), {}).update(said)

    def stop_answering(self, sides: Iterable[Side], last: int) -> None:
        """Leave out what somebody says in answers for due days after `last`."""
        for side in sides:
            self.answered[side] = (0, last)
            for key in [key for key in self.details if key[0] == side and key[1] > last]:
                del self.details[key]

    def tell(self, until: int) -> Story:
        """Return the story up to a day."""
        alone = self.circle or self.survey
        pair = None if alone else replace(self.pair, answers=tuple(self._list_answers(until)))
        return Story(
            id=self.id,
            asked=until,
            calendar=self.calendar,
            pair=pair,
            circle=self.circle,
            survey=self.survey,
        )

    def _list_answers(self, until: int) -> Iterator[Answer]:
        if self.pair.begins is None:
            return
        answered_on = {key: said["on"] for key, said in self.details.items() if "on" in said}
        for answer in answer_check_ins(self.calendar, self.pair, self.meetings, until, answered_on):
            key = (answer.side, answer.due)
            first, last = self.answered.get(answer.side, (FOREVER, FOREVER))
            if key in self.unanswered or not (first <= answer.due <= last or key in self.details):
                continue
            said = {"levels": self.levels.get(answer.due, {}), **self.details.get(key, {})}
            yield replace(answer, **said)


def read_sides(who: str) -> tuple[Side, ...]:
    """Return whom a word is about: the mentor, the mentee, or both."""
    return tuple(side for side in SIDES if who in (side, "both"))
