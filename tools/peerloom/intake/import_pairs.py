"""Importing matches made elsewhere, as pairs or as a circle for each team of several mentees."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from peerloom import schema
from peerloom.changes import Changes
from peerloom.diagnostic import did_you_mean, quoted
from peerloom.intake.cleaning import single_line
from peerloom.intake.grid import Grid
from peerloom.intake.headers import PAIR_FIELDS
from peerloom.intake.known_people import KnownPeople
from peerloom.intake.pair_outcomes import read_outcome
from peerloom.intake.parsing import parse_team_id
from peerloom.intake.read_columns import SheetRow, read_sheet
from peerloom.intake.record_text import ReadText, new_record_text, order_keys, parse_record
from peerloom.intake.result import ImportNote, ImportOptions, ImportResult, UnusableSheet
from peerloom.records import Program, pair_id

_Kind = Literal["pair", "circle"]
_Outcome = Literal["new", "updated", "unchanged", "refused"]
_Teams = Mapping[str, tuple[str, ...]]

# What the schema of circles allows.
_MAX_NAME_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class _MatchRow:
    """A row that can be imported: who is matched with whom, and what became of it."""

    row: SheetRow
    mentor: str
    mentees: tuple[str, ...]
    team: str | None
    outcome: Mapping[str, Any]


@dataclass(slots=True)
class _Records:
    """The records made of the rows so far. Paths map to their text, and to the rows they use."""

    changes: Changes = field(default_factory=dict)
    rows: dict[str, tuple[int, ...]] = field(default_factory=dict)
    notes: list[ImportNote] = field(default_factory=list)
    counts: Counter[_Outcome] = field(default_factory=Counter)


def plan_pairs(
    grid: Grid, read_text: ReadText, program: Program, options: ImportOptions
) -> ImportResult:
    """Return what a list of matches would change. Raises `UnusableSheet`."""
    rows, notes = read_sheet(grid, PAIR_FIELDS, options.columns, program.settings.import_columns)
    _require_people_columns(rows)
    records = _Records(notes=list(notes))
    known_people, teams = KnownPeople(program), _mentees_by_team(program, options.cohort)
    matches: list[_MatchRow] = []
    for row in rows:
        match, refusals = _read_match(row, known_people, teams, program, options)
        records.notes += refusals
        if match is not None:
            matches.append(match)
    circles = _matches_by_circle(matches) if options.as_circles else {}
    for team, those in circles.items():
        circle = _circle_values(team, those, program, options)
        _add_record("circle", circle, those, read_text, records)
    for match in matches:
        if match.team not in circles:
            for mentee in match.mentees:
                pair = _pair_values(match, mentee, program, options.cohort)
                _add_record("pair", pair, [match], read_text, records)
    return ImportResult(
        subject="pairs and circles" if options.as_circles else "pairs",
        changes=records.changes,
        rows=records.rows,
        notes=tuple(records.notes),
        new=records.counts["new"],
        updated=records.counts["updated"],
        unchanged=records.counts["unchanged"],
    )


def _require_people_columns(rows: tuple[SheetRow, ...]) -> None:
    """Refuse a sheet without people; one whose rows were all refused says enough."""
    if rows and not ("mentor" in rows[0].headers and {"team", "mentee"} & rows[0].headers.keys()):
        message = "the sheet must have a column for the mentor and one for the mentee or project"
        raise UnusableSheet(message, 'say which they are: --map "COLUMN=mentor"')


def _mentees_by_team(program: Program, cohort: str) -> dict[str, tuple[str, ...]]:
    teams: dict[str, tuple[str, ...]] = {}
    for person, membership in program.members_of(cohort):
        if membership.team and membership.role != "mentor":
            teams[membership.team] = (*teams.get(membership.team, ()), person.id)
    return teams


def _read_match(
    row: SheetRow,
    known_people: KnownPeople,
    teams: _Teams,
    program: Program,
    options: ImportOptions,
) -> tuple[_MatchRow | None, list[ImportNote]]:
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
    match = _MatchRow(row=row, mentor=mentors[0], mentees=mentees, team=team, outcome=outcome)
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


def _pair_values(match: _MatchRow, mentee: str, program: Program, cohort: str) -> dict[str, Any]:
    return {
        "id": pair_id(program, cohort, (match.mentor, mentee)),
        "cohort": cohort,
        "mentor": match.mentor,
        "mentee": mentee,
        "team": match.team,
        **match.outcome,
    }


def _matches_by_circle(matches: Iterable[_MatchRow]) -> dict[str, list[_MatchRow]]:
    """Return the rows of each team that has several mentees, by the team's id."""
    circles: dict[str, list[_MatchRow]] = {}
    for match in matches:
        if match.team and len(match.mentees) > 1:
            circles.setdefault(match.team, []).append(match)
    return circles


