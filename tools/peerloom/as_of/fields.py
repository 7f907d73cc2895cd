"""Records with other values in some fields."""

from dataclasses import replace
from typing import Any, TypeVar

from peerloom.model import Circle, Pair, Participant

_Kept = TypeVar("_Kept", Pair, Circle, Participant)


def with_fields(record: _Kept, **values: Any) -> _Kept:
    """The record itself where it has these values, else a copy that does.

    Of thousands of records hardly one differs on a day, and a copy takes longer than a look.
    """
    if all(getattr(record, name) == value for name, value in values.items()):
        return record
    return replace(record, **values)
