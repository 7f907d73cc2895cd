"""The page of a cohort: what it is for, what is next, who takes part."""

from peerloom.model import Cohort
from peerloom.pages.calendar import list_cohort_entries
from peerloom.pages.pair import summarize_pair
from peerloom.pages.rendering import Here

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
    )
