"""A sign-up by form to a participant's record: one row of a sheet, and hours besides."""

import re
from collections.abc import Iterator
from datetime import date
from typing import get_args

from peerloom.diagnostic import quoted
from peerloom.intake.known_people import KnownPeople, UnclearPerson
from peerloom.intake.merge_sign_up import SignUp, merge_own_sign_up
from peerloom.intake.read_answers import SKILL_FIELDS, RowAnswers, read_answers
from peerloom.intake.read_columns import SheetRow
from peerloom.intake.record_text import (
    ReadText,
    edit_record_text,
    new_record_text,
    parse_record,
)
from peerloom.intake.result import ImportOptions
from peerloom.intake.skill_vocabulary import SkillVocabulary
from peerloom.issue_forms.answers import Answers
from peerloom.issue_forms.record import Sender, Told
from peerloom.model import Day
from peerloom.records import Program

_DAYS: tuple[str, ...] = get_args(Day)
_HOURS = re.compile(
    r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?\s*(?:[-–—]|to|until)\s*([0-9]{1,2})(?:[:.h]([0-9]{2}))?",
    re.IGNORECASE,
)


def text(
    given: Answers, sender: Sender, on: date, program: Program, read: ReadText, told: Told
) -> str | None:
    """The text of the sender's own record, new or with what they answer; nothing without a name."""
    if given["cohort"] and given["cohort"] not in program.cohorts:
        told.wrong("cohort", f"{quoted(given['cohort'])} must be a cohort of the program")
        return None
    answers = _read_answers(given, on, program, told)
    if told.wrongs or answers.role is None:
        return None
    id_ = sender.participant or _new_id(answers.values["name"], program, told)
    if id_ is None:
        return None
    before = read(f"content/participants/{id_}.yml")
    record = parse_record(before)
    login = record.get("github") or sender.login
    fields = {**answers.values, "id": id_, "github": login, "github_id": sender.number}
    hours = list(_hours(given["availability"], told))
    if hours:
        fields["availability"] = hours
    goals, consent = fields.pop("goals", ()), fields.pop("consent", None)
    sign_up = SignUp(
        cohort=given["cohort"], fields=fields, roles=[answers.role], goals=goals, consent=consent
    )
    merged = merge_own_sign_up(record, sign_up)
    for other in merged.other_roles:
        message = f"you are still a {other} in this cohort as well"
        told.remark("role", message, "if you no longer want to be, ask a coordinator to remove it")
    if before is None:
        return new_record_text("participant", merged.values)
    removed = dict.fromkeys(record.keys() - merged.values.keys())
    return edit_record_text(before, {**merged.values, **removed})


def _read_answers(given: Answers, on: date, program: Program, told: Told) -> RowAnswers:
    """Read the answers as a row of a sheet with the same questions would be read."""
    by_field = dict(given.by_id)
    for field in SKILL_FIELDS:
        both = [by_field.get(field, ""), by_field.pop(f"{field}_more", "")]
        by_field[field] = "\n".join(filter(None, both))
    row = SheetRow(number=1, answers=by_field, headers={id_: id_ for id_ in told.labels})
    options = ImportOptions(cohort=given["cohort"], today=on)
    read = read_answers(row, options, SkillVocabulary(program.settings.skills))
    for note in read.notes:
        tell = told.wrong if note.kind in ("refused", "left_out") else told.remark
        tell(note.column or "", note.message, note.help)
    return read


def _new_id(name: str, program: Program, told: Told) -> str | None:
    try:
        return KnownPeople(program).free_id(name)
    except UnclearPerson as unclear:
        told.wrong("name", unclear.message, unclear.help)
        return None


def _hours(said: str, told: Told) -> Iterator[dict[str, str]]:
    """`Monday 17:00-19:00`, a line each; several days may stand before the hours."""
    for line in filter(None, map(str.strip, said.split("\n"))):
        match = _HOURS.search(line)
        days = _days(line[: match.start()]) if match else []
        if match is None or not days:
            message = f"{quoted(line)} must be a day and its hours"
            told.wrong("availability", message, "write it as Monday 17:00-19:00")
            continue
        starts, ends = (f"{int(match[n]):02d}:{match[n + 1] or '00'}" for n in (1, 3))
        yield from ({"day": day, "starts": starts, "ends": ends} for day in days)


def _days(said: str) -> list[str]:
    """Weekdays by their first three letters, `Mon and Wed`, or the days between two, `Mon-Fri`."""
    words = re.findall(r"[^\W\d_]+|[-–—]", said.casefold())
    found: list[int] = []
    is_range = False
    for word in words:
        at = next(
            (n for n, day in enumerate(_DAYS) if len(word) > 1 and day.startswith(word)), None
        )
        at = _DAYS.index("thursday") if word == "thurs" else at
        if at is None:
            is_range = word in ("-", "–", "—", "to") and bool(found)
            continue
        found += range(found[-1] + 1, at) if is_range else ()
        found.append(at)
        is_range = False
    return [_DAYS[n] for n in dict.fromkeys(found)]
