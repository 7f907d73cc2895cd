"""What an attacker has found out."""

from dataclasses import dataclass
from datetime import date

ANY_READER = "any reader"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something said in confidence that a reader can work out.

    Each of `people` values of the group `what` is from `least` to `most`. `named` holds whose they
    are, where there is no doubt about that. `reader` is `ANY_READER`, or the person who knows their
    own answers.
    """

    kind: str
    what: str
    people: int
    least: int
    most: int
    day: date
    reader: str = ANY_READER
    named: tuple[str, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether nothing but one value is possible."""
        return self.least == self.most

    def __str__(self) -> str:
        whose = f" of {', '.join(self.named)}" if self.named else ""
        return (
            f"{self.day}: {self.reader} knows of {self.kind} {self.what}{whose}, "
            f"{self.people} values: from {self.least} to {self.most}"
        )
