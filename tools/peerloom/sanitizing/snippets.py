"""Limits what pages may include if `mkdocs.yml` enables PyMdown's snippets: few files, no records.

Snippets read any file below the folder in which the engine runs. The program's records are there:
one line in a page could put a whole record into the site, for everybody, unescaped and unreviewed.
"""

from pathlib import Path
from typing import Any

from markdown import Markdown

MAX_SNIPPETS = 100
_NAME = "snippet"


class SnippetGuard:
    """Limits the snippets of one Markdown parser to what a site may show, and counts them."""

    def __init__(self, md: Markdown) -> None:
        self._md = md
        self._guarded: Any = None
        self.reset()

    def reset(self) -> None:
        """Start counting for a new page."""
        self._left = MAX_SNIPPETS

    def guard(self) -> None:
        """Make the parser's snippets, if they are enabled by now, ask here for every file."""
        if _NAME not in self._md.preprocessors:
            return
        snippets: Any = self._md.preprocessors[_NAME]
        if snippets is self._guarded:
            return
        self._guarded, find = snippets, snippets.get_snippet_path

        def find_open(path: str) -> Any:
            found = find(path)
            return (
                found if found and self._may_include_one_more() and may_be_included(found) else None
            )

        snippets.get_snippet_path = find_open

    def _may_include_one_more(self) -> bool:
        """Count a file: without a limit, files that include each other would never end."""
        self._left -= 1
        return self._left >= 0


def may_be_included(file: str) -> bool:
    """Whether a page may include a file: of a program's content only pages, and nothing of Git."""
    path = Path(file).resolve()
    for folder in path.parents:
        if (folder / "program.yml").is_file():
            return path.is_relative_to(folder / "pages")
    return ".git" not in path.parts
