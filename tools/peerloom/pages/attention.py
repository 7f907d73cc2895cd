"""The page of signals: who needs a coordinator, and what to do next."""

from markupsafe import Markup

from peerloom.pages.rendering import Here
from peerloom.signals import Signal, find_signals

_TITLES_BY_URGENCY = {3: "Today", 2: "This week", 1: "To watch"}


def render_page(here: Here) -> str:
    """Every signal on the site's day, the most urgent first."""
    site = here.site
    found = find_signals(site.whole, site.today)
    groups = [
        (title, group)
        for urgency, title in _TITLES_BY_URGENCY.items()
        if (group := [signal for signal in found if signal.urgency == urgency])
    ]

    def link_pair(signal: Signal) -> Markup:
        return here.pair_link(site.whole.pairs[signal.cohort, signal.pair or ""])

    return here.fill_template(groups=groups, link_pair=link_pair)
