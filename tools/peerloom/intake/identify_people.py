"""Stage 3: which rows of a sheet are one person, and whether the program knows them already."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import fold_text
from peerloom.intake.cluster_rows import Cluster, RowIdentity, cluster_rows
from peerloom.intake.known_people import KnownPeople, KnownPerson, UnclearPerson
from peerloom.intake.merge_sign_up import RoleAnswer, SignUp
from peerloom.intake.name_matching import digest_mail_address, names_may_be_one, record_word
from peerloom.intake.read_answers import RowAnswers
from peerloom.intake.reading import PersonDecision, PersonQuestion
from peerloom.intake.result import ImportNote
from peerloom.intake.sheet_rows import SheetRow
from peerloom.model import AUDIENCES
from peerloom.records import Program

# Keys whose values from rows for several roles or teams are one list; of all others, and of rows
# for one role, the newest answer holds.
_LIST_KEYS = (
    *("skills_offered", "also_offers", "skills_wanted", "also_wants"),
    *("goals", "interests", "languages"),
)


@dataclass(slots=True)
class PersonRows:
    """One person, and everything that their rows say."""

    id: str
    rows: list[SheetRow] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    roles: list[RoleAnswer] = field(default_factory=list)
    mail_digest: str | None = None
    answered_at: datetime | None = None

    def add_row(self, answers: RowAnswers, *, is_dated: bool) -> None:
        """Add a newer row: its answers replace older ones, and another role or team is added.

        For another role or team lists grow. Where the order of rows is not dated, a consent that
        shows less holds, whichever row it is in.
        """
        role = answers.role
        assert role is not None
        same = [n for n, r in enumerate(self.roles) if (r.role, r.team) == (role.role, role.team)]
        self.rows.append(answers.row)
        for key, value in answers.values.items():
            known = self.values.get(key)
            if key in _LIST_KEYS and known and not same:
                self.values[key] = known + [item for item in value if item not in known]
            elif key == "consent" and known and not is_dated and _shows_less(known, value):
                continue
            else:
                self.values[key] = value
        if not same:
            self.roles.append(role)
        elif role.capacity is not None:
            self.roles[same[0]] = role

    def sign_up(self, cohort: str) -> SignUp:
        """Return what the rows say together, to be merged into a record."""
        return SignUp(
            cohort=cohort,
            fields={k: v for k, v in self.values.items() if k not in ("goals", "consent")},
            roles=self.roles,
            goals=self.values.get("goals") or (),
            consent=self.values.get("consent"),
            mail_digest=self.mail_digest,
            answered_at=self.answered_at,
        )


def _shows_less(consent: dict[str, str], other: dict[str, str]) -> bool:
    return AUDIENCES.index(consent["show"]) > AUDIENCES.index(other["show"])


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPeople:
    """The people of a sheet in the order of their first rows, notes, and what is to be decided.

    `joined` says which rows were taken as one person, and why.
    """

    people: tuple[PersonRows, ...]
    known_people: KnownPeople
    notes: tuple[ImportNote, ...]
    questions: tuple[PersonQuestion, ...]
    joined: tuple[str, ...]


def group_by_person(
    identities: Sequence[RowIdentity],
    program: Program,
    cohort: str,
    decisions: Sequence[PersonDecision],
    moments: Mapping[int, datetime],
) -> SheetPeople:
    """Return the people of a sheet. `identities` come in the order of their rows.

    `moments` gives, by the number of a row, when it was answered, where that is known.
    """
    clusters, questions, joined = cluster_rows(identities, decisions)
    clusters = [_order_by_age(cluster, moments) for cluster in clusters]
    finder = _Finder(program, cohort, tuple(decisions))
    people = []
    for cluster, known in finder.find_people(clusters):
        person = PersonRows(known.id, mail_digest=known.mail_digest)
        is_dated = all(row.number in moments for row in cluster)
        if len(cluster) > 1 and not is_dated:
            joined = [*joined, *_undated_remark(cluster)]
        for row in cluster:
            person.add_row(_without_others_login(row.answers, known, finder), is_dated=is_dated)
        if is_dated:
            person.answered_at = moments[cluster[-1].number]
        people.append(person)
    return SheetPeople(
        people=tuple(people),
        known_people=finder.known_people,
        notes=tuple(finder.notes),
        questions=(*questions, *finder.questions),
        joined=tuple(joined),
    )


def _order_by_age(cluster: Cluster, moments: Mapping[int, datetime]) -> Cluster:
    """Return a person's rows, the newest last: by their moments, if all of them are known."""
    if all(row.number in moments for row in cluster):
        return sorted(cluster, key=lambda row: (moments[row.number], row.number))
    return sorted(cluster, key=lambda row: row.number)


