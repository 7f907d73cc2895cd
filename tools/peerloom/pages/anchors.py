"""The anchors of pages as they are rendered."""

from datetime import date

from peerloom.model import Audience
from peerloom.pages import FRONT_MATTER, render_pages
from peerloom.records import Program
from peerloom.sanitizing.anchors import find_anchors


def read_anchors(
    program: Program, today: date, audience: Audience, paths: frozenset[str]
) -> dict[str, frozenset[str]]:
    """Return the anchors of some pages of an audience's site on a day, by the pages' paths.

    Paths of other files, such as pictures, are left out.
    """
    rendered = render_pages(program, today, audience, paths)
    return {
        path: find_anchors(FRONT_MATTER.sub("", text, count=1)) for path, text in rendered.items()
    }
