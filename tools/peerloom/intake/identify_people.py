"""Stage 3: which rows of a sheet are one person, and whether the program knows them already."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from peerloom.diagnostic import quoted
from peerloom.intake.known_people import KnownPeople, KnownPerson, UnclearPerson
from peerloom.intake.merge_sign_up import RoleAnswer, SignUp
from peerloom.intake.read_answers import RowAnswers
from peerloom.intake.read_columns import SheetRow
from peerloom.intake.result import ImportNote, ImportOptions
from peerloom.records import Program
from peerloom.text.phrases import join_words

# Keys whose values from several rows are one list; of all others the last answer holds.
_LIST_KEYS = (
    *("skills_offered", "also_offers", "skills_wanted", "also_wants"),
    *("goals", "interests", "languages"),
)
# Keys that are not merged as a whole.
_OWN_RULES = ("goals", "consent", "answers", "source")


@dataclass(slots=True)
class PersonRows:
    """One person, and everything that their rows say."""

    id: str
    rows: list[SheetRow] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    roles: list[RoleAnswer] = field(default_factory=list)
    mail_digest: str | None = None

    def add_row(self, row: SheetRow, values: dict[str, Any], role: RoleAnswer) -> None:
        """Add a later row: lists grow, other values are replaced, another role is added."""
        self.rows.append(row)
        for key, value in values.items():
            known = self.values.get(key)
            if key in _LIST_KEYS and known:
                self.values[key] = known + [item for item in value if item not in known]
            elif key == "answers" and known:
                self.values[key] = {**known, **value}
            else:
                self.values[key] = value
        for index, known_role in enumerate(self.roles):
            if (known_role.role, known_role.team) == (role.role, role.team):
                if role.capacity is not None:
                    self.roles[index] = role
                return
        self.roles.append(role)

    def sign_up(self, cohort: str) -> SignUp:
        """Return what the rows say together, to be merged into a record."""
        return SignUp(
            cohort=cohort,
            fields={k: v for k, v in self.values.items() if k not in _OWN_RULES},
            roles=self.roles,
            goals=self.values.get("goals") or (),
            consent=self.values.get("consent"),
            answers=self.values.get("answers") or {},
            source=self.values.get("source"),
            mail_digest=self.mail_digest,
        )


def group_by_person(
    answered_rows: Sequence[RowAnswers], program: Program, options: ImportOptions
) -> tuple[list[PersonRows], list[ImportNote]]:
    """Return the people of a sheet in the order of their first rows, and notes about all rows.

    `answered_rows` come in the order in which they were answered. Rows that were refused, or for
    which it is not clear who it is, are only in the notes.
    """
    groups = _Groups(program, options, ignores_ids=_ids_are_row_numbers(answered_rows, options))
    if groups.ignores_ids:
        groups.notes.append(_row_numbers_note(answered_rows[0].row))
    for answers in answered_rows:
        groups.add_row(answers)
    people = groups.people.values()
    return sorted(people, key=lambda p: min(row.number for row in p.rows)), groups.notes


class _Groups:
    """The people found so far. Each row adds to what is known, so that the next one may match."""

    def __init__(self, program: Program, options: ImportOptions, *, ignores_ids: bool) -> None:
        self.people: dict[str, PersonRows] = {}
        self.notes: list[ImportNote] = []
        self.ignores_ids = ignores_ids
        self._program = program
        self._options = options
        self._known_people = KnownPeople(program)

    def add_row(self, answers: RowAnswers) -> None:
        if answers.role is None or answers.refusals:
            self.notes += answers.refusals
            return
        try:
            known, is_by_name_alone = self._identify_row(answers)
        except UnclearPerson as unclear:
            note = answers.row.note("refused", unclear.field, unclear.message, unclear.help)
            self.notes.append(note)
            return
        person = self.people.setdefault(known.id, PersonRows(known.id))
        if is_by_name_alone:
            cohort = self._options.cohort
            self.notes += _same_name_notes(answers.row, person, self._program, cohort)
        self.notes += answers.notes
        values = dict(answers.values)
        if _is_another_persons_login(values.get("github"), known):
            message = f"GitHub login {quoted(values.pop('github'))} is another person's already"
            self.notes.append(answers.row.note("left_out", "github", message, "ask whose it is"))
        person.mail_digest = known.mail_digest
        person.add_row(answers.row, values, answers.role)

    def _identify_row(self, answers: RowAnswers) -> tuple[KnownPerson, bool]:
        return self._known_people.identify(
            {
                "id": "" if self.ignores_ids else answers.row["id"],
                "name": answers.values["name"],
                "github": answers.values.get("github"),
                "mail": answers.row["mail"],
            }
        )


def _row_numbers_note(row: SheetRow) -> ImportNote:
    message = "the numbers of rows are not used as people's ids"
    help_ = f'if they are ids: --map "{row.headers["id"]}=id"'
    return ImportNote(kind="remark", message=message, help=help_)


def _ids_are_row_numbers(answered_rows: Sequence[RowAnswers], options: ImportOptions) -> bool:
    """Whether the column of ids only numbers the rows, as form services name such a column."""
    ids = [answers.row["id"] for answers in answered_rows]
    return (
        "id" not in options.columns.values()
        and any(ids)
        and all(id_.isdigit() or not id_ for id_ in ids)
    )


def _same_name_notes(
    row: SheetRow, person: PersonRows, program: Program, cohort: str
) -> Iterator[ImportNote]:
    """Yield what to check where only a name says that a row is a person's."""
    if person.rows:
        rows = join_words(str(other.number) for other in (*person.rows, row))
        message = f"rows {rows} have one name, and are treated as one person, {quoted(person.id)}"
        help_ = "if they are two people, add a column with their GitHub logins or ids"
        yield ImportNote(kind="guessed", message=message, help=help_)
    elif all(other.cohort != cohort for other in program.participants[person.id].cohorts):
        message = "somebody who is in the program already, by nothing but the name"
        help_ = "if it is somebody else, add a column with GitHub logins or ids"
        yield row.note("guessed", "name", message, help_)


def _is_another_persons_login(login: str | None, person: KnownPerson) -> bool:
    return bool(login) and (person.github or "").casefold() != (login or "").casefold()