def _undated_remark(cluster: Cluster) -> Iterator[str]:
    numbers = [row.number for row in cluster]
    rows = " and ".join(map(str, numbers))
    yield f"of rows {rows} the last one counts as the newest: no time of answering can be read"


def _without_others_login(answers: RowAnswers, known: KnownPerson, finder: "_Finder") -> RowAnswers:
    """Return the answers of a row without a login that is another person's."""
    login = answers.values.get("github")
    if not login or (known.github or "").casefold() == login.casefold():
        return answers
    owner = finder.known_people.find_by_login(login)
    if owner is None or owner is known:
        return answers
    message = f"GitHub login {quoted(login)} is another person's already"
    finder.notes.append(answers.row.note("left_out", "github", message, "ask whose it is"))
    values = {key: value for key, value in answers.values.items() if key != "github"}
    return RowAnswers(row=answers.row, values=values, role=answers.role, notes=answers.notes)


class _Finder:
    """Finds out whom the program knows already, those who are surely known first."""

    def __init__(
        self, program: Program, cohort: str, decisions: tuple[PersonDecision, ...]
    ) -> None:
        self.known_people = KnownPeople(program)
        self.notes: list[ImportNote] = []
        self.questions: list[PersonQuestion] = []
        self._program = program
        self._cohort = cohort
        self._decisions = decisions
        self._claimed: set[str] = set()

    def find_people(self, clusters: Sequence[Cluster]) -> list[tuple[Cluster, KnownPerson]]:
        """Return each cluster with its person; clusters for which it is not clear are refused."""
        found: dict[int, KnownPerson] = {}
        steps = (self._find_by_id, self._find_by_login, self._find_by_name, self._add)
        for step in steps:
            for n, cluster in enumerate(clusters):
                if n in found:
                    continue
                try:
                    person = step(cluster, clusters)
                except UnclearPerson as unclear:
                    self._refuse(cluster, unclear)
                    found[n] = KnownPerson("", "")
                    continue
                if person is not None:
                    found[n] = person
                    self._claimed.add(person.id)
        return [(c, found[n]) for n, c in enumerate(clusters) if found.get(n) and found[n].id]

    def _refuse(self, cluster: Cluster, unclear: UnclearPerson) -> None:
        for row in cluster:
            self.notes.append(
                row.answers.row.note("refused", unclear.field, unclear.message, unclear.help)
            )

    def _find_by_id(self, cluster: Cluster, _: Sequence[Cluster]) -> KnownPerson | None:
        given = next((row.id for row in cluster if row.id), "")
        if not given:
            return None
        id_, person = self.known_people.find_by_id(given)
        login, mark = _login_of(cluster), _mark_of(cluster)
        if person is None:
            return self.known_people.add_new(id_, cluster[-1].name, login, mark)
        self.known_people.complete(person, login, mark)
        return person

    def _find_by_login(self, cluster: Cluster, _: Sequence[Cluster]) -> KnownPerson | None:
        person = self.known_people.find_by_login(_login_of(cluster))
        if person is None or person.is_new or person.id in self._claimed:
            return None
        if not names_may_be_one(person.name, cluster[-1].name):
            common = f"has the GitHub login of {quoted(person.name)}, who is in the program"
            if not self._are_same(cluster, person, common, likely=False):
                return None
        self.known_people.complete(person, _login_of(cluster), _mark_of(cluster))
        return person

    def _find_by_name(self, cluster: Cluster, clusters: Sequence[Cluster]) -> KnownPerson | None:
        name, login, mark = cluster[-1].name, _login_of(cluster), _mark_of(cluster)
        namesakes = [
            person
            for person in self.known_people.find_namesakes(name, login, mark)
            if not person.is_new and person.id not in self._claimed
        ]
        same_name = 0
        if len(namesakes) > 1:
            same_name = sum(fold_text(c[-1].name) == fold_text(name) for c in clusters)
        if same_name < len(namesakes) > 1:
            raise UnclearPerson(
                "name",
                f"several people have this name: {', '.join(person.id for person in namesakes)}",
                "add a column with their GitHub login or id, so that it is clear who it is",
            )
        if not namesakes:
            return self._find_other_namesake(cluster)
        person = namesakes[0]
        is_by_name_alone = not (mark and person.mail_digest)
        if is_by_name_alone and not self._has_part_of(person, cluster):
            common = f"has nothing but the name of {quoted(person.id)}, who is in the program"
            if not self._are_same(cluster, person, common, likely=True):
                return None
        self.known_people.complete(person, login, mark)
        return person

    def _find_other_namesake(self, cluster: Cluster) -> KnownPerson | None:
        """Return somebody of the name with another mail address, if it was decided so."""
        for person in self.known_people.find_namesakes(cluster[-1].name, None, None):
            is_other = bool(_mark_of(cluster)) and bool(person.mail_digest)
            if is_other and not person.is_new and person.id not in self._claimed:
                common = f"has the name of {quoted(person.id)}, who has another mail address"
                if self._are_same(cluster, person, common, likely=False):
                    self.known_people.complete(person, _login_of(cluster), _mark_of(cluster))
                    return person
        return None

    def _has_part_of(self, person: KnownPerson, cluster: Cluster) -> bool:
        """Whether a person has all roles in the cohort that the rows sign up for."""
        parts = self._program.participants[person.id].cohorts
        roles = {part.role for part in parts if part.cohort == self._cohort}
        wished = {row.answers.role.role for row in cluster if row.answers.role}
        return bool(roles) and ("either" in roles or wished <= roles)

    def _are_same(
        self, cluster: Cluster, person: KnownPerson, common: str, *, likely: bool
    ) -> bool:
        """Whether rows are of somebody in the program: as it was decided, or is to be asked for."""
        words = {cluster[-1].word, record_word(person.id)}
        for decision in self._decisions:
            if words <= decision.people:
                return decision.are_same
        numbers = tuple(row.number for row in cluster)
        rows = f"row {numbers[0]}" if len(numbers) == 1 else f"rows {', '.join(map(str, numbers))}"
        self.questions.append(
            PersonQuestion(
                people=tuple(sorted(words)),
                rows=numbers,
                message=f"{rows}, {quoted(cluster[-1].name)}, {common}",
                are_likely_same=likely,
            )
        )
        return likely

    def _add(self, cluster: Cluster, _: Sequence[Cluster]) -> KnownPerson:
        name = cluster[-1].name
        id_ = self.known_people.free_id(name)
        return self.known_people.add_new(id_, name, _login_of(cluster), _mark_of(cluster))


def _login_of(cluster: Cluster) -> str | None:
    """Return the newest login that a person gave."""
    return next((row.login for row in reversed(cluster) if row.login), None)


def _mark_of(cluster: Cluster) -> str | None:
    """Return the mark of the newest mail address that a person gave."""
    mail = next((row.mail for row in reversed(cluster) if row.mail), None)
    return digest_mail_address(mail) if mail else None
