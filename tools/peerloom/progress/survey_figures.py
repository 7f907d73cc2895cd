"""What changed between two waves of a survey, for those who answered both."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import cos, pi, sin, sqrt, tan
from statistics import mean, stdev

from peerloom.model import Cohort, Item, Response, Survey, Wave
from peerloom.records import Program

# The standard deviation of fewer differences than this says nothing.
_FEWEST_FOR_AN_INTERVAL = 3
# How much of the distribution of a mean change its interval holds.
_INTERVAL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveChange:
    """Means before and after, over the people who answered both, and each one's difference."""

    before: float | None
    after: float | None
    differences: tuple[float, ...]

    @property
    def both(self) -> int:
        """How many people answered both."""
        return len(self.differences)

    @property
    def change(self) -> float | None:
        """The mean change."""
        return mean(self.differences) if self.differences else None

    @property
    def margin(self) -> float | None:
        """How sure the change is: see `compute_margin`. It says nothing about its cause."""
        return compute_margin(self.differences)


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


def count_answers(program: Program, survey: Survey, cohort: Cohort, end: date) -> dict[Wave, int]:
    """How many people of a cohort answered each wave of a survey, up to and including `end`."""
    responses = _list_responses(program, survey, cohort)
    return {
        wave: sum(_find_answers(r, wave, end) is not None for r in responses)
        for wave in survey.waves
    }


def count_asked(program: Program, cohort: Cohort) -> int:
    """How many people are asked to answer the surveys of a cohort."""
    return len({person.id for person, _ in program.members_of(cohort.id)})


def _list_responses(program: Program, survey: Survey, cohort: Cohort) -> list[Response]:
    return [r for r in program.responses if r.survey == survey.id and r.cohort == cohort.id]


def compute_survey_figures(
    program: Program, survey: Survey, cohort: Cohort, end: date
) -> SurveyFigures:
    """The figures of a survey in a cohort, from the answers given up to and including `end`."""
    responses = _list_responses(program, survey, cohort)
    scales = [item for item in survey.items if item.kind == "scale"]
    compared = [i for i in scales if not i.waves or {"before", "after"} <= set(i.waves)]
    changes = tuple(
        ItemChange(item=item, change=_compare_waves([item], responses, end)) for item in compared
    )
    return SurveyFigures(
        survey=survey,
        asked=count_asked(program, cohort),
        answered=count_answers(program, survey, cohort, end),
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
    return WaveChange(
        before=mean(b for b, _ in both) if both else None,
        after=mean(a for _, a in both) if both else None,
        differences=tuple(after - before for before, after in both),
    )


def _average_answer(items: list[Item], answers: dict[str, int | str] | None) -> float | None:
    values = [(answers or {}).get(item.id) for item in items]
    numbers = [value for value in values if isinstance(value, int)]
    return mean(numbers) if len(numbers) == len(items) else None


def compute_margin(changes: Sequence[float]) -> float | None:
    """Half the width of the 95% interval of the mean of paired differences.

    Takes each person's difference; the interval is t · s / √n, where s is the differences' standard
    deviation and t the 97.5% point of Student's distribution with n − 1 degrees of freedom. None
    where there are too few differences for one.
    """
    count = len(changes)
    if count < _FEWEST_FOR_AN_INTERVAL:
        return None
    return _student_t(count - 1) * stdev(changes) / sqrt(count)


@cache
def _student_t(degrees: int) -> float:
    """The t that 95% of Student's distribution lies within, on both sides of 0.

    Takes the degrees of freedom, 1 or more. For whole numbers the share within t is a finite sum in
    the angle atan(t / √degrees) (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4); the angle is found
    by halving. SciPy has the same, and to load it takes an eighth of the time of a small build.
    """
    low, high = 0.0, pi / 2
    for _step in range(60):
        angle = (low + high) / 2
        if _share_within(angle, degrees) < _INTERVAL:
            low = angle
        else:
            high = angle
    return sqrt(degrees) * tan(low)


def _share_within(angle: float, degrees: int) -> float:
    """The share of Student's distribution within t = √degrees · tan(angle)."""
    is_odd = degrees % 2
    term = cos(angle) if is_odd else 1.0
    total = term if degrees > 1 else 0.0
    for n in range(2 + is_odd, degrees - 1, 2):
        term *= (n - 1) / n * cos(angle) ** 2
        total += term
    within = sin(angle) * total
    return 2 / pi * (angle + within) if is_odd else within
