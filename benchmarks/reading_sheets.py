"""How long a large workbook takes to read, in multiples of what openpyxl takes to load it whole."""

import io
import resource
from collections.abc import Callable, Iterator
from typing import Any

from peerloom.intake.file_type import read_grid

_ROWS, _COLUMNS = 5000, 200
# The reader may take this much of openpyxl's own full load.
_MOST = 1.5


def report() -> Iterator[str]:
    """Read a workbook of 5,000 rows and 200 columns, and load it with openpyxl."""
    data = _write_workbook()
    ours = _cpu_seconds(lambda: read_grid(data))
    theirs = _cpu_seconds(lambda: _load_whole(data))
    yield (
        f"a workbook of {_ROWS:,} x {_COLUMNS} cells: {ours:.1f} s, "
        f"{ours / theirs:.2f} of openpyxl's full load of {theirs:.1f} s (at most {_MOST})"
    )


def _write_workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("Responses")
    sheet.append([f"Question {column}" for column in range(_COLUMNS)])
    for row in range(_ROWS):
        sheet.append([f"answer {row} of {column}" for column in range(_COLUMNS)])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _load_whole(data: bytes) -> None:
    from openpyxl import load_workbook

    load_workbook(io.BytesIO(data))


def _cpu_seconds(run: Callable[[], object]) -> float:
    """Return the processor's seconds that a call takes, whatever else runs beside it."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    run()
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime - before
