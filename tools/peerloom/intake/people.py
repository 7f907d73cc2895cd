"""Sign-ups to participants: each row read, put to its person, and merged into their record."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from peerloom import schema, source
from peerloom.changes import Changes
from peerloom.diagnostic import quoted
from peerloom.intake import columns, headers, sign_ups, skills, values
from peerloom.intake.columns import Entry
from peerloom.intake.identity import People, Unclear
from peerloom.intake.merge_sign_up import RoleAnswer, SignUp, merge_sheet_sign_up
from peerloom.intake.notes import CannotTake, Intake, Note, Options
from peerloom.intake.record_text import (
    ReadText,
    edit_record_text,
    new_record_text,
    parse_record,
)
from peerloom.intake.sheets import Grid
from peerloom.intake.skills import Vocabulary
from peerloom.records import Program

_PROGRAM = "content/program.yml"
# Fields whose several rows are one list; of all others the last answer holds.
_LISTS = (
    *("skills_offered", "also_offers", "skills_wanted", "also_wants"),
    *("goals", "interests", "languages"),
)


@dataclass(slots=True)
class _PersonRows:
    """Everything that one person's rows say."""

    id: str
    rows: list[Entry] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    roles: list[RoleAnswer] = field(default_factory=list)
    mail_digest: str | None = None

    def add(self, entry: Entry, values: Mapping[str, Any], role: RoleAnswer) -> None:
        """Add a row: lists grow, a capacity stays until another is given, and the rest is new."""
        self.rows.append(entry)
        for key, value in values.items():
            known = self.values.get(key)
            if key in _LISTS and known:
                self.values[key] = known + [item for item in value if item not in known]
            else:
                self.values[key] = value
        for n, known_role in enumerate(self.roles):
            if (known_role.role, known_role.team) == (role.role, role.team):
                if role.capacity is not None:
                    self.roles[n] = role
                return
        self.roles.append(role)

    def sign_up(self, cohort: str) -> SignUp:
        """Return what the rows say together."""
        return SignUp(
            cohort=cohort,
            fields={k: v for k, v in self.values.items() if k not in ("goals", "consent")},
            roles=self.roles,
            goals=self.values.get("goals") or (),
            consent=self.values.get("consent"),
            mail_digest=self.mail_digest,
        )


def take_people(grid: Grid, read: ReadText, program: Program, options: Options) -> Intake:
    """The participants that a sheet of sign-ups makes, and what there is to say about it.

    Raises `CannotTake`.
    """
    remembered = program.settings.import_columns
    rows, notes = columns.entries(grid, headers.PEOPLE, options.columns, remembered)
    _refuse_unusable_columns(rows, options)
    vocabulary = Vocabulary(program.settings.skills)
    found = [*notes, *_about_mail(rows)]
    if options.add_skills:
        _list_new(rows, vocabulary)
        vocabulary = Vocabulary((*program.settings.skills, *vocabulary.added()))
    signed_up = _signed_up(rows, program, options, vocabulary, found)
    changes: Changes = {}
    rows_of: dict[str, tuple[Entry, ...]] = {}
    counted: Counter[str] = Counter()
    for sign_up in signed_up:
        path = f"content/participants/{sign_up.id}.yml"
        text, told, outcome = _record(sign_up, read(path), options)
        found += told
        counted[outcome] += 1
        if text is not None:
            changes[path] = text
            rows_of[path] = tuple(sign_up.rows)
    changes |= _program_changes(read, program, options, vocabulary)
    return Intake(
        changes=changes,
        rows={path: tuple(entry.row for entry in those) for path, those in rows_of.items()},
        notes=tuple(found),
        new_skills=vocabulary.new,
        skills_snippet=skills.snippet(vocabulary.added()),
        new=counted["new"],
        updated=counted["updated"],
        unchanged=counted["unchanged"],
    )


def _refuse_unusable_columns(rows: tuple[Entry, ...], options: Options) -> None:
    known = rows[0].columns if rows else {"name": "", "role": ""}
    if not {"name", "first_name", "last_name"} & known.keys():
        message = "the sheet must have a column with people's names"
        raise CannotTake(message, 'say which it is: --map "COLUMN=name"')
    if "role" not in known and options.role is None:
        message = "the sheet must say who wants to be a mentor and who a mentee"
        help_ = 'name that column with --map "COLUMN=role", or say --role mentee for all rows'
        raise CannotTake(message, help_)


def _about_mail(rows: tuple[Entry, ...]) -> Iterator[Note]:
    if rows and "mail" in rows[0].columns:
        message = "mail addresses help to tell people apart, and are not kept"
        yield Note(kind="remark", column=rows[0].columns["mail"], message=message)


def _list_new(rows: Iterable[Entry], vocabulary: Vocabulary) -> None:
    for entry in rows:
        for name in sign_ups.SKILLS:
            said = vocabulary.answers(entry[name])
            vocabulary.say_unknown(a for a in said if vocabulary.understood(a).value is None)


