"""Whether a column's answers fit a field, so that a header alone decides nothing."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from peerloom.intake.cleaning import single_line
from peerloom.intake.header_words import plain_header
from peerloom.intake.values.accounts import read_github_login, read_mail_address
from peerloom.intake.values.answer import AnswerValue
from peerloom.intake.values.capacity import read_capacity
from peerloom.intake.values.date_order import find_date_order
from peerloom.intake.values.experience import read_experience_years
from peerloom.intake.values.fillers import is_filler
from peerloom.intake.values.languages import read_languages
from peerloom.intake.values.roles import read_role
from peerloom.intake.values.ticks import find_topic_kind, read_tick
from peerloom.intake.values.time_zones import read_time_zone
from peerloom.intake.values.timestamps import read_timestamp
from peerloom.intake.values.yes_no import decide_yes_no, read_audience, read_yes_no
from peerloom.intake.wordings import AGREEMENT_FIELDS, PAIR_FIELDS, PEOPLE_FIELDS, SKILL_COLUMN
from peerloom.model import Role

# Answers judged; a sheet of thousands says no more than its first ones.
_MOST_JUDGED = 300
# How much of an answer is judged.
_LONGEST_JUDGED = 300
# The share of answers that must be readable: for a known header, and for a likely one.
_NEEDED_FOR_KNOWN = 0.5
_NEEDED_FOR_LIKELY = 0.6
# Fields that a known header decides even if few answers can be read: each is told at its cell.
_DECIDED_BY_HEADER = frozenset(
    {
        "time_zone",
        "github",
        "experience_years",
        "capacity",
        "availability",
        "show",
        *AGREEMENT_FIELDS,
    }
)
_ASKED_YES_OR_NO = frozenset({"show", "github", *AGREEMENT_FIELDS})
# Nobody ticks in more different ways.
_MOST_TICKS = 20
_NAME = re.compile(r"[^\W\d_a-z][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,2} [^\W\d_a-z][\w'’.-]*")
_ANY_DAY = date(2000, 1, 1)


def share_that_fits(field: str, answers: Sequence[str], asked_role: Role | None = None) -> float:
    """Return the share of answers, from 0 to 1, that are answers to a field's question.

    Fillers do not count. Without any answer it is 1, as nothing speaks against the field.
    """
    if field not in (*PEOPLE_FIELDS, *PAIR_FIELDS, SKILL_COLUMN):
        return 1.0  # a question of the program's own, whose answers are read one by one
    started = (answer[:_LONGEST_JUDGED] for answer in answers[:_MOST_JUDGED])
    judged = [answer for answer in started if not is_filler(answer, "text")]
    if field == "answered":
        order = find_date_order(judged)
        fits = [read_timestamp(answer, order).value is not None for answer in judged]
    elif field == "role" and asked_role:
        fits = [_confirms_role(answer) for answer in judged]
    elif field in _PATTERNS:
        fits = [_PATTERNS[field].fullmatch(answer) is not None for answer in judged]
    elif field in _READERS:
        fits = [_READERS[field](answer).certainty != "left_out" for answer in judged]
    else:
        fits = [decide_yes_no(answer) is None for answer in judged]
        if field in ("name", "first_name", "last_name"):
            fits = [fit and _may_be_name(a) for fit, a in zip(fits, judged, strict=True)]
    return sum(fits) / len(fits) if fits else 1.0


_READERS: Mapping[str, Callable[[str], AnswerValue[object]]] = {
    "role": read_role,
    "github": read_github_login,
    "mail": read_mail_address,
    "time_zone": read_time_zone,
    "languages": read_languages,
    "capacity": read_capacity,
    "show": read_audience,
    **dict.fromkeys(AGREEMENT_FIELDS, read_yes_no),
    "experience_years": lambda text: read_experience_years(text, _ANY_DAY),
}


# An id is no mail address, and a team has a short name.
_PATTERNS: Mapping[str, re.Pattern[str]] = {
    "id": re.compile(r"[^@]{1,80}"),
    "team": re.compile(r".{1,80}"),
}


def _confirms_role(answer: str) -> bool:
    """Whether an answer says yes or no to a role, or names one."""
    return read_tick(answer).certainty == "certain" or read_role(answer).value is not None


def _may_be_name(text: str) -> bool:
    return any(c.isalpha() for c in text) and not re.search(r"@\S+\.|://", text)


def look_like_names(answers: Sequence[str]) -> bool:
    """Whether nearly all answers are of two to four words with capitals, and nearly all differ."""
    judged = answers[:_MOST_JUDGED]
    names = [a for a in judged if _NAME.fullmatch(single_line(a))]
    return len(judged) > 1 and len(set(names)) >= 0.9 * len(judged)


def fits_known_header(field: str, answers: Sequence[str], asked_role: Role | None = None) -> bool:
    """Whether answers are those that a known header asks for."""
    if field in _DECIDED_BY_HEADER:
        return not _are_all_yes_or_no(answers) or field in _ASKED_YES_OR_NO
    if field == "mail":
        return share_that_fits(field, answers) > 0
    return share_that_fits(field, answers, asked_role) >= _NEEDED_FOR_KNOWN


def fits_likely_header(field: str, answers: Sequence[str], asked_role: Role | None = None) -> bool:
    """Whether answers are those that a likely question asks for."""
    return bool(answers) and share_that_fits(field, answers, asked_role) >= _NEEDED_FOR_LIKELY


def _are_all_yes_or_no(answers: Sequence[str]) -> bool:
    return bool(answers) and all(decide_yes_no(answer) is not None for answer in answers)


def role_in_question(header: str) -> Role | None:
    """Return the role that a yes/no question is about: `Do you want to sign up as a mentor?`."""
    words = plain_header(header)
    is_mentor = re.search(r"\bmentors?\b|\bmentorin\b|\bmentora\b", words)
    is_mentee = re.search(r"\bmentees?\b", words)
    if bool(is_mentor) == bool(is_mentee):
        return None
    return "mentor" if is_mentor else "mentee"


def is_tick(text: str, option: str = "") -> bool:
    """Whether a cell marks the topic of its column: `1`, `x`, `yes`, or the topic once more."""
    return read_tick(text, option).value is True


def holds_only_ticks(answers: Sequence[str], header: str) -> bool:
    """Whether a column only marks some rows, as one column for each topic does."""
    different = dict.fromkeys(answers)
    return len(different) <= _MOST_TICKS and find_topic_kind(different, header).kind == "ticks"


def holds_ratings(answers: Sequence[str], topic: str) -> bool:
    """Whether a column rates its topic with numbers; which of them mean yes is not said."""
    return bool(find_topic_kind(answers, topic).ratings)
