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
    refuse_in_log,
    today_option,
    with_program_folder,
)
from peerloom.cli.printing import Form, say, show_data
from peerloom.model import Audience
from peerloom.report import (
    TABLES,
    NothingClosedError,
    WindowError,
    find_report,
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
    program = with_provenance(load_program_as_of(root, today), root)
    refuse_in_log(program, audience)
    cohort_id = find_cohort_or_exit(program, cohort)
    forms = {
        "md": report_as_markdown,
        "html": report_as_html,
        "csv": lambda report: report_as_csv(report, table or "figures"),
        "json": report_as_json,
    }
    try:
        found = find_report(program, cohort_id, start, end, audience, today)
    except NothingClosedError as error:
        say(f"{error}; coordinators see them before, with --audience coordinators", err=True)
        return
    except WindowError as error:
        raise click.UsageError(str(error)) from None
    show_data(forms[form](found), form)
