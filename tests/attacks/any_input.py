"""Anything at all as a record, a page or a sheet: it is read, checked, shown, and breaks nothing.

Ten inputs at a time go into the program of this repository: six records spoiled in their bytes,
lines, words or structure, two hostile or spoiled pages, two sheets. In the fields of all other
records that are not for everybody there are planted words. Found are tracebacks, inputs that take
too long, planted words where their audience is not, and whatever else must not be: a finding
without a place, something alive in a page, a record of an import that cannot be read.
"""

import os
import signal
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from attacks.attack import Attack, Outcome
from attacks.hostile_pages import EXTENSIONS, alive, hostile, make_parser
from attacks.spoiled_sheets import MAIL_MARK, make_spoiled_sheet
from mutation import spoil_text
from peerloom import schema, source
from peerloom.audience import includes, redact_for_output, repository_readers
from peerloom.diagnostic import Diagnostic, diagnostics_as_github
from peerloom.intake.import_sheet import import_people
from peerloom.intake.result import ImportOptions
from peerloom.kinds import kind_of_path
from peerloom.model import AUDIENCES, Audience
from peerloom.pages import render_pages
from peerloom.program import check, load
from peerloom.records import Program
from peerloom.sanitizing.page_marks import add_mark
from random_sheets.program import make_program
from spoiled_program import (
    Files,
    Shipped,
    copy_shipped_program,
    list_unplaced,
    list_unprintable,
)

