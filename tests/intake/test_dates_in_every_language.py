"""Dates, times and days as the Unicode CLDR writes them in every language that Babel knows."""

from datetime import UTC, datetime

import pytest
from babel import Locale, localedata
from babel.dates import format_date, format_datetime

from peerloom.intake.values.calendar_names import WEEKDAYS
from peerloom.intake.values.date_order import find_date_order
from peerloom.intake.values.free_hours import read_free_hours
from peerloom.intake.values.timestamps import read_timestamp

LANGUAGES = sorted(name for name in localedata.locale_identifiers() if "_" not in name)
WIDESPREAD = (
    *(
        "ar",
        "bn",
        "ca",
        "cs",
        "da",
        "de",
        "el",
        "en",
        "es",
        "et",
        "fa",
        "fi",
        "fr",
        "he",
        "hi",
        "hr",
    ),
    *(
        "hu",
        "id",
        "it",
        "ja",
        "ko",
        "lt",
        "lv",
        "nb",
        "nl",
        "pl",
        "pt",
        "ro",
        "ru",
        "sk",
        "sl",
        "sr",
    ),
    *("sv", "sw", "ta", "tr", "uk", "zh"),
)
MOMENTS = [
    datetime(2027, month, day, hour, 5, 9, tzinfo=UTC)
    for month, day, hour in (
        (1, 5, 9),
        (2, 14, 21),
        (3, 3, 0),
        (5, 28, 12),
        (8, 9, 23),
        (12, 6, 13),
    )
]


def written_in(language):
    for style in ("long", "medium", "short"):
        yield [(m, format_datetime(m, style, locale=language)) for m in MOMENTS]
    for style in ("full", "long"):
        days = [m.replace(hour=0, minute=0, second=0) for m in MOMENTS]
        yield [(day, format_date(day, style, locale=language)) for day in days]


def read_column(column, language):
    order = find_date_order([text for _, text in column])
    for moment, text in column:
        read = read_timestamp(text, order, UTC, [language])
        yield text, read, moment.replace(second=0), read.value and read.value.replace(second=0)


@pytest.mark.parametrize("language", WIDESPREAD)
def test_every_date_of_a_widespread_language_is_read(language):
    for column in written_in(language):
        for text, read, moment, value in read_column(column, language):
            assert value == moment, (text, read.message)


def test_no_date_of_any_language_is_read_as_another():
    for language in LANGUAGES[::3]:
        for column in written_in(language):
            for text, read, moment, value in read_column(column, language):
                assert value in (None, moment), text
                assert value or read.message, text


@pytest.mark.parametrize("language", WIDESPREAD)
def test_the_days_of_a_widespread_language_are_read(language):
    names = Locale(language).days["format"]["wide"]
    for number, day in enumerate(WEEKDAYS):
        read = read_free_hours(f"{names[number]} 18:00-20:00", [language])
        assert [each.day for each in read.value or ()] == [day], names[number]
