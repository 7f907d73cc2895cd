"""Words that several rules share."""

from collections.abc import Iterable

from peerloom.diagnostic import did_you_mean, quoted
from peerloom.kinds import KIND_BY_NAME
from peerloom.records import Program

_MANY = 2000


def are_there(program: Program, people: Iterable[str]) -> bool:
    """Whether each participant has a file; where one has none, another rule says so."""
    return all(program.exists(KIND_BY_NAME["participant"].path_for(id_)) for id_ in people)


def nearest(word: str, known: Iterable[str], otherwise: str) -> str:
    """Which known word may be meant, else what to do."""
    words = list(known)
    if len(words) > _MANY:  # to compare with each would take longer than all other checks
        words = [other for other in words if other[:1] == word[:1]]
    return did_you_mean(word, words) or otherwise


def not_there(what: str, id_: str, folder: str) -> str:
    """That a reference leads nowhere."""
    return f"{what} {quoted(id_)} must be in '{folder}'"


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Where an offset of a text is; both count from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
