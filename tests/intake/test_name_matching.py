"""Which names may be one person's, and which are those of a family."""

import pytest

from peerloom.intake.name_matching import names_may_be_one

ONE_PERSON = (
    ("Ben Example", "Benjamin T. Example"),
    ("Ann Example", "Example, Ann"),
    ("Cy Muster", "Cyrus Muster"),
    ("A. Sample", "Anna Sample"),
    ("María José Silva", "Maria-Jose Silva"),
    ("MaryAnn Poe", "Mary Ann Poe"),
    ("Philip Roe", "Phillip Roe"),
    ("Benjamin Example", "Benajmin Example"),
    ("Benjamin Example", "Benjamin Exmaple"),
    ("Ann Example", "Ann Example-Muster"),
    ("Ann Example", "Ann"),
    ("", "Ann Example"),
)
FAMILY = (
    ("Jo Example", "Mo Example"),
    ("Di Example", "Ed Example"),
    ("Jan Muster", "Ian Muster"),
    ("Maria Silva", "Marta Silva"),
    ("Martin Silva", "Marvin Silva"),
    ("Paul Roe", "Paula Roe"),
    ("Paul Roe", "Pauline Roe"),
    ("Eric Poe", "Erica Poe"),
    ("Daniel Foe", "Daniela Foe"),
    ("Gabriel Foe", "Gabrielle Foe"),
    ("Andrea Foe", "Andreas Foe"),
    ("Claudio Foe", "Claudia Foe"),
    ("Marian Foe", "Marina Foe"),
    ("John Doe", "John Doe Jr."),
    ("Ann B. Example", "Ann C. Example"),
    ("Ann Example", "Ann Other"),
)


@pytest.mark.parametrize(("first", "second"), ONE_PERSON)
def test_a_name_is_one_with_a_part_of_it_a_short_form_or_a_slip(first: str, second: str) -> None:
    assert names_may_be_one(first, second)
    assert names_may_be_one(second, first)


@pytest.mark.parametrize(("first", "second"), FAMILY)
def test_names_of_a_family_are_never_one(first: str, second: str) -> None:
    assert not names_may_be_one(first, second)
    assert not names_may_be_one(second, first)
