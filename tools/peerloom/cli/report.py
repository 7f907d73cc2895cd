"""`peerloom report`."""

from datetime import date
from pathlib import Path

import click

from peerloom.cli.options import (
    DayType,
    Word,
    audience_option,
    find_cohort_or_exit,
    load_dated_program,
    today_option,
    with_program_folder,
)
from peerloom.cli.printing import Form, show_data
from peerloom.model import Audience
from peerloom.report import (
    TABLES,
    build_report,
    last_reported_day,
    report_as_csv,
    report_as_html,
    report_as_json,
    report_as_markdown,
)


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
@click.option(
    "--table",
    type=Word(TABLES),
    help="Which table of a report as csv (default: figures).",
)
@audience_option
@today_option
@with_program_folder
def command(
    root: Path,
    cohort: str,
    form: Form,
    start: date | None,
    end: date | None,
    table: str | None,
    audience: Audience,
    today: date,
) -> None:
    """Print the progress report of a COHORT, for a day or a range of days."""
    from peerloom.git import with_provenance

    if table and form != "csv":
        raise click.UsageError(f"--table {table} goes with --format csv")
    program = with_provenance(load_dated_program(root), root)
    found_cohort = program.cohorts[find_cohort_or_exit(program, cohort)]
    last = end or last_reported_day(program, found_cohort, today)
    if start and start > last:
        raise click.UsageError(f"--from {start} must not be after the last day, {last}")
    forms = {
        "md": report_as_markdown,
        "html": report_as_html,
        "csv": lambda report: report_as_csv(report, table or "figures"),
        "json": report_as_json,
    }
    found = build_report(program, cohort, start, last, audience, today=today)
    show_data(forms[form](found), form)
