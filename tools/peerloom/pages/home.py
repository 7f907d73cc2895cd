"""The first page: what runs now, what is next, how to join."""

from peerloom.pages.calendar import list_all_entries
from peerloom.pages.join import takes_sign_ups
from peerloom.pages.rendering import Here

_MOST_ENTRIES = 6
_MOST_STORIES = 3


def render_page(here: Here) -> str:
    """The program on the site's day, for a visitor."""
    today = here.site.today
    seen = here.site.seen
    cohorts = sorted(seen.cohorts.values(), key=lambda cohort: (cohort.starts, cohort.id))
    coming = [entry for entry in list_all_entries(here) if entry.on >= today]
    stories = [(pair, story) for pair in seen.pairs.values() for story in pair.stories]
    return here.fill_template(
        settings=seen.settings,
        running=[c for c in cohorts if c.starts <= today and not c.is_over(today)],
        coming=[c for c in cohorts if c.starts > today],
        past=[c for c in reversed(cohorts) if c.is_over(today)],
        open=[c for c in cohorts if takes_sign_ups(c, today)],
        next=coming[:_MOST_ENTRIES],
        stories=stories[:_MOST_STORIES],
    )
