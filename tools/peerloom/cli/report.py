"""`peerloom report`."""

from datetime import date
from pathlib import Path

import click

from peerloom.cli.options import (
    DayType,
    Word,
    audience_option,
    find_cohort_or_exit,
    load_program_as_of,
    today_option,
    with_program_folder,
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
@click.option(
    "--from", "start", type=DayType(), metavar="DATE", help="First day (default: the start)."
)
@click.option("--to", "end", type=DayType(), metavar="DATE", help="Last day (default: today).")
@audience_option
@today_option
@with_program_folder
def command(
    root: Path,
    cohort: str,
    form: Form,
    start: date | None,
    end: date | None,
    audience: Audience,
    today: date,
) -> None:
    """Print the progress report of a COHORT, for a day or a range of days."""
    from peerloom import report as reports

    program = load_program_as_of(root, today)
    found_cohort = program.cohorts[find_cohort_or_exit(program, cohort)]
    last = end or reports.last_reported_day(program, found_cohort, today)
    if start and start > last:
        raise click.UsageError(f"--from {start} must not be after the last day, {last}")
    forms = {
        "md": reports.report_as_markdown,
        "html": reports.report_as_html,
        "csv": reports.report_as_csv,
        "json": reports.report_as_json,
    }
    found = reports.build_report(program, cohort, start, last, audience, today=today)
    show_data(forms[form](found), form)
