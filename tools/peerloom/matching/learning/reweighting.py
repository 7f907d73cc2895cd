"""New weights in a cohort's file, in which all else stays as a person wrote it.

Numbers are put in place of numbers, and what is missing is added; the result is read again, and
must differ in the weights alone.
"""

import re
from copy import deepcopy
from dataclasses import fields
from typing import Any

from peerloom import source
from peerloom.changes import Changes
from peerloom.model import Weights
from peerloom.source import Keys, Place

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


class CannotReweight(Exception):  # noqa: N818 - it reads as the sentence it is
    """The file is not changed; the message says what to write by hand."""


def reweighted(path: str, text: str, weights: Weights) -> Changes:
    """The cohort's file at `path`, its text so far, with other weights.

    No change where they are there already. Raises `CannotReweight`.
    """
    before = source.parse(text.encode()).value
    if not isinstance(before, dict):
        raise CannotReweight(_by_hand(path, weights))
    new = _edited(text, before, weights)
    if new is None or source.parse(new.encode()).value != _expected(before, weights):
        raise CannotReweight(_by_hand(path, weights))
    return {} if new == text else {path: new}


def _values(weights: Weights) -> dict[str, float]:
    """By part, whole numbers as such."""
    values = {field.name: float(getattr(weights, field.name)) for field in fields(weights)}
    return {name: int(v) if v.is_integer() else v for name, v in values.items()}


def _expected(before: dict[str, Any], weights: Weights) -> dict[str, Any]:
    value: dict[str, Any] = deepcopy(before)
    value.setdefault("matching", {}).setdefault("weights", {}).update(_values(weights))
    return value


def _by_hand(path: str, weights: Weights) -> str:
    block = source.dump({"matching": {"weights": _values(weights)}}).rstrip()
    return f"{path} stays as it is, for it is written in an unusual way; write there:\n{block}"


def _edited(text: str, before: dict[str, Any], weights: Weights) -> str | None:
    """The new text, or nothing where it cannot be made."""
    if "matching" not in before:
        return _appended(text, source.dump({"matching": {"weights": _values(weights)}}))
    matching = before["matching"]
    if not isinstance(matching, dict) or not isinstance(matching.get("weights", {}), dict):
        return None
    said = matching.get("weights", {})
    new = _replaced(text, {n: v for n, v in _values(weights).items() if n in said}, said)
    missing = {n: v for n, v in _values(weights).items() if n not in said}
    if new is None or not missing:
        return new
    if "weights" in matching:
        return _added(new, ("matching", "weights"), missing)
    return _added(new, ("matching",), {"weights": missing})


def _appended(text: str, more: str) -> str:
    end = _line_end(text)
    return text + ("" if text.endswith("\n") else end) + more.replace("\n", end)


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _replaced(text: str, values: dict[str, float], said: dict[str, Any]) -> str | None:
    """The text with other numbers where numbers stand."""
    lines = text.splitlines(keepends=True)
    places = source.places(text.encode())
    at = {name: places[("matching", "weights", name)].value for name in values}
    # From the end, so that what stands before keeps its column.
    for name in sorted(values, key=lambda name: at[name], reverse=True):
        line, column = at[name][0] - 1, at[name][1] - 1
        found = _NUMBER.match(lines[line], column)
        if found is None:
            return None
        if said[name] != values[name]:
            lines[line] = f"{lines[line][:column]}{values[name]}{lines[line][found.end() :]}"
    return "".join(lines)


def _added(text: str, keys: Keys, values: dict[str, Any]) -> str | None:
    """The text with more keys at the head of a group."""
    places = source.places(text.encode())
    group = places[keys]
    lines = text.splitlines(keepends=True)
    row, column = group.value[0] - 1, group.value[1] - 1
    if lines[row][column : column + 1] == "{":
        head, rest = lines[row][: column + 1], lines[row][column + 1 :]
        comma = "" if _first_child(places, keys) is None else ", "
        lines[row] = f"{head}{_inline(values)}{comma}{rest}"
        return "".join(lines)
    child = _first_child(places, keys)
    if child is None or group.key[0] >= child.key[0]:
        return None
    indent = " " * (child.key[1] - 1)
    new = [f"{indent}{line}{_line_end(text)}" for line in source.dump(values).splitlines()]
    return "".join(lines[: group.key[0]] + new + lines[group.key[0] :])


def _first_child(places: dict[Keys, Place], keys: Keys) -> Place | None:
    return next(
        (p for k, p in places.items() if len(k) > len(keys) and k[: len(keys)] == keys), None
    )


def _inline(values: dict[str, Any]) -> str:
    """`a: 1, b: {c: 2}`."""
    return ", ".join(
        f"{key}: {{{_inline(value)}}}" if isinstance(value, dict) else f"{key}: {value}"
        for key, value in values.items()
    )
