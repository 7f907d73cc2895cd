"""The answers to the form of the workflow `start`, with all that is wrong with them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from peerloom.cli.options import FEWEST_WEEKS, MOST_WEEKS
from peerloom.cli.run_messages import refuse_answers_in_run
from peerloom.text.escaping.terminal import printable

if TYPE_CHECKING:
    from peerloom.github import Account
    from peerloom.new_program import NewProgram

# What the form calls each answer, and the field that it is for, by the flag that a problem names.
_LABELS = {
    "name": ("Name", "name"),
    "cohort": ("Cohort", "cohort"),
    "starts": ("First day", "starts"),
    "weeks": ("Weeks", "weeks"),
    "time-zone": ("Time zone", "time_zone"),
    "coordinator": ("Coordinator", "coordinators"),
    "repository": ("Repository", "repository"),
}
# Valid answers, which stand in for wrong ones while the others are looked at.
_VALID: Mapping[str, Any] = {
    "name": "Our Program",
    "repository": "our-org/our-program",
    "cohort": "first",
    "starts": date(2027, 1, 11),
    "weeks": 20,
    "time_zone": "UTC",
    "coordinators": (),
}


def read_answers(
    texts: Mapping[str, str], visibility: str, repository: str, starter: "Account"
) -> "NewProgram":
    """Return the answers, or end the command with all that is wrong with them."""
    from peerloom.new_program import NewProgram

    starts, weeks = _parse_day(texts["starts"]), _parse_weeks(texts["weeks"])
    problems = {"starts": starts, "weeks": weeks}
    draft = NewProgram(
        name=texts["name"].strip(),
        repository=repository,
        cohort=texts["cohort"].strip(),
        starts=starts if isinstance(starts, date) else _VALID["starts"],
        weeks=weeks if isinstance(weeks, int) else _VALID["weeks"],
        coordinators=(starter.login,),
        coordinator_ids={starter.login: starter.number},
        time_zone=texts["time_zone"].strip() or "UTC",
        # What is not public by GitHub's own word is private: there are kinds between the two.
        visibility="public" if visibility == "public" else "private",
    )
    if any(flag == "coordinator" for flag, _ in _list_problems(draft)):
        # An app's login, or one that a company gave, is none that settings can have.
        draft = replace(draft, coordinators=(), coordinator_ids={})
    found = [(flag, problem) for flag, problem in problems.items() if isinstance(problem, str)]
    found += _list_problems(draft)
    if found:
        found.sort(key=lambda each: list(_LABELS).index(each[0]))
        refuse_answers_in_run([f"{_LABELS[flag][0]}: {problem}" for flag, problem in found])
    return draft


def _parse_day(text: str) -> date | str:
    """Return the day, or what must hold."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return f"'{printable(text)}' must be a date such as 2027-01-11"


def _parse_weeks(text: str) -> int | str:
    """Return the number of weeks, or what must hold."""
    digits = text.strip()
    if digits.isascii() and digits.isdigit() and FEWEST_WEEKS <= int(digits[:9]) <= MOST_WEEKS:
        return int(digits)
    return f"'{printable(text)}' must be a number from {FEWEST_WEEKS} to {MOST_WEEKS}"


def _list_problems(draft: "NewProgram") -> list[tuple[str, str]]:
    """Return all problems of the answers: also those that are only looked for in a valid draft."""
    from peerloom.new_program import find_answer_problems

    found: list[tuple[str, str]] = []
    while problems := list(find_answer_problems(draft)):
        found += [(flag, problem.message) for flag, problem in problems]
        fields = {_LABELS[flag][1] for flag, _ in problems}
        valid: dict[str, Any] = {field: _VALID[field] for field in fields}
        draft = replace(draft, **valid)
    return found
