"""Whatever somebody writes into a cell is read, asked about or told, and never breaks anything."""

from datetime import UTC, date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerloom.intake.skill_vocabulary import SkillVocabulary
from peerloom.intake.values.accounts import read_github_login, read_mail_address
from peerloom.intake.values.capacity import read_capacity
from peerloom.intake.values.date_order import find_date_order
from peerloom.intake.values.experience import read_experience_years
from peerloom.intake.values.free_hours import read_days, read_free_hours
from peerloom.intake.values.languages import read_languages
from peerloom.intake.values.meeting_settings import read_meeting_setting
from peerloom.intake.values.person_names import join_name, read_full_name
from peerloom.intake.values.roles import read_role, read_role_confirmation
from peerloom.intake.values.skills import read_skills
from peerloom.intake.values.ticks import find_topic_kind, read_tick
from peerloom.intake.values.time_zones import read_time_zone
from peerloom.intake.values.timestamps import read_day, read_timestamp
from peerloom.intake.values.yes_no import read_audience, read_yes_no
from random_sheets.people import SKILLS

READERS = {
    "login": read_github_login,
    "mail": read_mail_address,
    "capacity": read_capacity,
    "years": lambda text: read_experience_years(text, date(2027, 1, 12)),
    "hours": read_free_hours,
    "hours on a day": lambda text: read_free_hours(text, ["de"], "monday"),
    "days": read_days,
    "languages": read_languages,
    "setting": read_meeting_setting,
    "name": read_full_name,
    "name in two cells": lambda text: join_name(text, text[::-1]),
    "role": read_role,
    "confirmed role": lambda text: read_role_confirmation(text, "mentor"),
    "skills": lambda text: read_skills(text, SkillVocabulary(SKILLS)),
    "tick": read_tick,
    "time zone": read_time_zone,
    "timestamp": lambda text: read_timestamp(text, find_date_order([text]), UTC),
    "day": lambda text: read_day(text, find_date_order([text, text[::-1]])),
    "consent": read_audience,
    "yes or no": read_yes_no,
}
# Pieces of real answers, so that more than the first pattern is tried.
PIECES = (
    *("Mentor", "mentee", "and", "Mon", "9-12", "6-8pm", "UTC", "+5:30", "London", "UK", "yes"),
    *("no", "English", "(native)", "Python", "R", ",", ";", "/", "-", "2", "1-2", "two", "Dr."),
    *("Ada", "she/her", "12/01/2027", "9:12:44", "p. m.", "Jan", "2027", "@ada", "n/a", "٣", "²"),
    *("\u200b", "\u202e", "🌟", "\n", "\x00", "é", "e\u0301", "ß", "İ", "x" * 30, "9" * 30),
)
TEXTS = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=7).map(" ".join))


@pytest.mark.parametrize("reader", READERS)
@given(text=TEXTS)
@settings(max_examples=60)
def test_any_text_is_a_value_a_question_or_a_message(reader, text):
    read = READERS[reader](text)
    if read.certainty in ("ask", "left_out"):
        assert read.value is None
        assert read.message
    if read.certainty == "guess":
        assert read.value is not None
        assert read.message
    assert "\n" not in read.message


@given(st.lists(TEXTS, max_size=5))
@settings(max_examples=60)
def test_any_column_is_of_some_kind(cells):
    assert find_topic_kind(cells).kind in ("ticks", "ratings", "levels", "mixed", "empty")
    assert find_date_order(cells).order in ("day first", "month first")
