"""What a page may take in where `mkdocs.yml` enables PyMdown's snippets: no record, and not much.

Snippets read any file below the folder in which the engine runs. A program's records lie there,
and a line in a page would put one into the site whole, for everybody, unescaped and unreviewed.
"""

from pathlib import Path
from typing import Any

from markdown import Markdown

MOST_INCLUDED = 100
_NAME = "snippet"


class Including:
    """Holds the snippets of one parser to what a site may show; counts them page by page."""

    def __init__(self, md: Markdown) -> None:
        self._md = md
        self._held: Any = None
        self.reset()

    def reset(self) -> None:
        """Begins a page."""
        self._left = MOST_INCLUDED

    def hold(self) -> None:
        """Has the parser's snippets, if it has any by now, ask here for every file."""
        if _NAME not in self._md.preprocessors:
            return
        snippets: Any = self._md.preprocessors[_NAME]
        if snippets is self._held:
            return
        self._held, find = snippets, snippets.get_snippet_path

        def find_open(path: str) -> Any:
            found = find(path)
            return found if found and self._may_have_one_more() and may_be_shown(found) else None

        snippets.get_snippet_path = find_open

    def _may_have_one_more(self) -> bool:
        """Files that include each other twice would make a page of any length."""
        self._left -= 1
        return self._left >= 0


def may_be_shown(file: str) -> bool:
    """Whether a page may take in a file: of a program's content only its pages, of Git nothing."""
    at = Path(file).resolve()
    for folder in at.parents:
        if (folder / "program.yml").is_file():
            return at.is_relative_to(folder / "pages")
    return ".git" not in at.parts
