"""The progress report of a cohort as a page."""

from peerloom.model import Cohort
from peerloom.pages.rendering import Here
from peerloom.report import build_report, last_reported_day, report_as_markdown


def render_page(here: Here, cohort: Cohort) -> str:
    """The report from the cohort's first day to the site's or to its pairs' last one."""
    site = here.site
    end = last_reported_day(site.whole, cohort, site.today)
    return report_as_markdown(
        build_report(site.whole, cohort.id, None, end, site.audience, today=site.today)
    )
