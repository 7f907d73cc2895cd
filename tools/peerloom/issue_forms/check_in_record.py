"""Making or changing the record of a check-in from a form."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from peerloom.diagnostic import did_you_mean, quoted
from peerloom.intake.record_text import edit_record_text, new_record_text, parse_record
from peerloom.intake.values.timestamps import read_single_day
from peerloom.issue_forms.check_in_questions import name_settings
from peerloom.issue_forms.own_answers import read_own_form_answers
from peerloom.issue_forms.question import may_ask
from peerloom.issue_forms.result import FilledForm, FormFeedback
from peerloom.kinds import record_path
from peerloom.model import CheckIn, Pair
from peerloom.progress.pair_history import pair_history
from peerloom.records import Program
from peerloom.text.phrases import list_words
from peerloom.text.translation import gettext as _

_CHECK_IN_NAME = re.compile(r"([a-z0-9-]{1,80})/([a-z0-9-]{1,80})/([0-9]{4}-[0-9]{2}-[0-9]{2})")
_GOAL_LINE = re.compile(r"\s*([a-z0-9-]{1,80})\s*:\s*(?:([+\-−–]?[0-9]{1,4})(?![\w.]))?\s*(.*)")
_MINUTES = re.compile(r"([0-9]{1,4})\s*(?:min(?:ute)?s?\.?)?", re.IGNORECASE)
# How many of the sender's open check-ins a message lists.
_MAX_LISTED = 3


def check_in_text(form: FilledForm) -> str | None:
    """Return the text of the record, or None if it is unclear whose it is or for which date."""
    participant, given = form.sender.participant, form.answers
    if participant is None:
        form.feedback.add_problem(
            "",
            _("no record of a participant names your GitHub account"),
            _("if you take part, ask a coordinator to put your login into your record"),
        )
        return None
    check_in = _find_check_in(form, participant)
    if check_in is None:
        return None
    pair, due = check_in
    meetings = list(_read_meetings(given["meetings"], form.program, form.feedback)) or None
    values: dict[str, Any] = {
        "cohort": pair.cohort,
        "pair": pair.id,
        "due": due.isoformat(),
        "participant": participant,
        "answered_on": form.received_on.isoformat(),
        "meetings": meetings,
        "goals": list(_read_goals(given["goals"], pair, form.feedback)) or None,
        "next_steps": given["next_steps"] or None,
        "next_meeting": _read_next_meeting(given["next_meeting"], form.feedback),
    }
    own_answers = read_own_form_answers(form, "check_in")
    if "met" in form.feedback.labels:
        values["met"] = _read_whether_met(given["met"], meetings, form.feedback)
    text = form.read_text(_check_in_path(pair, due, participant, form.received_on))
    if text is None:
        return new_record_text("check-in", {**values, "answers": own_answers or None})
    # An edit keeps the day of the first answer, and what was left empty changes nothing.
    del values["answered_on"]
    answered = {key: value for key, value in values.items() if value is not None}
    if own_answers:
        answered["answers"] = {**(parse_record(text).get("answers") or {}), **own_answers}
    return edit_record_text(text, answered)


def _check_in_path(pair: Pair, due: date, participant: str, answered_on: date) -> str:
    return record_path(
        CheckIn(
            cohort=pair.cohort,
            pair=pair.id,
            due=due,
            participant=participant,
            answered_on=answered_on,
        )
    )


def _find_check_in(form: FilledForm, participant: str) -> tuple[Pair, date] | None:
    """Return the pair and due date that are meant: if none is named, those of the only one due."""
    named = form.answers["which"]
    unanswered = list(_unanswered_check_ins(form, participant))
    if not named and len(unanswered) == 1:
        return unanswered[0]
    help_ = _unanswered_help(unanswered)
    if not named:
        message = (
            _("say which check-in this is") if unanswered else _("no check-in of yours is due now")
        )
        form.feedback.add_problem("which", message, help_)
        return None
    match = _CHECK_IN_NAME.fullmatch(named.strip())
    pair = form.program.find_pair(match[1], match[2]) if match else None
    if match is None or pair is None or participant not in pair.people:
        message = _("{value} must be one of your check-ins").format(value=quoted(named))
        form.feedback.add_problem("which", message, help_)
        return None
    due = read_single_day(match[3])
    if due is None:
        message = _("{value} must be a date").format(value=quoted(match[3]))
        form.feedback.add_problem("which", message, _("as 2026-02-09"))
        return None
    return pair, due


def _unanswered_check_ins(form: FilledForm, participant: str) -> Iterator[tuple[Pair, date]]:
    """Yield the check-ins that somebody may answer now and has not."""
    for pair in form.program.pairs_with(participant):
        for owed in pair_history(form.program, pair, form.received_on).owed_check_ins:
            is_theirs = owed.participant in (participant, None) and owed.check_in is None
            if is_theirs and owed.state in ("due", "overdue"):
                yield pair, owed.due


def _unanswered_help(unanswered: list[tuple[Pair, date]]) -> str:
    newest = unanswered[-_MAX_LISTED:]
    names = [f"{pair.cohort}/{pair.id}/{due.isoformat()}" for pair, due in newest]
    if not names:
        return _("your reminder has its link")
    return _("yours still open: {check_ins}").format(check_ins=list_words(names))


def _read_whether_met(
    answer: str, meetings: list[dict[str, Any]] | None, feedback: FormFeedback
) -> bool | None:
    """Return whether the two met; somebody who lists meetings has said so."""
    if answer not in ("", "true", "false"):
        message = _("{value} must be one of the answers to choose from").format(
            value=quoted(answer)
        )
        feedback.add_problem("met", message)
    if not answer:
        return True if meetings else None
    return answer == "true"


def _read_meetings(text: str, program: Program, feedback: FormFeedback) -> Iterator[dict[str, Any]]:
    """Yield the meetings in lines such as `2026-02-05, 45, remote`."""
    takes_day_alone = not may_ask(program, "check-in", "meetings", "minutes")
    for line in filter(None, map(str.strip, text.split("\n"))):
        day, *details = [part.strip() for part in re.split(r"[,;]", line.lstrip("-*• "))]
        met_on = read_single_day(day)
        if met_on is None:
            message = _("{value} must be a day").format(value=quoted(day))
            feedback.add_problem("meetings", message, _("write it as 2026-02-05"))
        elif takes_day_alone and any(details):
            message = _("{value} must be only a day: everybody can read it").format(
                value=quoted(line)
            )
            feedback.add_problem("meetings", message)
        else:
            yield {"on": met_on.isoformat(), **_read_meeting_details(details, feedback)}


def _read_meeting_details(details: list[str], feedback: FormFeedback) -> dict[str, Any]:
    """Return the minutes and the setting of a meeting, which may come in either order."""
    words = name_settings()
    settings = {_spaced_word(word): code for word, code in words.items()}
    values: dict[str, Any] = {}
    for detail in filter(None, details):
        minutes = _MINUTES.fullmatch(detail)
        setting = settings.get(_spaced_word(detail))
        if minutes:
            values["minutes"] = int(minutes[1])
        elif setting:
            values["setting"] = setting
        else:
            one_of = _("one of {words}").format(words=list_words(words))
            help_ = did_you_mean(detail, words) or one_of
            message = _("{value} must be minutes or how you met").format(value=quoted(detail))
            feedback.add_problem("meetings", message, help_)
    return values


def _spaced_word(word: str) -> str:
    """Return a word in small letters, with spaces where it has hyphens or underscores."""
    return " ".join(re.split(r"[\s_-]+", word.casefold()))


def _read_goals(text: str, pair: Pair, feedback: FormFeedback) -> Iterator[dict[str, Any]]:
    """Yield progress from lines such as `write-tests: +1 ten are written`.

    A line with a goal's id alone, as the link fills it in, says nothing and is skipped.
    """
    goal_ids = [goal.id for goal in pair.goals]
    seen: set[str] = set()
    for line in filter(None, map(str.strip, text.split("\n"))):
        match = _GOAL_LINE.fullmatch(line.lstrip("*• "))
        if match is None or match[1] not in goal_ids:
            word = match[1] if match else line
            listed = list_words(goal_ids) or _("none yet")
            yours = _("your goals are: {goals}").format(goals=listed)
            help_ = did_you_mean(word, goal_ids) or yours
            message = _("{value} must be one of your goals, and a colon").format(value=quoted(word))
            feedback.add_problem("goals", message, help_)
            continue
        if match[1] in seen:
            message = _("{value} must be listed only once").format(value=quoted(match[1]))
            feedback.add_problem("goals", message, _("delete a line"))
        seen.add(match[1])
        progress: dict[str, Any] = {"goal": match[1]}
        if match[2]:
            progress["level"] = int(re.sub("[−–]", "-", match[2]))
        if match[3]:
            progress["note"] = match[3]
        if len(progress) > 1:
            yield progress


def _read_next_meeting(answer: str, feedback: FormFeedback) -> str | None:
    if not answer:
        return None
    day = read_single_day(answer)
    if day is None:
        message = _("{value} must be a day").format(value=quoted(answer))
        feedback.add_problem("next_meeting", message, _("write it as 2026-02-23"))
    return day.isoformat() if day else None
