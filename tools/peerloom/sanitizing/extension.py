"""The extension of Python-Markdown that cleans what a page became, last of all.

Whatever other extensions are enabled, and in whichever engine, it sees the HTML that they made.
A page whose first line is the mark of this build is ours and left as it is; every other page is
people's.
"""

import math
import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from peerloom.sanitizing import marks
from peerloom.sanitizing.cleaning import clean
from peerloom.sanitizing.including import Including


class Alignment(Extension):
    """Cells of tables say how they are aligned in a way that needs no style."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's own name
        """Looks at tables once everything else has."""
        md.treeprocessors.register(_Align(), "peerloom-align", -math.inf)


class Sanitizing(Extension):
    """Cleans every page but those that begin with the mark of `token`."""

    def __init__(self, **settings: str) -> None:
        self.config = {"token": ["", "What the marks of this build's own pages hold."]}
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's own name
        """Looks at a page before everything else does, and at its HTML after everything."""
        md.registerExtension(self)
        self._token: str = self.getConfig("token")
        self._including = Including(md)
        self.reset()
        Alignment().extendMarkdown(md)
        md.preprocessors.register(_Mark(self), "peerloom-mark", math.inf)
        md.postprocessors.register(_Clean(self), "peerloom-clean", -math.inf)

    def reset(self) -> None:
        """Begins a page: it is people's until its first line says otherwise."""
        self.is_ours = False
        self._including.reset()

    def without_mark(self, lines: list[str]) -> list[str]:
        """A page's lines without the mark, which is noted and of which nothing must be left."""
        self._including.hold()  # every extension has been added by now, in whatever order
        first = lines[0].rstrip("\r")
        self.is_ours = marks.is_ours(first, self._token)
        return lines[1:] if self.is_ours or marks.is_theirs(first) else lines


class _Mark(Preprocessor):
    def __init__(self, extension: Sanitizing) -> None:
        super().__init__()
        self._extension = extension

    def run(self, lines: list[str]) -> list[str]:
        """Takes the mark off and remembers what it said."""
        return self._extension.without_mark(lines)


_ALIGNED = re.compile(r"text-align: (left|center|right);")


class _Align(Treeprocessor):
    def run(self, root: Element) -> None:
        """`align` in the place of the style that the extension for tables writes."""
        for cell in (*root.iter("th"), *root.iter("td")):
            if match := _ALIGNED.fullmatch(cell.get("style", "")):
                del cell.attrib["style"]
                cell.set("align", match[1])


class _Clean(Postprocessor):
    def __init__(self, extension: Sanitizing) -> None:
        super().__init__()
        self._extension = extension

    def run(self, text: str) -> str:
        """The page, or a part of it such as a heading, without what must not be in it."""
        return text if self._extension.is_ours else clean(text)
