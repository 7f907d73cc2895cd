"""A page as somebody wrote it, and the titles of pages."""

import html
import re
from pathlib import PurePosixPath

from peerloom import source
from peerloom.model import Page
from peerloom.pages.rendering import Here
from peerloom.text.escaping.markdown import escape_markdown

_HEADING = re.compile(
    r"^#(?!#)[ \t]*(.+)|^<h1[^<>]*>\s*(.+)|^(.+)\n=+[ \t]*$", re.MULTILINE | re.IGNORECASE
)


def render_page(_: Here, page: Page) -> str:
    """The page's own Markdown, in which no engine finds front matter that people wrote."""
    text = _add_heading(page.title, page.text)
    if "<" in html.unescape(text) or text.startswith("---"):
        return _add_front_matter(text, _plain_heading(text) or _title_from_path(page.path))
    return text


def add_safe_title(text: str) -> str:
    """A generated page, with a title for the theme if its heading has a `<` in it.

    A theme makes its title from the heading and resolves the references in it again, so that
    `&lt;script>` would become a script.
    """
    match = _HEADING.search(text)
    heading = html.unescape(match[1] or match[2] or match[3]) if match else ""
    return _add_front_matter(text, heading.replace("`", "")) if "<" in heading else text


def _add_heading(title: str | None, text: str) -> str:
    has_heading = text.lstrip().startswith("# ")
    return f"# {escape_markdown(title)}\n\n{text}" if title and not has_heading else text


def _plain_heading(text: str) -> str:
    """The first heading of a page without its markup; empty where there is none."""
    match = _HEADING.search(text)
    if match is None:
        return ""
    heading = re.sub(r"\s*\{[^{}]*\}\s*$", "", match[1] or match[2] or match[3])
    return re.sub(r"[`*]|</?[a-zA-Z][^<>]*>", "", html.unescape(heading)).strip()


def _title_from_path(path: str) -> str:
    """A title for a page without a heading: `guides/first-hour.md` is `First hour`."""
    place = PurePosixPath(path)
    stem = place.parent.name if place.stem == "index" else place.stem
    return (stem or "Home").replace("-", " ").replace("_", " ").capitalize()


def _add_front_matter(text: str, title: str) -> str:
    return f"---\n{source.dump({'title': escape_markdown(title)})}---\n\n{text}"
