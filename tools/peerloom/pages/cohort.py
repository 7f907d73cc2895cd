"""The page of a cohort: what it is for, what is next, who takes part."""

from peerloom.model import Cohort
from peerloom.pages.calendar import list_cohort_entries
from peerloom.pages.pair import summarize_pair
from peerloom.pages.rendering import Here
from peerloom.progress.selection import STANDINGS, SignedUp, list_signed_up

_MOST_ENTRIES = 4


def render_page(here: Here, cohort: Cohort) -> str:
    """A cohort with the people, pairs and circles that the audience may see."""
    site = here.site
    members = site.whole.members_of(cohort.id)
    shown = site.seen.members_of(cohort.id)
    entries = sorted(list_cohort_entries(here, cohort), key=lambda entry: entry.on)
    return here.fill_template(
        cohort=cohort,
        next=[entry for entry in entries if entry.on >= site.today][:_MOST_ENTRIES],
        mentors=len({p.id for p, m in members if m.role == "mentor"}),
        mentees=len({p.id for p, m in members if m.role == "mentee"}),
        hidden=len({p.id for p, _ in members}) - len({p.id for p, _ in shown}),
        roles=[
            (title, tuple(dict.fromkeys(p.id for p, m in shown if m.role == role)))
            for title, role in (("Mentors", "mentor"), ("Mentees", "mentee"), ("Either", "either"))
        ],
        pairs=[summarize_pair(here, pair) for pair in site.seen.pairs_of(cohort.id)],
        circles=site.seen.circles_of(cohort.id),
        signed_up=_count_signed_up(here, cohort),
        waiting=_list_waiting(here, cohort),
    )


def _count_signed_up(here: Here, cohort: Cohort) -> list[tuple[str, int]]:
    """How many people stand where in a cohort that selects, for coordinators alone."""
    site = here.site
    if site.audience != "coordinators":
        return []
    signed_up = list_signed_up(site.whole, cohort, site.today)
    is_selected = cohort.selects or any(signed_up[s] for s in STANDINGS if s != "accepted")
    return [
        (state, len({each.person.id for each in those}))
        for state, those in signed_up.items()
        if is_selected
    ]


def _list_waiting(here: Here, cohort: Cohort) -> list[SignedUp]:
    """Who waits for a place, in the order in which they applied, for coordinators alone."""
    site = here.site
    if site.audience != "coordinators":
        return []
    return list(list_signed_up(site.whole, cohort, site.today)["waiting"])
