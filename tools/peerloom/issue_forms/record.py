"""What both forms need to make a record: who sent it, what was there, and what is said of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The account that opened an issue, and whose it is; `participant` is an id."""

    login: str
    number: int
    participant: str | None = None


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with an answer, or good to know: the question's label, and what to do."""

    label: str
    message: str
    help: str = ""


@dataclass(slots=True)
class Told:
    """What there is to say about a form's answers; `labels` are the questions' by their ids."""

    labels: Mapping[str, str]
    wrongs: list[Wrong] = field(default_factory=list)
    remarks: list[Wrong] = field(default_factory=list)

    def wrong(self, id_: str, message: str, help_: str = "") -> None:
        """Something must be mended."""
        self.wrongs.append(Wrong(self.labels.get(id_, ""), message, help_))

    def remark(self, id_: str, message: str, help_: str = "") -> None:
        """Something is good to know."""
        self.remarks.append(Wrong(self.labels.get(id_, ""), message, help_))
