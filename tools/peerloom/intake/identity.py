"""Whose row it is: somebody in the program, somebody in a row above, or somebody new."""

from collections.abc import Mapping
from dataclasses import dataclass

from peerloom.intake.marks import mail_mark
from peerloom.intake.texts import folded
from peerloom.records import Program
from peerloom.slugs import LONGEST_PERSONS_ID, slug

_MAIL = "mail"


class Unclear(Exception):  # noqa: N818 - it reads as the sentence it is
    """Whose row it is cannot be said. Raised for a field, with a message and a help."""

    def __init__(self, name: str, message: str, help_: str) -> None:
        super().__init__(message)
        self.name, self.message, self.help = name, message, help_


@dataclass(slots=True)
class Person:
    """What tells a person from others. `mail` is the mark of an address, never the address."""

    id: str
    name: str
    github: str | None = None
    mail: str | None = None
    is_new: bool = False


class People:
    """Everybody known so far, by what tells them apart."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._by_id: dict[str, Person] = {}
        self._by_github: dict[str, Person] = {}
        self._by_name: dict[str, list[Person]] = {}
        for known in program.participants.values():
            self._add(Person(known.id, known.name, known.github, known.imported.get(_MAIL)))

    def _add(self, person: Person) -> None:
        self._by_id[person.id] = person
        self._by_name.setdefault(folded(person.name), []).append(person)
        if person.github:
            self._by_github.setdefault(person.github.casefold(), person)

    def __getitem__(self, id_: str) -> Person:
        """Somebody by id. Raises `KeyError`."""
        return self._by_id[id_]

    def words(self) -> list[str]:
        """The ids and names by which people may be named."""
        return [*self._by_id, *(person.name for person in self._by_id.values())]

    def named(self, text: str) -> list[Person]:
        """Who may be meant by an id, a GitHub login or a name."""
        word = text.strip()
        for found in (self._by_id.get(word), self._by_github.get(word.lstrip("@").casefold())):
            if found:
                return [found]
        return self._by_name.get(folded(word), []) or [
            person for person in (self._by_id.get(slug(word)),) if person and word == word.lower()
        ]

    def who(self, answers: Mapping[str, str | None]) -> tuple[Person, bool]:
        """The person of a row, and whether it is one by nothing but the name.

        `answers` may hold `id`, `name`, `github` and `mail`, an address. Raises `Unclear`.
        """
        name, github = answers.get("name") or "", answers.get("github")
        address = answers.get("mail")
        mail = mail_mark(address) if address else None
        if answers.get("id"):
            return self._by_given_id(str(answers["id"]), name, github, mail), False
        if github and github.casefold() in self._by_github:
            return self._seen(self._by_github[github.casefold()], github, mail), False
        same = [
            person
            for person in self._by_name.get(folded(name), [])
            if not (github and person.github) and not (mail and person.mail and mail != person.mail)
        ]
        if mail and any(person.mail == mail for person in same):
            same = [person for person in same if person.mail == mail]
        if len(same) > 1:
            raise Unclear(
                "name",
                f"several people have this name: {', '.join(person.id for person in same)}",
                "add a column with their GitHub login or id, so that it is clear who it is",
            )
        if same:
            return self._seen(same[0], github, mail), not (mail and same[0].mail)
        return self._new(self.free_id(name), name, github, mail), False

    def _by_given_id(self, given: str, name: str, github: str | None, mail: str | None) -> Person:
        id_ = slug(given)
        if not id_ or any(character in given for character in "/\\") or ".." in given:
            raise Unclear(
                "id",
                "an id must be letters, digits and hyphens",
                "write it as it should stand in the web address of the person's page",
            )
        if id_ not in self._by_id:
            id_ = slug(given, LONGEST_PERSONS_ID)
        if id_ in self._by_id:
            return self._seen(self._by_id[id_], github, mail)
        return self._new(id_, name, github, mail)

    def _seen(self, person: Person, github: str | None, mail: str | None) -> Person:
        if github and not person.github and github.casefold() not in self._by_github:
            person.github = github
            self._by_github[github.casefold()] = person
        person.mail = person.mail or mail
        return person

    def _new(self, id_: str, name: str, github: str | None, mail: str | None) -> Person:
        free = github if github and github.casefold() not in self._by_github else None
        person = Person(id_, name, free, mail, is_new=True)
        self._add(person)
        return person

    def free_id(self, name: str) -> str:
        """An id that nobody has, from a name. Raises `Unclear`."""
        wished = slug(name, LONGEST_PERSONS_ID)
        if not wished:
            raise Unclear(
                "name",
                "a name must have a letter or a digit, to make an id of it",
                "write the name in letters, in whatever script",
            )
        id_, number = wished, 1
        while id_ in self._by_id or self._program.exists(f"content/participants/{id_}.yml"):
            number += 1
            id_ = f"{wished}-{number}"
        return id_
