"""`peerloom import`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerloom.cli import printing
from peerloom.cli.options import (
    AbsolutePath,
    Word,
    find_cohort_or_exit,
    load_program_or_exit,
    open_writer_or_exit,
    today_option,
    with_program_folder,
    write_or_exit,
)
from peerloom.cli.printing import refuse
from peerloom.text.escaping.terminal import printable

if TYPE_CHECKING:
    from peerloom.intake import ImportResult


@click.command("import")
@click.argument("file", type=AbsolutePath(exists=True, dir_okay=False))
@click.option("--cohort", required=True, metavar="ID", help="The cohort they take part in.")
@click.option("--pairs", "lists_pairs", is_flag=True, help="FILE lists matches, not sign-ups.")
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
    help="Import a column as a field, or with '-' not at all; program.yml remembers it.",
)
@click.option(
    "--role",
    type=Word(["mentor", "mentee", "either"]),
    help="The role of everybody whose row names none.",
)
@click.option(
    "--show",
    type=Word(["public", "members", "coordinators"]),
    help="Who may see people whose row does not say it, if they agreed elsewhere.",
)
@click.option("--add-skills", is_flag=True, help="Add new skills to the vocabulary.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@today_option
@with_program_folder
def command(
    root: Path,
    file: Path,
    cohort: str,
    lists_pairs: bool,
    as_circles: bool,
    mapping: tuple[str, ...],
    role: str | None,
    show: str | None,
    add_skills: bool,
    dry_run: bool,
    today: date,
) -> None:
    """Import a sign-up sheet, or with --pairs matches made elsewhere.

    FILE is a CSV or XLSX file from a form or spreadsheet. What cannot be imported is listed by
    row and column, and the rest is imported; what people have changed by hand since stays.
    """
    from peerloom import intake

    if as_circles and not lists_pairs:
        raise click.UsageError("--as-circles goes with --pairs")
    writer = None if dry_run else open_writer_or_exit(root)
    program = load_program_or_exit(root)
    options = intake.ImportOptions(
        cohort=find_cohort_or_exit(program, cohort),
        today=today,
        columns=_parse_mapping(mapping),
        role=role,  # type: ignore[arg-type] # click has checked the word
        show=show,  # type: ignore[arg-type]
        add_skills=add_skills,
        as_circles=as_circles,
    )
    run_import = intake.import_pairs if lists_pairs else intake.import_people
    result = run_import(_read_sheet(file), root, program, options)
    printing.show(intake.format_notes(result), err=True)
    if writer is None:
        _show_changes(root, result)
    elif result.changes:
        write_or_exit(writer, result.changes)
    would = "nothing is written yet; would import: " if dry_run and not result.is_stopped else ""
    printing.show(f"{would}{intake.summarize_import(result)}\n")
    if result.is_stopped or result.refused_rows:
        raise click.exceptions.Exit(1)


def _parse_mapping(mapping: tuple[str, ...]) -> dict[str, str]:
    pairs = [option.rpartition("=") for option in mapping]
    wrong = [
        option
        for option, (column, _, name) in zip(mapping, pairs, strict=True)
        if not column or not name
    ]
    if wrong:
        example = "--map 'Where are you based?=region'"
        raise click.UsageError(f"'{printable(wrong[0])}' must be COLUMN=FIELD, such as {example}")
    return {column.strip(): name.strip() for column, _, name in pairs}


def _read_sheet(file: Path) -> bytes:
    from peerloom import bounded_reading, intake

    try:
        return bounded_reading.read_at_most(file, intake.MAX_SHEET_BYTES)
    except bounded_reading.FileTooLarge as error:
        refuse(f"{intake.too_large_message(error.size)}; {intake.SPLIT_HELP}")
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise click.UsageError(
            f"'{file}' must be readable, and the system says: {reason}"
        ) from None


def _show_changes(root: Path, result: "ImportResult") -> None:
    from peerloom.changes import render_diff

    printing.show(render_diff(root, result.changes))
