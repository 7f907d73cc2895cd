"""Who a GitHub account is in a program: by its number once that is known, else by its login."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from peerloom.model import Cohort, Participant, Settings
from peerloom.records import Program
from peerloom.review.record_keys import RecordKeys

AuthorRole = Literal["coordinator", "cohort coordinator", "participant", "newcomer", "recycled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A GitHub account, and who that is; `participant` is the id of a coordinator's record, too.

    `cohorts` are the ids of those that the account coordinates without coordinating the program.
    Its `role` is then that in which it is answered about everything else; "cohort coordinator" is
    the one for changes that are about these cohorts alone.
    """

    login: str
    number: int
    role: AuthorRole
    participant: str | None = None
    cohorts: frozenset[str] = frozenset()

    def role_for(self, cohorts: frozenset[str]) -> AuthorRole:
        """The role for a change about `cohorts`, of which there are none if it is about more."""
        if self.role != "coordinator" and cohorts and cohorts <= self.cohorts:
            return "cohort coordinator"
        return self.role


def identify_author(program: Program, login: str, number: int) -> Author:
    """Identify, in the program, the account that made a pull request.

    Logins are given up and taken by others; numbers are not. Where a login is known with
    another number, its account is somebody else's by now, and has no rights at all.
    """
    person = _find_participant(program, login, number)
    known = _list_coordinator_numbers(program, program.settings)
    cohorts = frozenset(
        cohort.id
        for cohort in program.cohorts.values()
        if _is_among(_list_coordinator_numbers(program, cohort), login, number)
    )
    if _is_among(known, login, number):
        role: AuthorRole = "coordinator"
    elif person is not None:
        role = "participant"
    elif not cohorts and login.casefold() in _list_known_logins(program):
        role = "recycled"
    else:
        role = "newcomer"
    return Author(
        login=login,
        number=number,
        role=role,
        participant=person.id if person else None,
        cohorts=cohorts if role != "coordinator" else frozenset(),
    )


def list_coordinator_logins(program: Program) -> frozenset[str]:
    """The logins of all coordinators, of the program and of cohorts, in small letters."""
    naming = program.records_naming_coordinators
    return frozenset(login.casefold() for each in naming for login in each.coordinators)


def gives_account(before: RecordKeys, after: RecordKeys, program: Program) -> bool:
    """Whether a change of a participant's record makes an account theirs, or takes one away.

    A login and a number in any record are believed, also of coordinators who have no number yet.
    A login alone proves nothing, and may be added where there was no account, unless it is that
    of a coordinator.
    """
    was, becomes = ((each.get("github"), each.get("github_id")) for each in (before, after))
    if not after or was == becomes:
        return False
    login, number = becomes
    is_login_alone = was == (None, None) and number is None
    return not is_login_alone or str(login).casefold() in list_coordinator_logins(program)


def _list_known_logins(program: Program) -> frozenset[str]:
    return list_coordinator_logins(program) | _list_participant_numbers(program).keys()


def _is_among(known: Mapping[str, int | None], login: str, number: int) -> bool:
    """Whether an account is one of those known by number or, without one, by login."""
    return number in known.values() or known.get(login.casefold(), number) is None


def _list_coordinator_numbers(program: Program, naming: Settings | Cohort) -> dict[str, int | None]:
    """The numbers of coordinators by login, in small letters; ids of former ones are ignored.

    `naming` is the record that names the coordinators: the program's settings, or a cohort.
    """
    numbers = _list_participant_numbers(program)
    for ids in (program.settings.coordinator_ids, naming.coordinator_ids):
        numbers |= {login.casefold(): id_ for login, id_ in ids.items()}
    return {login.casefold(): numbers.get(login.casefold()) for login in naming.coordinators}


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
