"""The progress report of a cohort: figures for an audience, in the forms people ask for."""

from peerloom.progress.windows import WindowError
from peerloom.report.building import Report, build_report
from peerloom.report.formats import (
    report_as_html,
    report_as_json,
    report_as_markdown,
)
from peerloom.report.tables import TABLES, report_as_csv

__all__ = [
    "TABLES",
    "Report",
    "WindowError",
    "build_report",
    "report_as_csv",
    "report_as_html",
    "report_as_json",
    "report_as_markdown",
]
