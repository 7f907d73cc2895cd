"""The page of signals: each with its threshold, its source and the next step."""

from peerloom.pages.rendering import Here
from peerloom.signals.reference import signals_reference


def render_page(_: Here) -> str:
    """Every signal; the same in every program."""
    return signals_reference()
