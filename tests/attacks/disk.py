"""Commands run in a child whose every change to the disk can be its last, or can fail."""

import errno
import io
import os
import resource
import sys
import traceback
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peerloom.cli import main

# What changes the disk, by the names that modules call it by.
_CHANGES = (
    *("open", "write", "replace", "rename", "unlink", "remove", "mkdir", "rmdir", "link"),
    *("fsync", "sync", "chmod", "fchmod", "utime"),
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
KILLED = 137

# Called before each change with its number, from 0, and its name; it may end or fail the run.
Before = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended, all that it printed, and how many changes to the disk it made."""

    code: int
    said: str
    changes: int


def run(
    arguments: list[str], cache: Path, before: Before, limits: Mapping[int, int] | None = None
) -> Ended:
    """Runs `peerloom` in a copy of this process, under limits of the system where there are any."""
    from_child, to_parent = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # no thread of ours is needed there
        child = os.fork()
    if child == 0:
        os.close(from_child)
        try:
            _run_here(arguments, cache, before, to_parent, limits or {})
        finally:
            os._exit(71)
    os.close(to_parent)
    with os.fdopen(from_child, "rb") as pipe:
        told = pipe.read().decode("utf-8", "replace")
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    number, _, said = told.partition("\n")
    return Ended(code, said, int(number or 0))


def _run_here(
    arguments: list[str], cache: Path, before: Before, pipe: int, limits: Mapping[int, int]
) -> None:
    write, leave = os.write, os._exit
    os.environ["XDG_CACHE_HOME"] = str(cache)
    printed = io.StringIO()
    sys.stdout = sys.stderr = printed
    sys.stdin = io.StringIO()
    sys.argv = ["peerloom", *arguments]
    counted = _intercept(before)
    code = 0
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, resource.getrlimit(limit)[1]))
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001 - it is what is looked for
        code = 70
        traceback.print_exc(file=printed)
    text = f"{counted[0]}\n{printed.getvalue()}".encode()
    while text:
        text = text[write(pipe, text) :]
    leave(code)


def _intercept(before: Before) -> list[int]:
    """Puts `before` ahead of every change to the disk; gives the number of changes so far."""
    counted = [0]

    def in_front(name: str, change: Callable[..., Any]) -> Callable[..., Any]:
        def changed(*arguments: Any, **named: Any) -> Any:
            if name == "open" and not _changes(arguments, named):
                return change(*arguments, **named)
            number = counted[0]
            counted[0] += 1
            try:
                before(number, name)
            except BaseException:
                if name == "write":  # what is interrupted is half there
                    change(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
                raise
            return change(*arguments, **named)

        return changed

    for name in _CHANGES:
        if hasattr(os, name):
            setattr(os, name, in_front(name, getattr(os, name)))
    return counted


def _changes(arguments: tuple[Any, ...], named: Mapping[str, Any]) -> bool:
    flags = named.get("flags", arguments[1] if len(arguments) > 1 else 0)
    return bool(flags & _WRITES)


def undisturbed(number: int, name: str) -> None:
    """Lets every change be."""


class _Now(BaseException):
    """The run is killed here."""


def killed_at(dies_at: int) -> Before:
    """Ends the process before a change, without a word; a text being written is half there."""
    leave = os._exit

    def before(number: int, name: str) -> None:
        if number == dies_at and name != "write":
            leave(KILLED)
        if number == dies_at:
            raise _Now
        if number > dies_at:
            leave(KILLED)

    return before


def failing_at(
    fails_at: int, code: int, names: frozenset[str], *, is_lasting: bool, says_file: bool = False
) -> Before:
    """Fails the changes of some names with an error of the system: one of them, or all from it."""

    def before(number: int, name: str) -> None:
        if name in names and (number >= fails_at if is_lasting else number == fails_at):
            raise OSError(code, os.strerror(code), *(["x"] if says_file else []))

    return before


# What cannot be done on a full disk: what is there can still be moved and deleted.
GROWING = frozenset({"open", "write", "mkdir"})
ANY = frozenset(_CHANGES) - {"utime"}
FULL = (errno.ENOSPC, errno.EDQUOT)
