"""The pages for somebody who looks in: home, how to join, the calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from peerloom.issue_forms import sign_up_form_link
from peerloom.model import Cohort, Event
from peerloom.pages import rendering
from peerloom.pages.pairs import every
from peerloom.pages.rendering import Here, Site
from peerloom.schedule import due_dates
from peerloom.templating import words

_NEXT_ON_HOME = 6
_STORIES_ON_HOME = 3


def overview_pages(site: Site) -> Iterator[tuple[str, str]]:
    """`index.md`, `join.md` and `calendar.md`."""
    cohorts = sorted(site.seen.cohorts.values(), key=lambda c: (c.starts, c.id))
    made = {"index.md": _home, "join.md": _join, "calendar.md": _calendar}
    yield from ((path, make(site, cohorts)) for path, make in made.items() if site.makes(path))


def _home(site: Site, cohorts: list[Cohort]) -> str:
    here = Here(site, "index.md")
    today = site.today
    coming = [(e.on, e.what) for e in _entries(here, cohorts) if e.on >= today]
    stories = [(p, s) for p in site.seen.pairs.values() for s in p.stories]
    return rendering.page(
        site,
        here.path,
        "home.md.j2",
        settings=site.seen.settings,
        running=[c for c in cohorts if c.starts <= today <= c.ends],
        coming=[c for c in cohorts if c.starts > today],
        before=[c for c in reversed(cohorts) if c.ends < today],
        open=[c for c in cohorts if _takes_applications(c, today)],
        next=coming[:_NEXT_ON_HOME],
        stories=stories[:_STORIES_ON_HOME],
    )


def _takes_applications(cohort: Cohort, today: date) -> bool:
    window = cohort.applications
    return window is not None and window.opens <= today <= window.closes


def _join(site: Site, cohorts: list[Cohort]) -> str:
    open_to_come = [
        c for c in cohorts if c.applications and c.applications.closes >= site.today
    ] or [c for c in cohorts if c.starts > site.today]
    schedules = [c.check_ins for c in cohorts if c.check_ins and c.check_ins.every_weeks]
    weeks = schedules[-1].every_weeks if schedules else None
    return rendering.page(
        site,
        "join.md",
        "join.md.j2",
        settings=site.seen.settings,
        cohorts=open_to_come,
        sign_up=sign_up_form_link(site.seen.settings),
        rhythm=every(weeks) if weeks else "when one is due",
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happens on a day."""

    on: date
    what: Markup


def _calendar(site: Site, cohorts: list[Cohort]) -> str:
    here = Here(site, "calendar.md")
    entries = list(_entries(here, cohorts))
    events = sorted(site.seen.events.values(), key=lambda e: (e.on, e.id))
    to_come = [e for e in events if e.on >= site.today]
    return rendering.page(
        site,
        here.path,
        "calendar.md.j2",
        coming=[e for e in entries if e.on >= site.today],
        past=[e for e in reversed(entries) if e.on < site.today],
        events=to_come + [e for e in reversed(events) if e.on < site.today],
        zone=lambda event: event.time_zone or site.seen.settings.time_zone,
    )


def _entries(here: Here, cohorts: list[Cohort]) -> Iterator[Entry]:
    found = [entry for cohort in cohorts for entry in cohort_entries(here, cohort)]
    found += [_event(here, event) for event in here.site.seen.events.values()]
    yield from sorted(found, key=lambda entry: (entry.on, entry.what))


def _event(here: Here, event: Event) -> Entry:
    kind = words(event.kind)
    return Entry(
        event.on, Markup("{}, ").format(kind) + here.link(event.title, f"calendar.md#{event.id}")
    )


def cohort_entries(here: Here, cohort: Cohort) -> Iterator[Entry]:
    """The days of a cohort: its window to sign up, start, check-ins, milestones, end."""
    link = here.link(cohort.name, f"cohorts/{cohort.id}/index.md")
    if cohort.applications:
        yield Entry(cohort.applications.opens, Markup("sign-up opens for ") + link)
        yield Entry(cohort.applications.closes, Markup("last day to sign up for ") + link)
    yield Entry(cohort.starts, link + Markup(" begins"))
    yield Entry(cohort.ends, link + Markup(" ends"))
    for milestone in cohort.milestones:
        yield Entry(milestone.on, here.prose(milestone.name) + Markup(", ") + link)
    for due in due_dates(cohort):
        yield Entry(due, Markup("check-in of ") + link)
