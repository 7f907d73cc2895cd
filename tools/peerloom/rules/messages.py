"""Parts of messages that several rules share, and what they ask before they complain."""

from collections.abc import Iterable

from peerloom.diagnostic import did_you_mean, quoted
from peerloom.kinds import KIND_BY_NAME
from peerloom.records import Program

# Above this number, comparing a word with every known one takes longer than all other checks.
_MAX_COMPARED = 2000


def have_records(program: Program, people: Iterable[str]) -> bool:
    """Whether each participant has a file. If one has none, `named-people-exist` reports that."""
    return all(program.exists(KIND_BY_NAME["participant"].path_for(id_)) for id_ in people)


def suggest_nearest(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return `did you mean 'x'?` for the known word that is most like `word`, else `otherwise`.

    Among very many known words, only those with the same first letter are compared.
    """
    words = list(known)
    if len(words) > _MAX_COMPARED:
        words = [other for other in words if other[:1] == word[:1]]
    return did_you_mean(word, words) or otherwise


def say_missing(what: str, id_: str, folder: str) -> str:
    """Return the message about a reference to a record that does not exist."""
    return f"{what} {quoted(id_)} must be in '{folder}'"
