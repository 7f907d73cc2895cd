"""Aims of cohorts: that a figure or a person can answer each of them."""

from collections.abc import Iterator
from datetime import date

from peerloom.diagnostic import quoted
from peerloom.model import AIM_MEASURES_TO_KEEP_LOW, AIM_SHARES, Cohort, CohortAim
from peerloom.records import Program
from peerloom.rules.rule import Finding
from peerloom.schedule import MAX_YEARS, latest_day
from peerloom.text.dates import full_date

_Flaw = tuple[str, str, str]


def aims_can_be_answered(program: Program, _: date) -> Iterator[Finding]:
    """An aim has a measure with a target and a day, or else a person answers it."""
    for cohort in program.cohorts.values():
        for index, aim in enumerate(cohort.stated_aims):
            for key, message, help_ in _find_flaws(cohort, aim):
                keys = ("aims", index, key)
                yield Finding(where=cohort, keys=keys, message=message, help=help_)


def _find_flaws(cohort: Cohort, aim: CohortAim) -> Iterator[_Flaw]:
    if aim.measure is None:
        for key in ("target", "partly"):
            if getattr(aim, key) is not None:
                help_ = "add 'measure', the figure that it is about, or delete it"
                yield key, f"'{key}' must be given together with 'measure'", help_
    elif aim.target is None:
        help_ = "add 'target'; of a share it is in percent, such as 75"
        yield "measure", "'measure' must be given together with 'target'", help_
    else:
        yield from _find_flaws_of_target(aim, aim.target)
    if aim.measure is not None and aim.outcome is not None:
        message = f"'outcome' must not be given beside 'measure': {quoted(aim.measure)} answers"
        yield "outcome", message, "delete one of the two"
    yield from _find_flaws_of_day(cohort, aim)


def _find_flaws_of_target(aim: CohortAim, target: float) -> Iterator[_Flaw]:
    if aim.measure in AIM_SHARES and target > 100:
        yield "target", f"'target' must be at most 100 percent, and is {target:g}", "correct it"
    if aim.partly is None:
        return
    keeps_low = aim.measure in AIM_MEASURES_TO_KEEP_LOW
    if aim.partly <= target if keeps_low else aim.partly >= target:
        side = "above" if keeps_low else "below"
        message = f"'partly' must be {side} the target, {target:g}, and is {aim.partly:g}"
        yield "partly", message, "correct it, or delete it"


def _find_flaws_of_day(cohort: Cohort, aim: CohortAim) -> Iterator[_Flaw]:
    if aim.by is None:
        if aim.measure is not None and cohort.ends is None:
            message = "an aim of a cohort without an end must say by when it should be reached"
            yield "measure", message, "add 'by' with a day"
    elif aim.by < cohort.starts:
        message = f"an aim must not be for {full_date(aim.by)}, before the cohort starts"
        yield "by", message, f"its first day is {full_date(cohort.starts)}"
    elif aim.by > latest_day(cohort.ends or cohort.starts):
        day = full_date(aim.by)
        message = f"an aim must be for at most {MAX_YEARS} years after the cohort, not for {day}"
        yield "by", message, "correct the year"


def aims_are_answered_when_they_are_said(program: Program, today: date) -> Iterator[Finding]:
    """A person has said what became of an aim on a day that has come, after the cohort began."""
    for cohort in program.cohorts.values():
        for index, aim in enumerate(cohort.stated_aims):
            if aim.outcome is None or cohort.starts <= aim.outcome.on <= today:
                continue
            day = full_date(aim.outcome.on)
            message = f"the outcome must be of a day that has come, and {day} has not"
            if aim.outcome.on < cohort.starts:
                message = f"the outcome must not be of {day}, before the cohort starts"
            keys = ("aims", index, "outcome", "on")
            yield Finding(where=cohort, keys=keys, message=message, help="correct the date")
