"""Who a GitHub account is in a program: by its number once that is known, else by its login."""

from dataclasses import dataclass
from typing import Literal

from peerloom.model import Participant
from peerloom.records import Program

AuthorRole = Literal["coordinator", "participant", "newcomer", "recycled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A GitHub account, and who that is; `participant` is the id of a coordinator's record, too."""

    login: str
    number: int
    role: AuthorRole
    participant: str | None = None


def identify_author(program: Program, login: str, number: int) -> Author:
    """Identify, in the program, the account that made a pull request.

    Logins are given up and taken by others; numbers are not. Where a login is known with
    another number, its account is somebody else's by now, and has no rights at all.
    """
    person = _find_participant(program, login, number)
    known = _list_coordinator_numbers(program)
    if number in known.values() or known.get(login.casefold(), number) is None:
        role: AuthorRole = "coordinator"
    elif person is not None:
        role = "participant"
    elif login.casefold() in known or login.casefold() in _list_participant_numbers(program):
        role = "recycled"
    else:
        role = "newcomer"
    return Author(login=login, number=number, role=role, participant=person.id if person else None)


def _list_coordinator_numbers(program: Program) -> dict[str, int | None]:
    """The numbers of coordinators by login, in small letters; ids of former ones are ignored."""
    settings = program.settings
    numbers = _list_participant_numbers(program)
    numbers |= {login.casefold(): id_ for login, id_ in settings.coordinator_ids.items()}
    return {login.casefold(): numbers.get(login.casefold()) for login in settings.coordinators}


def _list_participant_numbers(program: Program) -> dict[str, int | None]:
    """The numbers of participants by login, in small letters."""
    people = program.participants.values()
    return {p.github.casefold(): p.github_id for p in people if p.github}


def _find_participant(program: Program, login: str, number: int) -> Participant | None:
    people = program.participants.values()
    by_number = next((p for p in people if p.github_id == number), None)
    if by_number is not None:
        return by_number
    unnumbered = (p for p in people if p.github_id is None and p.github)
    return next((p for p in unnumbered if (p.github or "").casefold() == login.casefold()), None)
