"""The text of a record's file: read, made new, or edited so that what people wrote stays."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from peerloom import bounded_reading, schema, source
from peerloom.yaml_editing import set_values_or_rewrite

# Returns the text of the program's file at a path, or None if there is no such file. Sheets read
# the disk; issue forms read a commit.
ReadText = Callable[[str], str | None]


def text_reader(root: Path) -> ReadText:
    """Return a function that reads files below `root`, with line feeds as line endings."""

    def read_text(path: str) -> str | None:
        file = root / path
        if not file.is_file():
            return None
        return bounded_reading.read_at_most(file, source.MAX_BYTES).decode().replace("\r\n", "\n")

    return read_text


def parse_record(text: str | None) -> dict[str, Any]:
    """Return the keys of a record's text, and none if there is no text yet."""
    value: dict[str, Any] = source.parse(text.encode()).value if text else {}
    return value


def order_keys(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return `values` in the order in which the kind's schema lists its keys, without `None`.

    Keys that the schema does not know come last; whoever checks the record refuses them.
    """
    known = [key for key in schema.load_schema(kind)["properties"] if key in values]
    return {key: values[key] for key in dict.fromkeys([*known, *values]) if values[key] is not None}


def new_record_text(kind: str, values: Mapping[str, Any]) -> str:
    """Return the text of a new record; keys whose value is `None` are left out."""
    return source.dump(order_keys(kind, values))


def edit_record_text(text: str, values: Mapping[str, Any]) -> str:
    """Return `text` with these keys set; `None` removes a key, and all else stays as written.

    Only keys whose value differs are touched, so that comments and line breaks survive.
    """
    return set_values_or_rewrite(text, {(key,): value for key, value in values.items()})
