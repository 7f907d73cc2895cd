"""What a report says about surveys."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from peerloom.model import Item
from peerloom.progress.survey_figures import ConstructChange, ItemMean, SurveyFigures, WaveChange
from peerloom.report.suppression import FEWEST_PEOPLE, Suppression, round_figure
from peerloom.text.numbers import round_half_up
from peerloom.text.translation import gettext as _


def show_survey(survey: SurveyFigures, suppression: Suppression) -> dict[str, Any]:
    """A survey: how many answered each wave, what changed, and the means of later questions."""
    name = _("answers to survey {survey}").format(survey=survey.survey.id)
    items = {row.item.id: _show_item(row.item, row.change, suppression) for row in survey.changes}
    return {
        "survey": survey.survey.id,
        "title": survey.survey.title,
        "asked": survey.asked,
        "answered": {
            wave: suppression.show_anonymous(name, answered, survey.asked[wave] or FEWEST_PEOPLE)
            for wave, answered in survey.answered.items()
        },
        "items": list(items.values()),
        "constructs": [_show_construct(row, items, suppression) for row in survey.constructs],
        "afterwards": [_show_mean(row, suppression) for row in survey.afterwards],
    }


def _show_item(item: Item, change: WaveChange, suppression: Suppression) -> dict[str, Any]:
    shown = _show_change(_name_question(item), change, change.both, suppression)
    if not suppression.is_free and shown["change"] is not None:
        shown |= _show_safe_change(item, change, suppression)
    return {"item": item.id, "text": item.text, **shown}


def _show_change(
    name: str, change: WaveChange, people: int, suppression: Suppression
) -> dict[str, Any]:
    """A change, withheld if too few people are behind it.

    `people` is the smallest number of people it could reveal.
    """

    def withhold(value: Any) -> Any:
        return suppression.show_anonymous(name, value, people)

    def show_value(value: Fraction | float | None) -> Any:
        return withhold(round_figure(value))

    # That few answered both can be seen; that all changed by the same tells of each of them.
    why = change.no_interval
    return {
        "asked": change.asked,
        "both": change.both,
        "before": show_value(change.before),
        "after": show_value(change.after),
        "change": show_value(change.change),
        "margin": show_value(change.margin),
        "no_interval": why if why == "few" else withhold(why),
    }


def _show_safe_change(item: Item, change: WaveChange, suppression: Suppression) -> dict[str, Any]:
    """The means of a question that tell of nobody, and the change that follows from these alone."""
    name, scale = _name_question(item), _find_scale(item)
    before = suppression.show_mean(name, [(who, int(b)) for who, b, _a in change.answers], scale)
    after = suppression.show_mean(name, [(who, int(a)) for who, _b, a in change.answers], scale)
    is_exact = isinstance(before, float) and isinstance(after, float)
    has_margin = is_exact and change.both >= suppression.fewest_for_margin
    return {
        "before": before,
        "after": after,
        "change": round_figure(change.change) if is_exact else subtract_ranges(after, before),
        "margin": round_figure(change.margin) if has_margin else None,
        "no_interval": change.no_interval if has_margin else "withheld",
    }


def subtract_ranges(after: Any, before: Any) -> Any:
    """The difference of two means of which one is a range; None if one is withheld."""
    if after is None or before is None:
        return None
    (least_after, most_after), (least_before, most_before) = _bounds(after), _bounds(before)
    return {
        "from": round_half_up(least_after - most_before, 2),
        "to": round_half_up(most_after - least_before, 2),
    }


def _bounds(mean: Any) -> tuple[float, float]:
    return (mean["from"], mean["to"]) if isinstance(mean, dict) else (mean, mean)


def _show_construct(
    construct: ConstructChange, items: dict[str, dict[str, Any]], suppression: Suppression
) -> dict[str, Any]:
    """The change of a construct.

    It is also withheld if the difference between two figures would reveal the few who answered
    only one of its questions. Below coordinators it is the mean of what is printed of these.
    """
    answered = construct.change.both
    of = [item.item.id for item in construct.items]
    others = [item.change.both - answered for item in construct.items]
    fewest = min([answered, *(n for n in others if n > 0)])
    name = _("survey questions on {construct}").format(construct=construct.name)
    shown = _show_change(name, construct.change, fewest, suppression)
    if not suppression.is_free and shown["change"] is not None:
        is_exact = all(isinstance(items[id_]["change"], float) for id_ in of)
        if any(others) or any(items[id_]["change"] is None for id_ in of):
            suppression.withhold(name)
            means: dict[str, Any] = dict.fromkeys(("before", "after", "change"))
        elif not is_exact:
            means = {
                key: _average_ranges(items[id_][key] for id_ in of)
                for key in ("before", "after", "change")
            }
        else:
            means = {}
        has_margin = is_exact and not means and answered >= suppression.fewest_for_margin
        shown |= means
        if not has_margin:
            shown |= {"margin": None, "no_interval": "withheld"}
    return {"construct": construct.name, "of": of, **shown}


def _average_ranges(means: Iterable[Any]) -> Any:
    """The mean of means of which some are ranges."""
    bounds = [_bounds(mean) for mean in means]
    lowest, highest = (sum(ends) / len(bounds) for ends in zip(*bounds, strict=True))
    if lowest == highest:
        return round_half_up(lowest, 2)
    return {"from": round_half_up(lowest, 2), "to": round_half_up(highest, 2)}


def _show_mean(item_mean: ItemMean, suppression: Suppression) -> dict[str, Any]:
    name, people = _name_question(item_mean.item), item_mean.people
    shown = suppression.show_anonymous(name, round_figure(item_mean.mean), people)
    if not suppression.is_free and shown is not None:
        shown = suppression.show_mean(name, item_mean.answers, _find_scale(item_mean.item))
    return {
        "item": item_mean.item.id,
        "text": item_mean.item.text,
        "wave": item_mean.wave,
        "asked": item_mean.asked,
        "people": people,
        "mean": shown,
    }


def _find_scale(item: Item) -> tuple[int, int]:
    """The lowest and highest point of a question's scale; questions on a scale have one."""
    return (item.scale.lowest, item.scale.highest) if item.scale else (0, 10)


def _name_question(item: Item) -> str:
    return _("survey question {question}").format(question=item.id)
