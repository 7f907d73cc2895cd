"""The progress report of a cohort as a page."""

from peerloom.model import Cohort
from peerloom.pages.rendering import Here
from peerloom.report import NothingClosedError, read_report, report_as_markdown


def render_page(here: Here, cohort: Cohort) -> str:
    """The report of a cohort up to the site's day, or the newest that was published.

    Where none was, the page says when there will be figures.
    """
    site = here.site
    try:
        report = read_report(site.whole, cohort.id, site.audience, site.today)
    except NothingClosedError:
        return here.fill_template(cohort=cohort)
    return report_as_markdown(report)
