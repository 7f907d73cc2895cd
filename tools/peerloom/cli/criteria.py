"""`peerloom criteria`."""

from pathlib import Path

import click

from peerloom.cli.options import sound_cohort, with_program_folder
from peerloom.cli.printing import show


@click.command("criteria")
@click.argument("cohort")
@with_program_folder
def command(root: Path, cohort: str) -> None:
    """What matching uses of a record in a COHORT, with its weight, and what it never uses."""
    from peerloom.matching.output import used_fields_as_text

    show(used_fields_as_text(sound_cohort(root, cohort)[1]))
