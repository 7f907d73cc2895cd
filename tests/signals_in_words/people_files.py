"""The records of people in stories, what they and their pairs are called, and dates of days."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from signals_in_words.stories import Side, Story

Files = Iterator[tuple[str, dict[str, Any]]]
# Who proposes pairs and puts signals aside.
COORDINATOR = "noor"


class Dates:
    """The dates of a story's days."""

    def __init__(self, begins: date) -> None:
        self._begins = begins

    def __call__(self, day: int) -> date:
        return self._begins + timedelta(days=day)


def person_file(
    id_: str, story: Story, role: str, dates: Dates, **membership: Any
) -> tuple[str, dict[str, Any]]:
    """Return the file of a person in the story's cohort."""
    value: dict[str, Any] = {
        "id": id_,
        "name": id_.replace("-", " ").title(),
        "cohorts": [{"cohort": story.id, "role": role, **membership}],
        "consent": {"given_on": dates(story.calendar.starts - 9), "show": "members"},
    }
    breaks = story.pair.breaks if story.pair else ()
    if away := [each for each in breaks if id_ == name_person(story, each[0])]:
        value["breaks"] = [{"starts": dates(first), "ends": dates(last)} for _, first, last in away]
    return f"content/participants/{id_}.yml", value


def name_person(story: Story, side: Side, number: int = 1) -> str:
    """Return the id of a story's mentor, or of the mentee with that number."""
    return f"{story.id}-{side}" + (f"-{number}" if number > 1 and side == "mentee" else "")


def name_pair(story: Story, number: int = 1) -> str:
    """Return the id of a story's pair; the pair that the story is about is the first."""
    return f"{story.id}-pair" + ("" if number == 1 else f"-{number}")
