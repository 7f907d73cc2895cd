"""Reads the files of records: the value of each, or the diagnostics of what is wrong with it."""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from peerloom import bounds, schema, source
from peerloom.bounded_reading import FileTooLarge
from peerloom.diagnostic import Diagnostic
from peerloom.kinds import KIND_BY_NAME
from peerloom.model import Audience
from peerloom.program.tree import Files, unreadable_diagnostic
from peerloom.source import Flaw, Keys, ValuePlace

# Below this many files, starting a second process costs more than it saves.
_FILES_WORTH_A_PROCESS = 2000


class File(NamedTuple):
    """A record's file: its path in the program, and the kind of record it holds."""

    path: str
    kind: str


def read_values(folder: Files, files: Sequence[File]) -> list[Any]:
    """Return the value of each file, in order, or None for a file with problems."""
    if len(files) < _FILES_WORTH_A_PROCESS or not _can_fork():
        return [_read_value(folder, file) for file in files]
    return _read_values_in_two_processes(folder, files)


def _can_fork() -> bool:
    """Whether a forked copy of this process is safe, and has a core to run on.

    A copy has only the thread that forks, so a lock that another thread holds is never released
    in it. Libraries such as NumPy start threads when they are imported.
    """
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2:
        return False
    return len(list(Path("/proc/self/task").iterdir())) == 1


def _read_value(folder: Files, file: File) -> Any:
    try:
        data = folder.read(file.path)
    except OSError:
        return None
    return clean_value(file.kind, data)


def clean_value(kind: str, data: bytes) -> Any:
    """Return the value of a record's file, or None if it has problems."""
    if KIND_BY_NAME[kind].is_markdown:
        head, body = source.front_matter(data)
        value = source.parse(head).value if head else {}
        if source.text_flaws(data) or (head and value is None) or bounds.find_elaborate_parts(body):
            return None
        if not schema.is_valid(kind, value):
            return None
        return {**value, "text": body.decode().replace("\r\n", "\n")}
    value = schema.leave_out_unwritten_lists(kind, source.parse(data).value)
    return value if value is not None and schema.is_valid(kind, value) else None


def _read_values_in_two_processes(folder: Files, files: Sequence[File]) -> list[Any]:
    """Return the values of files, of which a forked copy of this process reads the second half.

    Parsing is bound by the CPU and holds the interpreter's lock, so that threads would not help.
    """
    half = len(files) // 2
    schema.is_valid("program", {})  # both halves need the validators ready
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(read_end)
            second_half = [_read_value(folder, file) for file in files[half:]]
            with os.fdopen(write_end, "wb") as pipe:
                pipe.write(msgspec.msgpack.encode(second_half))
        finally:
            os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as pipe:
        first_half = [_read_value(folder, file) for file in files[:half]]
        data = pipe.read()
    os.waitpid(child, 0)
    if not data:  # the copy was killed: do its work here
        return first_half + [_read_value(folder, file) for file in files[half:]]
    rest: list[Any] = msgspec.msgpack.decode(data)
    return first_half + rest


def find_file_problems(
    folder: Files, file: File, questions: schema.Questions = ()
) -> Iterator[Diagnostic]:
    """Yield all diagnostics of one file, also of its answers to the program's `questions`."""
    try:
        data = folder.read(file.path)
    except FileTooLarge as error:
        yield _flaw_diagnostic(file, source.size_flaw(error.size))
    except OSError as error:
        yield unreadable_diagnostic(file.path, error)
    else:
        yield from find_data_problems(file, data, questions)


def find_data_problems(
    file: File, data: bytes, questions: schema.Questions = ()
) -> Iterator[Diagnostic]:
    """Yield all diagnostics of a file with the content `data`, as `find_file_problems` does."""
    is_markdown = KIND_BY_NAME[file.kind].is_markdown
    head, body = source.front_matter(data) if is_markdown else (data, b"")
    flaws = source.text_flaws(data) if is_markdown else ()
    value: Any = {}
    if is_markdown and not flaws:
        yield from _bound_diagnostics(file, data, body)
    if not is_markdown or (head and not flaws):
        parsed, flaws = source.parse(head)
        value = schema.leave_out_unwritten_lists(file.kind, parsed)
    for flaw in flaws:
        yield _flaw_diagnostic(file, flaw)
    if not flaws:
        found = source.locate_values(head)
        for problem in schema.find_problems(file.kind, value, questions):
            line, column = nearest_place(found, problem.keys, on_key=problem.on_key)
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


def _bound_diagnostics(file: File, data: bytes, body: bytes) -> Iterator[Diagnostic]:
    """Yield diagnostics of the text below the front matter that would take too long to render."""
    before = data.count(b"\n") - body.count(b"\n")
    for flaw in bounds.find_elaborate_parts(body):
        yield replace(_flaw_diagnostic(file, flaw), line=flaw.line + before)


def _flaw_diagnostic(file: File, flaw: Flaw) -> Diagnostic:
    return Diagnostic(
        path=file.path,
        line=flaw.line,
        column=flaw.column,
        rule=flaw.rule,
        message=flaw.message,
        help=flaw.help,
        audience=flaw_audience(file.kind, flaw.rule),
        outline={**source.YAML_RULES, **bounds.PAGE_RULES}[flaw.rule],
    )


def flaw_audience(kind: str, rule: str) -> Audience:
    """Return who may read the message of a flaw.

    A message that quotes the file may quote any field, because a file with a flaw has no keys yet.
    """
    quotes = rule not in (*source.RULES_QUOTING_NOTHING, *bounds.PAGE_RULES)
    return schema.innermost_audience(kind, ()) if quotes else "public"


def nearest_place(found: dict[Keys, ValuePlace], keys: Keys, *, on_key: bool) -> tuple[int, int]:
    """Return the line and column of a value or its key, else of the innermost group around it."""
    while keys and keys not in found:
        keys = keys[:-1]
    nearest = found.get(keys)
    if nearest is None:
        return 1, 1
    return nearest.key if on_key else nearest.value