def _signed_up(
    rows: tuple[Entry, ...],
    program: Program,
    options: Options,
    vocabulary: Vocabulary,
    notes: list[Note],
) -> list[_PersonRows]:
    """Everybody in the order of their first rows. `notes` is added to."""
    people = People(program)
    is_row_number = _ids_are_row_numbers(rows, options)
    if is_row_number:
        message = "the numbers of rows are not taken as people's ids"
        help_ = f'if they are ids: --map "{rows[0].columns["id"]}=id"'
        notes.append(Note(kind="remark", message=message, help=help_))
    found: dict[str, _PersonRows] = {}
    # Forms list answers by when they were given; where they say when, that order holds.
    for entry in sorted(rows, key=lambda e: (values.day(e["answered"]) or options.today, e.row)):
        said, role, told = sign_ups.read(entry, options, vocabulary)
        if role is None or any(note.kind == "refused" for note in told):
            notes += [note for note in told if note.kind == "refused"]
            continue
        key = {"name": said["name"], "github": said.get("github"), "mail": entry["mail"]}
        key["id"] = "" if is_row_number else entry["id"]
        try:
            person, by_name_alone = people.who(key)
        except Unclear as unclear:
            notes.append(entry.note("refused", unclear.name, unclear.message, unclear.help))
            continue
        sign_up = found.setdefault(person.id, _PersonRows(person.id))
        if by_name_alone:
            notes += _same(entry, sign_up, program, options.cohort)
        notes += [*told, *_own_login(entry, said, person.github)]
        sign_up.mail_digest = person.mail
        sign_up.add(entry, said, role)
    return [found[id_] for id_ in sorted(found, key=lambda i: min(e.row for e in found[i].rows))]


def _ids_are_row_numbers(rows: tuple[Entry, ...], options: Options) -> bool:
    """Form services number the answers in a column of that name."""
    ids = [entry["id"] for entry in rows]
    return (
        "id" not in options.columns.values()
        and any(ids)
        and all(id_.isdigit() or not id_ for id_ in ids)
    )


def _same(entry: Entry, sign_up: _PersonRows, program: Program, cohort: str) -> Iterator[Note]:
    if sign_up.rows:
        rows = " and ".join(str(row.row) for row in (*sign_up.rows, entry))
        message = f"rows {rows} have one name, and are taken as one person, {quoted(sign_up.id)}"
        help_ = "if they are two people, add a column with their GitHub logins or ids"
        yield Note(kind="guessed", message=message, help=help_)
    elif all(part.cohort != cohort for part in program.participants[sign_up.id].cohorts):
        message = "somebody who is in the program already, by nothing but the name"
        help_ = "if it is somebody else, add a column with GitHub logins or ids"
        yield entry.note("guessed", "name", message, help_)


def _own_login(entry: Entry, said: dict[str, Any], login: str | None) -> Iterator[Note]:
    given = said.get("github")
    if given and (login or "").casefold() != given.casefold():
        del said["github"]
        message = f"GitHub login {quoted(given)} is another person's already"
        yield entry.note("left_out", "github", message, "ask whose it is")


def _record(
    sign_up: _PersonRows, before: str | None, options: Options
) -> tuple[str | None, list[Note], str]:
    """A person's new text where it changes, notes, and whether it is new or updated."""
    old = parse_record(before) or {"id": sign_up.id}
    merged = merge_sheet_sign_up(old, sign_up.sign_up(options.cohort))
    new = merged.values
    notes = [*_kept(sign_up, merged.kept_keys), *_problems(sign_up, new)]
    if any(note.kind == "refused" for note in notes):
        return None, notes, "refused"
    if before is None:
        return new_record_text("participant", new), notes, "new"
    text = edit_record_text(before, {**new, **dict.fromkeys(old.keys() - new.keys())})
    return (None, notes, "unchanged") if text == before else (text, notes, "updated")


def _kept(sign_up: _PersonRows, keys: Iterable[str]) -> Iterator[Note]:
    path = f"content/participants/{sign_up.id}.yml"
    entry = sign_up.rows[-1]
    for key in keys:
        message = f"{quoted(key)} was changed by hand in {path}, and stays as it is"
        help_ = "if the sheet is right, mend that file"
        yield entry.note("kept", sign_ups.COLUMN_OF.get(key, key), message, help_)


def _problems(sign_up: _PersonRows, record: Mapping[str, Any]) -> Iterator[Note]:
    if schema.is_valid("participant", record):
        return
    for problem in schema.problems("participant", record):
        key = str(problem.keys[0]) if problem.keys else "name"
        for entry in sign_up.rows:
            name = sign_ups.COLUMN_OF.get(key, key)
            yield entry.note("refused", name, problem.message, problem.help)


def _program_changes(
    read: ReadText, program: Program, options: Options, vocabulary: Vocabulary
) -> Changes:
    """What the program's own file is to remember: columns, and skills where that was asked."""
    before = text = read(_PROGRAM) or ""
    known = program.settings.import_columns
    if any(known.get(column) != name for column, name in options.columns.items()):
        text = source.with_key(text, "import_columns", {**known, **options.columns})
    if len(vocabulary.skills) > len(program.settings.skills):
        written = source.parse(text.encode()).value.get("skills") or []
        added = vocabulary.skills[len(program.settings.skills) :]
        text = source.with_key(text, "skills", [*written, *map(skills.as_entry, added)])
    return {_PROGRAM: text} if text != before else {}
