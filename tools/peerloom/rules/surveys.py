"""Surveys and responses: questions that can be answered, and answers that fit them."""

from collections.abc import Iterator
from datetime import date

from peerloom.diagnostic import quoted
from peerloom.model import Item, Response, Role, Survey, Wave
from peerloom.records import Program
from peerloom.rules.messages import suggest_nearest
from peerloom.rules.rule import Finding
from peerloom.source import Keys
from peerloom.text.dates import full_date
from peerloom.text.phrases import list_words


def questions_offer_answers(program: Program, _: date) -> Iterator[Finding]:
    """A scale question has a scale, a choice question two or more choices, and ids are unique."""
    for survey in program.surveys.values():
        seen = set()
        for index, item in enumerate(survey.items):
            wrong = _flaw_of_item(item)
            if wrong:
                help_ = "see the reference page of surveys for an example"
                yield Finding(where=survey, keys=("items", index), message=wrong, help=help_)
            if item.id in seen:
                message = f"question {quoted(item.id)} must be in the list only once"
                keys = ("items", index, "id")
                yield Finding(where=survey, keys=keys, message=message, help="give it its own id")
            seen.add(item.id)
            for wave in item.waves:
                if wave not in survey.waves:
                    message = f"wave {wave} must be one of the survey's 'waves'"
                    keys = ("items", index, "waves")
                    yield Finding(where=survey, keys=keys, message=message, help="add it there")


def _flaw_of_item(item: Item) -> str:
    if item.kind == "scale" and item.scale is None:
        return f"question {quoted(item.id)} must have a 'scale'"
    if item.scale is not None and item.scale.lowest >= item.scale.highest:
        return f"the scale of {quoted(item.id)} must go from a lower to a higher number"
    if item.kind == "choice" and len(item.choices) < 2:
        return f"question {quoted(item.id)} must have two 'choices' or more"
    return ""


def answers_fit_their_questions(program: Program, today: date) -> Iterator[Finding]:
    """An answer fits its question: asked in this wave and role, on its scale or in its choices."""
    for response in program.responses:
        survey = program.surveys.get(response.survey)
        for index, wave in enumerate(response.waves):
            if survey:
                yield from _check_wave(survey, response, index, wave.wave)
            if wave.answered_on > today:
                message = f"{full_date(wave.answered_on)} must not be in the future"
                keys = ("waves", index, "answered_on")
                yield Finding(where=response, keys=keys, message=message, help="correct the date")


def _check_wave(survey: Survey, response: Response, index: int, wave: Wave) -> Iterator[Finding]:
    keys: Keys = ("waves", index, "wave")
    if wave not in survey.waves:
        message = (
            f"wave {wave} must be one of survey {quoted(survey.id)}: {list_words(survey.waves)}"
        )
        yield Finding(where=response, keys=keys, message=message, help="correct the wave")
    if wave in [other.wave for other in response.waves[:index]]:
        message = f"wave {wave} must be answered only once"
        yield Finding(where=response, keys=keys, message=message, help="join the two")
    items = {item.id: item for item in survey.items}
    for id_, answer in response.waves[index].answers.items():
        keys = ("waves", index, "answers", id_)
        item = items.get(id_)
        if item is None:
            message = f"question {quoted(id_)} must be one of survey {quoted(survey.id)}"
            help_ = suggest_nearest(id_, items, f"its questions are: {list_words(items)}")
            yield Finding(where=response, keys=keys, message=message, help=help_, on_key=True)
            continue
        wrong = reason_against_response(item, response.role, wave, answer)
        if wrong:
            yield Finding(where=response, keys=keys, message=wrong, help=f"it asks: {item.text}")


def reason_against_response(item: Item, role: Role | None, wave: Wave, answer: int | str) -> str:
    """Return why an answer does not fit a question in that role and wave, or an empty text."""
    if item.waves and wave not in item.waves:
        return f"question {quoted(item.id)} must not be answered in wave {wave}"
    roles = {role, "either"} if role else set()
    if item.roles and roles and role != "either" and not roles & set(item.roles):
        return f"question {quoted(item.id)} must not be answered by a {role}"
    if item.kind == "scale" and item.scale:
        lowest, highest = item.scale.lowest, item.scale.highest
        if not isinstance(answer, int) or not lowest <= answer <= highest:
            return f"the answer {quoted(answer)} must be a number from {lowest} to {highest}"
    if item.kind == "choice" and answer not in item.choices:
        return f"the answer {quoted(answer)} must be one of: {list_words(item.choices)}"
    if item.kind == "text" and not isinstance(answer, str):
        return f"the answer {quoted(answer)} must be a text in quotes"
    return ""
