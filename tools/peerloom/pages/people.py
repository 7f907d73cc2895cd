"""The directory of participants, and the page of each."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from peerloom.model import Pair, Participant
from peerloom.pages import rendering
from peerloom.pages.dates import away
from peerloom.pages.pairs import card
from peerloom.pages.rendering import Here, Site
from peerloom.progress.pair_history import pair_history


def people_pages(site: Site) -> Iterator[tuple[str, str]]:
    """`people/index.md`, and a page for everybody the audience may see."""
    if site.makes("people/index.md"):
        yield "people/index.md", _directory(site)
    for person in site.seen.participants.values():
        path = f"people/{person.id}.md"
        if site.makes(path):
            yield path, _page(site, path, person)


def _by_name(people: Iterator[Participant]) -> list[Participant]:
    return sorted(people, key=lambda person: (person.name.casefold(), person.id))


def _directory(site: Site) -> str:
    people = _by_name(iter(site.seen.participants.values()))
    known = site.seen.skills
    rows = []
    for skill in sorted(site.seen.settings.skills, key=lambda s: s.name.casefold()):
        offered, wanted = (
            tuple(
                p.id
                for p in people
                if any(known.get(s.skill.casefold()) == skill.id for s in getattr(p, key))
            )
            for key in ("skills_offered", "skills_wanted")
        )
        if offered or wanted:
            rows.append((skill.name, offered, wanted))
    here = Here(site, "people/index.md")
    groups = [
        (title, [(p, _about(here, p, role)) for p in people if role in {m.role for m in p.cohorts}])
        for title, role in (
            ("Mentors", "mentor"),
            ("Mentees", "mentee"),
            ("Mentor or mentee, as it fits", "either"),
        )
    ]
    return rendering.page(
        site,
        "people/index.md",
        "people.md.j2",
        count=len(people),
        hidden=len(site.whole.participants) - len(people),
        skills=rows,
        groups=groups,
    )


# More than this of what somebody offers or wants stands on their own page.
_MOST_SKILLS = 5


def _about(here: Here, person: Participant, role: str) -> str:
    """Where somebody is, and in a line what they offer or want in a role."""
    offers = [here.skill(s.skill) for s in person.skills_offered] + [*person.also_offers]
    wants = [here.skill(s.skill) for s in person.skills_wanted] + [*person.also_wants]
    said = [person.region or ""]
    if offers and role != "mentee":
        said.append(f"offers {_few(offers)}")
    if wants and role != "mentor":
        said.append(f"wants to learn {_few(wants)}")
    return "; ".join(filter(None, said))


def _few(words: list[str]) -> str:
    more = len(words) - _MOST_SKILLS
    shown = words[:_MOST_SKILLS]
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


@dataclass(frozen=True, slots=True)
class _Part:
    role: str
    cohort: str
    name: str


def _page(site: Site, path: str, person: Participant) -> str:
    here = Here(site, path)
    cohorts = site.seen.cohorts
    return rendering.page(
        site,
        path,
        "person.md.j2",
        person=person,
        parts=[
            _Part(m.role, m.cohort, cohorts[m.cohort].name)
            for m in person.cohorts
            if m.cohort in cohorts
        ],
        waiting=[_line(here, pair, person) for pair in site.seen.pairs_with(person.id)],
        circles=site.seen.circles_with(person.id),
        facts=_facts(here, person),
    )


def _line(here: Here, pair: Pair, person: Participant) -> Markup:
    """A pair as one of the two sees it: where it is, and what they owe next."""
    site = here.site
    if site.audience == "public" or pair.status != "active":
        return card(here, pair)
    owed = [
        a
        for a in pair_history(site.seen, pair, site.today).owed_check_ins
        if a.participant in (person.id, None) and a.state in ("due", "upcoming")
    ]
    if not owed:
        return card(here, pair)
    due = owed[0].due
    return (
        card(here, pair)
        + Markup(" · check-in due ")
        + here.short(due)
        + Markup(", ")
        + away(due, site.today)
    )


def _facts(here: Here, person: Participant) -> list[tuple[str, str | Markup]]:
    facts: list[tuple[str, str | Markup]] = []
    if person.languages:
        facts.append(("Languages", ", ".join(person.languages)))
    if person.time_zone:
        facts.append(("Time zone", person.time_zone))
    if person.interests:
        facts.append(("Interests", ", ".join(person.interests)))
    if person.github:
        facts.append(("GitHub", here.away(person.github, f"https://github.com/{person.github}")))
    facts += [
        (f"Free on {hours.day}", f"{hours.starts} to {hours.ends}") for hours in person.availability
    ]
    if person.training:
        facts.append(("Training done", f"{len(person.training)} modules"))
    return facts
