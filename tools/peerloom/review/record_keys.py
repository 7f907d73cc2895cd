"""The keys of a record as they are written, not checked against a schema."""

from collections.abc import Mapping
from typing import Any

from peerloom import source

RecordKeys = Mapping[str, Any]


def read_keys(data: bytes | None) -> RecordKeys:
    """The keys of a record and their values; empty where it cannot be read."""
    parsed = source.parse(data).value if data is not None else None
    return parsed if isinstance(parsed, dict) else {}


def list_changed_keys(before: bytes | None, after: bytes | None) -> tuple[str, ...]:
    """The outer keys whose values differ between two versions, in the order of the second."""
    old, new = read_keys(before), read_keys(after)
    return tuple(key for key in {**new, **old} if old.get(key) != new.get(key))
