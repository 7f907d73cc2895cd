"""The mark in the first line of each page for an engine: who wrote the page, people or Peerloom.

The mark of Peerloom's own pages has a token, new in every build, that nobody can know beforehand.
"""

import secrets

# It begins every page that people wrote, so that no engine takes its text for front matter.
_WRITTEN_MARK = "<!-- written by hand -->"


def new_token() -> str:
    """Return the token for the marks of one build."""
    return secrets.token_hex(16)


def add_mark(text: str, token: str | None) -> str:
    """Return a page's Markdown with the mark of our own pages, or without a token, of people's."""
    return f"{_WRITTEN_MARK if token is None else _own_mark(token)}\n{text}"


def is_own_mark(line: str, token: str) -> bool:
    """Whether a page's first line is the mark of our own pages in this build."""
    seen = line.encode("utf-8", "replace")
    return bool(token) and secrets.compare_digest(seen, _own_mark(token).encode())


def is_written_mark(line: str) -> bool:
    """Whether a page's first line is the mark of a page that people wrote."""
    return line == _WRITTEN_MARK


def _own_mark(token: str) -> str:
    return f"<!-- made by peerloom {token} -->"
