"""The calendar: the days of cohorts and events, to come and past."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from peerloom.audience import count_hidden
from peerloom.model import Cohort, Event
from peerloom.pages.rendering import Here
from peerloom.schedule import due_dates, pair_due_dates
from peerloom.text.codes import code_in_words
from peerloom.text.escaping.markdown import Markdown
from peerloom.text.translation import gettext as _


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """Something that happens on a day, as a line of Markdown."""

    on: date
    text: Markup


def render_page(here: Here) -> str:
    """The days to come, every event in full, and the days past."""
    site = here.site
    entries = list_all_entries(here)
    events = sorted(site.seen.events.values(), key=lambda event: (event.on, event.id))
    to_come = [event for event in events if event.on >= site.today]
    past = [event for event in reversed(events) if event.on < site.today]
    return here.fill_template(
        coming=[entry for entry in entries if entry.on >= site.today],
        past=[entry for entry in reversed(entries) if entry.on < site.today],
        events=to_come + past,
        count_attended=lambda event: _count_attended(here, event),
        time_zone_of=lambda event: event.time_zone or site.seen.settings.time_zone,
    )


def _count_attended(here: Here, event: Event) -> int:
    """How many people came to an event, without those who are hidden if they are few."""
    if not here.site.shows_field("event", "attended"):
        return 0
    whole = here.site.whole
    hidden = count_hidden(whole, whole.events[event.id].attended, here.site.audience)
    return len(event.attended) + hidden


def list_all_entries(here: Here) -> list[CalendarEntry]:
    """The days of every cohort and event, by date."""
    seen = here.site.seen
    found = [e for cohort in seen.cohorts.values() for e in list_cohort_entries(here, cohort)]
    found += [_describe_event(here, event) for event in seen.events.values()]
    return sorted(found, key=lambda entry: (entry.on, entry.text))


def list_cohort_entries(here: Here, cohort: Cohort) -> Iterator[CalendarEntry]:
    """The days of a cohort: its sign-up, start and end, milestones, and due dates."""
    link = here.link_to(cohort.name, "cohort", cohort)

    def sentence(text: str) -> Markup:
        return Markdown(text).format(cohort=link)

    if cohort.applications:
        yield CalendarEntry(cohort.applications.opens, sentence(_("sign-up opens for {cohort}")))
        yield CalendarEntry(
            cohort.applications.closes, sentence(_("last day to sign up for {cohort}"))
        )
    yield CalendarEntry(cohort.starts, sentence(_("{cohort} begins")))
    if cohort.ends:
        yield CalendarEntry(cohort.ends, sentence(_("{cohort} ends")))
    for milestone in cohort.milestones:
        name = here.paragraphs(milestone.name)
        yield CalendarEntry(milestone.on, Markdown("{}, {}").format(name, link))
    for due in _list_shared_due_dates(here, cohort):
        yield CalendarEntry(due, sentence(_("check-in of {cohort}")))


def _list_shared_due_dates(here: Here, cohort: Cohort) -> list[date]:
    """The due dates of a cohort, and those of pairs that outlive it and that the reader may see.

    In a cohort without an end each pair has dates of its own, which its page shows.
    """
    dates = set(due_dates(cohort))
    for pair in here.site.seen.pairs_of(cohort.id) if cohort.ends else ():
        if pair.ends_on:
            dates |= set(pair_due_dates(cohort, pair))
    return sorted(dates)


def _describe_event(here: Here, event: Event) -> CalendarEntry:
    link = here.link_to(event.title, "calendar", anchor=f"#{event.id}")
    return CalendarEntry(event.on, Markdown("{}, {}").format(code_in_words(event.kind), link))
