"""Free hours, in sentences and in grids."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerloom.intake.values import hour_tokens
from peerloom.intake.values.calendar_names import WEEKDAYS, find_weekday
from peerloom.intake.values.free_hours import read_days, read_free_hours, write_free_hours


def in_short(hours):
    return [f"{each.day[:3]} {each.starts}-{each.ends}" for each in hours or ()]


def on_days(days, *hours):
    return [f"{day} {each}" for day in days.split() for each in hours]


WORKING = "mon tue wed thu fri"


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Monday 5:00-7:00 PM", on_days("mon", "17:00-19:00")),
        ("Mon 6-8pm", on_days("mon", "18:00-20:00")),
        ("Mon 6 pm - 8 pm", on_days("mon", "18:00-20:00")),
        ("11-1pm Tue", on_days("tue", "11:00-13:00")),
        ("Between 9 and 12 on Monday", on_days("mon", "09:00-12:00")),
        ("Mon 12-1pm", on_days("mon", "12:00-13:00")),
        ("Mon 9am-12", on_days("mon", "09:00-12:00")),
        ("Mon 9-5pm", on_days("mon", "09:00-17:00")),
        ("Mon 11pm-1am", ["mon 23:00-23:59", "tue 00:00-01:00"]),
        ("Monday (18-20), Tuesday (18-20)", on_days("mon tue", "18:00-20:00")),
        ("18-20 Mon, 9-12 Tue", ["mon 18:00-20:00", "tue 09:00-12:00"]),
        ("Monday - 9:00-12:00", on_days("mon", "09:00-12:00")),
        ("Mon 0900-1200", on_days("mon", "09:00-12:00")),
        ("Mo–Do 18:00–20:00", on_days("mon tue wed thu", "18:00-20:00")),
        ("Mo 9-12, Di 14-16", ["mon 09:00-12:00", "tue 14:00-16:00"]),
        ("mån, on 10-12", on_days("mon wed", "10:00-12:00")),
        ("lu, me 10-12", on_days("mon wed", "10:00-12:00")),
        ("Lunes a viernes 18:00-20:00", on_days(WORKING, "18:00-20:00")),
        ("segunda a sexta 18h às 20h", on_days(WORKING, "18:00-20:00")),
        ("du lundi au vendredi 18h-20h", on_days(WORKING, "18:00-20:00")),
        ("Mon 10am-noon", on_days("mon", "10:00-12:00")),
        ("Tues & Thurs 7-9 PM", on_days("tue thu", "19:00-21:00")),
        ("Monday 9-12 and 14-16", on_days("mon", "09:00-12:00", "14:00-16:00")),
        ("Mon 10:00-12:00, 14:00-16:00", on_days("mon", "10:00-12:00", "14:00-16:00")),
        ("Monday: 9:00 - 12:00", on_days("mon", "09:00-12:00")),
        ("Wednesday from 9 until 12", on_days("wed", "09:00-12:00")),
        ("Fri-Mon 10-12", on_days("mon fri sat sun", "10:00-12:00")),
        ("weekdays 18:00-20:00", on_days(WORKING, "18:00-20:00")),
        ("M-F 9-17", on_days(WORKING, "09:00-17:00")),
        ("Mon to Fri 18:00-20:00", on_days(WORKING, "18:00-20:00")),
        ("weekdays except Friday 18:00-20:00", on_days("mon tue wed thu", "18:00-20:00")),
        ("weekdays 18:00-20:00, except Friday", on_days("mon tue wed thu", "18:00-20:00")),
        ("weekends 10:00-12:00", on_days("sat sun", "10:00-12:00")),
        ("18:00-20:00 on Mondays", on_days("mon", "18:00-20:00")),
        ("Mon 9-12, Tue 14-16", ["mon 09:00-12:00", "tue 14:00-16:00"]),
        ("Monday 9-12\nTuesday 14-16", ["mon 09:00-12:00", "tue 14:00-16:00"]),
        ("Mon 9-12 or Tue 9-12", on_days("mon tue", "09:00-12:00")),
        ("Monday, Wednesday and Friday 17:00-19:00", on_days("mon wed fri", "17:00-19:00")),
        ("Mon 22:00-01:00", ["mon 22:00-23:59", "tue 00:00-01:00"]),
        ("Sun 22:00-01:00", ["mon 00:00-01:00", "sun 22:00-23:59"]),
        ("Sun 23:00-24:00", ["sun 23:00-23:59"]),
        ("Mon 9-12, Mon 11-14", ["mon 09:00-14:00"]),
        ("Montag 9–12 Uhr", on_days("mon", "09:00-12:00")),
        ("Mo und Mi 18:00–20:00", on_days("mon wed", "18:00-20:00")),
        ("lunes 17:00 a 19:00", on_days("mon", "17:00-19:00")),
        ("Lundi et mardi 14h30-16h", on_days("mon tue", "14:30-16:00")),
        ("segunda-feira 18:00-20:00", on_days("mon", "18:00-20:00")),
        ("niedziela 10:00-12:00", on_days("sun", "10:00-12:00")),
        ("понедельник 18:00-20:00", on_days("mon", "18:00-20:00")),
        ("月曜日 18:00-20:00", on_days("mon", "18:00-20:00")),
    ],
)
def test_hours_are_read_as_they_are_said(text, hours):
    read = read_free_hours(text)
    assert (read.certainty, in_short(read.value)) == ("certain", hours)


@pytest.mark.parametrize(
    "text",
    [
        *("evenings except Friday", "Mon-Fri after 6pm", "Monday morning", "Mon 9-12, Tue"),
        *("Monday 9-12 UTC", "flexible", "anytime", "every other Monday 9-12", "not Monday"),
        *("Mon 18:00-18:00", "Mon 25:00-26:00", "weekends", "Weekdays 12:00-13:00 (lunch)"),
        *("Monday 9-12, 14-16 Tuesday", "Mon 9-12; 14-16", "5-7", "Mon 9-12 maybe", "9-12"),
        *("Mon 9-12 except 10-11", "first Monday 9-12", "Mon 9-12 biweekly", "Mon"),
        *("do not call Mon 9-12", "Mon 9-12 not Tue 9-12", "except Monday 9-12", "no Mondays 9-12"),
        *("Mon 9-12 not free", "Monday 9 and 12", "Mon 9-12 except", "I am not free Mon 9-12"),
        *("can't do Monday 9-12", "Mon, Tue 18-20, 9-12 Wed", "weekdays 9-12 except Fri 10-11"),
        *(
            "Mon 9-12 every 2 weeks",
            "1st Monday 9-12",
            "Mon 18:00-20:00 CET",
            "Mon 18:00",
            "Di 14-16",
        ),
    ],
)
def test_what_is_not_read_wholly_is_not_read_at_all(text):
    read = read_free_hours(text)
    assert read.value is None
    assert read.message.endswith("must be days with hours, such as 'Monday 17:00-19:00'")


@pytest.mark.parametrize(
    "text", ["Monday 5-7", "Mon 1-3", "Mon 7:00-9:00", "Mon 12-2", "Mon 9-5", "Mon 10-12am"]
)
def test_hours_before_or_after_noon_are_asked_for(text):
    read = read_free_hours(text)
    assert (read.certainty, read.value, len(read.choices)) == ("ask", None, 2)
    for choice in read.choices:
        assert write_free_hours(read_free_hours(choice).value) == choice


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("9:00-12:00; 14:00-16:00", on_days("mon", "09:00-12:00", "14:00-16:00")),
        ("9-12\n14-16", on_days("mon", "09:00-12:00", "14:00-16:00")),
        ("18:00-20:00", on_days("mon", "18:00-20:00")),
        ("6-8pm", on_days("mon", "18:00-20:00")),
        ("9-12, not at 10", []),
        ("Tuesday 9-12", []),
        ("", []),
        ("none", []),
    ],
)
def test_a_grid_of_days_has_hours_in_its_cells(text, hours):
    assert in_short(read_free_hours(text, day="monday").value) == hours


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Monday, Wednesday", ["monday", "wednesday"]),
        ("Mon-Wed", ["monday", "tuesday", "wednesday"]),
        ("Friday;Monday", ["monday", "friday"]),
        ("weekdays", list(WEEKDAYS[:5])),
        ("x", None),
        ("except Monday", None),
    ],
)
def test_a_grid_of_slots_has_days_in_its_cells(text, days):
    assert read_days(text).value == days


@given(st.text(alphabet="Mon Tue-9128:;,pam&xceptaf", max_size=30))
def test_whatever_is_written_gives_hours_that_a_record_can_hold(text):
    for each in read_free_hours(text).value or ():
        assert each.day in WEEKDAYS
        assert "00:00" <= each.starts < each.ends <= "23:59"


def test_no_small_word_that_is_left_away_is_a_day_in_a_widespread_language():
    small = re.sub(r"\w+\(\?=.*?\)\)", "", hour_tokens._SMALL_WORDS)
    words = [*small.split("|"), *hour_tokens._EXCEPT.split("|")]
    assert [word for word in words if word.isalpha() and find_weekday(word)] == []
