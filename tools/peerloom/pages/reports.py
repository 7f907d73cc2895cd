"""The progress report of each cohort as a page."""

from collections.abc import Iterator

from peerloom.pages.rendering import Site
from peerloom.report import as_markdown, build_report, last_reported_day


def report_pages(site: Site) -> Iterator[tuple[str, str]]:
    """`report.md` of every cohort, up to today or its last day."""
    for cohort in site.seen.cohorts.values():
        path = f"cohorts/{cohort.id}/report.md"
        if site.makes(path):
            end = last_reported_day(cohort, site.today)
            found = build_report(site.whole, cohort.id, None, end, site.audience, today=site.today)
            yield path, as_markdown(found)
