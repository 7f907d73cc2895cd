"""`peerloom schema`."""

import json

import click

from peerloom import schema


@click.command("schema")
@click.argument("kind", type=click.Choice(schema.KINDS))
def command(kind: str) -> None:
    """Print the JSON Schema of one KIND of record."""
    click.echo(json.dumps(schema.schema(kind), indent=2, ensure_ascii=False))
