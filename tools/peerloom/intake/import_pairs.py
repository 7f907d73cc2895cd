"""Importing matches made elsewhere, as pairs or as a circle for each team of several mentees."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from peerloom import schema
from peerloom.changes import Changes
from peerloom.diagnostic import quoted
from peerloom.intake.answer_readings import list_uncertain_answers
from peerloom.intake.grid import Grid
from peerloom.intake.read_form import read_form
from peerloom.intake.read_matches import MatchRow, read_matches
from peerloom.intake.record_text import ReadText, new_record_text, order_keys, parse_record
from peerloom.intake.result import ImportNote, ImportOptions, ImportResult
from peerloom.intake.save_reading import changed_readings
from peerloom.intake.sheet_rows import SheetRow
from peerloom.intake.wordings import PAIR_FIELDS
from peerloom.pair_ids import pair_id
from peerloom.records import Program

_Kind = Literal["pair", "circle"]
_Outcome = Literal["new", "updated", "unchanged", "refused"]

# What the schema of circles allows.
_MAX_NAME_LENGTH = 200


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
    form = read_form(grid, PAIR_FIELDS, program, options, "pairs")
    matches, notes = read_matches(form, program, options)
    reading = replace(form.reading(), answers=list_uncertain_answers(notes))
    readings = changed_readings(form, reading, (), program, options, read_text)
    records = _Records(notes=[*form.notes, *notes])
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
        changes={
            **records.changes,
            **(readings if reading.is_certain or options.accepts_guesses else {}),
        },
        rows=records.rows,
        notes=tuple(records.notes),
        new=records.counts["new"],
        updated=records.counts["updated"],
        unchanged=records.counts["unchanged"],
        reading=reading,
        reading_changes=readings,
        person_rows=tuple((match.row.number,) for match in matches),
        other_rows=form.skipped_rows(),
    )


def _pair_values(match: MatchRow, mentee: str, program: Program, cohort: str) -> dict[str, Any]:
    return {
        "id": pair_id(program, cohort, (match.mentor, mentee)),
        "cohort": cohort,
        "mentor": match.mentor,
        "mentee": mentee,
        "team": match.team,
        **match.outcome,
    }


def _matches_by_circle(matches: Iterable[MatchRow]) -> dict[str, list[MatchRow]]:
    """Return the rows of each team that has several mentees, by the team's id."""
    circles: dict[str, list[MatchRow]] = {}
    for match in matches:
        if match.team and len(match.mentees) > 1:
            circles.setdefault(match.team, []).append(match)
    return circles


def _circle_values(
    team: str, matches: list[MatchRow], program: Program, options: ImportOptions
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
    matches: list[MatchRow],
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
            for problem in schema.find_problems(kind, record)
        ]
    if text is None:
        return "new", []
    current = parse_record(text)
    # A pair was proposed when it was first imported.
    compared = record.keys() - {"proposed_on"}
    differing = [key for key in record if key in compared and current.get(key) != record[key]]
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
