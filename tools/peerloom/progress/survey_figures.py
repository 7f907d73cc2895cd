"""What changed between two waves of a survey, for those who answered both."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import sqrt
from statistics import mean, stdev
from typing import Literal

from peerloom.model import Cohort, Item, Membership, Response, Role, Survey, Wave
from peerloom.progress.taking_part import list_taking_part
from peerloom.progress.windows import find_opening_days
from peerloom.records import Program

# The standard deviation of fewer differences than this says nothing.
_FEWEST_FOR_AN_INTERVAL = 3
# How much of the distribution of a mean change its interval holds.
_INTERVAL = 0.95

# Why there is no interval: too few answered both, or all of them changed by the same.
NoInterval = Literal["few", "constant"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveChange:
    """What the people who answered both before and after said, each under a code.

    `asked` is how many people were asked the questions after the end.
    """

    asked: int
    answers: tuple[tuple[str, Fraction, Fraction], ...]

    @property
    def before(self) -> Fraction | None:
        """The mean before."""
        return mean(before for _, before, _ in self.answers) if self.answers else None

    @property
    def after(self) -> Fraction | None:
        """The mean after."""
        return mean(after for _, _, after in self.answers) if self.answers else None

    @property
    def differences(self) -> tuple[Fraction, ...]:
        """What each person changed by."""
        return tuple(after - before for _, before, after in self.answers)

    @property
    def both(self) -> int:
        """How many people answered both."""
        return len(self.answers)

    @property
    def change(self) -> Fraction | None:
        """The mean change."""
        return mean(self.differences) if self.differences else None

    @property
    def margin(self) -> float | None:
        """How sure the change is: see `compute_margin`. It says nothing about its cause."""
        return None if self.no_interval else compute_margin(self.differences)

    @property
    def no_interval(self) -> NoInterval | None:
        """Why no interval can be computed; None if one can."""
        if self.both < _FEWEST_FOR_AN_INTERVAL:
            return "few"
        return "constant" if len({*self.differences}) == 1 else None


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
    """A question on a scale that is not asked before the start: its mean in the newest wave.

    `asked` is how many people were asked it then, and `answers` has what each code said.
    """

    item: Item
    wave: Wave
    asked: int
    answers: tuple[tuple[str, int], ...]

    @property
    def people(self) -> int:
        """How many answered."""
        return len(self.answers)

    @property
    def mean(self) -> Fraction | None:
        """The mean of the answers."""
        total = sum(value for _, value in self.answers)
        return Fraction(total, len(self.answers)) if self.answers else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyFigures:
    """A survey in a cohort: how many were asked and answered in each wave, and what changed.

    Nobody is asked in a wave before it opens. Answers are counted by their codes.
    """

    survey: Survey
    asked: dict[Wave, int]
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


def count_asked(
    program: Program, cohort: Cohort, wave: Wave, end: date, roles: Iterable[Role] = ()
) -> int:
    """How many people of a cohort are asked in a wave of its surveys, up to and including `end`.

    They are those who took part on the day it opens, or joined since; of `roles`, if there are any.
    Who mentors as well as being mentored is asked all questions. In a cohort without an end, whose
    pairs have no waves in common, it is everybody who took part by then.
    """
    opening_days = find_opening_days(cohort)
    opens = opening_days.get(wave, date.min)
    if opens > end:
        return 0
    asked = list_taking_part(program, cohort, opens, end)
    return len({person.id for person, part in asked if _is_asked(part, roles)})


def _is_asked(part: Membership, roles: Iterable[Role]) -> bool:
    wanted = {*roles}
    return not wanted or part.role == "either" or part.role in wanted


def _list_responses(program: Program, survey: Survey, cohort: Cohort) -> list[Response]:
    return [r for r in program.responses if r.survey == survey.id and r.cohort == cohort.id]


def compute_survey_figures(
    program: Program, survey: Survey, cohort: Cohort, end: date
) -> SurveyFigures:
    """The figures of a survey in a cohort, from the answers given up to and including `end`."""
    responses = _list_responses(program, survey, cohort)
    scales = [item for item in survey.items if item.kind == "scale"]
    compared = [i for i in scales if not i.waves or {"before", "after"} <= set(i.waves)]

    def count_people(item: Item, wave: Wave) -> int:
        return count_asked(program, cohort, wave, end, item.roles)

    changes = tuple(
        ItemChange(
            item=item,
            change=_compare_waves([item], responses, end, count_people(item, "after")),
        )
        for item in compared
    )
    return SurveyFigures(
        survey=survey,
        asked={wave: count_asked(program, cohort, wave, end) for wave in survey.waves},
        answered=count_answers(program, survey, cohort, end),
        changes=changes,
        constructs=tuple(
            ConstructChange(
                name=items[0].item.construct or "",
                items=items,
                change=_compare_waves(
                    [i.item for i in items], responses, end, items[0].change.asked
                ),
            )
            for items in _group_by_construct(changes)
        ),
        afterwards=tuple(
            _compute_newest_mean(item, responses, end, count_people)
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


def _compute_newest_mean(
    item: Item,
    responses: list[Response],
    end: date,
    count_people: Callable[[Item, Wave], int],
) -> ItemMean:
    waves = [wave for wave in _WAVES if wave in item.waves]
    answers: tuple[tuple[str, int], ...] = ()
    for wave in reversed(waves):
        given = [(r.code, (_find_answers(r, wave, end) or {}).get(item.id)) for r in responses]
        answers = tuple((code, value) for code, value in given if isinstance(value, int))
        if answers:
            break
    return ItemMean(
        item=item,
        wave=wave,
        asked=count_people(item, wave),
        answers=answers,
    )


_WAVES: tuple[Wave, ...] = ("before", "midway", "after")


def _find_answers(response: Response, wave: Wave, end: date) -> dict[str, int | str] | None:
    for answers in response.waves:
        if answers.wave == wave and answers.answered_on <= end:
            return answers.answers
    return None


def _compare_waves(
    items: list[Item], responses: list[Response], end: date, asked: int
) -> WaveChange:
    both: list[tuple[str, Fraction, Fraction]] = []
    for response in responses:
        before = _average_answer(items, _find_answers(response, "before", end))
        after = _average_answer(items, _find_answers(response, "after", end))
        if before is not None and after is not None:
            both.append((response.code, before, after))
    return WaveChange(asked=asked, answers=tuple(both))


def _average_answer(items: list[Item], answers: dict[str, int | str] | None) -> Fraction | None:
    values = [(answers or {}).get(item.id) for item in items]
    numbers = [value for value in values if isinstance(value, int)]
    return Fraction(sum(numbers), len(items)) if len(numbers) == len(items) else None


def compute_margin(changes: Sequence[Fraction | float]) -> float | None:
    """Half the width of the 95% interval of the mean of paired differences.

    Takes each person's difference; the interval is t · s / √n, where s is the differences' standard
    deviation and t the 97.5% point of Student's distribution with n − 1 degrees of freedom. None
    where there are too few differences for one.
    """
    count = len(changes)
    if count < _FEWEST_FOR_AN_INTERVAL:
        return None
    # It takes a while to load, and is needed for surveys that people have answered twice alone.
    from scipy.special import stdtrit

    t = float(stdtrit(count - 1, 0.5 + _INTERVAL / 2))
    return t * stdev([float(change) for change in changes]) / sqrt(count)
