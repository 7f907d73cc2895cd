"""Numbers changed in YAML that a person wrote; everything else stays as it was written."""

import re
from copy import deepcopy
from typing import Any

from peerloom import source
from peerloom.source import Keys, Place

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


class CannotEdit(Exception):  # noqa: N818 - it reads as the sentence it is
    """The text is written in an unusual way; the message is the YAML to write by hand."""


def set_numbers(text: str, keys: tuple[str, str], values: dict[str, float]) -> str:
    """A text whose top is a mapping, with numbers set in the group that two keys lead to.

    Numbers are put in place of numbers, and what is missing is added at the head of the group.
    The result is read again, and must differ in these numbers alone. Raises `CannotEdit`.
    """
    outer, inner = keys
    numbers = {name: int(v) if float(v).is_integer() else v for name, v in values.items()}
    by_hand = source.dump({outer: {inner: numbers}}).rstrip()
    before = source.parse(text.encode()).value
    if not isinstance(before, dict):
        raise CannotEdit(by_hand)
    edited = _edit(text, before, keys, numbers)
    expected: dict[str, Any] = deepcopy(before)
    if edited is not None:
        expected.setdefault(outer, {}).setdefault(inner, {}).update(numbers)
    if edited is None or source.parse(edited.encode()).value != expected:
        raise CannotEdit(by_hand)
    return edited


def _edit(
    text: str, before: dict[str, Any], keys: tuple[str, str], numbers: dict[str, float]
) -> str | None:
    """The new text, or nothing where it cannot be made."""
    outer, inner = keys
    if outer not in before:
        end = _line_end(text)
        block = source.dump({outer: {inner: numbers}}).replace("\n", end)
        return text + ("" if text.endswith("\n") else end) + block
    group = before[outer]
    if not isinstance(group, dict) or not isinstance(group.get(inner, {}), dict):
        return None
    present = group.get(inner, {})
    missing = {name: value for name, value in numbers.items() if name not in present}
    changed = {n: v for n, v in numbers.items() if n in present}
    new = _replace_numbers(text, keys, changed, present)
    if new is None or not missing:
        return new
    if inner in group:
        return _add_keys(new, keys, missing)
    return _add_keys(new, (outer,), {inner: missing})


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _replace_numbers(
    text: str, keys: tuple[str, str], numbers: dict[str, float], present: dict[str, Any]
) -> str | None:
    """The text with other numbers where numbers stand."""
    lines = text.splitlines(keepends=True)
    places = source.places(text.encode())
    starts = {name: places[(*keys, name)].value for name in numbers}
    # From the end, so that everything before keeps its column.
    for name in sorted(numbers, key=lambda name: starts[name], reverse=True):
        line, column = starts[name][0] - 1, starts[name][1] - 1
        number = _NUMBER.match(lines[line], column)
        if number is None:
            return None
        if present[name] != numbers[name]:
            lines[line] = f"{lines[line][:column]}{numbers[name]}{lines[line][number.end() :]}"
    return "".join(lines)


def _add_keys(text: str, keys: Keys, values: dict[str, Any]) -> str | None:
    """The text with more keys at the head of a group."""
    places = source.places(text.encode())
    group = places[keys]
    lines = text.splitlines(keepends=True)
    row, column = group.value[0] - 1, group.value[1] - 1
    child = _find_first_child(places, keys)
    if lines[row][column : column + 1] == "{":
        head, rest = lines[row][: column + 1], lines[row][column + 1 :]
        comma = "" if child is None else ", "
        lines[row] = f"{head}{_write_inline(values)}{comma}{rest}"
        return "".join(lines)
    if child is None or group.key[0] >= child.key[0]:
        return None
    indent = " " * (child.key[1] - 1)
    new = [f"{indent}{line}{_line_end(text)}" for line in source.dump(values).splitlines()]
    return "".join(lines[: group.key[0]] + new + lines[group.key[0] :])


def _find_first_child(places: dict[Keys, Place], keys: Keys) -> Place | None:
    children = (p for k, p in places.items() if len(k) > len(keys) and k[: len(keys)] == keys)
    return next(children, None)


def _write_inline(values: dict[str, Any]) -> str:
    """`a: 1, b: {c: 2}`."""
    return ", ".join(
        f"{key}: {{{_write_inline(value)}}}" if isinstance(value, dict) else f"{key}: {value}"
        for key, value in values.items()
    )
