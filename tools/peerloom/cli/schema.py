"""`peerloom schema`."""

import json

import click

from peerloom import schema
from peerloom.cli.options import Word
from peerloom.cli.printing import show_data


@click.command("schema")
@click.argument("kind", type=Word(schema.KINDS), metavar="KIND")
def command(kind: str) -> None:
    """Print the JSON Schema of one KIND of record.

    KIND is program, cohort, participant, pair, circle, check-in, survey, response, event,
    resource, training or page.
    """
    show_data(json.dumps(schema.schema(kind), indent=2, ensure_ascii=False) + "\n", "json")
