"""The page of a cohort."""

from collections.abc import Iterator

from peerloom.model import Cohort
from peerloom.pages import rendering
from peerloom.pages.overview import cohort_entries
from peerloom.pages.pairs import card
from peerloom.pages.rendering import Here, Site

_NEXT = 4


def cohort_pages(site: Site) -> Iterator[tuple[str, str]]:
    """The page of every cohort."""
    for cohort in site.seen.cohorts.values():
        path = f"cohorts/{cohort.id}/index.md"
        if site.makes(path):
            yield path, _page(site, path, cohort)


def _page(site: Site, path: str, cohort: Cohort) -> str:
    here = Here(site, path)
    everybody = site.whole.members_of(cohort.id)
    seen = site.seen.members_of(cohort.id)
    entries = sorted(cohort_entries(here, cohort), key=lambda entry: entry.on)
    return rendering.page(
        site,
        path,
        "cohort.md.j2",
        cohort=cohort,
        next=[(e.on, e.what) for e in entries if e.on >= site.today][:_NEXT],
        mentors=len({p.id for p, m in everybody if m.role == "mentor"}),
        mentees=len({p.id for p, m in everybody if m.role == "mentee"}),
        hidden=len({p.id for p, _ in everybody}) - len({p.id for p, _ in seen}),
        roles=[
            (title, tuple(dict.fromkeys(p.id for p, m in seen if m.role == role)))
            for title, role in (("Mentors", "mentor"), ("Mentees", "mentee"), ("Either", "either"))
        ],
        pairs=[card(here, pair) for pair in site.seen.pairs_of(cohort.id)],
        circles=site.seen.circles_of(cohort.id),
    )
