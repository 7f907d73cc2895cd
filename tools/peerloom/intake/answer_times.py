"""When each row of a sheet was answered, read from its column of timestamps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from peerloom.diagnostic import quoted
from peerloom.intake.read_form import Form
from peerloom.intake.result import ImportNote, ImportOptions
from peerloom.intake.sheet_rows import SheetRow
from peerloom.intake.values.date_order import find_date_order
from peerloom.intake.values.timestamps import read_timestamp
from peerloom.records import Program


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTimes:
    """The moment of each row by its number, as far as it can be read.

    `order` says whether days or months come first where that matters, and `guess` what was guessed
    about it.
    """

    moments: Mapping[int, datetime]
    order: str
    time_zone: str
    guess: str
    notes: tuple[ImportNote, ...]

    def day_of(self, row: SheetRow, zone: tzinfo) -> date | None:
        """Return the day in a time zone on which a row was answered, if it is known."""
        moment = self.moments.get(row.number)
        return moment.astimezone(zone).date() if moment else None


def read_answer_times(
    form: Form, rows: Sequence[SheetRow], program: Program, options: ImportOptions
) -> AnswerTimes:
    """Read the timestamps of a form; day and month come in the order that fits all of them."""
    record = form.known.record
    name = (record.time_zone if record else None) or program.settings.time_zone
    decided = options.date_order or form.known.date_order
    cells = [row["answered"] for row in rows if row["answered"]]
    decided_order = decided.replace("_", " ") if decided else None
    order = find_date_order(cells, decided_order, options.today)  # type: ignore[arg-type]
    moments: dict[int, datetime] = {}
    notes: list[ImportNote] = []
    for row in rows:
        if not row["answered"]:
            continue
        languages: Iterable[str] = program.settings.languages
        read = read_timestamp(row["answered"], order, ZoneInfo(name), languages)
        if read.value is not None:
            moments[row.number] = read.value
        elif read.message:
            notes.append(row.note("left_out", "answered", read.message))
    notes += _leave_out_future(rows, moments, options.today)
    header = rows[0].headers.get("answered", "") if rows else ""
    guess = ""
    is_open = order.certainty != "certain" and not decided
    if is_open and order.ambiguous:
        other = "day_first" if order.order == "month first" else "month_first"
        guess = f"dates in '{header}' are read with the {order.order} (--date-order {other})"
    is_numeric = bool(order.ambiguous) or order.order == "day first" or bool(decided)
    return AnswerTimes(
        moments=moments,
        order=order.order if cells and is_numeric else "",
        time_zone=name if moments else "",
        guess=guess,
        notes=tuple(notes),
    )


def _leave_out_future(
    rows: Sequence[SheetRow], moments: dict[int, datetime], today: date
) -> list[ImportNote]:
    """Take out moments that are still to come, which would be the newest answer for long.

    Where all are, it is the clock of this computer that is wrong, and their order is right.
    """
    # Somewhere on earth it may be the next day.
    latest = datetime.combine(today, time(), UTC) + timedelta(days=2)
    future = {number for number, moment in moments.items() if moment >= latest}
    if len(future) == len(moments):
        return []
    for number in future:
        del moments[number]
    return [
        row.note("left_out", "answered", f"{quoted(row['answered'])} is still to come")
        for row in rows
        if row.number in future
    ]
