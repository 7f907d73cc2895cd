"""Lets the pages of a site align the columns of tables by an attribute instead of a style.

The policy of a built site (Content-Security-Policy) allows no styles inside of elements, so that a
column aligned by one would not be aligned any more.
"""

from collections.abc import Mapping

import yaml

from peerloom.upgrading.migrations.migration import FactDays, Migrated

_FILE = "mkdocs.yml"
_OPTION = "use_align_attribute: true"


def migrate(texts: Mapping[str, str], _: FactDays) -> Migrated:
    """Give the extension `tables` of `mkdocs.yml` its option, where it has none at all."""
    text = texts.get(_FILE)
    if text is None:
        return Migrated()
    try:
        tables = _find_plain_tables(text)
    except yaml.YAMLError:
        return Migrated(left={_FILE: "make it valid YAML, then run 'peerloom upgrade' again"})
    return Migrated() if tables is None else Migrated(changes={_FILE: _give_option(text, tables)})


def _find_plain_tables(text: str) -> yaml.ScalarNode | None:
    """Return where the extension `tables` is listed without options. Raises `YAMLError`."""
    settings = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(settings, yaml.MappingNode):
        return None
    for key, value in settings.value:
        if key.value == "markdown_extensions" and isinstance(value, yaml.SequenceNode):
            plain = [n for n in value.value if isinstance(n, yaml.ScalarNode)]
            return next((node for node in plain if node.value == "tables"), None)
    return None


def _give_option(text: str, tables: yaml.ScalarNode) -> str:
    """Return the settings with the option; all else, comments too, stays as it was written."""
    start, end = tables.start_mark.index, tables.end_mark.index
    line_start = text.rfind("\n", 0, start) + 1
    if text[line_start:start].strip() != "-":  # a list between brackets
        return f"{text[:start]}{{tables: {{{_OPTION}}}}}{text[end:]}"
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    comment = text[end:line_end].rstrip("\r")
    line_break = "\r\n" if "\r\n" in text else "\n"
    indent = " " * (start - line_start + 2)
    rest = text[end + len(comment) :]
    return f"{text[:start]}tables:{comment}{line_break}{indent}{_OPTION}{rest}"
