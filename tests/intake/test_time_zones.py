"""Time zones, as people and form services name them."""

from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerloom.intake.values import zone_tables
from peerloom.intake.values.time_zones import read_time_zone


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("UTC+5:30", "Asia/Kolkata"),
        ("GMT+05:30", "Asia/Kolkata"),
        ("UTC+5.5", "Asia/Kolkata"),
        ("UTC+5:45", "Asia/Kathmandu"),
        ("(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", "Asia/Kolkata"),
        ("(UTC-08:00) Pacific Time (US & Canada)", "America/Los_Angeles"),
        ("(UTC-06:00) Central America", "America/Costa_Rica"),
        ("(UTC-06:00) Guadalajara, Mexico City, Monterrey", "America/Mexico_City"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Amsterdam"),
        ("(UTC) Coordinated Universal Time", "UTC"),
        ("Eastern Time (US & Canada)", "America/New_York"),
        ("Eastern Daylight Time", "America/New_York"),
        ("Pacific Time", "America/Los_Angeles"),
        ("Pacific Standard Time", "America/Los_Angeles"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("India Standard Time", "Asia/Kolkata"),
        ("Mitteleuropäische Zeit", "Europe/Berlin"),
        ("EST/EDT", "America/New_York"),
        ("EST (New York)", "America/New_York"),
        ("GMT (London)", "Europe/London"),
        ("CEST (UTC+2)", "Europe/Berlin"),
        ("UTC+01:00 (Berlin)", "Europe/Berlin"),
        ("IST (India)", "Asia/Kolkata"),
        ("IST - Dublin", "Europe/Dublin"),
        ("Birmingham, UK", "Europe/London"),
        ("London, UK", "Europe/London"),
        ("London UK", "Europe/London"),
        ("London, Ontario", "America/Toronto"),
        ("San Jose, CA", "America/Los_Angeles"),
        ("San José, Costa Rica", "America/Costa_Rica"),
        ("Portland, OR", "America/Los_Angeles"),
        ("Atlanta, Georgia", "America/New_York"),
        ("Austin, Texas", "America/Chicago"),
        ("Vancouver, BC", "America/Vancouver"),
        ("Munich, Germany", "Europe/Berlin"),
        ("Berlin, DE", "Europe/Berlin"),
        ("Delhi, IN", "Asia/Kolkata"),
        ("Lima, Peru", "America/Lima"),
        ("London, CA", "America/Toronto"),
        ("GMT+1 (London)", "Europe/London"),
        ("Portugal (WET)", "Europe/Lisbon"),
        ("Barcelona, Spain", "Europe/Madrid"),
        ("Georgia, US", "America/New_York"),
        ("Asia / Kolkata", "Asia/Kolkata"),
        ("Mexico City", "America/Mexico_City"),
        ("US/Pacific", "America/Los_Angeles"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("europe/lisbon", "Europe/Lisbon"),
        ("America/New York", "America/New_York"),
        ("Brasília", "America/Sao_Paulo"),
        ("São Paulo", "America/Sao_Paulo"),
        ("Lisboa", "Europe/Lisbon"),
        ("Wien", "Europe/Vienna"),
        ("Germany", "Europe/Berlin"),
        ("UTC+2", "Etc/GMT-2"),
        ("-05:00", "Etc/GMT+5"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_is_taken_without_a_question(text, zone):
    read = read_time_zone(text)
    assert (read.certainty, read.value) == ("certain", zone)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("EST", "America/New_York"),
        ("GMT", "UTC"),
        ("PST", "America/Los_Angeles"),
        ("BST", "Europe/London"),
        ("PT", "America/Los_Angeles"),
        ("EST (GMT-5)", "America/New_York"),
        ("Lisbon-ish, flexible", None),
        ("Lisbon, flexible", "Europe/Lisbon"),
    ],
)
def test_a_likely_zone_is_a_guess(text, zone):
    read = read_time_zone(text)
    assert (read.certainty, read.value) == ("guess" if zone else "left_out", zone)


@pytest.mark.parametrize(
    "text",
    [
        *("IST", "AST", "CST", "San Jose", "London", "Birmingham", "Springfield", "Portland"),
        *("Georgia", "Wilmington, DE", "London or Paris", "Lisbon, Germany", "Berlin (UTC+5)"),
        *(
            "UTC+3 or UTC+2",
            "Vienna, VA",
            "Rome, GA",
            "Melbourne, FL",
            "Paris, Texas",
            "Cambridge",
            "Santiago",
            "Cordoba",
        ),
    ],
)
def test_what_may_be_several_zones_is_asked_for(text):
    read = read_time_zone(text)
    assert (read.certainty, read.value) == ("ask", None)


@pytest.mark.parametrize(
    "text", ["Mexico", "flexible", "Brazil", "Portugal", "anywhere", "USA", "5", "Europe", "UTC+15"]
)
def test_what_is_no_zone_is_left_out_and_told(text):
    read = read_time_zone(text)
    assert (read.certainty, read.value) == ("left_out", None)
    assert read.message


def test_a_fixed_offset_says_which_zone_it_becomes():
    assert read_time_zone("UTC+5:30").message == (
        "'UTC+5:30' is taken as Asia/Kolkata, which keeps that time all year"
    )


def test_every_zone_of_our_tables_is_one_of_the_iana_database():
    tables = (
        *zone_tables.ABBREVIATIONS.values(),
        *zone_tables.HOMONYMS.values(),
        *zone_tables.STATE_CODES.values(),
        *zone_tables.SPLIT_STATES.values(),
        zone_tables.ZONE_PHRASES.values(),
        zone_tables.STATES.values(),
        zone_tables.OTHER_CITIES.values(),
        zone_tables.HALF_HOURS.values(),
    )
    assert {zone for zones in tables for zone in zones} <= available_timezones()


@given(st.text(max_size=40))
def test_whatever_is_written_gives_a_zone_or_a_message(text):
    read = read_time_zone(text)
    assert read.value is None or read.value in available_timezones()
    assert read.value or read.message or read.certainty == "certain"
