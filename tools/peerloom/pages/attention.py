"""The page of signals: who needs a coordinator, and what to do next."""

from markupsafe import Markup

from peerloom.pages.rendering import Here
from peerloom.signals import Signal, find_signals
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

_TITLES_BY_URGENCY = {3: mark("Today"), 2: mark("This week"), 1: mark("To watch")}


def render_page(here: Here) -> str:
    """Every signal on the site's day, the most urgent first."""
    site = here.site
    found = find_signals(site.whole, site.today)
    groups = [
        (_(title), group)
        for urgency, title in _TITLES_BY_URGENCY.items()
        if (group := [signal for signal in found if signal.urgency == urgency])
    ]

    def link_about(signal: Signal) -> str | Markup:
        if signal.pair:
            return here.pair_link(site.whole.pairs[signal.cohort, signal.pair])
        if signal.people:
            return here.people_links(signal.people)
        return site.whole.cohorts[signal.cohort].name

    return here.fill_template(groups=groups, link_about=link_about)
