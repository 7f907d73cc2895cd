"""Groups of keys and lists as YAML has them, without some of what is in them."""

from collections.abc import Callable
from typing import Any

# What a record's file says, by its keys.
Values = dict[str, Any]


def value_in(entry: Any, key: str) -> Any:
    """Return what a group has under a key; None if it has nothing there, or is no group."""
    return entry.get(key) if isinstance(entry, dict) else None


def without_items(record: Values, key: str, goes: Callable[[Any], bool]) -> Values:
    """Return a record without some entries of a list, and without the list if it gets empty."""
    items = record.get(key)
    if not isinstance(items, list):
        return record
    kept = [item for item in items if not goes(item)]
    return record if len(kept) == len(items) else with_or_without(record, key, kept)


def with_or_without(record: Values, key: str, value: Any) -> Values:
    """Return a record with another value under a key, and without the key if that is empty."""
    if record.get(key) == value:
        return record
    return {**record, key: value} if value else without_key(record, key)


def without_key(entry: Any, key: str) -> Any:
    """Return a group without a key."""
    if not isinstance(entry, dict):
        return entry
    return {word: each for word, each in entry.items() if word != key}


def list_once(items: list[Any]) -> list[Any]:
    """Return a list without what it has a second time."""
    return [item for number, item in enumerate(items) if item not in items[:number]]
