"""Ids from what people and things are called."""

import pytest

from peerloom.slugs import is_reserved, slug


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Ada Lindgren", "ada-lindgren"),
        ("Índex", "index-1"),
        ("Me", "me-1"),
        ("New", "new-1"),
        ("404", "404-1"),
        ("README", "readme-1"),
        ("Con", "con-1"),
        ("Null", "null"),
        ("ada@example.org", ""),
        ("<ada@example.org>", ""),
        ("Ada @ Example", "ada-example"),
    ],
)
def test_an_id_is_made_from_a_name_and_is_nothing_elses(name, id_):
    assert slug(name) == id_
    assert not is_reserved(slug(name))
