"""How people are called in what others read."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from peerloom.text.phrases import join_words
from peerloom.text.translation import gettext as _


class HasName(Protocol):
    """Somebody with a record: a participant."""

    @property
    def name(self) -> str:
        """The name as they write it."""


def person_name(people: Mapping[str, HasName], id_: str) -> str:
    """A participant's name; the id where no record of theirs is among `people`."""
    person = people.get(id_)
    return person.name if person else id_


def person_name_if_shown(people: Mapping[str, HasName], id_: str) -> str:
    """A participant's name; `somebody` where no record of theirs is among `people`."""
    person = people.get(id_)
    return person.name if person else _("somebody")


def people_names(people: Mapping[str, HasName], ids: Iterable[str]) -> str:
    """The names of participants in a sentence: `Ada, Bola and Grace`."""
    return join_words(person_name(people, id_) for id_ in ids)


def first_name(name: str, longest: int) -> str:
    """What a name begins with, at most `longest` letters of it, for a place with little room."""
    return name.split(maxsplit=1)[0][:longest]
