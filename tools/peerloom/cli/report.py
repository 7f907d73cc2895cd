"""`peerloom report`."""

from datetime import date
from pathlib import Path

import click

from peerloom.cli.options import (
    Day,
    Word,
    audience_option,
    cohort_named,
    dated_program,
    program_folder,
    today_option,
)
from peerloom.cli.printing import Form, show_data
from peerloom.model import Audience


@click.command("report")
@click.argument("cohort")
@click.option(
    "--format",
    "form",
    type=Word(["md", "html", "csv", "json"]),
    default="md",
    show_default=True,
    help="To read, to print, for a spreadsheet, or for programs.",
)
@click.option("--from", "start", type=Day(), metavar="DATE", help="First day (default: the start).")
@click.option("--to", "end", type=Day(), metavar="DATE", help="Last day (default: today).")
@audience_option
@today_option
@program_folder
def command(
    root: Path,
    cohort: str,
    form: Form,
    start: date | None,
    end: date | None,
    audience: Audience,
    today: date,
) -> None:
    """The progress report of a COHORT, for a date or a stretch of time."""
    from peerloom import report as reports

    program = dated_program(root)
    run = program.cohorts[cohort_named(program, cohort)]
    last = end or reports.last_day(run, today)
    if start and start > last:
        raise click.UsageError(f"--from {start} must not be after the last day, {last}")
    forms = {
        "md": reports.as_markdown,
        "html": reports.as_html,
        "csv": reports.as_csv,
        "json": reports.as_json,
    }
    found = reports.report(program, cohort, start, last, audience)
    show_data(forms[form](found), form)
