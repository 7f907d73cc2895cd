"""Reading a list of matches made elsewhere: who is matched with whom, and what became of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from peerloom.diagnostic import did_you_mean, quoted
from peerloom.intake.cleaning import single_line
from peerloom.intake.grid import Grid
from peerloom.intake.headers import PAIR_FIELDS
from peerloom.intake.known_people import KnownPeople
from peerloom.intake.pair_outcomes import read_outcome
from peerloom.intake.parsing import parse_team_id
from peerloom.intake.read_columns import SheetRow, read_sheet
from peerloom.intake.result import ImportNote, ImportOptions, UnusableSheet
from peerloom.records import Program

_Teams = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRow:
    """A row that can be imported: who is matched with whom, and what became of it."""

    row: SheetRow
    mentor: str
    mentees: tuple[str, ...]
    team: str | None
    outcome: Mapping[str, Any]


def read_matches(
    grid: Grid, program: Program, options: ImportOptions
) -> tuple[list[MatchRow], list[ImportNote]]:
    """Return the rows that can be imported, and notes about all. Raises `UnusableSheet`."""
    rows, sheet_notes = read_sheet(
        grid, PAIR_FIELDS, options.columns, program.settings.import_columns
    )
    _require_people_columns(rows)
    notes = list(sheet_notes)
    known_people, teams = KnownPeople(program), _mentees_by_team(program, options.cohort)
    matches: list[MatchRow] = []
    for row in rows:
        match, refusals = _read_match(row, known_people, teams, program, options)
        notes += refusals
        if match is not None:
            matches.append(match)
    return matches, notes


def _require_people_columns(rows: tuple[SheetRow, ...]) -> None:
    """Refuse a sheet without people; one whose rows were all refused says enough."""
    if rows and not ("mentor" in rows[0].headers and {"team", "mentee"} & rows[0].headers.keys()):
        message = "the sheet must have a column for the mentor and one for the mentee or project"
        raise UnusableSheet(message, 'say which they are: --map "COLUMN=mentor"')


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
) -> tuple[MatchRow | None, list[ImportNote]]:
    """Return what a row says, or None and why it is refused."""
    team = parse_team_id(row["team"])
    mentors, refusals = _find_people(row, "mentor", known_people)
    if len(mentors) > 1:
        message = "a row must name one mentor"
        help_ = "make a row of its own for each mentor"
        refusals.append(row.note("refused", "mentor", message, help_))
    mentees, mentee_refusals = _find_mentees(row, team, teams, known_people)
    outcome, outcome_refusals = read_outcome(row, program.cohorts[options.cohort], options.today)
    refusals += [*mentee_refusals, *outcome_refusals]
    own_mentors = set(mentors) & set(mentees)
    if own_mentors:
        message = f"nobody can be their own mentor, and {quoted(min(own_mentors))} would be"
        refusals.append(row.note("refused", "mentor", message))
    if refusals:
        return None, refusals
    match = MatchRow(row=row, mentor=mentors[0], mentees=mentees, team=team, outcome=outcome)
    return match, []


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
    """Return the ids of the people whom an answer names by id, GitHub login or name."""
    ids: list[str] = []
    refusals: list[ImportNote] = []
    for word in filter(None, (single_line(part) for part in row[name].split(";"))):
        matching = known_people.find_by_word(word)
        if len(matching) == 1:
            ids.append(matching[0].id)
            continue
        message = f"{quoted(word)} must be a participant: write their id, name or GitHub login"
        help_ = did_you_mean(word, known_people.ids_and_names()) or "import the sign-ups first"
        if matching:
            message = f"{quoted(word)} is the name of several people"
            help_ = f"write the id: {' or '.join(person.id for person in matching)}"
        refusals.append(row.note("refused", name, message, help_))
    if not ids and not refusals:
        refusals.append(row.note("refused", name, f"the row must name a {name}"))
    return tuple(dict.fromkeys(ids)), refusals


def _no_mentee_note(row: SheetRow, team: str | None, teams: Iterable[str]) -> ImportNote:
    if team is None:
        return row.note("refused", "team", "the row must name a mentee or a project")
    message = f"{quoted(single_line(row['team']))} must be the project of somebody who signed up"
    # Projects are often numbered, and another number is another project, not a misspelling.
    similar = [other for other in teams if _digits_in(other) == _digits_in(team)]
    no_such_team = "nobody in this cohort named it; import the sign-ups first"
    return row.note("refused", "team", message, did_you_mean(team, similar) or no_such_team)


def _digits_in(text: str) -> str:
    return "".join(filter(str.isdigit, text))
