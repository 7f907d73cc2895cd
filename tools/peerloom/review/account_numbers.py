"""Accounts that are known by a login alone, and records in which their numbers are filled in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from peerloom import source
from peerloom.changes import Changes
from peerloom.diagnostic import quoted
from peerloom.model import Cohort, Participant, Settings
from peerloom.records import Program
from peerloom.yaml_editing import CannotEdit, set_values


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAccount:
    """An account on GitHub: its number, and the day on which it was made."""

    number: int
    made_on: date


@dataclass(slots=True, kw_only=True)
class FilledNumbers:
    """The texts that change, by path, and a sentence about each account.

    `done` is about the accounts whose number is filled in, `left` about the others.
    """

    changes: Changes = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def list_logins_without_number(program: Program) -> tuple[str, ...]:
    """The logins of coordinators and participants whose numbers are not written down."""
    people = (person.github for person in _list_unnumbered_people(program) if person.github)
    coordinators = (login for _, login in _list_unnumbered_coordinators(program))
    return tuple(dict.fromkeys([*coordinators, *people]))


def _list_unnumbered_coordinators(program: Program) -> Iterator[tuple[Settings | Cohort, str]]:
    """Each login without a number, with the record that names it as a coordinator's."""
    for record in program.records_naming_coordinators:
        ids = program.settings.coordinator_ids | record.coordinator_ids
        known = {login.casefold() for login in ids}
        yield from ((record, each) for each in record.coordinators if each.casefold() not in known)


def _list_unnumbered_people(program: Program) -> Iterator[Participant]:
    people = program.participants.values()
    yield from (person for person in people if person.github and person.github_id is None)


def fill_in_numbers(
    program: Program, accounts: Mapping[str, FoundAccount | None], read: Callable[[str], str]
) -> FilledNumbers:
    """Fill the numbers that GitHub knows into records; all else in them stays as it was written.

    A login may have been given up and taken by another since: an account made after its person
    joined is not taken for theirs, nor is one that another record names.
    """
    filled = FilledNumbers()
    numbers: dict[str, dict[str, int]] = {}
    for record, login in _list_unnumbered_coordinators(program):
        path, account = program.path(record), accounts.get(login)
        if _is_usable(filled, login, path, account, None):
            assert account is not None
            numbers.setdefault(path, dict(record.coordinator_ids))[login] = account.number
    for path, ids in numbers.items():
        _set_value(filled, path, read(path), "coordinator_ids", ids)
    taken = {p.github_id: p.id for p in program.participants.values() if p.github_id}
    for person in _list_unnumbered_people(program):
        assert person.github is not None
        path, account = program.path(person), accounts.get(person.github)
        if account and account.number in taken:
            whose = quoted(taken[account.number])
            filled.left.append(f"{path}: the account {quoted(person.github)} is known as {whose}")
        elif _is_usable(filled, person.github, path, account, _first_known_day(person)):
            assert account is not None
            taken[account.number] = person.id
            _set_value(filled, path, read(path), "github_id", account.number)
    return filled


def _set_value(filled: FilledNumbers, path: str, text: str, key: str, value: object) -> None:
    try:
        filled.changes = {**filled.changes, path: set_values(text, {(key,): value})}
    except CannotEdit:
        line = source.dump_inline({key: value})[1:-1]
        filled.left.append(
            f"{path}: it is written in an unusual way and stays as it is; write '{line}' there"
        )


def _first_known_day(person: Participant) -> date | None:
    """The first day on which a person is known to have taken part with this login."""
    days = [person.consent.given_on] if person.consent else []
    days += [membership.joined for membership in person.cohorts if membership.joined]
    return min(days, default=None)


def _is_usable(
    filled: FilledNumbers, login: str, path: str, account: FoundAccount | None, since: date | None
) -> bool:
    """Whether an account may be taken for the person's; says so in `filled` either way."""
    if account is None:
        filled.left.append(f"{path}: no account is called {quoted(login)}; write its new name")
        return False
    if since and account.made_on > since:
        created, known = account.made_on.isoformat(), since.isoformat()
        filled.left.append(
            f"{path}: the account {quoted(login)} was made on {created}, but its person "
            f"was already known on {known}: somebody else may have taken the login; ask them"
        )
        return False
    filled.done.append(f"{path}: {quoted(login)} is account {account.number}")
    return True
