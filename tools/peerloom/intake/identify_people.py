"""Stage 3: which rows of a sheet are one person, and whether the program knows them already."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from peerloom.diagnostic import quoted
from peerloom.intake.cluster_rows import Cluster, RowIdentity, cluster_rows
from peerloom.intake.find_people import PersonFinder
from peerloom.intake.known_people import KnownPeople, KnownPerson
from peerloom.intake.merge_roles import RoleAnswer
from peerloom.intake.merge_sign_up import KEYS_WITH_RULES, SignUp
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
        shows less holds, whichever row it is in, and a no to what somebody may agree to.
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
            elif key == "agreements" and known and not is_dated:
                self.values[key] = {
                    **known,
                    **{p: v and known.get(p, True) for p, v in value.items()},
                }
            elif key in ("agreements", "answers") and known:
                self.values[key] = {**known, **value}
            else:
                self.values[key] = value
        if not same:
            self.roles.append(role)
        elif role.capacity is not None:
            self.roles[same[0]] = role

    def sign_up(self, cohort: str, new_part: Mapping[str, Any]) -> SignUp:
        """Return what the rows say together, to be merged into a record.

        `new_part` is what a part in the cohort that is new says besides.
        """
        return SignUp(
            cohort=cohort,
            fields={k: v for k, v in self.values.items() if k not in KEYS_WITH_RULES},
            roles=self.roles,
            goals=self.values.get("goals") or (),
            consent=self.values.get("consent"),
            agreements=self.values.get("agreements") or {},
            agreed_on=self.values.get("agreed_on") or "",
            assumed_consent=self.values.get("assumed_consent"),
            answers=self.values.get("answers") or {},
            source=self.values.get("source"),
            new_part=new_part,
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
    finder = PersonFinder(program, cohort, tuple(decisions))
    people = []
    for cluster, known in finder.find_people(clusters):
        person = PersonRows(known.id, mail_digest=known.mail_digest)
        is_dated = all(row.number in moments for row in cluster)
        for row in cluster:
            person.add_row(_without_others_login(row.answers, known, finder), is_dated=is_dated)
        if is_dated:
            person.answered_at = moments[cluster[-1].number]
        people.append(person)
    undated = [c for c in clusters if len(c) > 1 and not all(r.number in moments for r in c)]
    joined = [*_undated_remark(undated), *joined]
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


def _undated_remark(clusters: Sequence[Cluster]) -> Iterator[str]:
    """Yield what counts as the newest answer of people whose rows have no readable times."""
    if clusters:
        rows = " and ".join(str(row.number) for row in clusters[0])
        more = f", and so for {len(clusters) - 1} more people" if len(clusters) > 1 else ""
        why = "no time of answering can be read"
        yield f"of rows {rows} the last one counts as the newest{more}: {why}"


def _without_others_login(
    answers: RowAnswers, known: KnownPerson, finder: PersonFinder
) -> RowAnswers:
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
