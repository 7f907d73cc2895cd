"""Goals of pairs: their ids, their five steps, and that these were written beforehand."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date

from peerloom.audience import repository_readers
from peerloom.days import latest_day_anywhere
from peerloom.diagnostic import quoted
from peerloom.model import CheckIn, Goal, Pair
from peerloom.records import Program
from peerloom.rules.rule import Finding
from peerloom.schedule import STATUSES_TAKING_TIME
from peerloom.source import Keys
from peerloom.text.dates import full_date
from peerloom.text.phrases import number_goal_step

_LOWEST = -2
# The first check-in, by the day on which it was answered, that names a step of a goal.
_FirstReports = dict[tuple[str, str, str], CheckIn]


def goal_ids_are_unique(program: Program, _: date) -> Iterator[Finding]:
    """No two goals of a pair have the same id."""
    for pair in program.pairs.values():
        seen: Counter[str] = Counter()
        for index, goal in enumerate(pair.goals):
            seen[goal.id] += 1
            if seen[goal.id] == 2:
                message = f"goal {quoted(goal.id)} must be in the list only once"
                help_ = "give the second an id of its own"
                yield Finding(where=pair, keys=("goals", index, "id"), message=message, help=help_)


def goals_have_their_five_steps(program: Program, _: date) -> Iterator[Finding]:
    """A goal says what its five steps look like, if its pair is not over or a check-in names one.

    In a public repository goals have no steps, because everybody could read them.
    """
    if repository_readers(program) == "public":
        return
    reports = _find_first_reports(program)
    for pair, keys, goal in _list_goals(program):
        is_rated = (pair.cohort, pair.id, goal.id) in reports
        if not goal.levels and (is_rated or pair.status in STATUSES_TAKING_TIME):
            message = f"goal {quoted(goal.id)} must say what its five steps look like"
            help_ = (
                "add 'levels': five sentences from much less than expected to much more, so that "
                "the two would name the same step"
            )
            yield Finding(where=pair, keys=keys, message=message, help=help_)


def steps_of_a_goal_differ(program: Program, _: date) -> Iterator[Finding]:
    """No two of the five steps of a goal read alike."""
    for pair, keys, goal in _list_goals(program):
        first: dict[str, int] = {}
        for index, text in enumerate(goal.levels):
            other = first.setdefault(_simplify(text), index)
            if other != index:
                one, two = (number_goal_step(_LOWEST + n) for n in (index, other))
                message = f"step {one} of goal {quoted(goal.id)} must not read like step {two}"
                help_ = "write what could be seen at this step and not yet, or no longer, at that"
                place = (*keys, "levels", index)
                yield Finding(where=pair, keys=place, message=message, help=help_)


def goals_are_set_before_they_are_reached(program: Program, today: date) -> Iterator[Finding]:
    """A goal was set before a check-in named a step of it, and before the day it is wanted by."""
    reports = _find_first_reports(program)
    for pair, keys, goal in _list_goals(program):
        report = reports.get((pair.cohort, pair.id, goal.id))
        for key, message, help_ in _find_late_setting(goal, report, today):
            yield Finding(where=pair, keys=(*keys, key), message=message, help=help_)


def _find_late_setting(
    goal: Goal, report: CheckIn | None, today: date
) -> Iterator[tuple[str, str, str]]:
    if goal.set_on is None:
        return
    day = full_date(goal.set_on)
    if goal.set_on > latest_day_anywhere(today):
        yield (
            "set_on",
            f"goal {quoted(goal.id)} must be set, and {day} has not come",
            "correct the date",
        )
    if report is not None and report.answered_on < goal.set_on:
        message = (
            f"goal {quoted(goal.id)} must be set by {full_date(report.answered_on)}, when "
            f"{quoted(report.participant)} named a step of it, and not on {day}"
        )
        help_ = (
            "correct 'set_on'; if the steps were written afterwards, leave them, and give the "
            "next goal its steps beforehand: otherwise a score says nothing"
        )
        yield "set_on", message, help_
    if goal.by is not None and goal.by < goal.set_on:
        message = (
            f"the day by which goal {quoted(goal.id)} is wanted, {full_date(goal.by)}, must not "
            f"be before it was set, {day}"
        )
        yield "by", message, "correct 'by' or 'set_on'"


def _list_goals(program: Program) -> Iterator[tuple[Pair, Keys, Goal]]:
    for pair in program.pairs.values():
        for index, goal in enumerate(pair.goals):
            yield pair, ("goals", index), goal


def _find_first_reports(program: Program) -> _FirstReports:
    """The first report of a step by cohort, pair and goal, found once for a program."""
    key = _find_first_reports
    if key not in program.derived:
        first: _FirstReports = {}
        for check_in in program.check_ins:
            for progress in check_in.goals:
                goal = (check_in.cohort, check_in.pair, progress.goal)
                earlier = first.get(goal)
                if progress.level is not None and (
                    earlier is None or check_in.answered_on < earlier.answered_on
                ):
                    first[goal] = check_in
        program.derived[key] = first
    found: _FirstReports = program.derived[key]
    return found


def _simplify(text: str) -> str:
    """A text without what makes no difference to a reader: case, spaces, the stop at its end."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(folded.split()).rstrip(" .!")
