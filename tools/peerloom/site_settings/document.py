"""`mkdocs.yml` as a tree of YAML nodes, which know their places and keep their tags.

MkDocs allows tags, anchors and merged groups there, which records must not have. A node with a
tag of MkDocs stands for a value that is known only when a site is built.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from peerloom import source
from peerloom.diagnostic import quoted
from peerloom.source import Flaw

_MAX_LEVELS = 60
# Groups that are merged into groups that are merged; MkDocs has no limit, and nobody needs more.
_MAX_MERGED = 5
_STANDARD_TAG = "tag:yaml.org,2002:"
_TEXT_TAG = f"{_STANDARD_TAG}str"
_MERGE_TAG = f"{_STANDARD_TAG}merge"
_PYTHON_TAG = f"{_STANDARD_TAG}python/"
_TAGS_OF_MKDOCS = frozenset({"!ENV", "!relative"})
# MkDocs would import, and even call, whatever a tag of Python names. These name what the
# documentation of the theme and of PyMdown tells people to name.
_SAFE_PYTHON_TAGS = tuple(
    f"{_PYTHON_TAG}name:{package}."
    for package in ("material.extensions.emoji", "pymdownx", "zensical.extensions.emoji")
)
_SAFE_PYTHON_CALLS = frozenset({f"{_PYTHON_TAG}object/apply:pymdownx.slugs.slugify"})

Entry = tuple[yaml.Node, yaml.Node]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsDocument:
    """The settings as a group of keys, and the text that they were read from."""

    root: yaml.MappingNode
    text: str

    def entry(self, *keys: str) -> Entry | None:
        """Return the node of a key and that of its value, of the last where a key is repeated."""
        found: Entry | None = None
        node: yaml.Node = self.root
        for key in keys:
            found = find_entry(node, key)
            if found is None:
                return None
            node = found[1]
        return found

    def value(self, *keys: str) -> yaml.Node | None:
        """Return the node of the value at some keys."""
        found = self.entry(*keys)
        return found[1] if found else None

    @property
    def is_inheriting(self) -> bool:
        """Whether MkDocs completes these settings by those of another file."""
        return find_entry(self.root, "INHERIT") is not None


def parse_settings(data: bytes) -> tuple[SettingsDocument | None, tuple[Flaw, ...]]:
    """Return the settings in a file, or the flaws for which MkDocs could not read them."""
    flaws = source.text_flaws(data.removeprefix(b"\xef\xbb\xbf"))
    if flaws:
        return None, flaws
    text = data.decode("utf-8-sig")
    try:
        if _is_too_deep(text):
            message = f"settings must be nested at most {_MAX_LEVELS} levels deep"
            return None, (Flaw(1, 1, "too-deep", message, "MkDocs needs no more than ten"),)
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        return None, (source.syntax_flaw(text, error),)
    except yaml.reader.ReaderError:
        return None, (Flaw(1, 1, "not-yaml", "the file must be text", "save it as UTF-8"),)
    if not isinstance(root, yaml.MappingNode):
        help_ = "write it as 'key: value' lines, such as 'site_name: Our mentoring'"
        return None, (Flaw(1, 1, "not-yaml", "the file must be a group of keys", help_),)
    document = SettingsDocument(root=root, text=text)
    unusable = tuple(_find_unusable_nodes(root))
    return (None, unusable) if unusable else (document, ())


def _is_too_deep(text: str) -> bool:
    """Whether lists and groups are nested so deeply that composing them could fail."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _MAX_LEVELS:
                return True
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return False