TODAY = date(2026, 11, 24)
_RECORDS, _PAGES, _SHEETS = 6, 2, 2
_AT_ONCE = _RECORDS + _PAGES + _SHEETS
# A site takes as long to make as five checks.
_SHOWN_EVERY = 7
# Of processor time, for ten inputs: other work on the computer does not count.
_MOST_SECONDS = 20
_ROUNDS_OF_A_WORKER = 100
_WORDS: dict[Audience, str] = {"members": "zqmemberszq", "coordinators": "zqcoordinatorszq"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where inputs are put: the program with planted words, and one that sheets are read into."""

    shipped: Shipped
    planted: Shipped
    sheet_root: Path
    sheet_program: Program


def try_inputs(tries: int, seed: int) -> Outcome:
    """Reads at least as many inputs as `tries`, in processes side by side if there are many."""
    rounds = -(-tries // _AT_ONCE)
    starts = range(0, rounds, _ROUNDS_OF_A_WORKER)
    slices = [range(start, min(start + _ROUNDS_OF_A_WORKER, rounds)) for start in starts]
    if len(slices) == 1:
        faults = _run_rounds(slices[0], seed)
    else:
        with ProcessPoolExecutor(os.cpu_count()) as workers:
            found = workers.map(_run_rounds_apart, slices, [seed] * len(slices))
            faults = [fault for each in found for fault in each]
    counts = Counter(fault.partition(":")[0] for fault in faults)
    note = (
        f"{rounds * _RECORDS:,} records, {rounds * _PAGES:,} pages, {rounds * _SHEETS:,} sheets; "
        f"{counts['traceback']} tracebacks, {counts['time-out']} time-outs, "
        f"{counts['planted word']} planted words out of place"
    )
    return Outcome(tries=rounds * _AT_ONCE, note=note, failures=tuple(faults))


def _run_rounds_apart(numbers: range, seed: int) -> list[str]:
    with tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        return _run_rounds(numbers, seed)


def _run_rounds(numbers: range, seed: int) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        place = _make_place(Path(folder))
        return [
            f"{fault} (round {number} of seed {seed})"
            for number in numbers
            for fault in _find_faults(place, number, seed)
        ]


def _make_place(folder: Path) -> _Place:
    shipped = copy_shipped_program(folder / "spoiled")
    files = {path: _plant_words(path, data) for path, data in shipped.files.items()}
    planted = replace(shipped, files=files)
    planted.write(files)
    assert not [d for d in check(planted.root, TODAY).diagnostics if d.severity == "error"]
    sheet_root = folder / "sheets"
    return _Place(
        shipped=shipped,
        planted=planted,
        sheet_root=sheet_root,
        sheet_program=make_program(sheet_root),
    )


def _plant_words(path: str, data: bytes) -> bytes:
    """A record with its audience's word after each text that is not for everybody."""
    kind = kind_of_path(path)
    if kind is None or not path.endswith(".yml"):
        return data
    value = source.parse(data).value
    return source.dump(_planted(value, schema.load_schema(kind), "public")).encode()


def _planted(value: Any, node: dict[str, Any], audience: Audience) -> Any:
    audience = max(audience, node.get("x-audience", audience), key=AUDIENCES.index)
    if isinstance(value, dict):
        below = node.get("properties", {})
        return {key: _planted(each, below.get(key, {}), audience) for key, each in value.items()}
    if isinstance(value, list):
        return [_planted(each, node.get("items", {}), audience) for each in value]
    is_free = node.get("type") == "string" and not node.keys() & {"enum", "pattern", "format"}
    if isinstance(value, str) and is_free and audience in _WORDS:
        return f"{value} {_WORDS[audience]}"
    return value


def _find_faults(place: _Place, number: int, seed: int) -> Iterator[str]:
    """Yield what goes wrong in a round, each beginning with what kind of fault it is."""
    chance = Random(f"{seed}/{number}")
    records = place.shipped.spoil_records(chance.randrange(1 << 40), _RECORDS)
    pages = {f"content/pages/zq-{n}.md": _make_page(place, chance) for n in range(_PAGES)}
    yield from _try_files(place.planted, records | pages, tuple(pages), number)
    for _ in range(_SHEETS):
        yield from _try_sheet(place, chance)


def _make_page(place: _Place, chance: Random) -> bytes:
    if chance.random() < 0.7:
        return hostile(chance).encode("utf-8", "replace")
    written = [path for path in place.shipped.files if path.startswith("content/pages/")]
    return spoil_text(place.shipped.files[chance.choice(written)], chance)


def _try_files(planted: Shipped, files: Files, pages: tuple[str, ...], number: int) -> list[str]:
    planted.write(files)
    try:
        with _limited_time():
            found = check(planted.root, TODAY).diagnostics
            program = load(planted.root).program
            return [
                *(f"finding: {wrong}" for d in found for wrong in list_unplaced(planted.root, d)),
                *(f"finding: {wrong}" for wrong in list_unprintable(found)),
                *_find_words_in_log(found, program),
                *(_find_words_on_pages(program, number) if number % _SHOWN_EVERY == 0 else ()),
                *_find_living_pages(files, pages, found, number),
            ]
    except Exception:  # noqa: BLE001 - whatever it is, it is what this looks for
        return [_name_exception()]
    finally:
        planted.restore(files)


def _find_words_in_log(found: tuple[Diagnostic, ...], program: Program) -> Iterator[str]:
    printed = diagnostics_as_github(tuple(redact_for_output(found, program, is_log=True)))
    for audience, word in _WORDS.items():
        if word in printed and not includes(repository_readers(program), audience):
            yield f"planted word: {word} in a log"


def _find_words_on_pages(program: Program, number: int) -> Iterator[str]:
    readers = AUDIENCES[number // _SHOWN_EVERY % len(AUDIENCES)]
    for path, text in render_pages(program, TODAY, readers).items():
        for audience, word in _WORDS.items():
            if word in text and not includes(readers, audience):
                yield f"planted word: {word} on {path} for {readers}"


def _find_living_pages(
    files: Files, pages: tuple[str, ...], found: tuple[Diagnostic, ...], number: int
) -> Iterator[str]:
    """Yield what would act in a page; one with an error is in no site."""
    refused = {d.path for d in found if d.severity == "error"}
    parser = make_parser(EXTENSIONS[number % len(EXTENSIONS)])
    for path in pages:
        if path not in refused:
            html = parser.reset().convert(add_mark(files[path].decode("utf-8", "replace"), None))
            yield from (f"alive: {part} in {files[path]!r}" for part in alive(html))


def _try_sheet(place: _Place, chance: Random) -> Iterator[str]:
    data, has_marks = make_spoiled_sheet(chance)
    options = ImportOptions(
        cohort="spring", today=date(2027, 3, 15), accepts_guesses=chance.random() < 0.5
    )
    try:
        with _limited_time():
            result = import_people(data, place.sheet_root, place.sheet_program, options)
    except Exception:  # noqa: BLE001 - whatever it is, it is what this looks for
        yield f"{_name_exception()} for a sheet {data[:300]!r}"
        return
    for path, text in result.changes.items():
        if has_marks and MAIL_MARK in text + path:
            yield f"planted word: a mail address in {path} for a sheet {data[:300]!r}"
    if not result.changes and not result.notes and not result.reading:
        yield f"silence: nothing is said about a sheet {data[:300]!r}"


def _name_exception() -> str:
    """The exception that is handled, as the kind of fault and its traceback."""
    text = traceback.format_exc()
    return f"time-out: {text}" if "_TookTooLong" in text else f"traceback: {text}"


class _TookTooLong(Exception):  # noqa: N818 - it reads as the sentence it is
    """Raised by the timer."""


@contextmanager
def _limited_time() -> Iterator[None]:
    """Interrupt what takes more processor time than it may."""

    def interrupt(*_: object) -> None:
        raise _TookTooLong

    before = signal.signal(signal.SIGPROF, interrupt)
    signal.setitimer(signal.ITIMER_PROF, _MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


ATTACK = Attack(name="any-input", command="fuzz", run=try_inputs, few=40)
