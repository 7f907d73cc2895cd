"""Training modules and resources."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from markupsafe import Markup

from peerloom.model import Resource, TrainingModule
from peerloom.pages import rendering
from peerloom.pages.rendering import Here, Site

_NO_SKILL = "Of use to everybody"


def library_pages(site: Site) -> Iterator[tuple[str, str]]:
    """`resources.md`, `training/index.md` and the training modules."""
    if site.makes("resources.md"):
        yield "resources.md", _resources(site)
    modules = sorted(
        site.seen.training.values(), key=lambda m: (m.order is None, m.order or 0, m.id)
    )
    total = sum(module.minutes for module in modules)
    path = "training/index.md"
    if site.makes(path):
        yield path, rendering.page(site, path, "training.md.j2", modules=modules, minutes=total)
    for module, after in zip_longest(modules, modules[1:]):
        if site.makes(f"training/{module.id}.md"):
            yield f"training/{module.id}.md", _module(site, module, after)


def _resources(site: Site) -> str:
    here = Here(site, "resources.md")
    by_skill: dict[str, list[Resource]] = {}
    for resource in sorted(site.seen.resources.values(), key=lambda r: r.title.casefold()):
        for name in [here.skill(word) for word in resource.skills] or [_NO_SKILL]:
            by_skill.setdefault(name, []).append(resource)
    ordered = sorted(by_skill.items(), key=lambda item: (item[0] == _NO_SKILL, item[0].casefold()))
    return rendering.page(site, here.path, "resources.md.j2", skills=ordered)


def _module(site: Site, module: TrainingModule, after: TrainingModule | None) -> str:
    # The program's own text, checked to run nothing; its first heading is the title above.
    text = re.sub(r"\A\s*# .*\n", "", module.text).strip()
    known = site.seen.resources
    return rendering.page(
        site,
        f"training/{module.id}.md",
        "module.md.j2",
        module=module,
        text=Markup(text),  # noqa: S704 - see above
        resources=[known[id_] for id_ in module.resources if id_ in known],
        after=after,
    )
