"""Days and times of answers, in a column whose order of day and month is found out first."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from peerloom.intake.values.date_order import DateOrder, find_date_order
from peerloom.intake.values.timestamps import (
    read_day,
    read_single_day,
    read_timestamp,
)

MONTH_FIRST = DateOrder(order="month first")
MORNING = datetime(2027, 1, 5, 9, 12, 44, tzinfo=UTC)
EVENING = datetime(2027, 1, 5, 21, 12, 44, tzinfo=UTC)
MIDNIGHT = datetime(2027, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("texts", "order", "certainty"),
    [
        (["1/5/2027", "1/14/2027"], "month first", "certain"),
        (["14/1/2027", "1/2/2027"], "day first", "certain"),
        (["05.01.2027", "04.03.2027"], "day first", "certain"),
        (["2027-01-05"], "month first", "certain"),
        (["3/3/2027"], "month first", "certain"),
        (["1/2/2027", "2/2/2027"], "day first", "guess"),
        (["3/4/2027", "5/4/2027"], "day first", "certain"),
        (["3/2/2027", "4/2/2027"], "day first", "guess"),
        (["14/1/2027", "1/14/2027", "1/2/2027"], "month first", "contradicting"),
        (["12/01/2027 09:00:00", "12/01/2027 09:10:00"], "day first", "certain"),
        ([], "month first", "certain"),
    ],
)
def test_the_order_of_day_and_month_is_the_columns(texts, order, certainty):
    found = find_date_order(texts, today=date(2027, 4, 20))
    assert (found.order, found.certainty) == (order, certainty)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        *((text, MORNING) for text in ("1/5/2027 9:12:44", "01/05/2027 09:12:44 AM")),
        *((text, MORNING) for text in ("05.01.2027 09:12:44", "5.1.2027, 9.12.44")),
        *((text, MORNING) for text in ("2027-01-05T09:12:44Z", "2027-01-05 09:12:44.123")),
        *((text, MORNING) for text in ("20270105T091244", "2027/01/05 9:12:44 a.m.")),
        *((text, MORNING) for text in ("2027-01-05 10:12:44+01:00", "5 Jan 2027 9:12:44 UTC")),
        *((text, MORNING) for text in ("5. Januar 2027 09:12:44 Uhr", "1/5/27 9:12:44 GMT")),
        *((text, EVENING) for text in ("1/5/2027 9:12:44 p. m.", "1/5/2027 9:12:44 PM")),
        *((text, EVENING) for text in ("Jan 5, 2027, 9:12:44 PM", "2027. 1. 5. 오후 9:12:44")),
        *((text, EVENING) for text in ("2027/01/05 10:12:44 PM GMT+1", "5 ene 2027 21:12:44")),
        *((text, EVENING) for text in ("1/5/2027 9:12:44\u202fPM", "1/5/2027 21:12:44")),
        *((text, MIDNIGHT) for text in ("5. Januar 2027", "January 5, 2027", "5-Jan-27")),
        *((text, MIDNIGHT) for text in ("mardi 5 janvier 2027", "5 de enero de 2027")),
        *(
            (text, MIDNIGHT)
            for text in ("Tuesday, January 5, 2027", "2027年1月5日", "5 января 2027 г.")
        ),
        *((text, MIDNIGHT) for text in ("5 Ιανουαρίου 2027", "5 stycznia 2027", "5. ledna 2027")),
        *(
            (text, MIDNIGHT)
            for text in ("5 de janeiro de 2027", "5 gennaio 2027", "5 ianuarie 2027")
        ),
        *((text, MIDNIGHT) for text in ("46392", "2027-01-05", "5th of January 2027")),
    ],
)
def test_a_timestamp_is_read_in_the_words_of_its_form(text, moment):
    read = read_timestamp(text, MONTH_FIRST)
    assert (read.certainty, read.value) == ("certain", moment), read.message


@pytest.mark.parametrize(
    "text",
    [
        *("31/2/2027", "yesterday", "13/13/2027", "2027-13-01", "1/5/2027 25:00", "12", "99999"),
        *("1/5/2027 9:12 IST", "1/5/2027 noonish", "27-01-05", "Q1 2027", "2027", "5/2027"),
        *("1/5/2027 13:00 AM", "30 February 2027", "5 Smarch 2027", "1/5/1027", "1-2"),
    ],
)
def test_what_is_no_moment_is_told(text):
    read = read_timestamp(text, MONTH_FIRST)
    assert (read.certainty, read.value) == ("left_out", None)
    assert read.message.startswith(f"'{text}' must be a date and time, and ")


def test_cells_of_a_workbook_are_moments_of_the_forms_clock():
    zone = ZoneInfo("Europe/Lisbon")
    moment = datetime(2027, 7, 5, 9, 12, 44)  # noqa: DTZ001
    assert read_timestamp(moment, MONTH_FIRST, zone).value == moment.replace(tzinfo=zone)
    assert read_timestamp(date(2027, 7, 5), MONTH_FIRST, zone).value.hour == 0
    noon = read_timestamp(46392.5, MONTH_FIRST, zone).value
    assert noon == datetime(2027, 1, 5, 12, tzinfo=zone)


def test_a_zone_in_the_cell_goes_before_that_of_the_form():
    read = read_timestamp("1/5/2027 9:12 EST", MONTH_FIRST, ZoneInfo("Asia/Tokyo"))
    assert read.value == datetime(2027, 1, 5, 9, 12, tzinfo=timezone(timedelta(hours=-5)))


def test_what_a_coordinator_decided_holds_where_both_orders_fit():
    dates = ["3/2/2027", "4/2/2027"]
    assert find_date_order(dates, "month first").order == "month first"
    assert find_date_order([*dates, "14/2/2027"], "month first").order == "day first"


def test_a_column_that_contradicts_itself_leaves_out_what_fits_both_orders():
    order = find_date_order(["14/1/2027", "1/14/2027", "1/2/2027"])
    days = [read_day(text, order).value for text in ("14/1/2027", "1/14/2027", "1/2/2027")]
    assert days == [date(2027, 1, 14), date(2027, 1, 14), None]


def test_a_filler_is_no_day_and_nothing_to_tell():
    assert not read_day("n/a", MONTH_FIRST).is_answer
    assert not read_day("", MONTH_FIRST).is_answer


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-04-03", date(2026, 4, 3)),
        ("3.4.2026", date(2026, 4, 3)),
        ("13/4/2026", date(2026, 4, 13)),
        ("3 April 2026", date(2026, 4, 3)),
        ("3/4/2026", None),
        ("soon", None),
    ],
)
def test_a_single_day_is_read_only_where_it_can_be_read_in_one_way(text, day):
    assert read_single_day(text) == day


@pytest.mark.parametrize(
    "text", ["Jan 5, 2027 @ 9:12 AM", "2027-01-05 @ 09:12", "1799140320", "1799140320000"]
)
def test_moments_as_websites_write_them_are_read(text: str) -> None:
    read = read_timestamp(text, find_date_order([text]))
    assert read.value == datetime(2027, 1, 5, 9, 12, tzinfo=UTC)
