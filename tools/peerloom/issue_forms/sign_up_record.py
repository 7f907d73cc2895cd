"""Making or changing a participant's record from a sign-up form.

The answers are read and merged as a row of a sheet would be; hours of availability are asked in
addition.
"""

import re
from dataclasses import replace
from typing import get_args

from peerloom.diagnostic import quoted
from peerloom.intake.known_people import KnownPeople, UnclearPerson
from peerloom.intake.merge_sign_up import SignUp, application_values, merge_own_sign_up
from peerloom.intake.read_answers import SKILL_FIELDS, RowAnswers, read_answers
from peerloom.intake.record_text import edit_record_text, new_record_text, parse_record
from peerloom.intake.result import ImportOptions
from peerloom.intake.sheet_rows import SheetRow
from peerloom.intake.skill_vocabulary import SkillVocabulary
from peerloom.issue_forms.own_answers import read_own_form_answers
from peerloom.issue_forms.result import FilledForm, FormFeedback
from peerloom.model import Day
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

_DAYS: tuple[str, ...] = get_args(Day)
_HOURS = re.compile(
    r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?\s*(?:[-–—]|to|until)\s*([0-9]{1,2})(?:[:.h]([0-9]{2}))?",
    re.IGNORECASE,
)
# What a tick in the question `agreed` says of a part of the consent.
TICKED_AGREEMENTS = {
    "quote": ("quote", True),
    "pictured": ("pictured", True),
    "uncounted": ("counted", False),
}
_RANGE_WORDS = ("-", "–", "—", "to")
_OTHER_ROLES = {
    "mentor": mark("you are still a mentor in this cohort as well"),
    "mentee": mark("you are still a mentee in this cohort as well"),
    "either": mark("you are still a mentor or a mentee in this cohort as well"),
}


def sign_up_text(form: FilledForm) -> str | None:
    """Return the text of the sender's own record, or None if problems leave none to make."""
    cohort = form.answers["cohort"]
    if cohort and cohort not in form.program.cohorts:
        message = _("{value} must be a cohort of the program").format(value=quoted(cohort))
        form.feedback.add_problem("cohort", message)
        return None
    answers = _read_form_answers(form)
    own_answers = read_own_form_answers(form, "sign_up")
    if form.feedback.problems or answers.role is None:
        return None
    id_ = form.sender.participant or _new_id(form, answers.values["name"])
    if id_ is None:
        return None
    text = form.read_text(f"content/participants/{id_}.yml")
    record = parse_record(text)
    merged = merge_own_sign_up(
        record, replace(_sign_up(form, id_, answers, record.get("github")), answers=own_answers)
    )
    for role in merged.other_roles:
        message = _(_OTHER_ROLES[role])
        help_ = _("if you no longer want to be, ask a coordinator to remove it")
        form.feedback.add_remark("role", message, help_)
    if text is None:
        return new_record_text("participant", merged.values)
    removed = dict.fromkeys(record.keys() - merged.values.keys())
    return edit_record_text(text, {**merged.values, **removed})


def _sign_up(form: FilledForm, id_: str, answers: RowAnswers, login: str | None) -> SignUp:
    """Return the sign-up of the sender, whose record has `id_` and perhaps a GitHub login.

    The account that sent the form is theirs whatever they answer. A login that the record has
    already stays: it may be an older one, and changing it is for a coordinator.
    """
    kept_apart = ("goals", "consent", "source")
    fields = {key: v for key, v in answers.values.items() if key not in kept_apart}
    fields |= {"id": id_, "github": login or form.sender.login, "github_id": form.sender.number}
    hours = _read_availability(form.answers["availability"], form.feedback)
    if hours:
        fields["availability"] = hours
    roles = [answers.role] if answers.role else []
    return SignUp(
        cohort=form.answers["cohort"],
        fields=fields,
        roles=roles,
        goals=answers.values.get("goals") or (),
        consent=answers.values.get("consent"),
        agreements=dict(TICKED_AGREEMENTS[word] for word in form.answers["agreed"].splitlines()),
        agreed_on=form.received_on.isoformat(),
        new_part=application_values(form.program.cohorts[form.answers["cohort"]], form.received_on),
    )


def _read_form_answers(form: FilledForm) -> RowAnswers:
    """Read the answers as a row of a sheet, and add what is to be said to the feedback.

    What a sheet leaves out with a note is a problem here: the sender is there to correct it.
    """
    by_field = dict(form.answers.by_question)
    for field in SKILL_FIELDS:
        both = [by_field.get(field, ""), by_field.pop(f"{field}_more", "")]
        by_field[field] = "\n".join(filter(None, both))
    headers = {question: question for question in form.feedback.labels}
    row = SheetRow(number=1, answers=by_field, headers=headers)
    options = ImportOptions(cohort=form.answers["cohort"], today=form.received_on)
    answers = read_answers(row, options, SkillVocabulary(form.program.settings.skills))
    for note in answers.notes:
        is_problem = note.kind in ("refused", "left_out", "asked")
        add_message = form.feedback.add_problem if is_problem else form.feedback.add_remark
        add_message(note.column or "", note.message, note.help)
    return answers


def _new_id(form: FilledForm, name: str) -> str | None:
    """Return an id for somebody new: an account without a record is never taken for another."""
    try:
        return KnownPeople(form.program).free_id(name)
    except UnclearPerson as unclear:
        form.feedback.add_problem("name", unclear.message, unclear.help)
        return None


def _read_availability(text: str, feedback: FormFeedback) -> list[dict[str, str]]:
    """Return hours from lines such as `Monday 17:00-19:00` or `Mon-Wed, Fri 9-11`."""
    availability: list[dict[str, str]] = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        match = _HOURS.search(line)
        days = _parse_weekdays(line[: match.start()]) if match else []
        if match is None or not days:
            message = _("{value} must be a day and its hours").format(value=quoted(line))
            feedback.add_problem("availability", message, _("write it as Monday 17:00-19:00"))
            continue
        starts, ends = (f"{int(match[n]):02d}:{match[n + 1] or '00'}" for n in (1, 3))
        availability += [{"day": day, "starts": starts, "ends": ends} for day in days]
    return availability


def _parse_weekdays(text: str) -> list[str]:
    """Return the weekdays in `Mon and Wed`, and in `Mon-Fri` also those between the two.

    A weekday may be shortened to two letters or more. Other words are skipped.
    """
    numbers: list[int] = []
    is_range = False
    for word in re.findall(r"[^\W\d_]+|[-–—]", text.casefold()):
        number = _weekday_number(word)
        if number is None:
            is_range = word in _RANGE_WORDS and bool(numbers)
            continue
        numbers += range(numbers[-1] + 1, number) if is_range else ()
        numbers.append(number)
        is_range = False
    return [_DAYS[number] for number in dict.fromkeys(numbers)]


def _weekday_number(word: str) -> int | None:
    """Return 0 for Monday to 6 for Sunday, or None for another word."""
    if word == "thurs":
        return _DAYS.index("thursday")
    days = (n for n, day in enumerate(_DAYS) if len(word) > 1 and day.startswith(word))
    return next(days, None)
