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
# Of a two-sided interval of 95%, this much of the distribution lies below the upper end.
_UPPER_END = 0.975


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveChange:
    """Means before and after, over the people who answered both, and the mean change.

    `both` is how many people those are. `margin` is half the width of the 95% interval of the
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
    """Half the width of the 95% interval of the mean of paired differences.

    Takes each person's difference; the interval is t · s / √n, where s is the differences' standard
    deviation and t the 97.5% point of Student's distribution with n − 1 degrees of freedom. None
    where there are too few differences for one.
    """
    count = len(changes)
    if count < _FEWEST_FOR_AN_INTERVAL:
        return None
    # What `scipy.stats.t.ppf` calls, from a package that loads in a third of the time; it is loaded
    # here because most programs have no survey with two waves.
    from scipy.special import stdtrit  # noqa: PLC0415

    return float(stdtrit(count - 1, _UPPER_END)) * stdev(changes) / sqrt(count)
