"""What a report says about calls for help, and about pairs that ended early."""

from typing import Any

from peerloom.progress.figures import CohortFigures
from peerloom.report.pairs_section import count_people
from peerloom.report.suppression import Suppression
from peerloom.text.translation import gettext as _


def show_support(figures: CohortFigures, suppression: Suppression) -> dict[str, Any]:
    """How many asked for help; how often, for coordinators alone: it is of the same answers."""
    name, people = _("support asked for"), figures.support.people
    asked = len({who for pair in figures.pairs for who in pair.asked})
    shown = suppression.show("support", name, people, asked, (people, asked - people))
    tells_all = suppression.is_free or not suppression.rules.once
    return {
        "asked": figures.support.asked if tells_all and shown is not None else None,
        "people": shown,
    }


def show_endings(figures: CohortFigures, suppression: Suppression) -> Any:
    """Why pairs ended early: all reasons or none, as a single one left out could be worked out.

    A reason that is the only one is that of each pair.
    """
    pairs = {reason: ending.pairs for reason, ending in figures.ended_early.items()}
    parts = [ending.people for ending in figures.ended_early.values()]
    people, second = count_people(figures.begun), sorted(parts)[-2:-1] or [0]
    others = people - sum(parts)
    name = _("why pairs ended early")
    return suppression.show("ended_early", name, pairs, people, (*parts, *second, others))
