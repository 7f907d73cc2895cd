"""The questions of a survey that a person is asked, and their answers in a response."""

from collections.abc import Iterator

from peerloom import source
from peerloom.model import Item, Survey


def items_asked(survey: Survey, role: object, wave: object) -> Iterator[Item]:
    """Return the questions of a survey for a role and wave; without a role, those for all roles.

    Who is open to either role is asked the questions for all of them.
    """
    for item in survey.items:
        is_for_role = not item.roles or role in (None, "either", *item.roles)
        if is_for_role and (not item.waves or wave in item.waves):
            yield item


def answer_key(item: Item) -> str:
    """Return the dotted key of the answer to a question in a new response."""
    return f"waves.answers.{item.id}"


def parse_answer(item: Item, text: str) -> int | str:
    """Return an answer as a response has it: a number for a scale if it is one, else the text."""
    if item.kind != "scale":
        return text
    value = source.parse(text.strip().encode(errors="replace")).value
    return value if isinstance(value, int) and not isinstance(value, bool) else text
