"""`peerloom criteria`."""

from pathlib import Path

import click

from peerloom.cli.options import find_cohort_or_exit, load_program_or_exit, with_program_folder
from peerloom.cli.printing import show


@click.command("criteria")
@click.argument("cohort")
@with_program_folder
def command(root: Path, cohort: str) -> None:
    """What matching uses of a record in a COHORT, with its weight, and what it never uses."""
    from peerloom.matching.output import used_fields_as_text

    program = load_program_or_exit(root)
    show(used_fields_as_text(program.cohorts[find_cohort_or_exit(program, cohort)]))
