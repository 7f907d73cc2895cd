"""The page of resources: what the program's people learn from, by skill."""

from peerloom.model import Resource
from peerloom.pages.rendering import Here
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

_NO_SKILL = mark("Of use to everybody")


def render_page(here: Here) -> str:
    """Resources under each skill they are for; those for no skill come last."""
    by_skill: dict[str, list[Resource]] = {}
    for resource in sorted(here.site.seen.resources.values(), key=lambda r: r.title.casefold()):
        for name in [here.skill_name(word) for word in resource.skills] or [_NO_SKILL]:
            by_skill.setdefault(name, []).append(resource)
    ordered = sorted(by_skill.items(), key=lambda item: (item[0] == _NO_SKILL, item[0].casefold()))
    return here.fill_template(
        skills=[(_(name) if name == _NO_SKILL else name, listed) for name, listed in ordered]
    )
