"""The keys of a record as they are read, held to no schema."""

from collections.abc import Mapping
from typing import Any

from peerloom import source

Value = Mapping[str, Any]


def value(data: bytes | None) -> Value:
    """The keys of a record; none where it cannot be read."""
    read = source.parse(data).value if data is not None else None
    return read if isinstance(read, dict) else {}
