"""The list of training modules."""

from peerloom.pages.rendering import Here
from peerloom.site_map import sort_modules


def render_page(here: Here) -> str:
    """Every module in its order, with how long all of them take."""
    modules = sort_modules(here.site.seen)
    return here.fill_template(modules=modules, minutes=sum(module.minutes for module in modules))
