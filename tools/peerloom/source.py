"""Reads YAML into plain values, finds where each value is, and writes YAML.

Only this module, `yaml_editing` and `site_settings` use PyYAML.

Values stay what a person wrote: only `null`, `true`, `false` and numbers in their plainest
decimal form are read as anything but text. Whatever could mislead a reader, or make reading slow,
is refused, with its line and column.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml
from yaml._yaml import CParser

from peerloom.diagnostic import quoted

MAX_BYTES = 256 * 1024
MAX_LEVELS = 40

Keys = tuple[str | int, ...]

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# The bidirectional controls of Unicode's Bidi_Control property.
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_HIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff"
_REFUSED = re.compile(f"[\t{_HIDDEN}{_BIDI}]|\r(?!\n)")
_REFUSED_BYTES = re.compile(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)")
_IS_BIDI = re.compile(f"[{_BIDI}]")
_WHOLE_NUMBER = re.compile(r"(?:0|-?[1-9][0-9]{0,14})\Z")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,8})\.(?:0|[0-9]{0,6}[1-9])\Z")
_WORDS: dict[str, Any] = {"null": None, "~": None, "": None, "true": True, "false": False}
_NUMERIC_START = frozenset("-0123456789")


# What must hold for a file to be read at all, in Markdown, by the id that a flaw carries.
YAML_RULES: dict[str, str] = {
    "too-large": "A file has at most 256 KiB.",
    "not-utf-8": "A file is text in UTF-8.",
    "no-byte-order-mark": "A file has no byte-order mark, which would hide its first key.",
    "no-control-characters": "A text has no control characters, which nobody can see.",
    "no-bidi-controls": "A text has no invisible characters that reorder what readers see.",
    "no-tabs": "YAML is indented with spaces and has no tabs.",
    "not-yaml": "A record is YAML: lines of `key: value`, lists with `-`, indented by spaces.",
    "one-document": "A file holds one record.",
    "duplicate-key": "A group has each key only once.",
    "no-anchors": "No value has an anchor, `&`, by which it could be used elsewhere.",
    "no-aliases": "A value is written where it is used, not referred to with `*`.",
    "no-tags": "No value has a tag, `!`; its type follows from the schema.",
    "too-deep": "Values are nested at most 40 levels deep.",
}
# The rules whose messages quote nothing from the file.
RULES_QUOTING_NOTHING = frozenset(
    {"too-large", "not-utf-8", "no-byte-order-mark", "no-control-characters", "no-bidi-controls"}
    | {"no-tabs", "not-yaml", "one-document", "too-deep"}
)


class Flaw(NamedTuple):
    """Why a text cannot be read, with a line and column that count from 1."""

    line: int
    column: int
    rule: str
    message: str
    help: str


class Parsed(NamedTuple):
    """The value of a file. If there are flaws, it is None and must not be used."""

    value: Any
    flaws: tuple[Flaw, ...]


class ValuePlace(NamedTuple):
    """The line and column, from 1, at which a value starts, and those at which its key does."""

    value: tuple[int, int]
    key: tuple[int, int]


def parse(data: bytes) -> Parsed:
    """Return the value of a YAML file; never raises, whatever the bytes are."""
    text, flaws = _decode_text(data)
    if text is None:
        return Parsed(None, flaws)
    reader = _YamlReader(text, None)
    value = reader.read_value()
    return Parsed(None, tuple(reader.flaws)) if reader.flaws else Parsed(value, ())


def locate_values(data: bytes) -> dict[Keys, ValuePlace]:
    """Return the place of each value in a file without flaws, by the keys that lead to it."""
    text, _ = _decode_text(data)
    if text is None:
        return {}
    found: dict[Keys, ValuePlace] = {}
    _YamlReader(text, found).read_value()
    return found


def front_matter(data: bytes) -> tuple[bytes, bytes]:
    """Return the YAML between the two `---` lines that open a Markdown file, and the text below.

    The YAML begins with the first of these lines, so that line numbers are those of the file. It
    is empty if the file has no front matter.
    """
    match = re.match(rb"---[ ]*\r?\n(?:.*?\n)??---[ ]*(?:\r?\n|\Z)", data, re.DOTALL)
    if match is None:
        return b"", data
    head = match[0].rstrip().removesuffix(b"---")
    return head, data[match.end() :]


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return the line and column of an offset in a text; both count from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def size_flaw(size: int) -> Flaw:
    """Return the flaw of a file that has more bytes than may be read."""
    help_ = "split it, or shorten its longest text; nothing in it was read"
    message = f"file of {size:,} bytes must have at most {MAX_BYTES:,}"
    return Flaw(1, 1, "too-large", message, help_)


def text_flaws(data: bytes) -> tuple[Flaw, ...]:
    """Return the flaws of a text file: in size, encoding and hidden characters except tabs."""
    _, flaws = _decode_text(data)
    return tuple(flaw for flaw in flaws if flaw.rule != "no-tabs")


def dump(value: Any) -> str:
    """Return a value as YAML in the style of this project; `parse` and other readers give it back.

    What any reader of YAML takes for a date, a number or yes and no is quoted where it is text.
    """
    text = yaml.dump(
        value,
        Dumper=_Writer,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=False,
        width=88,
    )
    return str(text)


def dump_inline(value: Any) -> str:
    """Return a value as YAML on one line, as it can be written between brackets or braces."""
    text = yaml.dump(
        [value],
        Dumper=_Writer,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=True,
        width=float("inf"),
    )
    return str(text).strip()[1:-1]


def syntax_flaw(text: str, error: yaml.MarkedYAMLError) -> Flaw:
    """Return what is wrong with a text that PyYAML could not parse, in words."""
    # If the file ends too early, report where the open quote or bracket is, not the end.
    at_end = error.problem == "found unexpected end of stream"
    mark = (error.context_mark if at_end else None) or error.problem_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    last = text.count("\n") - text.endswith("\n")
    line, column = (line, column) if line <= last else (last, 0)
    message, help_ = _SYNTAX.get(error.problem or "", _UNKNOWN_SYNTAX)
    if _is_below_empty_list(text, line):
        message, help_ = _BELOW_EMPTY_LIST
    return Flaw(line + 1, column + 1, "not-yaml", message, help_)


def _decode_text(data: bytes) -> tuple[str | None, tuple[Flaw, ...]]:
    if len(data) > MAX_BYTES:
        return None, (size_flaw(len(data)),)
    if data.startswith(_BYTE_ORDER_MARK):
        return None, (_BYTE_ORDER_FLAW,)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, (_encoding_flaw(data, error.start),)
    clean = _REFUSED_BYTES.search(data) is None if data.isascii() else not _REFUSED.search(text)
    if clean:
        return text, ()
    flaws = tuple(_hidden_flaws(text))
    return (None, flaws) if flaws else (text, ())


_BYTE_ORDER_FLAW = Flaw(
    1,
    1,
    "no-byte-order-mark",
    "file must not begin with a byte-order mark, which hides its first key",
    "save it as 'UTF-8', not as 'UTF-8 with BOM'",
)


def _encoding_flaw(data: bytes, offset: int) -> Flaw:
    before = data[:offset]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    message = f"byte 0x{data[offset]:02x} must be part of UTF-8 text"
    return Flaw(line, column, "not-utf-8", message, "save the file with the encoding UTF-8")


def _hidden_flaws(text: str) -> Iterator[Flaw]:
    """Yield at most one flaw for each line and rule."""
    seen = set()
    for match in _REFUSED.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        flaw = _character_flaw(match[0], line, column)
        if (line, flaw.rule) not in seen:
            seen.add((line, flaw.rule))
            yield flaw


def _character_flaw(character: str, line: int, column: int) -> Flaw:
    code = f"U+{ord(character):04X}"
    if character == "\t":
        return Flaw(line, column, "no-tabs", "a tab must be spaces", "indent with two spaces")
    if _IS_BIDI.match(character):
        message = f"the character {code} must be deleted: it reorders the text that readers see"
        return Flaw(line, column, "no-bidi-controls", message, "delete it; it cannot be seen")
    message = f"the control character {code} must not be in a text"
    help_ = "delete it; it cannot be seen, and came with something that was pasted"
    return Flaw(line, column, "no-control-characters", message, help_)


class _StopReading(Exception):  # noqa: N818 - it is not an error but the end of reading
    """Nothing after this place can be read; the reader stops."""


_Frame = tuple[Any, Any, Keys]


class _YamlReader:
    """Builds one document from libyaml's events, without recursion.

    A frame is a container, the key that its next value belongs to, and the keys that lead to the
    container. `places` is filled if it is given. That doubles the time to read, and is needed only
    for the few files that have a problem.
    """

    def __init__(self, text: str, places: dict[Keys, ValuePlace] | None) -> None:
        self.flaws: list[Flaw] = []
        self._text = text
        self._escapes = "\\" in text
        self._places = places

    def read_value(self) -> Any:
        try:
            return self._read_document(CParser(self._text))
        except _StopReading:
            return None
        except yaml.reader.ReaderError as error:
            before = self._text[: error.position]
            line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
            self._add_flaw(
                line, column, "no-control-characters", "unreadable character", "delete it"
            )
        except yaml.MarkedYAMLError as error:
            self.flaws.append(syntax_flaw(self._text, error))
        return None

    def _add_flaw(self, line: int, column: int, rule: str, message: str, help_: str) -> None:
        self.flaws.append(Flaw(line + 1, column + 1, rule, message, help_))

    # One loop over all events: a function for each would take a third longer, and this loop
    # is most of what a check costs.
    def _read_document(self, parser: Any) -> Any:  # noqa: C901, PLR0912, PLR0915
        root: list[Any] = []
        stack: list[_Frame] = [(root, None, ())]
        event_of = parser.get_event
        scalar, mapping_start, sequence_start = _SCALAR, _MAPPING_START, _SEQUENCE_START
        mapping_end, sequence_end = _MAPPING_END, _SEQUENCE_END
        event_of()  # the stream's start
        container: Any = root
        key: Any = None
        is_mapping = False
        while True:
            event = event_of()
            kind = type(event)
            if kind is scalar:
                if event.anchor is not None or event.tag is not None:
                    self._refuse_marks(event)
                if self._escapes and event.style == '"' and _REFUSED.search(event.value):
                    self._refuse_escapes(event)
                if is_mapping and key is None:
                    key = event.value
                    if key in container:
                        self._refuse_duplicate_key(event, key)
                    if self._places is not None:
                        self._note_key_place(event, stack, key)
                    continue
                text = event.value
                value = text if event.style else _resolve_plain_text(text)
                if self._places is not None:
                    self._note_place(event, stack, container, key)
                if is_mapping:
                    container[key] = value
                    key = None
                else:
                    container.append(value)
            elif kind is mapping_start or kind is sequence_start:
                new: Any = {} if kind is mapping_start else []
                path = self._open_container(event, stack, container, key, is_mapping)
                if is_mapping:
                    container[key] = new
                else:
                    container.append(new)
                stack[-1] = (container, None, stack[-1][2])
                stack.append((new, None, path))
                container, key, is_mapping = new, None, kind is mapping_start
            elif kind is mapping_end or kind is sequence_end:
                stack.pop()
                container, key, _ = stack[-1]
                is_mapping = type(container) is dict
            elif kind is _ALIAS:
                self._refuse_marks(event)
                if is_mapping and key is None:
                    key = ""
                elif is_mapping:
                    container[key], key = None, None
                else:
                    container.append(None)
            elif kind is _DOCUMENT_START:
                if root:
                    self._refuse_second_document(event)
            elif kind is _STREAM_END:
                return root[0] if root else None

    def _open_container(
        self, event: Any, stack: list[_Frame], container: Any, key: Any, is_mapping: bool
    ) -> Keys:
        if event.anchor is not None or event.tag is not None:
            self._refuse_marks(event)
        line, column = event.start_mark.line, event.start_mark.column
        if is_mapping and key is None:
            message = "a key must be a word, not a list or a group of keys"
            help_ = "write it as 'key: value'; a text that begins with '{' or '[' needs quotes"
            self._add_flaw(line, column, "not-yaml", message, help_)
            raise _StopReading
        if len(stack) > MAX_LEVELS:
            message = f"values must be nested at most {MAX_LEVELS} levels deep"
            self._add_flaw(line, column, "too-deep", message, "no record needs more than six")
            raise _StopReading
        if self._places is None:
            return ()
        self._note_place(event, stack, container, key)
        above = stack[-1][2]
        if len(stack) == 1:
            return above
        return (*above, key if is_mapping else len(container))

    def _note_key_place(self, event: Any, stack: list[_Frame], key: str) -> None:
        mark = (event.start_mark.line + 1, event.start_mark.column + 1)
        assert self._places is not None
        self._places[(*stack[-1][2], key)] = ValuePlace(mark, mark)

    def _note_place(self, event: Any, stack: list[_Frame], container: Any, key: Any) -> None:
        mark = (event.start_mark.line + 1, event.start_mark.column + 1)
        assert self._places is not None
        above = stack[-1][2]
        if len(stack) == 1:
            self._places[()] = ValuePlace(mark, mark)
        elif type(container) is dict:
            self._places[(*above, key)] = ValuePlace(mark, self._places[(*above, key)].key)
        else:
            self._places[(*above, len(container))] = ValuePlace(mark, mark)

    def _refuse_marks(self, event: Any) -> None:
        line, column = event.start_mark.line, event.start_mark.column
        if type(event) is _ALIAS:
            message = f"'*{event.anchor}' must be the value itself, or text in quotes"
            self._add_flaw(line, column, "no-aliases", message, "write out what it stands for")
        elif event.anchor is not None:
            message = f"'&{event.anchor}' must go, or be part of a text in quotes"
            self._add_flaw(
                line, column, "no-anchors", message, "a value is written where it is used"
            )
        else:
            message = f"the tag {quoted(event.tag)} must go, or be part of a text in quotes"
            self._add_flaw(line, column, "no-tags", message, "what a key holds, its schema says")

    def _refuse_escapes(self, event: Any) -> None:
        match = _REFUSED.search(event.value)
        assert match is not None
        line, column = event.start_mark.line, event.start_mark.column
        if match[0] != "\r":
            self.flaws.append(_character_flaw(match[0], line + 1, column + 1))

    def _refuse_duplicate_key(self, event: Any, key: str) -> None:
        message = f"key {quoted(key)} must be here only once"
        help_ = "keep the one that is right and delete the other"
        self._add_flaw(
            event.start_mark.line, event.start_mark.column, "duplicate-key", message, help_
        )

    def _refuse_second_document(self, event: Any) -> None:
        message = "a file must hold one record, and '---' begins a second"
        help_ = "move what follows into a file of its own, or delete the line '---'"
        self._add_flaw(
            event.start_mark.line, event.start_mark.column, "one-document", message, help_
        )
        raise _StopReading


_ENTRY_LINE = re.compile(r"[ ]*-(?:[ ]|\r?$)")
_EMPTY_LIST_LINE = re.compile(r"[ ]*[^ #].*:[ ]*\[[ ]*\][ ]*(?:#.*)?$")
_BELOW_EMPTY_LIST = (
    "an entry must not stand below '[]', which says that the list is empty",
    "delete the '[]' above, so that its line ends with the colon",
)


def _is_below_empty_list(text: str, line: int) -> bool:
    """Whether a line, counted from 0, begins an entry, and an empty list `[]` is above it.

    Only blank lines and comments may be between the two.
    """
    lines = text.splitlines()
    if line >= len(lines) or not _ENTRY_LINE.match(lines[line]):
        return False
    above = (each for each in reversed(lines[:line]) if each.strip() and each.lstrip()[0] != "#")
    return _EMPTY_LIST_LINE.match(next(above, "")) is not None


def _resolve_plain_text(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in _NUMERIC_START:
        if _WHOLE_NUMBER.match(text):
            return int(text)
        if _DECIMAL.match(text) and text != "-0.0":
            return float(text)
    return text


_SCALAR = yaml.ScalarEvent
_MAPPING_START = yaml.MappingStartEvent
_MAPPING_END = yaml.MappingEndEvent
_SEQUENCE_START = yaml.SequenceStartEvent
_SEQUENCE_END = yaml.SequenceEndEvent
_ALIAS = yaml.AliasEvent
_DOCUMENT_START = yaml.DocumentStartEvent
_STREAM_END = yaml.StreamEndEvent

_UNKNOWN_SYNTAX = (
    "this must be YAML: 'key: value' lines, lists with '- ', indented by two spaces",
    "compare with a neighboring file of the same kind; quotes around a text often help",
)
_QUOTES = "put the whole text in quotes, or on lines of its own under 'key: >-'"
_SYNTAX = {
    "mapping values are not allowed in this context": (
        "a colon with a space after it must not stand inside a text without quotes",
        _QUOTES,
    ),
    "could not find expected ':'": (
        "this line must be 'key: value', or be indented as part of the text above it",
        _QUOTES,
    ),
    "found unexpected end of stream": (
        "a quote that opens must close",
        "add the missing quote at the end of the text",
    ),
    "found character that cannot start any token": (
        "a text must not begin with this character unless it is in quotes",
        _QUOTES,
    ),
    "found undefined tag handle": ("a text that begins with '!' must be in quotes", _QUOTES),
    "did not find expected whitespace or line break": (
        "a text that begins with '!' must be in quotes",
        _QUOTES,
    ),
    "did not find expected comment or line break": (
        "a text must begin on the line after '|' or '>'",
        "move it there, indented by two spaces; a text that begins with one of them needs quotes",
    ),
    "found unknown escape character": (
        "a backslash between double quotes must be doubled",
        "or put the text between single quotes, where a backslash is itself",
    ),
    "block sequence entries are not allowed in this context": (
        "an entry of a list must begin on a line of its own, below its key",
        "move it there; a text that begins with '- ' needs quotes",
    ),
    "did not find expected key": (
        "a key must stand in the same column as its neighbors",
        "check the indentation of this line and the one above, and the quotes around texts",
    ),
    "did not find expected '-' indicator": (
        "an entry of a list must begin with '- ' in the same column as the others",
        "check the indentation of this line",
    ),
    "did not find expected ',' or ']'": ("a list in [ ] must close", "add the missing ']'"),
    "did not find expected ',' or '}'": ("a group in { } must close", "add the missing '}'"),
    "did not find expected node content": (
        "a list in [ ] or a group in { } must close, with a value between its commas",
        "add what is missing, or put the text in quotes",
    ),
    "did not find expected <document start>": (
        "a file must hold one record, and this begins something else",
        "check the indentation of this line",
    ),
    "but found another document": (
        "a file must hold one document, and '---' begins a second",
        "delete the line '---' and what follows, or move it into a file of its own",
    ),
    "found undefined alias": (
        "a value must be written before '*' refers to it",
        "write the value itself; a text that begins with '*' must be in quotes",
    ),
    "did not find expected alphabetic or numeric character": (
        "a text that begins with '*' or '&' must be in quotes",
        _QUOTES,
    ),
}


class _Writer(yaml.SafeDumper):
    """Quotes every text that some reader of YAML 1.1 or 1.2 would read as something else.

    `parse` reads far less as anything but text. The resolvers below add to PyYAML's, which know
    the dates, numbers and words of YAML 1.1, what only version 1.2 or other readers know.
    """

    yaml_implicit_resolvers: dict[str, Any] = {  # noqa: RUF012 - PyYAML's own form
        first: list(resolvers)
        for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None
    if "\n" in text:
        style = "|"
    elif len(text) > 80 and not text.startswith(" "):
        style = ">"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Writer.add_representer(str, _represent_text)
# The numbers of YAML 1.2's core schema, and of JSON: `1e3`, `0o7`, `.5`, `08`.
_Writer.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"[-+]?(?:\.[0-9]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?\Z"),
    [*"-+.0123456789"],
)
_Writer.add_implicit_resolver(
    "tag:yaml.org,2002:int",
    re.compile(r"[-+]?0(?:o[0-7_]+|x[0-9a-fA-F_]+|b[01_]+)\Z"),
    [*"-+0"],
)
# Times of day, which YAML 1.1 counts in sixties: `17:00`, and `09:00` so that all look alike.
_Writer.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"[0-9]{1,2}(?::[0-9]{2}){1,2}\Z"), [*"0123456789"]
)
# YAML 1.1 has one letter for yes and for no, which PyYAML leaves out and others do not.
_Writer.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"[yYnN]\Z"), [*"yYnN"])
