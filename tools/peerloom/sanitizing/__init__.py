"""What people's Markdown may become: judged where it is HTML, whatever it was written as.

As the name of an extension of Python-Markdown, `peerloom.sanitizing` cleans every page.
"""

from typing import Any

NAME = "peerloom.sanitizing"


def makeExtension(**settings: str) -> Any:  # noqa: N802 - Python-Markdown's own name
    """What Python-Markdown calls for an extension that it knows by name."""
    from peerloom.sanitizing.extension import Sanitizing  # noqa: PLC0415 - most commands need none

    return Sanitizing(**settings)
