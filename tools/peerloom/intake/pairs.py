"""Matches made elsewhere to pairs, or to circles where several mentees applied together."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from peerloom import schema
from peerloom.changes import Changes
from peerloom.diagnostic import did_you_mean, quoted
from peerloom.intake import columns, headers, values
from peerloom.intake.columns import Entry
from peerloom.intake.identity import People
from peerloom.intake.notes import CannotTake, Intake, Note, Options
from peerloom.intake.outcomes import outcome_of
from peerloom.intake.record_text import ReadText, new_record_text, order_keys, parse_record
from peerloom.intake.sheets import Grid
from peerloom.intake.texts import one_line
from peerloom.records import Program, pair_id


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    """A row: who with whom, and what became of it."""

    entry: Entry
    mentor: str
    mentees: tuple[str, ...]
    team: str | None
    outcome: Mapping[str, Any]


@dataclass(slots=True)
class _Taken:
    """What has come of the rows so far."""

    changes: Changes = field(default_factory=dict)
    rows: dict[str, tuple[int, ...]] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)


def take_pairs(grid: Grid, read: ReadText, program: Program, options: Options) -> Intake:
    """The pairs and circles that a list of matches makes. Raises `CannotTake`."""
    remembered = program.settings.import_columns
    rows, notes = columns.entries(grid, headers.PAIRS, options.columns, remembered)
    known = rows[0].columns if rows else {"mentor": "", "team": ""}
    if "mentor" not in known or not {"team", "mentee"} & known.keys():
        message = "the sheet must have a column for the mentor and one for the mentee or project"
        raise CannotTake(message, 'say which they are: --map "COLUMN=mentor"')
    taken = _Taken(notes=[*notes])
    people, teams = People(program), _teams(program, options.cohort)
    matches = [
        match
        for entry in rows
        if (match := _match(entry, people, teams, program, options, taken.notes)) is not None
    ]
    circles = _circles(matches) if options.as_circles else {}
    for team, those in circles.items():
        _take(_circle(team, those, program, options), "circle", those, read, taken)
    for match in matches:
        if match.team not in circles:
            for mentee in match.mentees:
                record = _pair(match, mentee, program, options.cohort)
                _take(record, "pair", [match], read, taken)
    return Intake(
        what="pairs and circles" if options.as_circles else "pairs",
        changes=taken.changes,
        rows=taken.rows,
        notes=tuple(taken.notes),
        new=taken.counted["new"],
        updated=taken.counted["updated"],
        unchanged=taken.counted["unchanged"],
    )


def _teams(program: Program, cohort: str) -> dict[str, tuple[str, ...]]:
    """The mentees of a cohort by the team they applied with."""
    teams: dict[str, tuple[str, ...]] = {}
    for person, part in program.members_of(cohort):
        if part.team and part.role != "mentor":
            teams[part.team] = (*teams.get(part.team, ()), person.id)
    return teams


def _match(
    entry: Entry,
    people: People,
    teams: Mapping[str, tuple[str, ...]],
    program: Program,
    options: Options,
    notes: list[Note],
) -> _Match | None:
    """A row that says all that a pair needs; otherwise `notes` say what is missing."""
    team = values.team(entry["team"]) or None
    mentors, wrong = _named(entry, "mentor", people)
    mentees: tuple[str, ...]
    if entry["mentee"]:
        mentees, more = _named(entry, "mentee", people)
        wrong += more
    else:
        mentees = teams.get(team or "", ())
        if not mentees:
            wrong.append(_no_mentee(entry, team, teams))
    if len(mentors) > 1:
        message = "a row must name one mentor"
        help_ = "make a row of its own for each mentor"
        wrong.append(entry.note("refused", "mentor", message, help_))
    outcome = outcome_of(entry, program.cohorts[options.cohort], options.today, wrong)
    both = set(mentors) & set(mentees)
    if both:
        message = f"nobody can be their own mentor, and {quoted(min(both))} would be"
        wrong.append(entry.note("refused", "mentor", message))
    notes += wrong
    if wrong:
        return None
    return _Match(entry=entry, mentor=mentors[0], mentees=mentees, team=team, outcome=outcome)


def _named(entry: Entry, name: str, people: People) -> tuple[tuple[str, ...], list[Note]]:
    """The people an answer names, by id, GitHub login or name."""
    found: list[str] = []
    wrong: list[Note] = []
    for word in filter(None, (one_line(part) for part in entry[name].split(";"))):
        those = people.named(word)
        if len(those) == 1:
            found.append(those[0].id)
            continue
        message = f"{quoted(word)} must be a participant: write their id, name or GitHub login"
        help_ = did_you_mean(word, people.words()) or "import the sign-ups first"
        if those:
            message = f"{quoted(word)} is the name of several people"
            help_ = f"write the id: {' or '.join(person.id for person in those)}"
        wrong.append(entry.note("refused", name, message, help_))
    if not found and not wrong:
        wrong.append(entry.note("refused", name, f"the row must name a {name}"))
    return tuple(dict.fromkeys(found)), wrong


def _no_mentee(entry: Entry, team: str | None, teams: Iterable[str]) -> Note:
    if team is None:
        return entry.note("refused", "team", "the row must name a mentee or a project")
    message = f"{quoted(one_line(entry['team']))} must be the project of somebody who signed up"
    # Projects are often numbered, and another number is another project.
    alike = [other for other in teams if _digits(other) == _digits(team)]
    help_ = did_you_mean(team, alike) or "nobody in this cohort named it; import the sign-ups first"
    return entry.note("refused", "team", message, help_)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _pair(match: _Match, mentee: str, program: Program, cohort: str) -> dict[str, Any]:
    return {
        "id": pair_id(program, cohort, (match.mentor, mentee)),
        "cohort": cohort,
        "mentor": match.mentor,
        "mentee": mentee,
        "team": match.team,
        **match.outcome,
    }


def _circles(matches: Iterable[_Match]) -> dict[str, list[_Match]]:
    """Rows of a project by its team, where the team has several mentees."""
    circles: dict[str, list[_Match]] = {}
    for match in matches:
        if match.team and len(match.mentees) > 1:
            circles.setdefault(match.team, []).append(match)
    return circles


def _circle(team: str, matches: list[_Match], program: Program, options: Options) -> dict[str, Any]:
    first = matches[0]
    members = dict.fromkeys(mentee for match in matches for mentee in match.mentees)
    outcome = dict(first.outcome)
    if outcome.get("status") == "paused":  # a circle takes no breaks of its own
        outcome["status"] = "active"
    return {
        "id": team,
        "cohort": options.cohort,
        "kind": "circle",
        "name": _name(team, members, program, options.cohort),
        "facilitators": list(dict.fromkeys(match.mentor for match in matches)),
        "members": list(members),
        "team": team,
        **outcome,
    }


def _name(team: str, members: Iterable[str], program: Program, cohort: str) -> str:
    """What the team wants to do, in the words of the first who said it; else the team."""
    for member in members:
        for goal in program.participants[member].goals:
            if goal.cohort == cohort and len(goal.title) <= 200:
                return goal.title
    return team


def _take(
    said: Mapping[str, Any],
    kind: Literal["pair", "circle"],
    matches: list[_Match],
    read: ReadText,
    taken: _Taken,
) -> None:
    """One record: new, the same as before, or what became of one that was at work."""
    record = order_keys(kind, said)
    path = f"content/{kind}s/{record['cohort']}/{record['id']}.yml"
    before = taken.changes.get(path) or read(path)
    outcome = _counted(record, path, before, kind, matches, taken)
    if outcome in ("new", "updated"):
        taken.changes[path] = new_record_text(kind, record)
        rows = tuple(match.entry.row for match in matches)
        taken.rows[path] = taken.rows.get(path, ()) + rows
    taken.counted[outcome] += 1


def _counted(
    record: dict[str, Any],
    path: str,
    before: str | None,
    kind: Literal["pair", "circle"],
    matches: list[_Match],
    taken: _Taken,
) -> str:
    entry = matches[0].entry
    if not schema.is_valid(kind, record):
        for problem in schema.problems(kind, record):
            taken.notes.append(entry.note("refused", "team", problem.message, problem.help))
        return "refused"
    if before is None:
        return "new"
    old = parse_record(before)
    if all(old.get(key) == value for key, value in record.items()):
        return "unchanged"
    if old == _while_at_work(record):
        return "updated"
    differing = [key for key, value in record.items() if old.get(key) != value]
    for key in differing:
        message = f"{quoted(key)} differs from what {path} says, which stays as it is"
        taken.notes.append(
            entry.note("kept", key, message, "if the sheet is right, mend that file")
        )
    return "unchanged"


def _while_at_work(record: Mapping[str, Any]) -> dict[str, Any]:
    """What an import writes of the same people while nothing is known of the outcome."""
    without = ("ended_on", "end_reason", "end_note")
    return {k: v for k, v in record.items() if k not in without} | {"status": "active"}
