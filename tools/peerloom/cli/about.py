"""`peerloom about`."""

from datetime import date
from pathlib import Path

import click

from peerloom.cli.finding_people import find_participant_or_exit, refuse_in_a_log
from peerloom.cli.options import (
    format_option,
    load_program_or_exit,
    today_option,
    with_program_folder,
)
from peerloom.cli.printing import show, show_data


@click.command("about")
@click.argument("person", metavar="ID")
@format_option("text", "json")
@today_option
@with_program_folder
def command(root: Path, person: str, output_format: str, today: date) -> None:
    """Print everything that the program's files hold about the participant with this ID.

    It is for the person who asks. What is about others as well is marked: read it before you hand
    it on.
    """
    from peerloom import forgetting

    refuse_in_a_log()
    program = load_program_or_exit(root)
    found = find_participant_or_exit(program, person)
    texts = forgetting.read_texts(root, program) | forgetting.read_texts_outside(root)
    held = forgetting.collect_held(program, texts, found, today)
    if output_format == "json":
        show_data(forgetting.held_as_json(held), "json")
    else:
        show(forgetting.held_as_text(held))
