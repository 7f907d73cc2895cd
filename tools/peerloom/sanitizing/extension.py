"""The extension of Python-Markdown that cleans a page's HTML, after all other extensions.

Whichever engine runs and whichever other extensions are enabled, it sees the HTML that they made.
A page whose first line is the mark of this build is ours and stays as it is; every other page was
written by people and is cleaned.
"""

import math
import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from peerloom.sanitizing import page_marks
from peerloom.sanitizing.cleaning import clean_html
from peerloom.sanitizing.outside_links import show_hosts
from peerloom.sanitizing.snippets import SnippetGuard


class Alignment(Extension):
    """Aligns cells of tables by an attribute: the site's policy forbids styles."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's own name
        """Register the processor of tables as the last one."""
        md.treeprocessors.register(_AlignmentProcessor(), "peerloom-align", -math.inf)


class Sanitizing(Extension):
    """Cleans every page, except those that begin with the mark with this `token`."""

    def __init__(self, **settings: str) -> None:
        self.config = {"token": ["", "The token in the marks of this build's own pages."]}
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's own name
        """Register a processor of the page before all others, and one of its HTML after them."""
        md.registerExtension(self)
        self._token: str = self.getConfig("token")
        self._snippets = SnippetGuard(md)
        self.reset()
        Alignment().extendMarkdown(md)
        md.treeprocessors.register(_LastProcessor(self), "peerloom-last", -math.inf)
        md.preprocessors.register(_MarkProcessor(self), "peerloom-mark", math.inf)
        md.postprocessors.register(_CleaningProcessor(self), "peerloom-clean", -math.inf)

    def reset(self) -> None:
        """Start a page, which counts as written by people until its first line says otherwise."""
        self.is_ours = False
        self.is_whole = False
        self._snippets.reset()

    def take_mark_off(self, lines: list[str]) -> list[str]:
        """Return a page's lines without its mark, and remember what the mark says."""
        self._snippets.guard()  # only now are all extensions registered, in whatever order
        self.is_whole = False
        first = lines[0].rstrip("\r")
        self.is_ours = page_marks.is_own_mark(first, self._token)
        return lines[1:] if self.is_ours or page_marks.is_written_mark(first) else lines


class _MarkProcessor(Preprocessor):
    def __init__(self, extension: Sanitizing) -> None:
        super().__init__()
        self._extension = extension

    def run(self, lines: list[str]) -> list[str]:
        """Return the page's lines without its mark."""
        return self._extension.take_mark_off(lines)


_ALIGNED = re.compile(r"text-align: (left|center|right);")


class _AlignmentProcessor(Treeprocessor):
    def run(self, root: Element) -> None:
        """Replace the style that the extension for tables writes by an `align` attribute."""
        for cell in (*root.iter("th"), *root.iter("td")):
            if match := _ALIGNED.fullmatch(cell.get("style", "")):
                del cell.attrib["style"]
                cell.set("align", match[1])


class _LastProcessor(Treeprocessor):
    def __init__(self, extension: Sanitizing) -> None:
        super().__init__()
        self._extension = extension

    def run(self, _: Element) -> None:
        """Note that no part of the page is made by itself any more, such as a heading for a menu.

        Hosts are shown on the page alone: in a menu, or the address of a heading, they would be
        in the way.
        """
        self._extension.is_whole = True


class _CleaningProcessor(Postprocessor):
    def __init__(self, extension: Sanitizing) -> None:
        super().__init__()
        self._extension = extension

    def run(self, text: str) -> str:
        """Return the HTML of a page, or of a part such as a heading, clean if people wrote it."""
        if self._extension.is_ours:
            return text
        return show_hosts(clean_html(text)) if self._extension.is_whole else clean_html(text)
