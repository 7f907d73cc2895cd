"""The progress report of a cohort as a page."""

from peerloom.model import Cohort
from peerloom.pages.rendering import Here
from peerloom.report import NothingClosedError, build_report, report_as_markdown


def render_page(here: Here, cohort: Cohort) -> str:
    """The report of a cohort up to the site's day, or to the newest date that is closed.

    Where none is closed yet, the page says when there will be figures.
    """
    site = here.site
    try:
        report = build_report(site.whole, cohort.id, None, None, site.audience, today=site.today)
    except NothingClosedError:
        return here.fill_template(cohort=cohort)
    return report_as_markdown(report)
