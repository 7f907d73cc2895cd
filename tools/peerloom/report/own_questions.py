"""What a report shows of the answers to the program's own questions."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from peerloom.audience import includes
from peerloom.model import Audience
from peerloom.progress.own_question_figures import OwnQuestionFigures
from peerloom.report.suppression import FEWEST_PEOPLE, Suppression, round_figure
from peerloom.text.translation import gettext as _


def show_own_questions(
    figures: Iterable[OwnQuestionFigures], audience: Audience, day: date, suppression: Suppression
) -> Iterator[dict[str, Any]]:
    """The figures of the questions whose answers an audience may see, as a report holds them.

    Others than coordinators get them once no more answers are asked for: from the figures of two
    days they could work out what somebody said in between.
    """
    for each in figures:
        question = each.question
        is_settled = audience == "coordinators" or day > each.settled_on
        if not includes(audience, question.audience) or not is_settled:
            continue
        # Where nobody was asked there is nothing to withhold.
        people = each.people if each.asked else FEWEST_PEOPLE
        # All counts or none: one that is left out could be told from the others.
        fewest = min((n for n in each.counts.values() if n), default=people)
        counts = [{"choice": choice, "people": n} for choice, n in each.counts.items()]
        name = _("answers to question {question}").format(question=question.id)
        mean = round_figure(each.mean)

        def show(value: Any, people: int, name: str = name) -> Any:
            return suppression.show_answers(name, value, people)

        yield {
            "question": question.id,
            "label": question.label,
            "kind": question.kind,
            "asked": each.asked,
            "people": show(each.people, people),
            "counts": show(counts or None, min(fewest, people)),
            "mean": show(mean, people),
        }
