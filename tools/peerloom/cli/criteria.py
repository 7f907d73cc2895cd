"""`peerloom criteria`."""

from pathlib import Path

import click

from peerloom.cli.options import program_folder, sound_cohort
from peerloom.cli.printing import show


@click.command("criteria")
@click.argument("cohort")
@program_folder
def command(root: Path, cohort: str) -> None:
    """What matching uses of a record in a COHORT, with its weight, and what it never uses."""
    from peerloom.matching.output import used_fields_as_text

    show(used_fields_as_text(sound_cohort(root, cohort)[1]))
