"""`peerloom schema`."""

import json

import click

from peerloom import schema
from peerloom.cli.options import Word
from peerloom.cli.printing import show_data
from peerloom.kinds import KIND_NAMES
from peerloom.text.phrases import list_words

_HELP = f"""Print the JSON Schema of one KIND of record.

KIND is one of {list_words(KIND_NAMES)}.
"""


@click.command("schema", help=_HELP)
@click.argument("kind", type=Word(KIND_NAMES), metavar="KIND")
def command(kind: str) -> None:
    """Print the schema of a kind."""
    show_data(json.dumps(schema.load_schema(kind), indent=2, ensure_ascii=False) + "\n", "json")
