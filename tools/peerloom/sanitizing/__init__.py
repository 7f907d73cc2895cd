"""Sanitizing of what people write in Markdown, applied to the HTML that it becomes.

`peerloom.sanitizing` is also the name of an extension of Python-Markdown, which cleans every page.
"""

from typing import Any

NAME = "peerloom.sanitizing"


def makeExtension(**settings: str) -> Any:  # noqa: N802 - Python-Markdown's own name
    """Return the extension; Python-Markdown calls this for an extension named in a setting."""
    from peerloom.sanitizing.extension import Sanitizing  # noqa: PLC0415 - most commands need none

    return Sanitizing(**settings)
