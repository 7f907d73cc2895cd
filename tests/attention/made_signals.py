"""Signals that are made up, to see what becomes of them."""

from dataclasses import replace
from datetime import date
from typing import Any

from peerloom.signals import Signal


def make_signal(id_: str, urgency: int, pair: str | None, day: date, **changes: Any) -> Signal:
    """A signal of the cohort `spring` that began on a day and was said then."""
    made = Signal(
        id=id_,
        urgency=urgency,
        cohort="spring",
        pair=pair,
        people=(),
        since=day,
        said_on=day,
        why=f"the reason {id_}",
        next_step=f"do {id_}",
    )
    return replace(made, **changes)
