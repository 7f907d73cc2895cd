"""The first line of a page for an engine: whether people wrote the page, or it is ours.

Ours holds a token, new in every build, which nobody can know beforehand.
"""

import secrets

# It begins every page that people wrote, so that nothing below it is taken for front matter.
_THEIRS = "<!-- written by hand -->"


def new_token() -> str:
    """What the marks of one build hold."""
    return secrets.token_hex(16)


def marked(text: str, token: str | None) -> str:
    """A page's Markdown with its mark: as ours with a `token`, as people's without."""
    return f"{_THEIRS if token is None else _ours(token)}\n{text}"


def is_ours(line: str, token: str) -> bool:
    """Whether a page's first line is the mark of this build."""
    seen = line.encode("utf-8", "replace")
    return bool(token) and secrets.compare_digest(seen, _ours(token).encode())


def is_theirs(line: str) -> bool:
    """Whether a page's first line is the mark of a page that people wrote."""
    return line == _THEIRS


def _ours(token: str) -> str:
    return f"<!-- made by peerloom {token} -->"
