"""What changed between two waves of a survey, for those who answered both."""

from collections.abc import Iterable, Iterator, Sequence
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
class Change:
    """Means of those who answered both before and after, and how much they changed.

    `margin` is half the width of a 95 % interval of the mean change (paired, Student's t),
    absent where fewer than three answered both. It says how sure the change is and nothing
    of its cause.
    """

    both: int
    before: float | None
    after: float | None
    change: float | None
    margin: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChange:
    """The change in one question on a scale."""

    item: Item
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstructChange:
    """The change in what several questions ask for together.

    Each person counts with the mean of their answers, and only who answered every one of the
    `items` in both waves.
    """

    name: str
    items: tuple[ItemChange, ...]
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemMean:
    """A question on a scale that is not asked before: its mean in the newest wave."""

    item: Item
    wave: Wave
    people: int
    mean: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyFigures:
    """A survey in a cohort: how many were asked, how many answered each wave, what changed."""

    survey: Survey
    asked: int
    answered: dict[Wave, int]
    changes: tuple[ItemChange, ...]
    constructs: tuple[ConstructChange, ...]
    afterwards: tuple[ItemMean, ...]


def survey_figures(program: Program, survey: Survey, cohort: Cohort, end: date) -> SurveyFigures:
    """The figures of a survey's answers up to a day."""
    responses = [r for r in program.responses if r.survey == survey.id and r.cohort == cohort.id]
    answered: dict[Wave, int] = {
        wave: sum(_answers(r, wave, end) is not None for r in responses) for wave in survey.waves
    }
    scales = [item for item in survey.items if item.kind == "scale"]
    compared = [i for i in scales if not i.waves or {"before", "after"} <= set(i.waves)]
    changes = tuple(
        ItemChange(item=item, change=_change([item], responses, end)) for item in compared
    )
    return SurveyFigures(
        survey=survey,
        asked=len({person.id for person, _ in program.members_of(cohort.id)}),
        answered=answered,
        changes=changes,
        constructs=tuple(
            ConstructChange(
                name=items[0].item.construct or "",
                items=items,
                change=_change([i.item for i in items], responses, end),
            )
            for items in _constructs(changes)
        ),
        afterwards=tuple(
            _newest(item, responses, end)
            for item in scales
            if item.waves and "before" not in item.waves
        ),
    )


def _constructs(changes: Iterable[ItemChange]) -> Iterator[tuple[ItemChange, ...]]:
    """Questions that ask the same people for the same thing on the same scale; two or more."""
    alike: dict[object, list[ItemChange]] = {}
    for change in changes:
        item = change.item
        if item.construct and item.scale:
            key = (item.construct, item.scale.lowest, item.scale.highest, frozenset(item.roles))
            alike.setdefault(key, []).append(change)
    for items in alike.values():
        if len(items) > 1:
            yield tuple(items)


def _newest(item: Item, responses: list[Response], end: date) -> ItemMean:
    waves = [wave for wave in _IN_ORDER if wave in item.waves]
    values: list[int] = []
    for wave in reversed(waves):
        given = [(_answers(r, wave, end) or {}).get(item.id) for r in responses]
        values = [value for value in given if isinstance(value, int)]
        if values:
            break
    return ItemMean(item=item, wave=wave, people=len(values), mean=mean(values) if values else None)


_IN_ORDER: tuple[Wave, ...] = ("before", "midway", "after")


def _answers(response: Response, wave: Wave, end: date) -> dict[str, int | str] | None:
    for answers in response.waves:
        if answers.wave == wave and answers.answered_on <= end:
            return answers.answers
    return None


def _change(items: list[Item], responses: list[Response], end: date) -> Change:
    both: list[tuple[float, float]] = []
    for response in responses:
        before = _mean_of(items, _answers(response, "before", end))
        after = _mean_of(items, _answers(response, "after", end))
        if before is not None and after is not None:
            both.append((before, after))
    changes = [after - before for before, after in both]
    return Change(
        both=len(both),
        before=mean(b for b, _ in both) if both else None,
        after=mean(a for _, a in both) if both else None,
        change=mean(changes) if both else None,
        margin=margin(changes),
    )


def _mean_of(items: list[Item], answers: dict[str, int | str] | None) -> float | None:
    values = [(answers or {}).get(item.id) for item in items]
    numbers = [value for value in values if isinstance(value, int)]
    return mean(numbers) if len(numbers) == len(items) else None


def margin(changes: Sequence[float]) -> float | None:
    """Half the width of the 95 % interval of a mean of paired differences."""
    n = len(changes)
    if n < _FEWEST_FOR_AN_INTERVAL:
        return None
    t = _T95[max(degrees for degrees in _T95 if degrees <= n - 1)]
    return t * stdev(changes) / sqrt(n)
