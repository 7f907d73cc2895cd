"""The progress report of a cohort: figures for an audience, in the forms people ask for."""

from peerloom.report.building import Report, build_report, last_reported_day
from peerloom.report.formats import as_csv, as_html, as_json, as_markdown

__all__ = [
    "Report",
    "as_csv",
    "as_html",
    "as_json",
    "as_markdown",
    "build_report",
    "last_reported_day",
]
