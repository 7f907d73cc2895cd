"""Changes of a site's settings for an engine; tags, anchors and all other keys stay as they are."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from peerloom import source
from peerloom.site_settings.document import SettingsDocument, list_named


def dump_settings(document: SettingsDocument) -> str:
    """Return the settings as YAML, with the tags that only MkDocs or another engine knows."""
    return str(yaml.serialize(document.root, Dumper=yaml.SafeDumper, allow_unicode=True))


def resolve_relative_paths(document: SettingsDocument, root: Path) -> SettingsDocument:
    """Return the settings with whole paths for MkDocs's tag `!relative`, which no other has."""

    def resolve(node: yaml.Node) -> yaml.Node:
        if node.tag == "!relative" and isinstance(node, yaml.ScalarNode):
            folder, _, below = str(node.value).partition("/")
            base = root if folder == "$config_dir" else root / "content" / "pages"
            return yaml.ScalarNode("tag:yaml.org,2002:str", str(base / below))
        return node

    return SettingsDocument(root=_replace_nodes(document.root, resolve, {}), text=document.text)


def _replace_nodes(
    node: Any, replace: Callable[[yaml.Node], yaml.Node], done: dict[int, Any]
) -> Any:
    """Return a copy of a tree with its leaves replaced; an alias stays one."""
    if id(node) in done:
        return done[id(node)]
    if isinstance(node, yaml.ScalarNode):
        done[id(node)] = replace(node)
        return done[id(node)]
    copy = type(node)(node.tag, [], flow_style=False)
    done[id(node)] = copy
    if isinstance(node, yaml.SequenceNode):
        copy.value += [_replace_nodes(each, replace, done) for each in node.value]
    else:
        copy.value += [
            (_replace_nodes(key, replace, done), _replace_nodes(value, replace, done))
            for key, value in node.value
        ]
    return copy


def set_values(
    document: SettingsDocument, values: Mapping[tuple[str, ...], Any]
) -> SettingsDocument:
    """Return the settings with other values at some keys; `None` takes a key away."""
    root = document.root
    for keys, value in values.items():
        root = _with_value(root, keys, None if value is None else _make_node(value))
    return SettingsDocument(root=root, text=document.text)


def add_items(document: SettingsDocument, key: str, items: Sequence[str]) -> SettingsDocument:
    """Return the settings with more items at the end of a list."""
    listed = document.value(key)
    own = listed.value if isinstance(listed, yaml.SequenceNode) else []
    node = _make_list([*own, *map(_make_node, items)])
    return SettingsDocument(root=_with_value(document.root, (key,), node), text=document.text)


def add_extension(
    document: SettingsDocument, name: str, settings: Mapping[str, str]
) -> SettingsDocument:
    """Return the settings with an extension of Markdown, which replaces one of the same name."""
    listed = document.value("markdown_extensions")
    new = _make_node({name: dict(settings)})
    node: yaml.Node
    if isinstance(listed, yaml.MappingNode):
        node = _with_value(listed, (name,), new.value[0][1])
    else:
        own = listed.value if isinstance(listed, yaml.SequenceNode) else []
        others = [each for each in own if name not in _names_in(each)]
        node = _make_list([*others, new])
    root = _with_value(document.root, ("markdown_extensions",), node)
    return SettingsDocument(root=root, text=document.text)


def _names_in(item: yaml.Node) -> list[str]:
    return [name for name, _ in list_named(_make_list([item]))]


def _with_value(
    group: yaml.MappingNode, keys: tuple[str, ...], value: yaml.Node | None
) -> yaml.MappingNode:
    """Return a group with another value at some keys, or without the key where it is `None`."""
    inner = value
    if len(keys) > 1:
        below = next((v for k, v in group.value if k.value == keys[0]), None)
        if not isinstance(below, yaml.MappingNode):  # merged from elsewhere: left as it is
            return group
        inner = _with_value(below, keys[1:], value)
    entries = [entry for entry in group.value if entry[0].value != keys[0]]
    if inner is not None:
        entries.append((_make_node(keys[0]), inner))
    return yaml.MappingNode(group.tag, entries, flow_style=False)


def _make_list(items: list[yaml.Node]) -> yaml.SequenceNode:
    return yaml.SequenceNode("tag:yaml.org,2002:seq", items, flow_style=False)


def _make_node(value: Any) -> Any:
    """Return the node of a value of lists, groups and texts."""
    return yaml.compose(source.dump(value), Loader=yaml.SafeLoader)
