"""Who needs the coordinator: a page that only coordinators' sites have."""

from collections.abc import Iterator

from markupsafe import Markup

from peerloom.pages import rendering
from peerloom.pages.rendering import Here, Site
from peerloom.signals import Signal, find_signals

_TITLES = {3: "Today", 2: "This week", 1: "To watch"}


def attention_pages(site: Site) -> Iterator[tuple[str, str]]:
    """`attention.md`, for coordinators."""
    if site.audience != "coordinators":
        return
    path = "attention.md"
    here = Here(site, path)
    found = find_signals(site.whole, site.today)
    groups = [(t, s) for n, t in _TITLES.items() if (s := [x for x in found if x.urgency == n])]

    def pair(signal: Signal) -> Markup:
        return here.pair(site.whole.pairs[signal.cohort, signal.pair or ""])

    yield path, rendering.page(site, path, "attention.md.j2", groups=groups, pair=pair)
