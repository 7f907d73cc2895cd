"""The progress report of a cohort: figures for an audience, in the forms people ask for."""

from peerloom.progress.windows import NothingClosedError, WindowError
from peerloom.report.aims_section import describe_evidence
from peerloom.report.building import Report, build_report
from peerloom.report.formats import (
    report_as_html,
    report_as_json,
)
from peerloom.report.published import (
    find_report,
    is_past_publishing,
    list_published,
    publish_date,
    read_aims,
    read_report,
)
from peerloom.report.sentences import report_as_markdown
from peerloom.report.tables import TABLES, report_as_csv

__all__ = [
    "TABLES",
    "NothingClosedError",
    "Report",
    "WindowError",
    "build_report",
    "describe_evidence",
    "find_report",
    "is_past_publishing",
    "list_published",
    "publish_date",
    "read_aims",
    "read_report",
    "report_as_csv",
    "report_as_html",
    "report_as_json",
    "report_as_markdown",
]
