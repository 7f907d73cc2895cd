"""What a report withholds, because too few people are behind it."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from peerloom.model import Audience
from peerloom.text.numbers import round_half_up

# A rate over fewer people than this would let readers tell who is behind it.
FEWEST_PEOPLE = 5


@dataclass(frozen=True, slots=True)
class Withholding:
    """Withholds figures that too few people are behind, and remembers which those were."""

    audience: Audience
    names: list[str] = field(default_factory=list)

    def show_rate(self, name: str, value: Any, people: int) -> Any:
        """A figure about how people are doing: coordinators see it, others if enough are in it."""
        return value if self.audience == "coordinators" else self.show_answers(name, value, people)

    def show_answers(self, name: str, value: Any, people: int) -> Any:
        """A figure withheld from everybody if few people are in it, since surveys are anonymous."""
        if value is None or people >= FEWEST_PEOPLE:
            return value
        self.names.append(name)
        return None


def round_figure(value: Fraction | float | None) -> float | None:
    """A figure with two decimals, as a report holds it; rounded here and nowhere else."""
    return None if value is None else round_half_up(value, 2)
