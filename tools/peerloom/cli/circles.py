"""`peerloom circles`."""

from datetime import date
from pathlib import Path

import click

from peerloom.cli.options import Word, cohort_named, sound_program, today_option
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
@click.pass_obj
def command(
    root: Path, cohort: str, supervision: bool, write: bool, output_format: str, today: date
) -> None:
    """Propose circles of four to eight people of a COHORT around a topic, and say why."""
    from peerloom.matching import circles
    from peerloom.matching.output import format_json

    program = sound_program(root)
    run = program.cohorts[cohort_named(program, cohort)]
    propose = circles.propose_supervision_groups if supervision else circles.propose_circles
    proposal = propose(program, run, today)
    if output_format == "json":
        click.echo(format_json(circles.circles_as_value(proposal)), nl=False)
    else:
        click.echo(circles.circles_as_text(proposal), nl=False)
    if write:
        write_changes(root, circles.make_circle_files(proposal))
