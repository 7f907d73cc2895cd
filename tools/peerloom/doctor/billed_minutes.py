"""How many minutes of its machines GitHub will bill a program in a month."""

from datetime import date, timedelta
from math import ceil

from peerloom import schedule
from peerloom.issue_forms.question import are_forms_read_at_once
from peerloom.records import Program
from peerloom.text.numbers import whole_number

# What a free plan has for private repositories, each month.
FREE_MINUTES = 2_000
_MONTH = timedelta(days=30)
# From a simulation of a month (`benchmarks/minutes.py`): what runs by schedule, and for each answer
# its reading, its merging and a share of edits, sign-ups and other changes.
_BY_SCHEDULE = 125
_READ_AT_ONCE, _READ_BY_SCHEDULE = 2.25, 1.5
# Twice a day, a job that builds the public site and one that publishes it in a second repository.
_SECOND_SITE = 122


def estimate_minutes(program: Program, today: date, *, has_second_site: bool = False) -> int:
    """The minutes of the month from `today`, if each answer is merged by itself.

    A public repository's are not billed. The answers are those that the month's due dates ask for.
    A program that `has_second_site` publishes its public site in another repository.
    """
    if program.settings.visibility == "public":
        return 0
    is_at_once = are_forms_read_at_once(program)
    for_each = _READ_AT_ONCE if is_at_once else _READ_BY_SCHEDULE
    by_schedule = _BY_SCHEDULE + (_SECOND_SITE if has_second_site else 0)
    return by_schedule + ceil(_count_answers(program, today) * for_each)


def describe_minutes(program: Program, today: date, *, has_second_site: bool = False) -> str:
    """What `doctor` says of the minutes."""
    minutes = estimate_minutes(program, today, has_second_site=has_second_site)
    if not minutes:
        return "minutes of GitHub's machines: a public repository's are free"
    return (
        f"minutes of GitHub's machines: about {whole_number(minutes)} in the next month, if each "
        f"answer is merged by itself; a free plan has {whole_number(FREE_MINUTES)}"
    )


def _count_answers(program: Program, today: date) -> int:
    """How many answers the due dates of the next month ask for."""
    count = 0
    for pair in program.pairs.values():
        cohort = program.cohorts.get(pair.cohort)
        if cohort is None or cohort.check_ins is None:
            continue
        dates = schedule.pair_due_dates(cohort, pair)
        due = sum(today < each <= today + _MONTH for each in dates)
        count += due * (2 if cohort.check_ins.answers == "both" else 1)
    return count
