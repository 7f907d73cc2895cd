"""`peerloom circles`."""

from datetime import date
from pathlib import Path

import click

from peerloom.cli.options import (
    Word,
    find_cohort_or_exit,
    load_program_or_exit,
    open_writer_or_exit,
    today_option,
    with_program_folder,
)
from peerloom.cli.printing import show, show_data
from peerloom.cli.writing import write_changes


@click.command("circles")
@click.argument("cohort")
@click.option("--supervision", is_flag=True, help="Groups in which mentors support each other.")
@click.option("--write", is_flag=True, help="Put the proposed circles into content/.")
@click.option(
    "--format",
    "output_format",
    type=Word(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
@today_option
@with_program_folder
def command(
    root: Path, cohort: str, supervision: bool, write: bool, output_format: str, today: date
) -> None:
    """Propose circles of four to eight people of a COHORT around a topic, and say why."""
    from peerloom.matching import circles
    from peerloom.matching.output import format_json

    writer = open_writer_or_exit(root) if write else None
    program = load_program_or_exit(root)
    run = program.cohorts[find_cohort_or_exit(program, cohort)]
    propose = circles.propose_supervision_groups if supervision else circles.propose_circles
    proposal = propose(program, run, today)
    if output_format == "json":
        show_data(format_json(circles.circles_as_value(proposal)), "json")
    else:
        show(circles.circles_as_text(proposal))
    if writer is not None:
        write_changes(writer, circles.make_circle_files(proposal))
