"""What changed between two waves of a survey, for those who answered both."""

from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import mean, stdev

from peerloom.model import Cohort, Item, Response, Survey, Wave
from peerloom.records import Program

# Below this many, a spread says nothing.
_FEWEST_FOR_AN_INTERVAL = 3
# Student's t for a 95 % interval, by degrees of freedom; between two, the more careful counts.
_T95 = {2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262}
_T95 |= {10: 2.228, 12: 2.179, 15: 2.131, 20: 2.086, 30: 2.042, 60: 2.0, 120: 1.98}


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChange:
    """One question on a scale: means of those who answered in both waves, and their change.

    `margin` is half the width of a 95 % interval of the mean change (paired, Student's t),
    absent where fewer than three answered both. It says how sure the change is and nothing
    of its cause.
    """

    item: Item
    both: int
    before: float | None
    after: float | None
    change: float | None
    margin: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyFigures:
    """A survey in a cohort: how many were asked, how many answered each wave, what changed."""

    survey: Survey
    asked: int
    answered: dict[Wave, int]
    changes: tuple[ItemChange, ...]


def survey_figures(program: Program, survey: Survey, cohort: Cohort, end: date) -> SurveyFigures:
    """The figures of a survey's answers up to a day."""
    responses = [r for r in program.responses if r.survey == survey.id and r.cohort == cohort.id]
    answered: dict[Wave, int] = {
        wave: sum(_answers(r, wave, end) is not None for r in responses) for wave in survey.waves
    }
    return SurveyFigures(
        survey=survey,
        asked=len({person.id for person, _ in program.members_of(cohort.id)}),
        answered=answered,
        changes=tuple(
            _change(item, responses, end)
            for item in survey.items
            if item.kind == "scale" and (not item.waves or {"before", "after"} <= set(item.waves))
        ),
    )


def _answers(response: Response, wave: Wave, end: date) -> dict[str, int | str] | None:
    for answers in response.waves:
        if answers.wave == wave and answers.answered_on <= end:
            return answers.answers
    return None


def _change(item: Item, responses: list[Response], end: date) -> ItemChange:
    both: list[tuple[int, int]] = []
    for response in responses:
        before = (_answers(response, "before", end) or {}).get(item.id)
        after = (_answers(response, "after", end) or {}).get(item.id)
        if isinstance(before, int) and isinstance(after, int):
            both.append((before, after))
    changes = [after - before for before, after in both]
    return ItemChange(
        item=item,
        both=len(both),
        before=mean(b for b, _ in both) if both else None,
        after=mean(a for _, a in both) if both else None,
        change=mean(changes) if both else None,
        margin=margin(changes),
    )


def margin(changes: list[int]) -> float | None:
    """Half the width of the 95 % interval of a mean of paired differences."""
    n = len(changes)
    if n < _FEWEST_FOR_AN_INTERVAL:
        return None
    t = _T95[max(degrees for degrees in _T95 if degrees <= n - 1)]
    return t * stdev(changes) / sqrt(n)
