"""`peerloom import`."""

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from peerloom.cli import printing
from peerloom.cli.codespace import say_how_to_push
from peerloom.cli.import_options import accepting_command, parse_given
from peerloom.cli.options import (
    Word,
    find_cohort_or_exit,
    load_program_or_exit,
    open_writer_or_exit,
    today_option,
    with_program_folder,
    write_or_exit,
)
from peerloom.cli.printing import refuse
from peerloom.cli.sheet_path import SheetPath

if TYPE_CHECKING:
    from peerloom.intake import ImportOptions, ImportResult
    from peerloom.records import Program


@click.command("import")
@click.argument("file", type=SheetPath())
@click.option("--cohort", required=True, metavar="ID", help="The cohort they take part in.")
@click.option("--pairs", "lists_pairs", is_flag=True, help="FILE lists matches, not sign-ups.")
@click.option(
    "--as-circles",
    is_flag=True,
    help="With --pairs: several mentees of one project become one circle, not a pair each.",
)
@click.option("--accept", is_flag=True, help="What was guessed about the sheet is right.")
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="COLUMN=FIELD",
    help="Import a column, named by any part of its header, as a field, or with '-' not at all.",
)
@click.option(
    "--answer",
    "answers",
    multiple=True,
    metavar="COLUMN:ANSWER=MEANING",
    help="What an answer in a column is taken as, or with '-' that it is left out.",
)
@click.option(
    "--same-person", multiple=True, metavar="ROWS", help="Rows such as 2,9 are of one person."
)
@click.option(
    "--different-people", multiple=True, metavar="ROWS", help="Rows such as 2,9 are of two people."
)
@click.option(
    "--sheet", metavar="NAME", help="The worksheet to import, of a workbook with several."
)
@click.option("--encoding", metavar="NAME", help="The encoding of a CSV file, such as cp1250.")
@click.option(
    "--date-order",
    type=Word(["day_first", "month_first"]),
    help="How dates such as 3/4/2027 are written.",
)
@click.option(
    "--hidden-rows", type=Word(["taken", "left_out"]), help="What to do with rows that are hidden."
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
@click.option(
    "--remember", is_flag=True, help="With --dry-run: keep how the sheet is read, and nothing else."
)
@click.option("--details", is_flag=True, help="Show long lists whole.")
@click.option("--diff", "shows_diff", is_flag=True, help="Show what changes in which file.")
@today_option
@with_program_folder
def command(
    root: Path,
    file: Path,
    cohort: str,
    lists_pairs: bool,
    as_circles: bool,
    today: date,
    **given: Any,
) -> None:
    """Import a sign-up sheet, or with --pairs matches made elsewhere.

    FILE is a CSV or XLSX file from a form or spreadsheet. First it is said how the sheet is read.
    Where everything is certain, it goes in at once. What was guessed is asked for, or taken with
    --accept, and remembered for the next sheet of the form. What cannot be imported is listed by
    row and column, and the rest is imported; what people have changed by hand since stays.
    """
    import rapidfuzz  # noqa: F401 - if the extra is missing, that is said before anything is asked

    from peerloom import intake

    if as_circles and not lists_pairs:
        raise click.UsageError("--as-circles goes with --pairs")
    if given["remember"] and not given["dry_run"]:
        raise click.UsageError("--remember goes with --dry-run; without it all is remembered")
    is_written = not given["dry_run"] or given["remember"]
    writer = open_writer_or_exit(root) if is_written else None
    program = load_program_or_exit(root)
    options = intake.ImportOptions(
        cohort=find_cohort_or_exit(program, cohort),
        today=today,
        as_circles=as_circles,
        sheet_name=file.stem,
        **parse_given(given),
    )
    sheet = _Sheet(root, program, _read_sheet(file), lists_pairs=lists_pairs)
    result = _read_until_accepted(sheet, options, has_details=given["details"])
    is_accepted = not result.needs_acceptance or options.accepts_guesses or sheet.is_accepted
    changes = result.changes if is_accepted and not given["dry_run"] else {}
    if given["remember"]:
        changes = result.reading_changes
    if given["shows_diff"]:
        _show_changes(root, result)
    has_written = False
    if writer is not None and (changes or result.taken_back) and not result.is_stopped:
        gone = result.taken_back if is_accepted and not given["dry_run"] else ()
        write_or_exit(writer, changes, gone)
        has_written = True
    if has_written:
        say_how_to_push()
    _say_outcome(result, is_accepted=is_accepted, given=given, file=file, root=root)


class _Sheet:
    """A sheet that is read once for each answer about it; the last time, all of it is accepted."""

    def __init__(self, root: Path, program: "Program", data: bytes, *, lists_pairs: bool) -> None:
        self._root = root
        self._program = program
        self._data = data
        self._lists_pairs = lists_pairs
        self.is_accepted = False

    def read(self, options: "ImportOptions") -> "ImportResult":
        """Return what the sheet would change."""
        from peerloom import intake

        run_import = intake.import_pairs if self._lists_pairs else intake.import_people
        return run_import(self._data, self._root, self._program, options)


def _read_until_accepted(
    sheet: _Sheet, options: "ImportOptions", *, has_details: bool
) -> "ImportResult":
    """Return what the sheet changes, after asking in a terminal for what is not certain."""
    from peerloom.cli.asking_about_sheets import ask_about_sheet, ask_how_to_read_file

    result = sheet.read(options)
    if printing.can_ask() and result.is_stopped:
        completed = ask_how_to_read_file(result, options)
        if completed is not None:
            options = completed
            result = sheet.read(options)
    _show_result(result, is_accepted=options.accepts_guesses, has_details=has_details)
    if result.is_stopped or not result.needs_acceptance or options.accepts_guesses:
        return result
    if printing.can_ask():
        accepted = ask_about_sheet(result, options)
        if accepted is not None:
            sheet.is_accepted = True
            return sheet.read(accepted)
    return result


def _show_result(result: "ImportResult", *, is_accepted: bool, has_details: bool) -> None:
    from peerloom import intake

    if result.reading is not None:
        is_private = os.environ.get("GITHUB_ACTIONS") != "true"
        shown = intake.show_reading(result.reading, has_details=has_details, has_samples=is_private)
        printing.show(shown, err=True)
    printing.show(intake.format_notes(result, has_details=has_details), err=True)
    if result.reading is not None and not result.is_stopped:
        questions = intake.show_questions(result.reading, has_details=has_details)
        title = "accepted:" if is_accepted else "is this right?"
        printing.show(questions.replace("is this right?", title, 1), err=True)
        printing.show(intake.show_row_counts(result.count_rows()), err=True)


def _say_outcome(
    result: "ImportResult", *, is_accepted: bool, given: dict[str, Any], file: Path, root: Path
) -> None:
    from peerloom import intake

    if not is_accepted and not result.is_stopped:
        printing.show("nothing is written. If this is right:\n", err=True)
        printing.show(f"    {accepting_command(file, root)}\n", err=True)
        printing.show(
            "if it is not, say what is: see --map, --answer and docs/import.md\n", err=True
        )
    is_dry = given["dry_run"] or not is_accepted
    would = "nothing is written yet; would import: " if is_dry and not result.is_stopped else ""
    if given["remember"] and result.reading_changes:
        printing.say(f"remembered: {', '.join(sorted(result.reading_changes))}", err=True)
    printing.show(f"{would}{intake.summarize_import(result)}\n")
    is_open = not is_accepted and not given["dry_run"]
    if result.is_stopped or result.is_incomplete or is_open:
        raise click.exceptions.Exit(1)


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
