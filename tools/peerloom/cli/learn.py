"""`peerloom learn`."""

from dataclasses import asdict
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
from peerloom.cli.printing import refuse, show, show_data
from peerloom.cli.writing import write_changes


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
    root: Path, cohort: str, write: bool, seed: int, output_format: str, today: date
) -> None:
    """Fit the weights of a COHORT's matches to what became of earlier ones.

    Ends with exit code 1 where the present weights stay.
    """
    from peerloom import bounded_reading, source, yaml_editing
    from peerloom.changes import render_diff
    from peerloom.matching import learning
    from peerloom.matching.output import format_json

    writer = open_writer_or_exit(root) if write else None
    program = load_program_or_exit(root)
    run = program.cohorts[find_cohort_or_exit(program, cohort)]
    learned = learning.learn_weights(program, run, today, seed=seed)
    if output_format == "json":
        show_data(format_json(learning.learned_as_value(learned)), "json")
    else:
        show(learning.learned_as_text(learned))
    if learned.weights is None:
        raise click.exceptions.Exit(1)
    path = program.path(run)
    text = bounded_reading.read_at_most(root / path, source.MAX_BYTES).decode()
    weights = {
        name: int(weight) if float(weight).is_integer() else weight
        for name, weight in asdict(learned.weights).items()
    }
    try:
        new = yaml_editing.set_values(
            text, {("matching", "weights", name): weight for name, weight in weights.items()}
        )
    except yaml_editing.CannotEdit:
        by_hand = source.dump({"matching": {"weights": weights}}).rstrip()
        refuse(
            f"{path} stays as it is, for it is written in an unusual way; write there:\n{by_hand}"
        )
    changes = {} if new == text else {path: new}
    if writer is not None:
        write_changes(writer, changes)
    elif output_format == "text":
        show(render_diff(root, changes))
