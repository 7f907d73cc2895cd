"""Reading when somebody is free, from one answer or from one for each day or slot of hours."""

from peerloom.intake.answer_notes import AnswerNotes
from peerloom.intake.fitting import is_tick
from peerloom.intake.values.answer import AnswerValue
from peerloom.intake.values.calendar_names import WEEKDAYS
from peerloom.intake.values.free_hours import read_days, read_free_hours, write_free_hours
from peerloom.model import FreeTime


def read_free_time(notes: AnswerNotes, languages: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the hours of the week that are free, as records hold them."""
    hours: set[FreeTime] = set()
    for option, text in notes.row.parts.get("availability", ()):
        answer = notes.row.replace_answer("availability", text)
        if answer:
            read = _read_hours_under(option, answer, languages)
            meaning = write_free_hours(read.value or ())
            hours.update(notes.take("availability", text, read, meaning=meaning) or ())
    ordered = sorted(hours, key=lambda free: (WEEKDAYS.index(free.day), free.starts, free.ends))
    return [{"day": free.day, "starts": free.starts, "ends": free.ends} for free in ordered]


def _read_hours_under(
    option: str, text: str, languages: tuple[str, ...]
) -> AnswerValue[list[FreeTime]]:
    """Return the hours in an answer under a day, under a slot of hours, or under neither."""
    days = read_days(option, languages).value or []
    if len(days) == 1:
        return read_free_hours(text, languages, days[0])
    named_days = read_days(text, languages).value
    if named_days and read_free_hours(f"Monday {option}", languages).value:
        return read_free_hours(f"{text} {option}", languages)
    if is_tick(text) and read_free_hours(option, languages).value:
        return read_free_hours(option, languages)
    return read_free_hours(text, languages)
