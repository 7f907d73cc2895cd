"""The types of the site's settings: a text, a list, a group of keys."""

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from peerloom.diagnostic import quoted
from peerloom.site_settings.document import (
    Entry,
    SettingsDocument,
    is_false,
    is_known,
    is_nothing,
    list_named,
    read_text,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongValue:
    """A value of another type than its key has: where it is, what must hold, and what to do."""

    node: yaml.Node
    message: str
    help: str


def find_wrong_values(document: SettingsDocument) -> Iterator[WrongValue]:
    """Yield each setting that has another type than MkDocs and the theme expect."""
    yield from _check_keys(document)
    yield from _check_items(document)
    yield from _check_named(document)


# What each of these keys may hold, with an example.
_TEXT = (yaml.ScalarNode,)
_LIST = (yaml.SequenceNode,)
_GROUP = (yaml.MappingNode,)
_NAMED = (*_LIST, *_GROUP)
_TYPES: dict[tuple[str, ...], tuple[tuple[type[yaml.Node], ...], str, str]] = {
    ("site_name",): (_TEXT, "a text", "site_name: Our mentoring"),
    ("site_url",): (_TEXT, "a text", "site_url: https://example.org/"),
    ("docs_dir",): (_TEXT, "a text", "docs_dir: content/pages"),
    ("plugins",): (_NAMED, "a list", "a line '- peerloom' below 'plugins:'"),
    ("markdown_extensions",): (
        _NAMED,
        "a list",
        "a line '- admonition' below 'markdown_extensions:'",
    ),
    ("theme",): ((*_TEXT, *_GROUP), "a group of keys", "a line 'name: material' below 'theme:'"),
    ("theme", "name"): (_TEXT, "a text", "name: material"),
    ("theme", "palette"): (
        _NAMED,
        "a list, or a group of keys",
        "a line 'primary: indigo' below 'palette:'",
    ),
    ("theme", "icon"): (_GROUP, "a group of keys", "a line 'logo: material/school' below 'icon:'"),
    ("theme", "features"): (_LIST, "a list", "a line '- navigation.top' below 'features:'"),
    ("theme", "logo"): (_TEXT, "a text", "logo: logo.png"),
    ("theme", "favicon"): (_TEXT, "a text", "favicon: favicon.png"),
    ("theme", "custom_dir"): (_TEXT, "a text", "custom_dir: theme"),
    ("theme", "language"): (_TEXT, "a text", "language: en"),
    ("extra",): (_GROUP, "a group of keys", "a line 'homepage: /' below 'extra:'"),
    ("extra_css",): (_LIST, "a list", "a line '- stylesheets/own.css' below 'extra_css:'"),
    ("extra_javascript",): (_LIST, "a list", "a line '- javascripts/own.js' below it"),
    ("hooks",): (_LIST, "a list", "a line '- hooks.py' below 'hooks:'"),
    ("nav",): (_LIST, "a list", "a line '- index.md' below 'nav:'"),
}
# Of these, not even numbers, 'false' or nothing will do.
_TEXTS_ONLY = frozenset({("theme",), ("theme", "custom_dir")})
# What each item of these lists may be.
_ITEM_TYPES: dict[tuple[str, ...], tuple[tuple[type[yaml.Node], ...], str]] = {
    ("plugins",): ((*_TEXT, *_GROUP), "the name of a plugin"),
    ("markdown_extensions",): ((*_TEXT, *_GROUP), "the name of an extension"),
    ("theme", "palette"): (_GROUP, "a group of keys, such as 'primary: indigo'"),
    ("extra_css",): (_TEXT, "the name of a file"),
    ("extra_javascript",): ((*_TEXT, *_GROUP), "the name of a file"),
    ("hooks",): (_TEXT, "the name of a file"),
}


def _check_keys(document: SettingsDocument) -> Iterator[WrongValue]:
    """Settings that have another type than MkDocs and the theme expect."""
    for keys, (types, phrase, example) in _TYPES.items():
        found = document.entry(*keys)
        if found is not None and not _has_type(found[1], types, is_text=keys in _TEXTS_ONLY):
            message = f"{quoted('.'.join(keys))} must be {phrase}"
            yield WrongValue(node=found[1], message=message, help=f"for example: {example}")


def _check_items(document: SettingsDocument) -> Iterator[WrongValue]:
    """Items of lists that have another type than what the list is for."""
    for keys, (types, phrase) in _ITEM_TYPES.items():
        listed = document.value(*keys)
        for item in listed.value if isinstance(listed, yaml.SequenceNode) else ():
            if is_known(item) and not (isinstance(item, types) and _is_text_or_group(item)):
                message = f"each item of {quoted('.'.join(keys))} must be {phrase}"
                yield WrongValue(
                    node=item, message=message, help="correct this one, or take it out"
                )


def _has_type(node: yaml.Node, types: tuple[type[yaml.Node], ...], *, is_text: bool) -> bool:
    if not is_known(node):
        return True
    if is_nothing(node) or is_false(node):
        return not is_text
    return isinstance(node, types) and (not is_text or _is_text_or_group(node))


def _is_text_or_group(node: yaml.Node) -> bool:
    return isinstance(node, yaml.MappingNode) or bool(read_text(node))


def _check_named(document: SettingsDocument) -> Iterator[WrongValue]:
    """Plugins that are listed twice, and what is written after a name and is no group of keys."""
    for key in ("plugins", "markdown_extensions"):
        listed = document.value(key)
        seen: set[str] = set()
        for name, node in list_named(listed):
            if key == "plugins" and name in seen and isinstance(listed, yaml.SequenceNode):
                message = f"the plugin {quoted(name)} must be listed once"
                yield WrongValue(node=node, message=message, help="delete this line")
            seen.add(name)
        for named, options in _list_options(listed):
            if (
                is_known(options)
                and not is_nothing(options)
                and not isinstance(options, yaml.MappingNode)
            ):
                message = f"after {quoted(str(named.value))} must be a group of keys, or nothing"
                yield WrongValue(
                    node=options, message=message, help="write 'key: value' lines below it"
                )


def _list_options(listed: yaml.Node | None) -> Iterator[Entry]:
    for each in listed.value if isinstance(listed, yaml.SequenceNode) else [listed]:
        if isinstance(each, yaml.MappingNode):
            yield from (entry for entry in each.value if entry[0].value != "<<")
