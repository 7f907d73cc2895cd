"""Which questions of a survey somebody is asked, and what their answers are."""

from collections.abc import Iterator

from peerloom import source
from peerloom.model import Item, Survey
from peerloom.rules.surveys import unfit

__all__ = ["asked", "key", "read", "unfit"]


def asked(survey: Survey, role: object, wave: object) -> Iterator[Item]:
    """The questions that a survey has for a role, or for all where none is known, in a wave."""
    for item in survey.items:
        is_for_role = not item.roles or role in (None, "either") or {role, "either"} & {*item.roles}
        if is_for_role and (not item.waves or wave in item.waves):
            yield item


def key(item: Item) -> str:
    """Under which key the answer to a question stands in a new response."""
    return f"waves.answers.{item.id}"


def read(item: Item, text: str) -> int | str:
    """An answer as it is kept: the number on a scale where it is one, else the text."""
    if item.kind != "scale":
        return text
    value = source.parse(text.strip().encode(errors="replace")).value
    return value if isinstance(value, int) and not isinstance(value, bool) else text
