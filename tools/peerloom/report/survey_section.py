"""What a report says about surveys."""

from fractions import Fraction
from typing import Any

from peerloom.model import Item
from peerloom.progress.survey_figures import ConstructChange, ItemMean, SurveyFigures, WaveChange
from peerloom.report.withholding import FEWEST_PEOPLE, Withholding, round_figure
from peerloom.text.translation import gettext as _


def show_survey(survey: SurveyFigures, withholding: Withholding) -> dict[str, Any]:
    """A survey: how many answered each wave, what changed, and the means of later questions."""
    name = _("answers to survey {survey}").format(survey=survey.survey.id)
    return {
        "survey": survey.survey.id,
        "title": survey.survey.title,
        "asked": survey.asked,
        "answered": {
            wave: withholding.show_answers(name, answered, survey.asked[wave] or FEWEST_PEOPLE)
            for wave, answered in survey.answered.items()
        },
        "items": [
            {
                "item": row.item.id,
                "text": row.item.text,
                **_show_change(_name_question(row.item), row.change, withholding),
            }
            for row in survey.changes
        ],
        "constructs": [_show_construct(row, withholding) for row in survey.constructs],
        "afterwards": [_show_mean(row, withholding) for row in survey.afterwards],
    }


def _show_change(
    name: str, change: WaveChange, withholding: Withholding, people: int | None = None
) -> dict[str, Any]:
    """A change, withheld if too few people are behind it.

    `people` is the smallest number of people it could reveal; None means all who answered both.
    """
    fewest = change.both if people is None else people

    def withhold(value: Any) -> Any:
        return withholding.show_answers(name, value, fewest)

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


def _show_construct(construct: ConstructChange, withholding: Withholding) -> dict[str, Any]:
    """The change of a construct.

    It is also withheld if the difference between two figures would reveal the few who answered
    only one of its questions.
    """
    answered = construct.change.both
    others = [item.change.both - answered for item in construct.items]
    fewest = min([answered, *(n for n in others if n > 0)])
    name = _("survey questions on {construct}").format(construct=construct.name)
    return {
        "construct": construct.name,
        "of": [item.item.id for item in construct.items],
        **_show_change(name, construct.change, withholding, fewest),
    }


def _show_mean(item_mean: ItemMean, withholding: Withholding) -> dict[str, Any]:
    name = _name_question(item_mean.item)
    return {
        "item": item_mean.item.id,
        "text": item_mean.item.text,
        "wave": item_mean.wave,
        "asked": item_mean.asked,
        "people": item_mean.people,
        "mean": withholding.show_answers(name, round_figure(item_mean.mean), item_mean.people),
    }


def _name_question(item: Item) -> str:
    return _("survey question {question}").format(question=item.id)
