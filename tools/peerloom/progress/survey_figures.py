"""What changed between two waves of a survey, for those who answered both."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import mean, stdev

from peerloom.model import Cohort, Item, Response, Survey, Wave
from peerloom.records import Program

# The standard deviation of fewer differences than this says nothing.
_FEWEST_FOR_AN_INTERVAL = 3
# Student's t for a two-sided 95 % interval, by degrees of freedom. Between two of these the smaller
# number of degrees is taken, which makes the interval wider, never narrower.
_T95 = {2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262}
_T95 |= {10: 2.228, 12: 2.179, 15: 2.131, 20: 2.086, 30: 2.042, 60: 2.0, 120: 1.98}


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveChange:
    """Means before and after, over the people who answered both, and the mean change.

    `both` is how many people those are. `margin` is half the width of the 95 % interval of the
    mean change (paired, Student's t), absent where fewer than three answered both. It says how
    sure the change is, and nothing about its cause.
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
    change: WaveChange


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstructChange:
    """The change in what several questions measure together.

    Each person counts with the mean of their answers, and only people who answered every one of
    the `items` in both waves count.
    """

    name: str
    items: tuple[ItemChange, ...]
    change: WaveChange


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemMean:
    """A question on a scale that is not asked before the start: its mean in the newest wave."""

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


def compute_survey_figures(
    program: Program, survey: Survey, cohort: Cohort, end: date
) -> SurveyFigures:
    """The figures of a survey in a cohort, from the answers given up to and including `end`."""
    responses = [r for r in program.responses if r.survey == survey.id and r.cohort == cohort.id]
    answered: dict[Wave, int] = {
        wave: sum(_find_answers(r, wave, end) is not None for r in responses)
        for wave in survey.waves
    }
    scales = [item for item in survey.items if item.kind == "scale"]
    compared = [i for i in scales if not i.waves or {"before", "after"} <= set(i.waves)]
    changes = tuple(
        ItemChange(item=item, change=_compare_waves([item], responses, end)) for item in compared
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
                change=_compare_waves([i.item for i in items], responses, end),
            )
            for items in _group_by_construct(changes)
        ),
        afterwards=tuple(
            _compute_newest_mean(item, responses, end)
            for item in scales
            if item.waves and "before" not in item.waves
        ),
    )


def _group_by_construct(changes: Iterable[ItemChange]) -> Iterator[tuple[ItemChange, ...]]:
    """Groups of two or more questions that ask the same people about one construct."""
    alike: dict[object, list[ItemChange]] = {}
    for change in changes:
        item = change.item
        if item.construct and item.scale:
            key = (item.construct, item.scale.lowest, item.scale.highest, frozenset(item.roles))
            alike.setdefault(key, []).append(change)
    for items in alike.values():
        if len(items) > 1:
            yield tuple(items)


def _compute_newest_mean(item: Item, responses: list[Response], end: date) -> ItemMean:
    waves = [wave for wave in _WAVES if wave in item.waves]
    values: list[int] = []
    for wave in reversed(waves):
        given = [(_find_answers(r, wave, end) or {}).get(item.id) for r in responses]
        values = [value for value in given if isinstance(value, int)]
        if values:
            break
    return ItemMean(item=item, wave=wave, people=len(values), mean=mean(values) if values else None)


_WAVES: tuple[Wave, ...] = ("before", "midway", "after")


def _find_answers(response: Response, wave: Wave, end: date) -> dict[str, int | str] | None:
    for answers in response.waves:
        if answers.wave == wave and answers.answered_on <= end:
            return answers.answers
    return None


def _compare_waves(items: list[Item], responses: list[Response], end: date) -> WaveChange:
    both: list[tuple[float, float]] = []
    for response in responses:
        before = _average_answer(items, _find_answers(response, "before", end))
        after = _average_answer(items, _find_answers(response, "after", end))
        if before is not None and after is not None:
            both.append((before, after))
    changes = [after - before for before, after in both]
    return WaveChange(
        both=len(both),
        before=mean(b for b, _ in both) if both else None,
        after=mean(a for _, a in both) if both else None,
        change=mean(changes) if both else None,
        margin=compute_margin(changes),
    )


def _average_answer(items: list[Item], answers: dict[str, int | str] | None) -> float | None:
    values = [(answers or {}).get(item.id) for item in items]
    numbers = [value for value in values if isinstance(value, int)]
    return mean(numbers) if len(numbers) == len(items) else None


def compute_margin(changes: Sequence[float]) -> float | None:
    """Half the width of the 95 % interval of the mean of paired differences, t · s / √n.

    None where there are too few differences for one.
    """
    count = len(changes)
    if count < _FEWEST_FOR_AN_INTERVAL:
        return None
    t = _T95[max(degrees for degrees in _T95 if degrees <= count - 1)]
    return t * stdev(changes) / sqrt(count)
