"""Capacity and years of experience, in figures and in words."""

from datetime import date, datetime

import pytest

from peerloom.intake.values.capacity import read_capacity
from peerloom.intake.values.experience import read_experience_years


@pytest.mark.parametrize(
    ("text", "certainty", "value"),
    [
        ("2", "certain", 2),
        ("0", "certain", 0),
        ("two", "certain", 2),
        ("dos", "certain", 2),
        ("eine", "certain", 1),
        ("2 mentees", "certain", 2),
        ("2.0", "certain", 2),
        ("up to 3", "certain", 3),
        ("maximum 2", "certain", 2),
        ("No more than 2", "certain", 2),
        ("1 mentee at a time", "certain", 1),
        ("3+", "certain", 3),
        ("1-2", "guess", 1),
        ("1–2", "guess", 1),
        ("1/2", "guess", 1),
        ("one or two", "guess", 1),
        ("two or three", "guess", 2),
        ("none", "ask", None),
        ("as many as needed", "ask", None),
        ("1 (maybe 2)", "ask", None),
        ("2 hours a week", "ask", None),
        ("2 hours", "ask", None),
        ("2 (3 if needed)", "ask", None),
        ("at least 1", "ask", None),
        ("1, maybe 2", "guess", 1),
        ("-1", "left_out", None),
        ("100", "left_out", None),
        ("1.5", "left_out", None),
        ("1-Feb", "left_out", None),
        ("2-Jan", "left_out", None),
        ("Feb 2027", "left_out", None),
        ("2027-02-01 00:00:00", "left_out", None),
        ("05.02.2027", "left_out", None),
        (datetime(2027, 2, 1), "left_out", None),  # noqa: DTZ001
        (date(2027, 2, 1), "left_out", None),
        ("", "certain", None),
        ("n/a", "certain", None),
    ],
)
def test_a_capacity_is_a_number_of_mentees(text, certainty, value):
    read = read_capacity(text)
    assert (read.certainty, read.value) == (certainty, value)


def test_a_date_that_a_spreadsheet_made_of_a_range_is_told():
    assert read_capacity(datetime(2027, 2, 1)).message == (  # noqa: DTZ001
        "'2027-02-01' must be a number of mentees, and a spreadsheet made a date of it"
    )


def test_a_range_of_mentees_offers_both_of_its_ends():
    assert read_capacity("1-2").choices == (1, 2)


@pytest.mark.parametrize(
    ("text", "certainty", "value"),
    [
        ("5", "certain", 5),
        ("0", "certain", 0),
        ("zero", "certain", 0),
        ("none", "ask", None),
        ("Null", "ask", None),
        ("<1", "ask", None),
        ("5.0", "certain", 5),
        ("ten", "certain", 10),
        ("ten years", "certain", 10),
        ("5+", "certain", 5),
        ("10+ years", "certain", 10),
        ("over 20 years", "certain", 20),
        ("12 años", "certain", 12),
        ("5 Jahre", "certain", 5),
        ("I have 5 years of experience", "certain", 5),
        ("3-5", "guess", 3),
        ("15 years in industry", "guess", 15),
        ("since 2015", "guess", 12),
        ("seit 2020", "guess", 7),
        ("less than 1", "ask", None),
        ("6 months", "ask", None),
        ("2.5", "ask", None),
        ("-3", "left_out", None),
        ("200", "left_out", None),
        ("2-Mar", "left_out", None),
        ("a lot", "left_out", None),
        ("20s", "left_out", None),
        ("10yrs", "certain", 10),
        ("10 (5 in industry)", "ask", None),
        ("", "certain", None),
    ],
)
def test_experience_is_whole_years(text, certainty, value):
    read = read_experience_years(text, date(2027, 1, 12))
    assert (read.certainty, read.value) == (certainty, value)
