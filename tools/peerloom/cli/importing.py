"""`peerloom import`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerloom.cli import printing
from peerloom.cli.options import (
    Somewhere,
    Word,
    cohort_named,
    program_folder,
    sound_program,
    today_option,
    write,
    writer_for,
)
from peerloom.cli.printing import refuse
from peerloom.diagnostic import printable

if TYPE_CHECKING:
    from peerloom.intake import Intake


@click.command("import")
@click.argument("file", type=Somewhere(exists=True, dir_okay=False))
@click.option("--cohort", required=True, metavar="ID", help="The cohort they take part in.")
@click.option("--pairs", "of_pairs", is_flag=True, help="FILE lists matches, not sign-ups.")
@click.option(
    "--as-circles",
    is_flag=True,
    help="With --pairs: several mentees of one project become one circle, not a pair each.",
)
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="COLUMN=FIELD",
    help="Take a column as a field, or with '-' as none; program.yml remembers it.",
)
@click.option(
    "--role",
    type=Word(["mentor", "mentee", "either"]),
    help="The role of everybody whose row says none.",
)
@click.option(
    "--show",
    type=Word(["public", "members", "coordinators"]),
    help="Who may see those whose row says nothing of it: they were asked, and agreed.",
)
@click.option("--add-skills", is_flag=True, help="Put skills that are new into the vocabulary.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@today_option
@program_folder
def command(
    root: Path,
    file: Path,
    cohort: str,
    of_pairs: bool,
    as_circles: bool,
    mapping: tuple[str, ...],
    role: str | None,
    show: str | None,
    add_skills: bool,
    dry_run: bool,
    today: date,
) -> None:
    """Take a sign-up sheet, or with --pairs matches made elsewhere, into the program.

    FILE is a CSV or XLSX as a form or spreadsheet wrote it. What cannot be taken is named by
    row and column, and the rest goes in; what people changed by hand since stays as it is.
    """
    from peerloom import intake

    if as_circles and not of_pairs:
        raise click.UsageError("--as-circles goes with --pairs")
    writer = None if dry_run else writer_for(root)
    program = sound_program(root)
    options = intake.Options(
        cohort=cohort_named(program, cohort),
        today=today,
        columns=_fields(mapping),
        role=role,  # type: ignore[arg-type] # click has made sure which words it may be
        show=show,  # type: ignore[arg-type]
        add_skills=add_skills,
        as_circles=as_circles,
    )
    take = intake.pairs if of_pairs else intake.people
    taken = take(_bytes(file), root, program, options)
    printing.show(intake.as_text(taken), err=True)
    if writer is None:
        _show(root, taken)
    elif taken.changes:
        write(writer, taken.changes)
    would = "nothing is written yet; to be taken: " if dry_run and not taken.stopped else ""
    printing.show(f"{would}{intake.summary(taken)}\n")
    if taken.stopped or taken.refused:
        raise click.exceptions.Exit(1)


def _fields(mapping: tuple[str, ...]) -> dict[str, str]:
    pairs = [said.rpartition("=") for said in mapping]
    wrong = [
        said
        for said, (column, _, name) in zip(mapping, pairs, strict=True)
        if not column or not name
    ]
    if wrong:
        example = "--map 'Where are you based?=region'"
        raise click.UsageError(f"'{printable(wrong[0])}' must be COLUMN=FIELD, such as {example}")
    return {column.strip(): name.strip() for column, _, name in pairs}


def _bytes(file: Path) -> bytes:
    from peerloom import bounded, intake

    try:
        return bounded.read(file, intake.MOST_BYTES)
    except bounded.TooLarge as error:
        refuse(f"{intake.too_many(error.size)}; {intake.SPLIT}")
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise click.UsageError(
            f"'{file}' must be readable, and the system says: {reason}"
        ) from None


def _show(root: Path, taken: "Intake") -> None:
    from peerloom.changes import diff

    printing.show(diff(root, taken.changes))