def _circle_values(
    team: str, matches: list[_MatchRow], program: Program, options: ImportOptions
) -> dict[str, Any]:
    """Return the values of a circle; several rows of a team give it several facilitators."""
    members = dict.fromkeys(mentee for match in matches for mentee in match.mentees)
    outcome = dict(matches[0].outcome)
    if outcome.get("status") == "paused":  # a circle has no such status
        outcome["status"] = "active"
    return {
        "id": team,
        "cohort": options.cohort,
        "kind": "circle",
        "name": _circle_name(team, members, program, options.cohort),
        "facilitators": list(dict.fromkeys(match.mentor for match in matches)),
        "members": list(members),
        "team": team,
        **outcome,
    }


def _circle_name(team: str, members: Iterable[str], program: Program, cohort: str) -> str:
    """Return the first goal that a member has for the cohort, or else the team's id."""
    for member in members:
        for goal in program.participants[member].goals:
            if goal.cohort == cohort and len(goal.title) <= _MAX_NAME_LENGTH:
                return goal.title
    return team


def _add_record(
    kind: _Kind,
    values: Mapping[str, Any],
    matches: list[_MatchRow],
    read_text: ReadText,
    records: _Records,
) -> None:
    """Add a pair or circle to `records`, unless the program has it or it is refused."""
    record = order_keys(kind, values)
    path = f"content/{kind}s/{record['cohort']}/{record['id']}.yml"
    text = records.changes.get(path) or read_text(path)
    outcome, notes = _compare_with_record(kind, record, path, text, matches[0].row)
    records.notes += notes
    records.counts[outcome] += 1
    if outcome in ("new", "updated"):
        records.changes[path] = new_record_text(kind, record)
        row_numbers = tuple(match.row.number for match in matches)
        records.rows[path] = records.rows.get(path, ()) + row_numbers


def _compare_with_record(
    kind: _Kind, record: dict[str, Any], path: str, text: str | None, row: SheetRow
) -> tuple[_Outcome, list[ImportNote]]:
    """Return whether a record is new, or what is to become of the one that is there.

    A record is updated only if it is as an earlier import wrote it: with the same people, still
    active. In all other cases it may have been edited, and stays.
    """
    if not schema.is_valid(kind, record):
        return "refused", [
            row.note("refused", "team", problem.message, problem.help)
            for problem in schema.problems(kind, record)
        ]
    if text is None:
        return "new", []
    current = parse_record(text)
    differing = [key for key, value in record.items() if current.get(key) != value]
    if not differing:
        return "unchanged", []
    if current == _as_imported_while_active(record):
        return "updated", []
    return "unchanged", [
        row.note(
            "kept",
            key,
            f"{quoted(key)} differs from what {path} says, which stays as it is",
            "if the sheet is right, correct that file",
        )
        for key in differing
    ]


def _as_imported_while_active(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the record that an import writes for these people before the outcome is known."""
    ending = ("ended_on", "end_reason", "end_note")
    return {k: v for k, v in record.items() if k not in ending} | {"status": "active"}
