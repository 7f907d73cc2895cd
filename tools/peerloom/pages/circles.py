"""The page of a circle."""

from collections.abc import Iterator

from markupsafe import Markup

from peerloom.model import Circle
from peerloom.pages import rendering
from peerloom.pages.pairs import every, setting
from peerloom.pages.rendering import Here, Site


def circle_pages(site: Site) -> Iterator[tuple[str, str]]:
    """The page of every circle the audience may see."""
    for circle in site.seen.circles.values():
        cohort = site.seen.cohorts.get(circle.cohort)
        path = f"circles/{circle.cohort}/{circle.id}.md"
        if cohort is None or not site.makes(path):
            continue
        here = Here(site, path)
        all_of_it = site.whole.circles[circle.cohort, circle.id]
        yield (
            path,
            rendering.page(
                site,
                path,
                "circle.md.j2",
                circle=circle,
                cohort=cohort,
                others=len(all_of_it.people) - len(circle.people),
                bringing=_who_brings_next(here, circle),
                every=every,
                setting=setting,
            ),
        )


def _who_brings_next(here: Here, circle: Circle) -> Markup | None:
    """In a supervision group, the member who has not brought a case for longest."""
    if circle.kind != "supervision" or circle.status != "active":
        return None
    if here.site.audience == "public" or not circle.members:
        return None
    last = {m.case_by: m.on for m in sorted(circle.meetings, key=lambda m: m.on) if m.case_by}
    waiting = min(circle.members, key=lambda who: (who in last, last.get(who), who))
    return Markup("Next to bring a case: ") + here.person(waiting)
