"""Yes and no, consent, languages, settings, skills and ticks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerloom.intake.skill_vocabulary import SkillVocabulary
from peerloom.intake.values.languages import read_languages
from peerloom.intake.values.meeting_settings import read_meeting_setting
from peerloom.intake.values.skills import read_skills
from peerloom.intake.values.ticks import find_topic_kind, read_level, read_rating, read_tick
from peerloom.intake.values.yes_no import read_audience, read_yes_no
from peerloom.model import Skill

VOCABULARY = SkillVocabulary(
    (
        Skill(id="python", name="Python"),
        Skill(id="r", name="R"),
        Skill(id="statistics", name="Statistics", aliases=("stats, basics",)),
        Skill(id="data-design", name="Data, design and code"),
        Skill(id="ci-cd", name="CI/CD"),
        Skill(id="soft-skills", name="Communication & soft skills"),
        Skill(id="public-speaking", name="Public speaking"),
    )
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((text, True) for text in ("Yes", "y", "TRUE", "✓", "👍", "Sí", "sim", "Ja", "Oui")),
        *((text, True) for text in ("Yes, please", "I agree", "Of course!", "Ja, gerne", "ok")),
        *((text, False) for text in ("No", "n", "false", "❌", "não", "Nein", "Non", "No thanks")),
        *((text, False) for text in ("No, I do not", "I do not agree", "nope", "Nein, danke")),
        *(
            (text, None)
            for text in ("Yes, but not yet", "maybe", "depends", "No problem", "vielleicht")
        ),
        *((text, None) for text in ("Not sure if yes", "yes and no", "Only if asked", "42")),
    ],
)
def test_yes_and_no_are_read_and_conditions_asked_for(text, value):
    read = read_yes_no(text)
    assert (read.value, read.certainty) == (value, "ask" if value is None else "certain")


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        *((text, "public") for text in ("Yes", "public", "Everyone", "Yes - to everyone", "sí")),
        *((text, "members") for text in ("members only", "Yes, members only", "Participants")),
        *((text, "coordinators") for text in ("No", "nobody", "No, thanks", "only the organisers")),
        *((text, "coordinators") for text in ("nein", "I do not agree", "private")),
        *(
            (text, None)
            for text in ("Not publicly", "Yes, but not my photo", "maybe", "Not members")
        ),
        *((text, None) for text in ("members or everyone", "No, members only please", "1", "x")),
        *(
            (text, None)
            for text in (
                "no preference",
                "not yet",
                "none",
                "keine",
                "Everyone in the program",
                "No one but members",
                "No yes",
            )
        ),
    ],
)
def test_consent_is_never_read_as_wider_than_it_says(text, audience):
    read = read_audience(text)
    assert (read.value, read.certainty) == (audience, "certain" if audience else "ask")


@given(st.text(alphabet="no never ntYesbupublicmrx,.", max_size=24))
def test_a_refusal_is_never_shown_to_everybody(rest):
    assert read_audience(f"No {rest}").value != "public"


@pytest.mark.parametrize(
    ("text", "certainty", "tags"),
    [
        ("English, German", "certain", ["en", "de"]),
        ("English and Spanish", "certain", ["en", "es"]),
        ("Deutsch; Englisch", "certain", ["de", "en"]),
        ("Français, anglais", "certain", ["fr", "en"]),
        ("English (native), French (B2)", "certain", ["en", "fr"]),
        ("English fluent, some Japanese", "certain", ["en", "ja"]),
        ("I speak English and a bit of Spanish", "certain", ["en", "es"]),
        ("Portuguese (Brazil)", "certain", ["pt-BR"]),
        ("pt-BR", "certain", ["pt-BR"]),
        ("Mandarin", "certain", ["zh"]),
        ("Dutch (Flemish)", "certain", ["nl"]),
        ("Norwegian (Bokmål)", "certain", ["nb"]),
        ("українська, English", "certain", ["uk", "en"]),
        ("日本語", "certain", ["ja"]),
        ("Norwegian", "certain", ["no"]),
        ("no, en", "certain", ["no", "en"]),
        ("Englsh", "guess", ["en"]),
        ("English, Python", "guess", ["en"]),
        ("English, not French", "guess", ["en"]),
        ("Yes", "left_out", None),
        ("Python", "left_out", None),
        ("Any", "left_out", None),
        ("Learning French", "left_out", None),
        ("English only", "certain", ["en"]),
        ("English (not fluent)", "left_out", None),
        ("Hindi/Urdu & English", "certain", ["hi", "ur", "en"]),
        ("n/a", "certain", None),
        ("No", "certain", None),
        ("no", "ask", None),
    ],
)
def test_spoken_languages_are_read_as_tags(text, certainty, tags):
    read = read_languages(text)
    assert (read.certainty, read.value) == (certainty, tags)


@pytest.mark.parametrize(
    ("text", "certainty", "value"),
    [
        ("Online", "certain", "remote"),
        ("In person", "certain", "in_person"),
        ("Remote or in-person", "certain", "hybrid"),
        ("No preference", "certain", "hybrid"),
        ("Vor Ort", "certain", "in_person"),
        ("not online", "ask", None),
        ("banana", "left_out", None),
        ("", "certain", None),
    ],
)
def test_where_people_meet_is_one_of_three(text, certainty, value):
    read = read_meeting_setting(text)
    assert (read.certainty, read.value) == (certainty, value)


@pytest.mark.parametrize(
    ("text", "known", "others"),
    [
        ("Data, design and code", ["data-design"], []),
        ("Data, design and code, Python", ["data-design", "python"], []),
        ("Python, Data, design and code", ["python", "data-design"], []),
        ("Python, R", ["python", "r"], []),
        ("Python/R", ["python", "r"], []),
        ("Python and R", ["python", "r"], []),
        ("Public speaking, and Python", ["public-speaking", "python"], []),
        ("CI/CD, Python", ["ci-cd", "python"], []),
        ("- Python\n- R", ["python", "r"], []),
        ("• Python • R", ["python", "r"], []),
        ("Communication & soft skills, R", ["soft-skills", "r"], []),
        ("stats, basics; R", ["statistics", "r"], []),
        ("Python; knitting, sewing", ["python"], ["knitting, sewing"]),
        ("knitting, sewing and so on", [], ["knitting", "sewing and so on"]),
        ("Python, n/a", ["python"], []),
        ("Python | R", ["python", "r"], []),
        ("Python - R", ["python", "r"], []),
        ("Python, R, etc.", ["python", "r"], []),
        ("[Python, R]", ["python", "r"], []),
        ("Python!", ["python"], []),
        ("C", [], ["C"]),
        ("Knitting/sewing", [], ["Knitting/sewing"]),
    ],
)
def test_skills_are_found_whole_before_anything_separates_them(text, known, others):
    read = read_skills(text, VOCABULARY)
    assert read.certainty == "certain"
    assert [skill["skill"] for skill in read.value.known] == known
    assert list(read.value.others) == others


def test_a_misspelled_skill_is_proposed_as_an_alias():
    read = read_skills("Statistcs, R", VOCABULARY)
    assert read.certainty == "guess"
    assert read.value.misspelled == (("Statistcs", "statistics"),)
    assert read.value.others == ()
    assert read.message == "'Statistcs' is read as statistics"


@pytest.mark.parametrize(
    ("text", "ticked"),
    [
        *(
            (text, True)
            for text in ("1", "x", "X", "yes", "✓", "✅", "TRUE", "☑", "Career planning")
        ),
        *((text, False) for text in ("0", "no", "✗", "❌", "false", "☐", "-")),
        *((text, None) for text in ("", "  ", "maybe", "n/a", "someday")),
    ],
)
def test_a_tick_is_a_sign_a_word_or_the_topic_itself(text, ticked):
    assert read_tick(text, "Career planning").value == ticked


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1", "", "1"], "ticks"),
        (["1", "0"], "ticks"),
        (["x", ""], "ticks"),
        (["yes", "no", "n/a"], "ticks"),
        (["Career planning", ""], "ticks"),
        (["1", "5", "3"], "ratings"),
        (["4 - good", "5 - very good"], "ratings"),
        (["Expert", "basic"], "levels"),
        (["maybe", "x"], "mixed"),
        (["3", "a lot"], "mixed"),
        (["", " "], "empty"),
    ],
)
def test_a_column_with_one_topic_is_judged_as_a_whole(cells, kind):
    assert find_topic_kind(cells, "Career planning").kind == kind


def test_ratings_are_counted_so_that_somebody_can_say_which_mean_yes():
    column = find_topic_kind(["1", "5", "5/5", ""])
    assert column.ratings == {1: 1, 5: 2}
    assert read_rating("4 - good") == 4
    assert read_rating("good") is None
    assert read_level("Expert level") == "expert"


@pytest.mark.parametrize("word", ["Pyhton", "Phyton", "Pythn", "Statistcs", "public speeking"])
def test_a_skill_with_letters_wrong_or_exchanged_is_never_a_new_one(word):
    read = read_skills(word, VOCABULARY)
    assert (read.certainty, read.value.others) == ("guess", ())
