"""Bytes of a record's file to its value, or to what is wrong with them."""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import msgspec

from peerloom import bounds, schema, source
from peerloom.bounded import TooLarge
from peerloom.diagnostic import Diagnostic
from peerloom.model import Audience
from peerloom.program.tree import Files, unreadable
from peerloom.source import Flaw, Keys, Place

# Below this many files, starting a second process costs more than it saves.
_WORTH_A_PROCESS = 2000


class File(NamedTuple):
    """A record's file: its path in the program, and the kind of record it holds."""

    path: str
    kind: str


def values(folder: Files, files: Sequence[File]) -> list[Any]:
    """The value of each file, in order; `None` where it has problems."""
    if len(files) < _WORTH_A_PROCESS or sys.platform != "linux" or _cores() < 2:
        return [_value(folder, file) for file in files]
    return _values_by_two(folder, files)


def _cores() -> int:
    return len(os.sched_getaffinity(0))


def _value(folder: Files, file: File) -> Any:
    try:
        data = folder.read(file.path)
    except OSError:
        return None
    return clean_value(file.kind, data)


def clean_value(kind: str, data: bytes) -> Any:
    """The value of a record without problems, else `None`."""
    if kind in ("training", "page"):
        head, body = source.front_matter(data)
        value = source.parse(head).value if head else {}
        if source.text_flaws(data) or (head and value is None) or bounds.flaws(body):
            return None
        if not schema.is_valid(kind, value):
            return None
        return {**value, "text": body.decode().replace("\r\n", "\n")}
    value = source.parse(data).value
    return value if value is not None and schema.is_valid(kind, value) else None


def _values_by_two(folder: Files, files: Sequence[File]) -> list[Any]:
    """Half of the files are read by a copy of this process, which ends without a trace."""
    half = len(files) // 2
    schema.is_valid("program", {})  # both halves need the validators ready
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(read_end)
            done = [_value(folder, file) for file in files[half:]]
            with os.fdopen(write_end, "wb") as pipe:
                pipe.write(msgspec.msgpack.encode(done))
        finally:
            os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as pipe:
        here = [_value(folder, file) for file in files[:half]]
        sent = pipe.read()
    os.waitpid(child, 0)
    if not sent:  # the copy was killed: do its work here
        return here + [_value(folder, file) for file in files[half:]]
    there: list[Any] = msgspec.msgpack.decode(sent)
    return here + there


def problems(folder: Files, file: File) -> Iterator[Diagnostic]:
    """Everything wrong with one file, by itself; nothing where it is clean."""
    try:
        data = folder.read(file.path)
    except TooLarge as error:
        yield _flawed(file, source.size_flaw(error.size))
    except OSError as error:
        yield unreadable(file.path, error)
    else:
        yield from data_problems(file, data)


def data_problems(file: File, data: bytes) -> Iterator[Diagnostic]:
    """Everything wrong with a file of these bytes."""
    is_prose = file.kind in ("training", "page")
    head, body = source.front_matter(data) if is_prose else (data, b"")
    flaws = source.text_flaws(data) if is_prose else ()
    value: Any = {}
    if is_prose and not flaws:
        yield from _beyond_bounds(file, data, body)
    if not is_prose or (head and not flaws):
        value, flaws = source.parse(head)
    for flaw in flaws:
        yield _flawed(file, flaw)
    if not flaws:
        found = source.places(head)
        for problem in schema.problems(file.kind, value):
            line, column = place(found, problem.keys, on_key=problem.on_key)
            yield Diagnostic(
                path=file.path,
                line=line,
                column=column,
                rule=problem.rule,
                message=problem.message,
                help=problem.help,
                audience=problem.audience,
                outline=problem.outline,
            )


def _beyond_bounds(file: File, data: bytes, body: bytes) -> Iterator[Diagnostic]:
    """What is too much of it to be rendered in good time, below its front matter."""
    before = data.count(b"\n") - body.count(b"\n")
    for flaw in bounds.flaws(body):
        yield replace(_flawed(file, flaw), line=flaw.line + before)


def _flawed(file: File, flaw: Flaw) -> Diagnostic:
    return Diagnostic(
        path=file.path,
        line=flaw.line,
        column=flaw.column,
        rule=flaw.rule,
        message=flaw.message,
        help=flaw.help,
        audience=flaw_audience(file.kind, flaw.rule),
        outline={**source.RULES, **bounds.RULES}[flaw.rule],
    )


def flaw_audience(kind: str, rule: str) -> Audience:
    """Who may read why a file cannot be read: where it quotes, nobody knows which field's."""
    quotes = rule not in (*source.QUOTE_NOTHING, *bounds.RULES)
    return schema.innermost_audience(kind, ()) if quotes else "public"


def place(found: dict[Keys, Place], keys: Keys, *, on_key: bool) -> tuple[int, int]:
    """Line and column of a value or its key, or of the nearest thing around it."""
    while keys and keys not in found:
        keys = keys[:-1]
    at = found.get(keys)
    if at is None:
        return 1, 1
    return at.key if on_key else at.value
