"""A check-in by form to its record."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from peerloom import schema
from peerloom.diagnostic import did_you_mean, quoted
from peerloom.intake import values
from peerloom.issue_forms.answers import Answers
from peerloom.issue_forms.questions import may_ask, spoken
from peerloom.issue_forms.record import Read, Sender, Told, written
from peerloom.model import CheckIn, Pair
from peerloom.progress.pair_history import pair_history
from peerloom.records import Program, path

_WHICH = re.compile(r"([a-z0-9-]{1,80})/([a-z0-9-]{1,80})/([0-9]{4}-[0-9]{2}-[0-9]{2})")
_LEVEL = re.compile(r"\s*([a-z0-9-]{1,80})\s*:\s*(?:([+\-−–]?[0-9]{1,4})(?![\w.]))?\s*(.*)")
_MINUTES = re.compile(r"([0-9]{1,4})\s*(?:min(?:ute)?s?\.?)?", re.IGNORECASE)


def text(
    given: Answers, sender: Sender, on: date, program: Program, read: Read, told: Told
) -> str | None:
    """The text of the record; nothing where it cannot be said whose it is, or for when."""
    if sender.participant is None:
        told.wrong(
            "",
            "no record of a participant names your GitHub account",
            "if you take part, ask a coordinator to put your login into your record",
        )
        return None
    which = _which(given["which"], sender.participant, on, program, told)
    if which is None:
        return None
    pair, due = which
    about = CheckIn(
        cohort=pair.cohort, pair=pair.id, due=due, participant=sender.participant, answered_on=on
    )
    before = read(path(about))
    found: dict[str, Any] = {
        "cohort": pair.cohort,
        "pair": pair.id,
        "due": due.isoformat(),
        "participant": sender.participant,
        "answered_on": on.isoformat(),
        "meetings": list(_meetings(given["meetings"], program, told)) or None,
        "goals": list(_goals(given["goals"], pair, told)) or None,
        "next_steps": given["next_steps"] or None,
        "next_meeting": _day("next_meeting", given["next_meeting"], told),
    }
    if "met" in told.labels:
        found["met"] = _met(given["met"], found["meetings"], told)
    if before is not None:
        del found["answered_on"]
    return written("check-in", found, before)


def _which(said: str, who: str, on: date, program: Program, told: Told) -> tuple[Pair, date] | None:
    """The pair and the date that are meant; of one left out, the only one that is due."""
    if said:
        match = _WHICH.fullmatch(said.strip())
        pair = program.pairs.get((match[1], match[2])) if match else None
        if match is None or pair is None or who not in pair.people:
            told.wrong(
                "which", f"{quoted(said)} must be one of your check-ins", _yours(who, on, program)
            )
            return None
        due = values.day(match[3])
        if due is None:
            told.wrong("which", f"{quoted(match[3])} must be a date", "as 2026-02-09")
            return None
        return pair, due
    waiting = list(_waiting(who, on, program))
    if len(waiting) == 1:
        return waiting[0]
    many = "say which check-in this is" if waiting else "no check-in of yours is due now"
    told.wrong("which", many, _yours(who, on, program))
    return None


def _waiting(who: str, on: date, program: Program) -> Iterator[tuple[Pair, date]]:
    """The check-ins that somebody may answer now and has not."""
    for pair in program.pairs_with(who):
        for owed in pair_history(program, pair, on).owed_check_ins:
            is_theirs = owed.participant in (who, None) and owed.check_in is None
            if is_theirs and owed.state in ("due", "overdue"):
                yield pair, owed.due


def _yours(who: str, on: date, program: Program) -> str:
    those = [f"{p.cohort}/{p.id}/{due.isoformat()}" for p, due in _waiting(who, on, program)][-3:]
    return f"yours that wait are: {', '.join(those)}" if those else "your reminder has its link"


def _met(said: str, meetings: list[Any] | None, told: Told) -> bool | None:
    if said not in ("", "true", "false"):
        told.wrong("met", f"{quoted(said)} must be one of the answers to choose from")
    if not said:
        return True if meetings else None
    return said == "true"


def _meetings(said: str, program: Program, told: Told) -> Iterator[dict[str, Any]]:
    """`2026-02-05, 45, remote`, a line each; minutes and setting in any order."""
    is_day_alone = not may_ask(program, "check-in", "meetings", "minutes")
    settings = {spoken(word): word for word in _settings()}
    for line in filter(None, map(str.strip, said.split("\n"))):
        first, *rest = [part.strip() for part in re.split(r"[,;]", line.lstrip("-*• "))]
        on = values.day(first)
        if on is None:
            told.wrong("meetings", f"{quoted(first)} must be a day", "write it as 2026-02-05")
            continue
        meeting: dict[str, Any] = {"on": on.isoformat()}
        if is_day_alone and any(rest):
            told.wrong("meetings", f"{quoted(line)} must be a day alone: everybody can read it")
            continue
        for part in filter(None, rest):
            minutes = _MINUTES.fullmatch(part)
            setting = settings.get(" ".join(re.split(r"[\s_-]+", part.casefold())))
            if minutes:
                meeting["minutes"] = int(minutes[1])
            elif setting:
                meeting["setting"] = setting
            else:
                near = did_you_mean(part, settings) or f"one of {', '.join(settings)}"
                message = f"{quoted(part)} must be minutes or how you met"
                told.wrong("meetings", message, near)
        yield meeting


def _settings() -> tuple[str, ...]:
    wanted = ("meetings", "setting")
    return next(f.allowed for f in schema.fields("check-in") if f.path == wanted)


def _goals(said: str, pair: Pair, told: Told) -> Iterator[dict[str, Any]]:
    """`write-tests: +1 ten are written`, a line each; one without a step says nothing."""
    known = [goal.id for goal in pair.goals]
    seen: set[str] = set()
    for line in filter(None, map(str.strip, said.split("\n"))):
        match = _LEVEL.fullmatch(line.lstrip("*• "))
        if match is None or match[1] not in known:
            word = match[1] if match else line
            near = did_you_mean(word, known) or f"your goals are: {', '.join(known) or 'none yet'}"
            told.wrong("goals", f"{quoted(word)} must be one of your goals, and a colon", near)
            continue
        if match[1] in seen:
            told.wrong("goals", f"{quoted(match[1])} must be there once", "delete a line")
        seen.add(match[1])
        progress: dict[str, Any] = {"goal": match[1]}
        if match[2]:
            progress["level"] = int(re.sub("[−–]", "-", match[2]))
        if match[3]:
            progress["note"] = match[3]
        if len(progress) > 1:
            yield progress


def _day(id_: str, said: str, told: Told) -> str | None:
    if not said:
        return None
    on = values.day(said)
    if on is None:
        told.wrong(id_, f"{quoted(said)} must be a day", "write it as 2026-02-23")
    return on.isoformat() if on else None
