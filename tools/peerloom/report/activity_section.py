"""What a report says about circles, events and training."""

from typing import Any

from peerloom.progress.figures import CohortFigures
from peerloom.report.suppression import FEWEST_PEOPLE, Suppression
from peerloom.text.translation import gettext as _


def show_gatherings(
    key: str, gathered: dict[str, Any], figures: CohortFigures, suppression: Suppression
) -> dict[str, Any]:
    """What is said of circles or events, with who came among the other figures."""
    attended = gathered.pop("attended")
    name = _("who came to circles") if key == "circles" else _("who came to events")
    came, people = attended["people"], figures.roles.people
    # Where nobody came, or nobody was noted, there is nobody whom it could tell of.
    parts = (came, people - came) if came else ()
    shown = {
        which: suppression.show(f"{key}.{which}", name, value, people or FEWEST_PEOPLE, parts)
        for which, value in attended.items()
    }
    return {**gathered, **shown}


def show_training(figures: CohortFigures, suppression: Suppression) -> dict[str, Any]:
    """How many people are asked to train, and how many modules they were asked to do and did."""
    training = figures.training
    done: int | None = 0
    if training.asked:
        parts = (training.finished, training.unfinished)
        name = _("training done")
        done = suppression.show("training.done", name, training.done, training.people, parts)
    return {"people": training.people, "asked": training.asked, "done": done}
