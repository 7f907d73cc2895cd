"""Accounts that are known by a login alone, and the records with their numbers filled in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from peerloom import source
from peerloom.changes import Changes
from peerloom.diagnostic import quoted
from peerloom.model import Participant
from peerloom.records import Program

_PROGRAM = "content/program.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account on GitHub: its number, and the day on which it was made."""

    number: int
    made_on: date


@dataclass(slots=True, kw_only=True)
class Filled:
    """The texts that change by their paths, and a sentence on each account: filled in or not."""

    changes: Changes = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def logins_without_number(program: Program) -> tuple[str, ...]:
    """The logins of coordinators and participants whose numbers are not written down."""
    people = (person.github for person in _people(program) if person.github)
    return tuple(dict.fromkeys([*_coordinators(program), *people]))


def _coordinators(program: Program) -> Iterator[str]:
    known = {login.casefold() for login in program.settings.coordinator_ids}
    yield from (each for each in program.settings.coordinators if each.casefold() not in known)


def _people(program: Program) -> Iterator[Participant]:
    people = program.participants.values()
    yield from (person for person in people if person.github and person.github_id is None)


def with_numbers(
    program: Program, accounts: Mapping[str, Account | None], read: Callable[[str], str]
) -> Filled:
    """The records with the numbers that GitHub knows; all else in them stays as it was written.

    A login may have been given up and taken by another since: an account made after its person
    joined is not taken for theirs, nor is one that another record names.
    """
    filled = Filled()
    numbers = dict(program.settings.coordinator_ids)
    for login in _coordinators(program):
        account = accounts.get(login)
        if _is_told(filled, login, _PROGRAM, account, None):
            assert account is not None
            numbers[login] = account.number
    if numbers != program.settings.coordinator_ids:
        text = source.with_key(read(_PROGRAM), "coordinator_ids", numbers)
        filled.changes = {_PROGRAM: text}
    taken = {p.github_id: p.id for p in program.participants.values() if p.github_id}
    people: dict[str, str] = {}
    for person in _people(program):
        assert person.github is not None
        at, account = program.path(person), accounts.get(person.github)
        if account and account.number in taken:
            whose = quoted(taken[account.number])
            filled.left.append(f"{at}: the account {quoted(person.github)} is known as {whose}")
        elif _is_told(filled, person.github, at, account, _known_since(person)):
            assert account is not None
            taken[account.number] = person.id
            people[at] = source.with_key(read(at), "github_id", account.number)
    filled.changes = {**filled.changes, **people}
    return filled


def _known_since(person: Participant) -> date | None:
    """The first day on which a person is known to have taken part with this login."""
    days = [person.consent.given_on] if person.consent else []
    days += [part.joined for part in person.cohorts if part.joined]
    return min(days, default=None)


def _is_told(
    filled: Filled, login: str, at: str, account: Account | None, since: date | None
) -> bool:
    if account is None:
        filled.left.append(f"{at}: no account is called {quoted(login)}; write its new name")
        return False
    if since and account.made_on > since:
        made, known = account.made_on.isoformat(), since.isoformat()
        filled.left.append(
            f"{at}: the account {quoted(login)} was made on {made}, after its person was known "
            f"on {known}: somebody else may have taken the login; ask them"
        )
        return False
    filled.done.append(f"{at}: {quoted(login)} is account {account.number}")
    return True
