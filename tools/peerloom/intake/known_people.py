"""Everybody the program knows, found by id, GitHub login, name or mail address."""

from collections.abc import Iterable
from dataclasses import dataclass

from peerloom.intake.cleaning import fold_text
from peerloom.intake.name_matching import address_fits_name, digest_mail_address
from peerloom.records import Program
from peerloom.slugs import LONGEST_PERSONS_ID, slug

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
        """Return everybody whom an id, a GitHub login, a name or a mail address may mean."""
        word = text.strip()
        for person in (self._by_id.get(word), self._by_github.get(word.lstrip("@").casefold())):
            if person:
                return [person]
        if "@" in word.lstrip("@"):
            return self.find_by_mail(word)
        if fold_text(word) in self._by_name:
            return self._by_name[fold_text(word)]
        if word.count(",") == 1:
            family_name, given_name = word.split(",")
            return self._by_name.get(fold_text(f"{given_name.strip()} {family_name.strip()}"), [])
        by_slug = self._by_id.get(slug(word))
        return [by_slug] if by_slug and word == word.lower() else []

    def find_by_mail(self, address: str) -> list[KnownPerson]:
        """Return everybody whose mark is that of a mail address and whose name is in it.

        Of 256 marks one is anybody's by chance: without the name it says too little.
        """
        mark = digest_mail_address(address)
        return [
            person
            for person in self._by_id.values()
            if person.mail_digest == mark and address_fits_name(address, person.name)
        ]

    def find_by_id(self, given: str) -> tuple[str, KnownPerson | None]:
        """Return the id that a given one stands for, and who has it. Raises `UnclearPerson`."""
        id_ = slug(given)
        if not id_ or any(character in given for character in "/\\") or ".." in given:
            raise UnclearPerson(
                "id",
                "an id must be letters, digits and hyphens",
                "write it as it should stand in the web address of the person's page",
            )
        if id_ not in self._by_id:
            id_ = slug(given, LONGEST_PERSONS_ID)
        return id_, self._by_id.get(id_)

    def find_by_login(self, login: str | None) -> KnownPerson | None:
        """Return who has a GitHub login."""
        return self._by_github.get((login or "").casefold())

    def find_namesakes(
        self, name: str, login: str | None, mail_digest: str | None
    ) -> list[KnownPerson]:
        """Return everybody of a name who has no other login or mail address.

        Where the mail address is that of some of them, these are all.
        """
        namesakes = [
            person
            for person in self._by_name.get(fold_text(name), [])
            if not (login and person.github)
            and not (mail_digest and person.mail_digest and mail_digest != person.mail_digest)
        ]
        same_address = [p for p in namesakes if mail_digest and p.mail_digest == mail_digest]
        return same_address or namesakes

    def has_namesake(self, name: str) -> bool:
        """Whether somebody has a name."""
        return fold_text(name) in self._by_name

    def complete(self, person: KnownPerson, login: str | None, mail_digest: str | None) -> None:
        """Add what a person was not yet known by, unless the login is another person's."""
        if login and not person.github and login.casefold() not in self._by_github:
            person.github = login
            self._by_github[login.casefold()] = person
        person.mail_digest = mail_digest or person.mail_digest

    def add_new(
        self, id_: str, name: str, login: str | None, mail_digest: str | None
    ) -> KnownPerson:
        """Add somebody; a login that is another person's stays that person's."""
        is_free = login and login.casefold() not in self._by_github
        person = KnownPerson(id_, name, login if is_free else None, mail_digest, is_new=True)
        self._add(person)
        return person

    def free_id(self, name: str, besides: Iterable[str] = ()) -> str:
        """Return an id made of a name that nobody has. Raises `UnclearPerson`."""
        wished = slug(name, LONGEST_PERSONS_ID)
        if not wished:
            raise UnclearPerson(
                "name",
                "a name must have a letter or a digit, to make an id of it",
                "write the name in letters, in whatever script",
            )
        id_, number = wished, 1
        taken = {*self._by_id, *besides}
        while id_ in taken or self._program.exists(f"content/participants/{id_}.yml"):
            number += 1
            id_ = f"{wished}-{number}"
        return id_
