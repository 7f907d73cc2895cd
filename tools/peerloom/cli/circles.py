"""`peerloom circles`."""

from datetime import date
from pathlib import Path

import click

from peerloom.cli.options import (
    format_option,
    load_cohort_as_of,
    open_writer_or_exit,
    today_option,
    with_program_folder,
)
from peerloom.cli.printing import show, show_data
from peerloom.cli.writing import refuse_to_replace_later_records, write_changes


@click.command("circles")
@click.argument("cohort")
@click.option("--supervision", is_flag=True, help="Groups in which mentors support each other.")
@click.option("--write", is_flag=True, help="Put the proposed circles into content/.")
@format_option("text", "json")
@today_option
@with_program_folder
def command(
    root: Path, cohort: str, supervision: bool, write: bool, output_format: str, today: date
) -> None:
    """Propose circles of four to eight people of a COHORT around a topic, and say why."""
    from peerloom.matching import circles
    from peerloom.matching.output import format_json

    writer = open_writer_or_exit(root) if write else None
    program, run = load_cohort_as_of(root, cohort, today)
    propose = circles.propose_supervision_groups if supervision else circles.propose_circles
    proposal = propose(program, run, today)
    if output_format == "json":
        show_data(format_json(circles.circles_as_value(proposal)), "json")
    else:
        show(circles.circles_as_text(proposal))
    if writer is not None:
        files = circles.make_circle_files(proposal, today)
        refuse_to_replace_later_records(program, files)
        write_changes(writer, files)
