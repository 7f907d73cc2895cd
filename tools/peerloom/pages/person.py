"""The page of a participant: pairs, circles, skills, and what else they tell about themselves."""

from dataclasses import dataclass

from markupsafe import Markup

from peerloom.model import Pair, Participant
from peerloom.pages.dates import away
from peerloom.pages.pair import summarize_pair
from peerloom.pages.rendering import Here
from peerloom.pages.wording import language_name, weekday_name
from peerloom.program_questions import questions_about, worded_answers
from peerloom.progress.pair_history import pair_history


@dataclass(frozen=True, slots=True)
class _RoleInCohort:
    role: str
    cohort: object
    name: str
    standing: str


def render_page(here: Here, person: Participant) -> str:
    """What a participant lets the audience see."""
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
        answers=worded_answers(
            questions_about(seen.settings.questions, "participant"), person.answers
        ),
    )


def _describe_pair(here: Here, pair: Pair, person: Participant) -> Markup:
    """A pair as one of its two people sees it: how it is, and which check-in they owe next."""
    site = here.site
    if site.audience == "public" or pair.status != "active":
        return summarize_pair(here, pair)
    owed = [
        a
        for a in pair_history(site.seen, pair, site.today).owed_check_ins
        if a.participant in (person.id, None) and a.state in ("due", "upcoming")
    ]
    if not owed:
        return summarize_pair(here, pair)
    due = owed[0].due
    return (
        summarize_pair(here, pair)
        + Markup(" · check-in due ")
        + here.short_date(due)
        + Markup(", ")
        + away(due, site.today)
    )


def _list_facts(here: Here, person: Participant) -> list[tuple[str, str | Markup]]:
    """What is told in few words, each fact with its name."""
    facts: list[tuple[str, str | Markup]] = []
    if person.languages:
        facts.append(("Languages", ", ".join(map(language_name, person.languages))))
    if person.time_zone:
        facts.append(("Time zone", person.time_zone))
    if person.interests:
        facts.append(("Interests", ", ".join(person.interests)))
    if person.github:
        profile = f"https://github.com/{person.github}"
        facts.append(("GitHub", here.external_link(person.github, profile)))
    facts += [
        (f"Free on {day}", " and ".join(hours)) for day, hours in _group_free_hours(person).items()
    ]
    if person.training:
        count = len(person.training)
        facts.append(("Training done", f"{count} module{'' if count == 1 else 's'}"))
    return facts


def _group_free_hours(person: Participant) -> dict[str, list[str]]:
    """The hours at which somebody is free, under the name of each weekday."""
    by_day: dict[str, list[str]] = {}
    for hours in person.availability:
        by_day.setdefault(weekday_name(hours.day), []).append(f"{hours.starts} to {hours.ends}")
    return by_day
