"""The page of resources: what the program's people learn from, by skill."""

from peerloom.model import Resource
from peerloom.pages.rendering import Here

_NO_SKILL = "Of use to everybody"


def render_page(here: Here) -> str:
    """Resources under each skill they are for; those for no skill come last."""
    by_skill: dict[str, list[Resource]] = {}
    for resource in sorted(here.site.seen.resources.values(), key=lambda r: r.title.casefold()):
        for name in [here.skill_name(word) for word in resource.skills] or [_NO_SKILL]:
            by_skill.setdefault(name, []).append(resource)
    ordered = sorted(by_skill.items(), key=lambda item: (item[0] == _NO_SKILL, item[0].casefold()))
    return here.fill_template(skills=ordered)
