"""Dates, numbers, lists and counts are said in one way, and in any language."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest
from markupsafe import Markup

from peerloom.text import codes, dates, names, numbers, phrases
from peerloom.text.escaping.markdown import Markdown
from peerloom.text.escaping.spreadsheet import escape_cell
from peerloom.text.languages import language_name, primary_languages
from peerloom.text.translation import Language, use_language

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (2, "in 2 days"),
        (-13, "13 days ago"),
        (14, "in 2 weeks"),
        (-20, "3 weeks ago"),
        (59, "in 8 weeks"),
        (60, "in 2 months"),
        (-365, "12 months ago"),
        (800, "in 2 years"),
    ],
)
def test_a_day_is_told_by_how_far_it_is(days: int, said: str) -> None:
    assert dates.relative_day(TODAY + timedelta(days=days), TODAY) == said


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2026, 2, 12), "Thursday 12 February", "12 Feb"),
        (date(2025, 2, 12), "Wednesday, 12 February 2025", "12 Feb 2025"),
    ],
)
def test_a_date_has_its_year_where_it_is_not_this_one(day: date, long: str, short: str) -> None:
    assert dates.long_date(day, TODAY) == long
    assert dates.short_date(day, TODAY) == short
    assert dates.full_date(day) == f"12 February {day.year}"
    assert dates.day_and_month(day) == "12 February"


@pytest.mark.parametrize("noun", get_args(phrases.Noun))
def test_every_noun_is_counted_rightly_at_none_one_two_and_many(noun: phrases.Noun) -> None:
    none, one, two, many = (phrases.count_noun(n, noun) for n in (0, 1, 2, 1234))
    assert one in (f"1 {noun}", f"one {noun}")
    assert two == none.replace("0", "2", 1) == many.replace("1,234", "2", 1)
    assert two != one.replace("1", "2", 1)


def test_every_noun_that_can_be_counted_has_its_two_forms() -> None:
    assert set(get_args(phrases.Noun)) == set(phrases._NOUNS)


@pytest.mark.parametrize(
    ("words", "both", "either", "listed"),
    [
        ([], "", "", ""),
        (["a"], "a", "a", "a"),
        (["a", "b"], "a and b", "a or b", "a, b"),
        (["a", "b", "c"], "a, b and c", "a, b or c", "a, b, c"),
    ],
)
def test_words_are_joined_as_in_a_sentence(words, both: str, either: str, listed: str) -> None:
    assert phrases.join_words(words) == both
    assert phrases.join_choices(words) == either
    assert phrases.list_words(words) == listed


@pytest.mark.parametrize(
    ("value", "digits", "said"),
    [
        (0.816, 2, "+0.82"),
        (-1.2, 2, "−1.20"),
        (0, 2, "+0.00"),
        (2, 0, "+2"),
        (-1234.5, 1, "−1,234.5"),
    ],
)
def test_a_number_with_a_sign_has_a_true_minus(value: float, digits: int, said: str) -> None:
    assert numbers.signed_number(value, digits) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (59, "59 minutes"),
        (60, "1 hour"),
        (61, "1 hour"),
        (90, "1.5 hours"),
        (120, "2 hours"),
        (255, "4.3 hours"),
        (594, "9.9 hours"),
        (597, "10 hours"),
        (630, "11 hours"),
        (700, "12 hours"),
        (90_000, "1,500 hours"),
    ],
)
def test_a_length_of_time_is_in_minutes_below_an_hour(minutes: int, said: str) -> None:
    assert phrases.describe_length(minutes) == said


def test_the_steps_of_a_goal_are_named_and_numbered() -> None:
    assert [phrases.describe_goal_step(step) for step in (-2, 0, 1)] == [
        "−2 much less than expected",
        "0 as expected",
        "+1 more than expected",
    ]


def test_somebody_without_a_record_is_called_by_their_id_or_not_at_all() -> None:
    assert names.person_name({}, "ada") == "ada"
    assert names.person_name_if_shown({}, "ada") == "somebody"
    assert names.people_names({}, ("ada", "grace")) == "ada and grace"
    assert names.first_name("Oluwaseun-Adebayo Example", 9) == "Oluwaseun"


def test_variants_of_a_language_are_one() -> None:
    assert primary_languages(("pt-BR", "PT", "en")) == ("pt", "en")


@pytest.mark.parametrize("locale", ["ar", "de", "el", "fr", "ja", "pt_BR", "sk", "tr"])
def test_everything_can_be_said_in_another_language(locale: str) -> None:
    with use_language(Language(locale=locale)):
        for said in (
            dates.full_date(TODAY),
            dates.day_and_month(TODAY),
            dates.long_date(TODAY, TODAY),
            dates.short_date(TODAY, TODAY),
            dates.relative_day(TODAY, TODAY + timedelta(days=9)),
            dates.weekday_name("monday"),
            numbers.whole_number(1234),
            numbers.plain_number(4.5),
            numbers.signed_number(-0.5, 2),
            numbers.percentage(0.5),
            phrases.join_words(["a", "b", "c"]),
            phrases.join_choices(["a", "b", "c"]),
            phrases.list_words(["a", "b", "c"]),
            language_name("pt-BR"),
        ):
            assert said
        assert dates.full_date(TODAY) != "1 March 2026"
    assert dates.full_date(TODAY) == "1 March 2026"


def test_every_code_that_pages_show_has_words() -> None:
    shown = {
        "pair": ("status", "end_reason"),
        "event": ("kind",),
        "resource": ("kind", "level"),
    }
    for kind, keys in shown.items():
        schema = json.loads((ROOT / f"schemas/{kind}.json").read_text(encoding="utf-8"))
        for key in keys:
            assert set(schema["properties"][key]["enum"]) <= set(codes._WORDS), (kind, key)


def test_what_goes_into_a_sentence_of_markdown_is_escaped_once() -> None:
    sentence = Markdown("**{name}** plans: {plan}")
    said = sentence.format(name=Markup("[Ada](ada.md)"), plan="a & b <i> *c*")
    assert said == "**[Ada](ada.md)** plans: a &#38; b &#60;i&#62; &#42;c&#42;"
    assert Markdown("{0}").format(said) == said
    assert (
        Markdown("**%(name)s**, %(pair)s") % {"name": "a*", "pair": said} == f"**a&#42;**, {said}"
    )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1"])
def test_a_cell_that_could_be_a_formula_is_text(text: str) -> None:
    assert escape_cell(text) == f"'{text}"
    assert escape_cell(f"a{text}") == f"a{text}"
