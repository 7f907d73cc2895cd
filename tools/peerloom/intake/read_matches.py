"""Reading a list of matches made elsewhere: who is matched with whom, and what became of it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from peerloom.diagnostic import did_you_mean, quoted
from peerloom.intake.cleaning import single_line
from peerloom.intake.known_people import KnownPeople
from peerloom.intake.pair_outcomes import read_outcome
from peerloom.intake.read_answers import find_team_id
from peerloom.intake.read_form import Form
from peerloom.intake.result import ImportNote, ImportOptions, UnusableSheet
from peerloom.intake.sheet_rows import SheetRow
from peerloom.intake.values.date_order import DateOrder, find_date_order
from peerloom.intake.values.fillers import is_filler
from peerloom.records import Program

_Teams = Mapping[str, tuple[str, ...]]
_SEPARATORS = re.compile(r"\s*[,/&+]\s*|\s+(?:and|und|et|y|e)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRow:
    """A row that can be imported: who is matched with whom, and what became of it."""

    row: SheetRow
    mentor: str
    mentees: tuple[str, ...]
    team: str | None
    outcome: Mapping[str, Any]


def read_matches(
    form: Form, program: Program, options: ImportOptions
) -> tuple[list[MatchRow], list[ImportNote]]:
    """Return the rows that can be imported, and notes about all. Raises `UnusableSheet`."""
    _require_people_columns(form)
    order = _find_date_order(form, options)
    notes: list[ImportNote] = []
    known_people, teams = KnownPeople(program), _mentees_by_team(program, options.cohort)
    matches: list[MatchRow] = []
    for row in form.rows:
        match, row_notes = _read_match(row, known_people, teams, program, options, order)
        notes += row_notes
        if match is not None:
            matches.append(match)
    return matches, notes


def _require_people_columns(form: Form) -> None:
    """Refuse a sheet without people; one whose rows were all refused says enough."""
    has_mentees = form.column_for("team") or form.column_for("mentee")
    if form.rows and not (form.column_for("mentor") and has_mentees):
        message = "the sheet must have a column for the mentor and one for the mentee or project"
        help_ = 'say which they are: --map "COLUMN=mentor"'
        raise UnusableSheet(message, help_, reading=form.reading())


def _find_date_order(form: Form, options: ImportOptions) -> DateOrder:
    """Return the order of day and month that fits all dates of a list of matches."""
    decided = options.date_order or form.known.date_order
    decided_order = decided.replace("_", " ") if decided else None
    cells = [row[name] for row in form.rows for name in ("started_on", "ended_on") if row[name]]
    return find_date_order(cells, decided_order)  # type: ignore[arg-type]


def _mentees_by_team(program: Program, cohort: str) -> dict[str, tuple[str, ...]]:
    teams: dict[str, tuple[str, ...]] = {}
    for person, membership in program.sign_ups_for(cohort):
        if membership.team and membership.role != "mentor":
            teams[membership.team] = (*teams.get(membership.team, ()), person.id)
    return teams


def _read_match(
    row: SheetRow,
    known_people: KnownPeople,
    teams: _Teams,
    program: Program,
    options: ImportOptions,
    order: DateOrder,
) -> tuple[MatchRow | None, list[ImportNote]]:
    """Return what a row says, or None, and why it or one of its mentees is not taken."""
    team = find_team_id(row["team"])
    mentors, notes = _find_people(row, "mentor", known_people)
    refusals = [replace(note, kind="refused") for note in notes]
    if len(mentors) > 1:
        message = "a row must name one mentor"
        help_ = "make a row of its own for each mentor"
        refusals.append(row.note("refused", "mentor", message, help_))
    mentees, left_out = _find_mentees(row, team, teams, known_people)
    outcome, outcome_refusals = read_outcome(
        row, program.cohorts[options.cohort], options.today, order
    )
    refusals += outcome_refusals
    own_mentors = set(mentors) & set(mentees)
    if own_mentors:
        message = f"nobody can be their own mentor, and {quoted(min(own_mentors))} would be"
        left_out.append(row.note("left_out", "mentor", message))
        mentees = tuple(mentee for mentee in mentees if mentee not in own_mentors)
    if not mentees:
        refusals += [replace(note, kind="refused") for note in left_out]
    if refusals:
        return None, refusals
    match = MatchRow(row=row, mentor=mentors[0], mentees=mentees, team=team, outcome=outcome)
    return match, left_out


def _find_mentees(
    row: SheetRow, team: str | None, teams: _Teams, known_people: KnownPeople
) -> tuple[tuple[str, ...], list[ImportNote]]:
    """Return the mentees that a row names, or else all mentees of its team."""
    if row["mentee"]:
        return _find_people(row, "mentee", known_people)
    mentees = teams.get(team or "", ())
    return mentees, [] if mentees else [_no_mentee_note(row, team, teams)]


def _find_people(
    row: SheetRow, name: str, known_people: KnownPeople
) -> tuple[tuple[str, ...], list[ImportNote]]:
    """Return the ids of the people whom an answer names, and notes about other words in it."""
    ids: list[str] = []
    notes: list[ImportNote] = []
    for word in _words_for_people(row[name], known_people):
        matching = known_people.find_by_word(row.replace_answer(name, word))
        if len(matching) == 1:
            ids.append(matching[0].id)
            continue
        message = f"{quoted(word)} must be a participant: write their id, name or GitHub login"
        help_ = did_you_mean(word, known_people.ids_and_names()) or "import the sign-ups first"
        if matching:
            message = f"{quoted(word)} is the name of several people"
            help_ = f"write the id: {' or '.join(person.id for person in matching)}"
        notes.append(row.note("left_out", name, message, help_))
    if not ids and not notes:
        notes.append(row.note("left_out", name, f"the row must name a {name}"))
    return tuple(dict.fromkeys(ids)), notes


def _words_for_people(text: str, known_people: KnownPeople) -> Iterator[str]:
    """Yield the words for people in a cell: a line as a whole if it names somebody, else divided.

    A comma may be part of a name, so a line is divided only where its parts name people.
    """
    for line in filter(None, (single_line(part) for part in re.split(r"[;\n]", text))):
        parts = [part for part in map(str.strip, _SEPARATORS.split(line)) if part]
        if is_filler(line, "identity"):
            continue
        if len(parts) > 1 and not known_people.find_by_word(line):
            yield from parts
        else:
            yield line


def _no_mentee_note(row: SheetRow, team: str | None, teams: Iterable[str]) -> ImportNote:
    if team is None:
        return row.note("left_out", "team", "the row must name a mentee or a project")
    message = f"{quoted(single_line(row['team']))} must be the project of somebody who signed up"
    # Projects are often numbered, and another number is another project, not a misspelling.
    similar = [other for other in teams if _digits_in(other) == _digits_in(team)]
    no_such_team = "nobody in this cohort named it; import the sign-ups first"
    return row.note("left_out", "team", message, did_you_mean(team, similar) or no_such_team)


def _digits_in(text: str) -> str:
    return "".join(filter(str.isdigit, text))
