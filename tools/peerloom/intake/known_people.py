"""Everybody the program knows, found by id, GitHub login, name or mail address."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from peerloom.intake.cleaning import fold_text
from peerloom.records import Program
from peerloom.slugs import LONGEST_PERSONS_ID, slug
from peerloom.text.phrases import list_words

_MAIL_DIGEST_KEY = "mail"


class UnclearPerson(Exception):  # noqa: N818 - it reads as the sentence it is
    """It is not clear who is meant; `field` is the answer that would have to be clearer."""

    def __init__(self, field: str, message: str, help_: str) -> None:
        super().__init__(message)
        self.field, self.message, self.help = field, message, help_


@dataclass(slots=True)
class KnownPerson:
    """What tells a person from others; `mail_digest` is never the address itself."""

    id: str
    name: str
    github: str | None = None
    mail_digest: str | None = None
    is_new: bool = False


class KnownPeople:
    """The participants of a program, and the people whom rows of a sheet have added so far."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._by_id: dict[str, KnownPerson] = {}
        self._by_github: dict[str, KnownPerson] = {}
        self._by_name: dict[str, list[KnownPerson]] = {}
        for known in program.participants.values():
            mail_digest = known.imported.get(_MAIL_DIGEST_KEY)
            self._add(KnownPerson(known.id, known.name, known.github, mail_digest))

    def _add(self, person: KnownPerson) -> None:
        self._by_id[person.id] = person
        self._by_name.setdefault(fold_text(person.name), []).append(person)
        if person.github:
            self._by_github.setdefault(person.github.casefold(), person)

    def ids_and_names(self) -> list[str]:
        """Return the words by which people may be named, to suggest one of them."""
        return [*self._by_id, *(person.name for person in self._by_id.values())]

    def find_by_word(self, text: str) -> list[KnownPerson]:
        """Return everybody whom an id, a GitHub login or a name may mean."""
        word = text.strip()
        for person in (self._by_id.get(word), self._by_github.get(word.lstrip("@").casefold())):
            if person:
                return [person]
        if fold_text(word) in self._by_name:
            return self._by_name[fold_text(word)]
        by_slug = self._by_id.get(slug(word))
        return [by_slug] if by_slug and word == word.lower() else []

    def identify(self, answers: Mapping[str, str | None]) -> tuple[KnownPerson, bool]:
        """Return the person with these answers, and whether only the name says that it is them.

        `answers` may hold `id`, `name`, `github` and `mail`. An id decides; else a login does;
        else it is whoever has the same name and no other login or mail address; else it is
        somebody new. Raises `UnclearPerson`.
        """
        name, github = answers.get("name") or "", answers.get("github")
        address = answers.get("mail")
        mail_digest = digest_mail_address(address) if address else None
        if answers.get("id"):
            return self._identify_by_id(str(answers["id"]), name, github, mail_digest), False
        if github and github.casefold() in self._by_github:
            person = self._by_github[github.casefold()]
            return self._complete(person, github, mail_digest), False
        namesakes = [
            person
            for person in self._by_name.get(fold_text(name), [])
            if not (github and person.github)
            and not (mail_digest and person.mail_digest and mail_digest != person.mail_digest)
        ]
        if mail_digest and any(person.mail_digest == mail_digest for person in namesakes):
            namesakes = [person for person in namesakes if person.mail_digest == mail_digest]
        if len(namesakes) > 1:
            raise UnclearPerson(
                "name",
                f"several people have this name: {list_words(person.id for person in namesakes)}",
                "add a column with their GitHub login or id, so that it is clear who it is",
            )
        if namesakes:
            person = namesakes[0]
            is_by_name_alone = not (mail_digest and person.mail_digest)
            return self._complete(person, github, mail_digest), is_by_name_alone
        return self._add_new(self.free_id(name), name, github, mail_digest), False

    def _identify_by_id(
        self, given: str, name: str, github: str | None, mail_digest: str | None
    ) -> KnownPerson:
        id_ = slug(given)
        if not id_ or any(character in given for character in "/\\") or ".." in given:
            raise UnclearPerson(
                "id",
                "an id must be letters, digits and hyphens",
                "write it as it should stand in the web address of the person's page",
            )
        if id_ not in self._by_id:
            id_ = slug(given, LONGEST_PERSONS_ID)
        if id_ in self._by_id:
            return self._complete(self._by_id[id_], github, mail_digest)
        return self._add_new(id_, name, github, mail_digest)

    def _complete(
        self, person: KnownPerson, github: str | None, mail_digest: str | None
    ) -> KnownPerson:
        """Add what a person was not yet known by, unless the login is another person's."""
        if github and not person.github and github.casefold() not in self._by_github:
            person.github = github
            self._by_github[github.casefold()] = person
        person.mail_digest = person.mail_digest or mail_digest
        return person

    def _add_new(
        self, id_: str, name: str, github: str | None, mail_digest: str | None
    ) -> KnownPerson:
        is_free = github and github.casefold() not in self._by_github
        person = KnownPerson(id_, name, github if is_free else None, mail_digest, is_new=True)
        self._add(person)
        return person

    def free_id(self, name: str) -> str:
        """Return an id made of a name that nobody has. Raises `UnclearPerson`."""
        wished = slug(name, LONGEST_PERSONS_ID)
        if not wished:
            raise UnclearPerson(
                "name",
                "a name must have a letter or a digit, to make an id of it",
                "write the name in letters, in whatever script",
            )
        id_, number = wished, 1
        while id_ in self._by_id or self._program.exists(f"content/participants/{id_}.yml"):
            number += 1
            id_ = f"{wished}-{number}"
        return id_


def digest_mail_address(address: str) -> str:
    """Return two characters of an address's SHA-256.

    They tell two people of one name apart, and are too few to find the address by guessing.
    """
    return hashlib.sha256(address.strip().casefold().encode()).hexdigest()[:2]
