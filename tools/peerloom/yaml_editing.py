"""Edits YAML that people wrote: what is not changed keeps its order, wrapping and comments.

The text is composed into nodes, each with the place where it starts and ends, and only the
characters of a value that changes are replaced. Nothing is written anew, so nothing is wrapped,
indented or quoted in another way than its author did. The result is read again, and must say what
was meant.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from peerloom import source

# The keys that lead to a value, from the outermost group to the innermost; the number of an entry
# leads into a list.
KeyPath = tuple[str | int, ...]
_Entry = tuple[yaml.ScalarNode, yaml.Node]

_MISSING = object()


class CannotEdit(Exception):  # noqa: N818 - it reads as the sentence it is
    """The YAML is written in a way that does not allow values to be set without rewriting it."""


def set_values(text: str, values: Mapping[KeyPath, Any]) -> str:
    """Return YAML with other values under some keys, and everything else as it was written.

    `text` holds a group of keys. Keys that are missing are added, with the groups around them; a
    new key goes to the end of its group. `None` takes a key away. A value that is equal already is
    not touched; of a group whose keys all stay, only the entries that differ are changed, and a
    list that only gets longer keeps its entries. The comments inside of a list or text that is
    replaced go with it. Raises `CannotEdit`.
    """
    expected = _parse_group(text)
    for keys, value in values.items():
        for changed_keys, old, new in _smallest_assignments(expected, keys, value):
            text = _set_value(text, changed_keys, new, _added_items(old, new))
        _assign_value(expected, keys, value)
    if _parse_group(text) != expected:
        raise CannotEdit
    return text


def set_values_or_rewrite(text: str, values: Mapping[KeyPath, Any]) -> str:
    """Do the same as `set_values`, but rewrite unusual YAML as a whole, without its comments."""
    try:
        return set_values(text, values)
    except CannotEdit:
        record = _parse_group(text)
        for keys, value in values.items():
            _assign_value(record, keys, value)
        return source.dump(record)


def _parse_group(text: str) -> dict[str, Any]:
    parsed = source.parse(text.encode())
    value: Any = {} if parsed.value is None else parsed.value
    if parsed.flaws or not isinstance(value, dict):
        raise CannotEdit
    return value


def _smallest_assignments(
    record: dict[str, Any], keys: KeyPath, value: Any
) -> Iterator[tuple[KeyPath, Any, Any]]:
    """Yield the smallest assignments that give `record` the value: keys, old value, new value."""
    old: Any = record
    for key in keys:
        old = _value_inside(old, key)
    if old == value or (old is _MISSING and value is None):
        return
    if isinstance(old, dict) and isinstance(value, dict) and old and old.keys() <= value.keys():
        for key in value:
            yield from _smallest_assignments(record, (*keys, key), value[key])
    else:
        yield keys, old, value


def _value_inside(group: Any, key: str | int) -> Any:
    """Return what is under a key of a group or a number of a list, or `_MISSING`."""
    if isinstance(group, dict):
        return group.get(key, _MISSING)
    is_entry = isinstance(group, list) and isinstance(key, int) and key < len(group)
    return group[key] if is_entry else _MISSING


def _added_items(old: Any, value: Any) -> list[Any]:
    """Return the entries to append to a list, if all others stay as they are."""
    if not isinstance(old, list) or not isinstance(value, list) or value[: len(old)] != old:
        return []
    return value[len(old) :]


def _assign_value(record: dict[Any, Any], keys: KeyPath, value: Any) -> None:
    inner: Any = record
    for key in keys[:-1]:
        if isinstance(inner, dict) and inner.get(key) is None:
            inner[key] = {}
        inner = _value_inside(inner, key)
    if not isinstance(inner, dict):
        raise CannotEdit
    if value is None:
        inner.pop(keys[-1], None)
    else:
        inner[keys[-1]] = value


def _set_value(text: str, keys: KeyPath, value: Any, added: list[Any]) -> str:
    try:
        mapping = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:  # an earlier value left what is no YAML
        raise CannotEdit from error
    if mapping is None:
        return _append_lines(text, _dump_lines({keys[0]: _nest_in_groups(keys[1:], value)}))
    is_outermost = True
    for index, key in enumerate(keys):
        if isinstance(key, int):
            mapping, is_outermost = _entry_of_list(mapping, key), False
            continue
        nested = _nest_in_groups(keys[index + 1 :], value)
        if not isinstance(mapping, yaml.MappingNode):
            raise CannotEdit
        entry = next((entry for entry in mapping.value if entry[0].value == key), None)
        if entry is None:
            return _add_key(text, mapping, {key: nested}, is_outermost=is_outermost)
        if index == len(keys) - 1 or _is_empty(entry[1]):
            if value is None:
                return _remove_entry(text, mapping, entry)
            if added and _is_block(entry[1]):
                return _add_items(text, entry[1], added)
            return _replace_value(text, entry, nested, is_inline=bool(mapping.flow_style))
        mapping, is_outermost = entry[1], False
    return text


def _entry_of_list(node: yaml.Node, number: int) -> yaml.Node:
    if not isinstance(node, yaml.SequenceNode) or number >= len(node.value):
        raise CannotEdit
    entry: yaml.Node = node.value[number]
    return entry


def _nest_in_groups(keys: KeyPath, value: Any) -> Any:
    """Return a value inside one group for each key, the first key outermost."""
    for key in reversed(keys):
        value = {key: value}
    return value


def _is_empty(node: yaml.Node) -> bool:
    """Whether nothing is written for a value: its key ends with the colon."""
    return bool(node.start_mark.index == node.end_mark.index)


def _is_block(node: yaml.Node) -> bool:
    """Whether a node is a list or group with a line of its own for each entry."""
    return isinstance(node, yaml.CollectionNode) and not node.flow_style


def _end_of_node(text: str, node: yaml.Node) -> int:
    """Return the offset at which the last character of a node ends.

    The mark of the parser is later for what has lines of its own: where the next token starts.
    """
    if _is_block(node):
        last = node.value[-1]
        return _end_of_node(text, last[1] if isinstance(last, tuple) else last)
    end: int = node.end_mark.index
    if not isinstance(node, yaml.ScalarNode) or node.style not in ("|", ">"):
        return end
    header = text[node.start_mark.index : _end_of_line(text, node.start_mark.index)]
    if "+" in header.partition("#")[0]:  # the blank lines at its end are a part of it
        return len(text[:end].removesuffix("\n").removesuffix("\r"))
    return len(text[:end].rstrip())


def _end_of_line(text: str, offset: int) -> int:
    """Return the offset at which the line around `offset` ends, without its line break."""
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    return end - 1 if text[offset:end].endswith("\r") else end


def _line_break(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _dump_lines(value: Any) -> list[str]:
    lines = source.dump(value).splitlines()
    # The writer marks the end of a document whose last text keeps its blank lines.
    return lines[:-1] if lines[-1] == "..." else lines


def _indent_lines(lines: list[str], columns: int) -> list[str]:
    return [" " * columns + line if line else line for line in lines]


def _append_lines(text: str, lines: list[str]) -> str:
    line_break = _line_break(text)
    separator = "" if not text or text.endswith("\n") else line_break
    return text + separator + "".join(line + line_break for line in lines)


def _insert_lines(text: str, offset: int, lines: list[str]) -> str:
    """Return the text with more lines below the line around `offset`."""
    end = _end_of_line(text, offset)
    return text[:end] + "".join(_line_break(text) + line for line in lines) + text[end:]


def _add_key(
    text: str, mapping: yaml.MappingNode, entry: dict[str, Any], *, is_outermost: bool
) -> str:
    if mapping.flow_style:
        inline = source.dump_inline(entry)[1:-1]
        if not mapping.value:
            offset = mapping.start_mark.index + 1
            return text[:offset] + inline + text[offset:]
        offset = _end_of_node(text, mapping.value[-1][1])
        return f"{text[:offset]}, {inline}{text[offset:]}"
    if is_outermost:
        return _append_lines(text, _dump_lines(entry))
    lines = _indent_lines(_dump_lines(entry), mapping.start_mark.column)
    return _insert_lines(text, _end_of_node(text, mapping), lines)


def _add_items(text: str, sequence: yaml.Node, items: list[Any]) -> str:
    lines = _indent_lines(_dump_lines(items), sequence.start_mark.column)
    return _insert_lines(text, _end_of_node(text, sequence), lines)


def _remove_entry(text: str, mapping: yaml.MappingNode, entry: _Entry) -> str:
    if mapping.flow_style or len(mapping.value) == 1:
        raise CannotEdit
    start = text.rfind("\n", 0, entry[0].start_mark.index) + 1
    end = _end_of_line(text, _end_of_node(text, entry[1]))
    return text[:start] + text[end:].removeprefix("\r").removeprefix("\n")


def _replace_value(text: str, entry: _Entry, value: Any, *, is_inline: bool) -> str:
    """Return the text with another value in an entry, which `is_inline` between braces."""
    key, old = entry
    start, end = old.start_mark.index, _end_of_node(text, old)
    # An empty list or group is a place to fill: what comes in gets lines of its own.
    is_flow = isinstance(old, yaml.CollectionNode) and bool(old.flow_style and old.value)
    if is_inline or (is_flow and isinstance(value, list | dict)):
        space = " " if _is_empty(old) and text[start - 1 : start] == ":" else ""
        return f"{text[:start]}{space}{source.dump_inline(value)}{text[end:]}"
    first, *rest = _dump_lines({"key": value})
    if not rest and not _is_block(old) and not _is_empty(old):
        return text[:start] + first.removeprefix("key: ") + text[end:]
    after_colon = text.index(":", key.end_mark.index) + 1
    comment_start = after_colon if _is_block(old) else end
    comment = text[comment_start : _end_of_line(text, comment_start)]
    lines = [first.removeprefix("key:"), *_indent_lines(rest, key.start_mark.column)]
    if comment.lstrip().startswith("#"):
        # Between quotes, the lines but for the last are inside of the text.
        lines[-1 if lines[0].lstrip().startswith(('"', "'")) else 0] += comment
    return text[:after_colon] + _line_break(text).join(lines) + text[_end_of_line(text, end) :]