def _find_unusable_nodes(root: yaml.Node) -> Iterator[Flaw]:
    """Yield a flaw for each tag or merged group with which no engine may read a file, in order."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:  # an alias; one may even lead back to what it is in
            continue
        seen.add(id(node))
        if flaw := _find_tag_flaw(node):
            yield flaw
        if isinstance(node, yaml.MappingNode):
            yield from _find_merge_flaws(node)
            waiting += [each for entry in reversed(node.value) for each in reversed(entry)]
        elif isinstance(node, yaml.SequenceNode):
            waiting += reversed(node.value)


def _find_tag_flaw(node: yaml.Node) -> Flaw | None:
    """Return what is wrong with the tag of a node: unknown, or one that would run code."""
    tag, place = node.tag, place_of(node)
    if tag.startswith(_PYTHON_TAG):
        if tag.startswith(_SAFE_PYTHON_TAGS) or tag in _SAFE_PYTHON_CALLS:
            return None
        shown = quoted(tag.replace(_STANDARD_TAG, "!!"))
        message = f"the tag {shown} must not be there: it could run any code where a site is built"
        help_ = "take it out; '!!python/name:' can name what the theme, PyMdown or Zensical bring"
        return Flaw(*place, "no-tags", message, help_)
    if tag == "!ENV" and isinstance(node, yaml.MappingNode):
        help_ = "for example: !ENV [SITE_URL, 'https://example.org/']"
        return Flaw(*place, "no-tags", "after '!ENV' must be a name, or a list of names", help_)
    if tag.startswith(_STANDARD_TAG) or tag in _TAGS_OF_MKDOCS:
        return None
    message = f"the tag {quoted(tag)} must be one that MkDocs knows"
    return Flaw(*place, "no-tags", message, "a text that begins with '!' must be in quotes")


def _find_merge_flaws(group: yaml.MappingNode) -> Iterator[Flaw]:
    """Yield a flaw for each `<<` that merges something else than groups."""
    for name, value in group.value:
        merged = value.value if isinstance(value, yaml.SequenceNode) else [value]
        is_merge = name.tag == _MERGE_TAG
        if is_merge and not all(isinstance(each, yaml.MappingNode) for each in merged):
            help_ = "write '*' and the name of a group that '&' names above, or take the line out"
            yield Flaw(*place_of(value), "not-yaml", "after '<<' must be a group of keys", help_)


def find_entry(node: yaml.Node, key: str, merged: int = 0) -> Entry | None:
    """Return the entry of a key in a group, or in a group that is merged into it with `<<`."""
    if not isinstance(node, yaml.MappingNode):
        return None
    own = [entry for entry in node.value if entry[0].value == key]
    if own or merged > _MAX_MERGED:
        return own[-1] if own else None
    for name, value in node.value:
        if name.value == "<<":
            for group in value.value if isinstance(value, yaml.SequenceNode) else [value]:
                if found := find_entry(group, key, merged + 1):
                    return found
    return None


def place_of(node: yaml.Node) -> tuple[int, int]:
    """Return the line and column at which a node begins; both count from 1."""
    return node.start_mark.line + 1, node.start_mark.column + 1


def read_text(node: yaml.Node | None) -> str | None:
    """Return the text of a node; `None` for another value, or one known only to MkDocs."""
    is_text = isinstance(node, yaml.ScalarNode) and node.tag == _TEXT_TAG
    return str(node.value) if is_text and node is not None else None


def is_known(node: yaml.Node) -> bool:
    """Whether a node's value is what is written, and no tag makes another of it."""
    return node.tag.startswith(_STANDARD_TAG) and not node.tag.startswith(_PYTHON_TAG)


def is_nothing(node: yaml.Node) -> bool:
    """Whether nothing is written after a key, or `null`."""
    return bool(node.tag == f"{_STANDARD_TAG}null")


def is_false(node: yaml.Node) -> bool:
    """Whether a node is `false`."""
    return isinstance(node, yaml.ScalarNode) and (node.tag, node.value.casefold()) in (
        (f"{_STANDARD_TAG}bool", "false"),
        (f"{_STANDARD_TAG}bool", "no"),
        (f"{_STANDARD_TAG}bool", "off"),
    )


def list_named(node: yaml.Node | None) -> list[tuple[str, yaml.Node]]:
    """Return the names in a list of names or of groups with one key, or the keys of a group.

    With each is the node of the name. MkDocs lists plugins and extensions in these ways.
    """
    if isinstance(node, yaml.MappingNode):
        return [(str(key.value), key) for key, _ in node.value if key.value != "<<"]
    if not isinstance(node, yaml.SequenceNode):
        return []
    found: list[tuple[str, yaml.Node]] = []
    for item in node.value:
        named = [item] if isinstance(item, yaml.ScalarNode) else [k for k, _ in _entries_of(item)]
        found += [(name, each) for each in named if (name := read_text(each)) is not None]
    return found


def _entries_of(node: yaml.Node) -> list[Any]:
    return node.value if isinstance(node, yaml.MappingNode) else []
