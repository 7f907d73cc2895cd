"""The page of a training module."""

import re

from markupsafe import Markup

from peerloom.model import TrainingModule
from peerloom.pages.rendering import Here
from peerloom.site_map import sort_modules


def render_page(here: Here, module: TrainingModule) -> str:
    """A module's text, with what readers can do afterwards, what to read, and the next module."""
    seen = here.site.seen
    modules = sort_modules(seen)
    following = modules[modules.index(module) + 1 :]
    # The site cleans this text when an engine has made HTML of it. The template prints the
    # title, so a first heading is left out.
    text = re.sub(r"\A\s*# .*\n", "", module.text).strip()
    return here.fill_template(
        module=module,
        text=Markup(text),  # noqa: S704 - see above
        resources=[seen.resources[id_] for id_ in module.resources if id_ in seen.resources],
        next_module=following[0] if following else None,
    )
