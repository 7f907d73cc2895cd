"""Reads the site's settings for those who need more of them than what is wrong there."""

from pathlib import Path

import yaml

from peerloom import bounded_reading, source
from peerloom.site_settings.document import SettingsDocument, find_entry, parse_settings, read_text

# The settings of `toc` that decide what the anchor of a heading is.
_ANCHOR_SETTINGS = ("slugify", "separator")


def read_settings(root: Path) -> SettingsDocument | None:
    """Return the settings in a program's `mkdocs.yml`; None where they cannot be read."""
    try:
        data = bounded_reading.read_at_most(root / "mkdocs.yml", source.MAX_BYTES)
    except OSError:
        return None
    return parse_settings(data)[0]


def makes_usual_anchors(document: SettingsDocument) -> bool:
    """Whether headings have the anchors that engines make by themselves."""
    if document.is_inheriting:
        return False
    listed = document.value("markdown_extensions")
    items = listed.value if isinstance(listed, yaml.SequenceNode) else [listed]
    for item in items:
        toc = find_entry(item, "toc") if item is not None else None
        if toc and any(find_entry(toc[1], key) for key in _ANCHOR_SETTINGS):
            return False
    return True


def list_menu_pages(document: SettingsDocument) -> list[tuple[str, yaml.Node]]:
    """Return the paths in a menu of one's own, `nav`, each with the node that names it."""
    found: list[tuple[str, yaml.Node]] = []
    menu = document.value("nav")
    waiting = [] if menu is None else [menu]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif isinstance(node, yaml.MappingNode):
            waiting += [value for _, value in node.value]
        elif (path := read_text(node)) is not None:
            found.append((path, node))
    return found
