"""`peerloom attention`."""

from datetime import date
from pathlib import Path

import click

from peerloom.cli.options import (
    Word,
    find_cohort_or_exit,
    load_program_as_of,
    refuse_in_log,
    today_option,
    with_program_folder,
)
from peerloom.cli.printing import show, show_data


@click.command("attention")
@click.argument("cohort", required=False)
@click.option("--all", "is_whole", is_flag=True, help="Everything, even if it is many screens.")
@click.option(
    "--format",
    "output_format",
    type=Word(["text", "md", "json"]),
    default="text",
    show_default=True,
    help="Text for people, md for a private issue, json (always everything) for programs.",
)
@today_option
@with_program_folder
def command(
    root: Path, cohort: str | None, is_whole: bool, output_format: str, today: date
) -> None:
    """List who needs the coordinator now, why, since when, and what to do next.

    Each pair, circle and person is listed once, the gravest first; what does not fit on one screen
    is counted. For coordinators only: it shows what people told nobody else.
    """
    from peerloom import attention as formats
    from peerloom.signals import find_attention

    program = load_program_as_of(root, today)
    refuse_in_log(program, "coordinators")
    if cohort is not None:
        find_cohort_or_exit(program, cohort)
    found = find_attention(program, today, cohort)
    if output_format == "json":
        show_data(formats.attention_as_json(program, found), "json")
    elif output_format == "md":
        show_data(formats.attention_as_markdown(program, found, is_whole=is_whole), "md")
    else:
        show(formats.attention_as_text(program, found, is_whole=is_whole))
