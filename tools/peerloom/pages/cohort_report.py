"""The progress report of a cohort as a page."""

from peerloom.model import Cohort
from peerloom.pages.rendering import Here
from peerloom.report import build_report, report_as_markdown


def render_page(here: Here, cohort: Cohort) -> str:
    """The report from the cohort's first day to the site's, or to the last one of the report."""
    site = here.site
    return report_as_markdown(
        build_report(site.whole, cohort.id, None, None, site.audience, today=site.today)
    )
