"""What both forms need to make a record: who sent it, what was there, and what is said of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from peerloom import schema, source
from peerloom.yaml_editing import KeyPath, set_values_or_rewrite

# The text of a file of the program by its path; nothing where there is none.
Read = Callable[[str], str | None]


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


def written(kind: str, values: Mapping[str, Any], before: str | None) -> str:
    """The text of a record: a new one, or what was there with the keys that change."""
    if before is None:
        order = schema.schema(kind)["properties"]
        return source.dump({key: values[key] for key in order if values.get(key) is not None})
    changed: dict[KeyPath, Any] = {
        (key,): value for key, value in values.items() if value is not None
    }
    return set_values_or_rewrite(before, changed)
