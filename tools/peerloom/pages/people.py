"""The directory of participants: by skill, and by role."""

from collections.abc import Iterable

from peerloom.audience import count_hidden
from peerloom.model import Participant
from peerloom.pages.rendering import Here
from peerloom.text.numbers import whole_number
from peerloom.text.phrases import list_words
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

# The most skills on a person's line; their own page has all of them.
_MOST_SKILLS = 5
_ROLES = {
    mark("Mentors"): "mentor",
    mark("Mentees"): "mentee",
    mark("Mentor or mentee, whichever is needed"): "either",
}


def render_page(here: Here) -> str:
    """Everybody the audience may see, and how many others take part if they are not few."""
    seen = here.site.seen
    people = sorted(seen.participants.values(), key=lambda p: (p.name.casefold(), p.id))
    whole = here.site.whole
    taking_part = (person.id for person in whole.participants.values() if _takes_part(person))
    return here.fill_template(
        count=len(people),
        hidden=count_hidden(whole, taking_part, here.site.audience),
        skills=_group_by_skill(here, people),
        groups=[
            (_(title), [(p, _describe_person(here, p, role)) for p in people if _has_role(p, role)])
            for title, role in _ROLES.items()
        ],
    )


def _takes_part(person: Participant) -> bool:
    return any(membership.is_accepted for membership in person.cohorts)


def _has_role(person: Participant, role: str) -> bool:
    return any(membership.role == role for membership in person.cohorts)


def _group_by_skill(
    here: Here, people: Iterable[Participant]
) -> list[tuple[str, list[str], list[str]]]:
    """Each skill of the program with the ids of those who offer and who want it, by name."""
    seen = here.site.seen
    offered: dict[str | None, list[str]] = {}
    wanted: dict[str | None, list[str]] = {}
    for person in people:
        for skills, found in ((person.skills_offered, offered), (person.skills_wanted, wanted)):
            for id_ in dict.fromkeys(seen.skills.get(s.skill.casefold()) for s in skills):
                found.setdefault(id_, []).append(person.id)
    return [
        (skill.name, offered.get(skill.id, []), wanted.get(skill.id, []))
        for skill in sorted(seen.settings.skills, key=lambda s: s.name.casefold())
        if skill.id in offered or skill.id in wanted
    ]


def _describe_person(here: Here, person: Participant, role: str) -> str:
    """In one line, where somebody is, and what they offer or want in a role."""
    offers = [here.skill_name(s.skill) for s in person.skills_offered] + [*person.also_offers]
    wants = [here.skill_name(s.skill) for s in person.skills_wanted] + [*person.also_wants]
    facts = [person.region or ""]
    if offers and role != "mentee":
        facts.append(_("offers {skills}").format(skills=_list_first(offers)))
    if wants and role != "mentor":
        facts.append(_("wants to learn {skills}").format(skills=_list_first(wants)))
    return "; ".join(filter(None, facts))


def _list_first(skills: list[str]) -> str:
    listed = list_words(skills[:_MOST_SKILLS])
    more = len(skills) - _MOST_SKILLS
    if more <= 0:
        return listed
    return _("{skills} and {number} more").format(skills=listed, number=whole_number(more))
