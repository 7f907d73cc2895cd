"""Names, logins, mail addresses and fillers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerloom.intake.values.accounts import read_github_login, read_mail_address
from peerloom.intake.values.fillers import is_filler
from peerloom.intake.values.person_names import join_name, read_full_name, read_pronouns

FILLERS = (
    *(
        "n/a",
        "N/A",
        "x",
        "XXX",
        "na",
        "NA",
        "none",
        "None",
        "no",
        "No",
        "nope",
        "Nope",
        "-",
        "--",
        "—",
        ".",
    ),
    *("nil", "tbd", "TBD", "null", "?", "not applicable", "I don't have one", "no account"),
    *("ninguno", "ninguna", "no tengo", "nada", "keine", "keins", "k. A.", "habe ich nicht"),
    *("aucun", "aucune", "néant", "pas encore", "nenhum", "nenhuma", "não", "não tenho", "nein"),
    *("nincs", "ingen", "yok", "tidak ada", "nemám"),
)


@pytest.mark.parametrize("text", FILLERS)
def test_a_filler_identifies_nobody(text):
    assert is_filler(text, "identity")
    assert not read_github_login(text).is_answer
    assert not read_mail_address(text).is_answer


@pytest.mark.parametrize("text", ["no", "No", "Nope", "none", "nein", "x", "✓", "false"])
def test_an_answer_to_a_closed_question_is_no_filler(text):
    assert not is_filler(text, "closed")


@pytest.mark.parametrize(
    ("text", "column"),
    [
        *(("Null", "name"), ("Na", "name"), ("Nada", "name"), ("True", "name")),
        *(("NO", "place"), ("Noé", "identity"), ("Norway", "place"), ("✅", "text")),
        *(("none of your business", "text"), ("nonette", "identity"), ("0", "number")),
    ],
)
def test_what_only_looks_like_a_filler_is_an_answer(text, column):
    assert not is_filler(text, column)


@pytest.mark.parametrize(
    ("text", "login"),
    [
        *(("ada", "ada"), ("@ada", "ada"), ("Ada-L", "Ada-L"), ("GitHub: ada", "ada")),
        *(("https://github.com/ada", "ada"), ("github.com/ada/", "ada")),
        *(("https://www.github.com/ada/repo?tab=x", "ada"), ("ada.github.io", "ada")),
        *(("\u200bada", "ada"), ("`ada`", "ada")),
        *((text, None) for text in ("ada@example.org", "Ada Lovelace", "ada-", "-ada", "a--b")),
        *(
            (text, None)
            for text in ("ada_b", "x" * 40, "https://gitlab.com/ada", "new", "login", "yes", "Sim")
        ),
        *((text, None) for text in ("https://github.com/settings/profile", "will create one")),
        *((text, None) for text in ("https://github.com/", "12", "ada/bo", "https://ada.dev")),
    ],
)
def test_a_login_is_one_that_github_can_have(text, login):
    read = read_github_login(text)
    assert read.value == login
    assert read.certainty == ("certain" if login else "left_out")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        *(("A@Example.org", "a@example.org"), ("Ada <a@example.org>", "a@example.org")),
        *(("mailto:a@example.org", "a@example.org"), (" a.b+c@sub.example.org ", None)),
        *(("a@b", None), ("a b@example.org", None), ("a@example.org; b@example.org", None)),
        *(("@ada", None), ("ada", None), ("a@@example.org", None), ("a@example..org", None)),
    ],
)
def test_a_cell_holds_one_mail_address(text, address):
    wanted = "a.b+c@sub.example.org" if text.strip().startswith("a.b") else address
    assert read_mail_address(text).value == wanted


@pytest.mark.parametrize(
    ("text", "name", "pronouns"),
    [
        ("Ada Lindgren", "Ada Lindgren", ""),
        ("Dr. Ada Lindgren (she/her)", "Ada Lindgren", "she/her"),
        ("Prof. Dr. med. Bo Öst", "Bo Öst", ""),
        ("Ada Lindgren, PhD", "Ada Lindgren", ""),
        ("Prof Di Example-Öst, M.Sc.", "Di Example-Öst", ""),
        ("Ada Lindgren she/her", "Ada Lindgren", "she/her"),
        ("Ada Lindgren | They / Them", "Ada Lindgren", "they/them"),
        ("Ada (they)", "Ada", "they"),
        ("Mx. Fi Example", "Fi Example", ""),
        ("\u200bAda\u200b 🌟 Lindgren", "Ada Lindgren", ""),
        ("\u202bאדה לינדגרן\u202c", "אדה לינדגרן", ""),
        ("علی\u200cرضا", "علی\u200cرضا", ""),
        ("D´Angelo Bo", "D´Angelo Bo", ""),
        ("Ada 👩🏽‍🏫 Lindgren", "Ada Lindgren", ""),
        ("Null", "Null", ""),
        ("True", "True", ""),
        ("0x1F", "0x1F", ""),
        ("1e3", "1e3", ""),
        ("Na Li", "Na Li", ""),
        ("M. Night", "M. Night", ""),
        ("Ada Lindgren, Jr.", "Ada Lindgren Jr.", ""),
        ("MD Rahman", "MD Rahman", ""),
        ("Ada Lindgren, MBA, PhD", "Ada Lindgren", ""),
        ("Don Draper", "Don Draper", ""),
        ("Will Him", "Will Him", ""),
        ("Mr", "Mr", ""),
        ("O’Neil Ada", "O’Neil Ada", ""),
        ('Ada "Bo" Lindgren', 'Ada "Bo" Lindgren', ""),
        ("Ada  \n Lindgren", "Ada Lindgren", ""),
    ],
)
def test_a_name_is_read_without_title_degrees_and_pronouns(text, name, pronouns):
    read = read_full_name(text)
    assert read.certainty == "certain"
    assert (read.value.name, read.value.pronouns) == (name, pronouns)


def test_a_name_with_a_comma_is_turned_round_once_accepted():
    read = read_full_name("Lindgren, Ada (she/her)")
    assert (read.certainty, read.value.name) == ("guess", "Ada Lindgren")
    assert read.message == "'Lindgren, Ada (she/her)' is read as 'Ada Lindgren'"


@pytest.mark.parametrize("text", ["ada@example.org", "https://example.org/ada", "12345", "x" * 201])
def test_what_is_no_name_is_left_out_and_told(text):
    assert read_full_name(text).certainty == "left_out"


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("Ada", "Lindgren", "Ada Lindgren"),
        ("Dr. Ada", "Lindgren", "Ada Lindgren"),
        ("Ada", "n/a", "Ada"),
        ("Ada", "", "Ada"),
        ("Ada Lindgren", "Lindgren", "Ada Lindgren"),
    ],
)
def test_a_given_and_a_family_name_make_one_name(first, last, name):
    assert join_name(first, last).value.name == name


@pytest.mark.parametrize(
    ("text", "pronouns"),
    [
        *(("She / Her", "she/her"), ("(they/them)", "they/them"), ("er|ihm", "er/ihm")),
        *(("any pronouns", "any pronouns"), ("n/a", ""), ("", "")),
    ],
)
def test_pronouns_stand_with_slashes_between_them(text, pronouns):
    assert read_pronouns(text) == pronouns


@given(st.text(max_size=60))
def test_whatever_is_written_gives_a_name_on_one_line_or_none(text):
    read = read_full_name(text)
    assert read.value is None or (read.value.name and "\n" not in read.value.name)
