"""The progress report of a cohort: figures for an audience, in the forms people ask for."""

from peerloom.report.contents import Report, last_day, report
from peerloom.report.forms import as_csv, as_html, as_json, as_markdown

__all__ = ["Report", "as_csv", "as_html", "as_json", "as_markdown", "last_day", "report"]
