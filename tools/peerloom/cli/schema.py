"""`peerloom schema`."""

import json
from pathlib import Path

import click

from peerloom import schema
from peerloom.cli.options import Word
from peerloom.cli.printing import show_data
from peerloom.kinds import KIND_NAMES, PROGRAM_FILE
from peerloom.text.phrases import list_words

_HELP = f"""Print the JSON Schema of one KIND of record.

KIND is one of {list_words(KIND_NAMES)}.
In a program's folder it has what the program's own questions ask for, too.
"""


@click.command("schema", help=_HELP)
@click.argument("kind", type=Word(KIND_NAMES), metavar="KIND")
@click.pass_obj
def command(root: Path, kind: str) -> None:
    """Print the schema of a kind."""
    value = schema.schema_with_answers(kind, _questions_about(root, kind))
    show_data(json.dumps(value, indent=2, ensure_ascii=False) + "\n", "json")


def _questions_about(root: Path, kind: str) -> schema.Questions:
    """The program's own questions about a kind; none where there is no program to be read."""
    if not (root / PROGRAM_FILE).is_file():
        return ()
    from peerloom.program import load
    from peerloom.program_questions import questions_about

    return questions_about(load(root).program.settings.questions, kind)
