"""The page of records, from their schemas."""

from peerloom import markdown, schema
from peerloom.kinds import KINDS, Kind

_SEEN = {"public": "everybody", "members": "members", "coordinators": "coordinators"}

_HEAD = """# Records

Everything a program knows is in these files. An id is written in small letters and equals the
file's name; a list's entries begin with a dash. "Who sees it" says who finds the value on a
site: everybody, members and coordinators, or coordinators alone.
"""


def records_reference() -> str:
    """Markdown: every kind of record with its path and its keys."""
    return _HEAD + "".join(_kind(kind) for kind in KINDS)


def _kind(kind: Kind) -> str:
    about = markdown.escaped(schema.schema(kind.name)["description"])
    lines = [f"\n## {kind.name.capitalize()}\n", about + "\n", f"File: `{kind.path}`\n"]
    rows = [_row(field) for field in schema.fields(kind.name)]
    lines += ["| Key | What it says | Who sees it |", "|:--|:--|:--|", *rows, ""]
    return "\n".join(lines)


def _row(field: schema.Field) -> str:
    needed = " (needed)" if field.is_required else ""
    about = f"{field.description} {field.type.capitalize()}{needed}."
    if field.allowed:
        about += f" One of: {', '.join(map(str, field.allowed))}."
    elif field.examples:
        about += f" Such as: {field.examples[0]}."
    key = ".".join(field.path)
    return f"| `{key}` | {markdown.escaped(about)} | {_SEEN[field.audience]} |"
