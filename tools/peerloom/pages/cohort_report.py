"""The progress report of a cohort as a page."""

from peerloom.model import Cohort
from peerloom.pages.rendering import Here
from peerloom.report import as_markdown, last_day, report


def render_page(here: Here, cohort: Cohort) -> str:
    """The report from the cohort's first day to the site's day, or to its own last day."""
    site = here.site
    end = last_day(cohort, site.today)
    return as_markdown(report(site.whole, cohort.id, None, end, site.audience))
