"""`peerloom learn`."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerloom.cli.options import (
    format_option,
    load_cohort_as_of,
    open_writer_or_exit,
    today_option,
    with_program_folder,
)
from peerloom.cli.printing import refuse, show, show_data
from peerloom.cli.writing import write_changes

if TYPE_CHECKING:
    from peerloom.changes import Changes
    from peerloom.model import Weights


@click.command("learn")
@click.argument("cohort")
@click.option("--write", is_flag=True, help="Put the weights into the cohort's file.")
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="The seed by which the interval is drawn.",
)
@format_option("text", "json")
@today_option
@with_program_folder
def command(
    root: Path, cohort: str, write: bool, seed: int, output_format: str, today: date
) -> None:
    """Fit the weights of a COHORT's matches to what became of earlier ones.

    Ends with exit code 1 where the present weights stay.
    """
    from peerloom.changes import render_diff
    from peerloom.matching import learning
    from peerloom.matching.output import format_json

    writer = open_writer_or_exit(root) if write else None
    program, run = load_cohort_as_of(root, cohort, today)
    learned = learning.learn_weights(program, run, today, seed=seed)
    if output_format == "json":
        show_data(format_json(learning.learned_as_value(learned)), "json")
    else:
        show(learning.learned_as_text(learned))
    if learned.weights is None:
        raise click.exceptions.Exit(1)
    changes = _put_weights(root, program.path(run), learned.weights)
    if writer is not None:
        write_changes(writer, changes)
    elif output_format == "text":
        show(render_diff(root, changes))


def _put_weights(root: Path, path: str, weights: "Weights") -> "Changes":
    """The cohort's file with other weights; exit 1 where it is written in an unusual way."""
    from peerloom import bounded_reading, source, yaml_editing

    text = bounded_reading.read_at_most(root / path, source.MAX_BYTES).decode()
    values = {
        name: int(weight) if float(weight).is_integer() else weight
        for name, weight in asdict(weights).items()
    }
    try:
        new = yaml_editing.set_values(
            text, {("matching", "weights", name): value for name, value in values.items()}
        )
    except yaml_editing.CannotEdit:
        by_hand = source.dump({"matching": {"weights": values}}).rstrip()
        refuse(
            f"{path} stays as it is, for it is written in an unusual way; write there:\n{by_hand}"
        )
    return {} if new == text else {path: new}
