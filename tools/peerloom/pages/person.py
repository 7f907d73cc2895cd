"""The page of a participant: pairs, circles, skills, and what else they say about themselves."""

from dataclasses import dataclass

from markupsafe import Markup

from peerloom.model import Pair, Participant
from peerloom.pages.pair import list_owed_check_ins, summarize_pair
from peerloom.pages.rendering import Here
from peerloom.program_questions import questions_about, worded_answers
from peerloom.text.dates import relative_day, weekday_name
from peerloom.text.escaping.markdown import Markdown
from peerloom.text.languages import language_name
from peerloom.text.phrases import count_noun, join_words, list_words
from peerloom.text.translation import gettext as _


@dataclass(frozen=True, slots=True)
class _RoleInCohort:
    role: str
    cohort: object
    name: str
    standing: str


def render_page(here: Here, person: Participant) -> str:
    """A participant, as far as the audience may see them."""
    seen = here.site.seen
    return here.fill_template(
        person=person,
        roles=[
            _RoleInCohort(
                m.role,
                seen.cohorts[m.cohort],
                seen.cohorts[m.cohort].name,
                "" if m.is_accepted else m.state or "",
            )
            for m in person.cohorts
            if m.cohort in seen.cohorts
        ],
        pairs=[_describe_pair(here, pair, person) for pair in seen.pairs_with(person.id)],
        circles=seen.circles_with(person.id),
        facts=_list_facts(here, person),
        notes=sorted(person.coordinator_notes, key=lambda note: note.on, reverse=True),
        answers=worded_answers(
            questions_about(seen.settings.questions, "participant"), person.answers
        ),
    )


def _describe_pair(here: Here, pair: Pair, person: Participant) -> Markup:
    """A pair as one of its two people sees it: its status, and which check-in they owe next."""
    site = here.site
    if site.audience == "public" or pair.status != "active":
        return summarize_pair(here, pair)
    owed = [
        a
        for a in list_owed_check_ins(site, pair)
        if a.participant in (person.id, None) and a.state in ("due", "upcoming")
    ]
    if not owed:
        return summarize_pair(here, pair)
    due = owed[0].due
    return Markdown(_("{pair} · check-in due {date}, {distance}")).format(
        pair=summarize_pair(here, pair),
        date=here.short_date(due),
        distance=relative_day(due, site.today),
    )


def _list_facts(here: Here, person: Participant) -> list[tuple[str, str | Markup]]:
    """Short facts about the person, each with its name."""
    facts: list[tuple[str, str | Markup]] = []
    if person.languages:
        facts.append((_("Languages"), list_words(map(language_name, person.languages))))
    if person.time_zone:
        facts.append((_("Time zone"), person.time_zone))
    if person.interests:
        facts.append((_("Interests"), list_words(person.interests)))
    if person.github:
        profile = f"https://github.com/{person.github}"
        facts.append(("GitHub", here.external_link(person.github, profile)))
    if person.booking_url:
        facts.append((_("Meetings"), here.external_link(_("book one"), person.booking_url)))
    facts += [
        (_("Free on {day}").format(day=day), join_words(hours))
        for day, hours in _group_free_hours(person).items()
    ]
    if person.training:
        facts.append((_("Training done"), count_noun(len(person.training), "module")))
    return facts


def _group_free_hours(person: Participant) -> dict[str, list[str]]:
    """The hours at which somebody is free, under the name of each weekday."""
    by_day: dict[str, list[str]] = {}
    for hours in person.availability:
        by_day.setdefault(weekday_name(hours.day), []).append(
            _("{start} to {end}").format(start=hours.starts, end=hours.ends)
        )
    return by_day
