"""The page of records: every kind with its path and keys, from the schemas."""

from peerloom import schema
from peerloom.kinds import KINDS, Kind
from peerloom.pages.rendering import Here
from peerloom.text.escaping.markdown import escape_markdown
from peerloom.text.phrases import list_words

_READERS = {"public": "everybody", "members": "members", "coordinators": "coordinators"}

_HEAD = """# Records

Everything a program knows is in these files. An id is in lowercase letters and is the
file's name; a list's entries begin with a dash. "Who sees it" says who can see the value on a
site: everybody, members and coordinators, or only coordinators.
"""


def render_page(_: Here) -> str:
    """Every kind of record; the same in every program."""
    return _HEAD + "".join(_describe_kind(kind) for kind in KINDS)


def _describe_kind(kind: Kind) -> str:
    description = escape_markdown(schema.load_schema(kind.name)["description"])
    rows = [_describe_field(field) for field in schema.list_fields(kind.name)]
    lines = [f"\n## {kind.name.capitalize()}\n", f"{description}\n", f"File: `{kind.path}`\n"]
    lines += ["| Key | What it says | Who sees it |", "|:--|:--|:--|", *rows, ""]
    return "\n".join(lines)


def _describe_field(field: schema.SchemaField) -> str:
    needed = " (needed)" if field.is_required else ""
    description = f"{field.description} {field.type.capitalize()}{needed}."
    if field.allowed:
        description += f" One of: {list_words(map(str, field.allowed))}."
    elif field.examples:
        description += f" Such as: {field.examples[0]}."
    key = ".".join(field.path)
    return f"| `{key}` | {escape_markdown(description)} | {_READERS[field.audience]} |"
