"""What an attack is, and what it says of a run."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What many tries of one attack did.

    `tries` counts what was tried, `note` says in a few words what else happened (such as how
    many runs were killed), and `failures` describes each try that did harm, with what repeats it.
    """

    tries: int
    note: str = ""
    failures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """One way of trying to break the program.

    `run` takes how many tries to make and the seed they are drawn from. `command` is the make
    target that runs it; `few` is how many tries the ordinary tests make, enough to find the
    fault that the attack was written for.
    """

    name: str
    command: Literal["chaos", "fuzz"]
    run: Callable[[int, int], Outcome]
    few: int
