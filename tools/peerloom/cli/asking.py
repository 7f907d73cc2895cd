"""What `peerloom new` asks in the terminal, question by question, until an answer can be taken."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, cast

from peerloom.cli.printing import ask, refuse, say

if TYPE_CHECKING:
    from peerloom.drafting import Answer, Answers, Question
    from peerloom.model import Item, Role, Survey, Wave
    from peerloom.records import Program

# What is wrong with an answer, in a sentence; empty where it can be taken.
Wrong = Callable[[str], str]


def answers_to(kind: str, given: "Answers", program: "Program", today: date) -> "Answers":
    """What was given, and the answers to the questions of a kind that it leaves open."""
    from peerloom.drafting import is_asked, known_ids, questions

    answers: Answers = dict(given)
    for question in questions(kind):
        key = question.key
        if key in answers or key.startswith("items.") or not is_asked(key, answers):
            continue
        if known_ids(kind, key, answers, program) == () and not question.is_optional:
            refuse(f"nothing was written; the program has nothing yet that {key!r} could name")
        default = today.isoformat() if key in _ON_THE_DAY else None
        text = " ".join([question.description, *_hints(question, default)])
        wrong = _wrong_in(kind, key, answers, program)
        needs = not question.is_optional
        answer = _asked(key, text, wrong, question.choices, is_needed=needs, default=default)
        if answer:
            answers[key] = answer
    if kind == "survey":
        answers |= _questions_of_a_survey(answers)
    return answers


# Days that are the day on which somebody writes them down, unless they say otherwise.
_ON_THE_DAY = ("answered_on", "consent.given_on", "waves.answered_on")


def _hints(question: "Question", default: str | None) -> Iterable[str]:
    if question.is_list:
        yield "(several: with commas between them)"
    if default:
        yield f"(Enter for {default})"
    elif question.is_optional:
        yield "(Enter to leave out)"


def _asked(
    key: str,
    text: str,
    wrong: Wrong,
    choices: Iterable[str] = (),
    *,
    is_needed: bool = True,
    default: str | None = None,
) -> str:
    """The first answer with which nothing is wrong; empty where one may be left out and is."""
    say(f"{key}: {text}")
    one_of = f" [{', '.join(choices)}]" if choices else ""
    while True:
        answer = str(ask(f"  {key}{one_of}", default=default if is_needed else "")).strip()
        why = wrong(answer) if answer else "it cannot be left out" if is_needed else ""
        if not why:
            return answer
        say(f"  {why}; please answer again")


def _wrong_in(kind: str, key: str, answers: "Answers", program: "Program") -> Wrong:
    """What the schema says of an answer, and of one that names something that must be there."""
    from peerloom.drafting import unknown, wrong_with

    def wrong(answer: str) -> str:
        said = {**answers, key: answer}
        return wrong_with(kind, key, said) or unknown(kind, key, said, program)

    return wrong


def answers_of(survey: "Survey", given: "Answers") -> "Answers":
    """The answers to a survey's questions that are for this role and wave, and were not given."""
    from peerloom.surveying import asked, key, read

    answers: Answers = {}
    for item in asked(survey, given.get("role"), given["waves.wave"]):
        if key(item) in given:
            continue
        answer = _asked(
            item.id,
            f"{item.text} {_scale(item)}(Enter to leave out)",
            partial(_unfit, item, given),
            item.choices,
            is_needed=False,
        )
        if answer:
            answers[key(item)] = read(item, answer)
    return answers


def _unfit(item: "Item", given: "Answers", said: str) -> str:
    from peerloom.drafting import wrong_with
    from peerloom.surveying import key, read, unfit

    answer = read(item, said)
    role, wave = cast("Role | None", given.get("role")), cast("Wave", given["waves.wave"])
    return unfit(item, role, wave, answer) or wrong_with(
        "response", key(item), {**given, key(item): answer}
    )


def _scale(item: "Item") -> str:
    if not item.scale:
        return ""
    scale = f"{item.scale.lowest} to {item.scale.highest}"
    return f"({scale}: {' … '.join(item.scale.labels)}) " if item.scale.labels else f"({scale}) "


def _questions_of_a_survey(answers: "Answers") -> "Answers":
    """A survey's questions, one after the other until there is no more."""
    if any(key.startswith("items.") for key in answers):
        return {}
    found: Answers = {}
    number = 0
    while True:
        more = _question_of_a_survey(number, found)
        if not more:
            return found
        found |= more
        number += 1


def _question_of_a_survey(number: int, before: "Answers") -> "Answers":
    from peerloom.drafting import wrong_with

    found: Answers = {}
    at = f"items.{number}"
    ids = [value for key, value in before.items() if key.endswith(".id")]

    def wrong(key: str) -> Wrong:
        return lambda said: (
            f"another question is called '{said}'"
            if key.endswith(".id") and said in ids
            else wrong_with("survey", key, {**before, **found, key: said})
        )

    def take(key: str, text: str, choices: Iterable[str] = (), *, is_needed: bool = True) -> str:
        answer = _asked(f"{at}.{key}", text, wrong(f"{at}.{key}"), choices, is_needed=is_needed)
        if answer:
            found[f"{at}.{key}"] = answer
        return answer

    more = "" if number == 0 else " (Enter: there is no more question)"
    if not take("id", f"A short id of the next question{more}", is_needed=number == 0):
        return {}
    take("text", "The question.")
    kind = take("kind", "What is answered.", ("scale", "choice", "text"))
    if kind == "scale":
        lowest = take("scale.lowest", "The lowest number.")
        while int(take("scale.highest", "The highest number.")) <= int(lowest):
            say(f"  it must be more than {lowest}; please answer again")
    elif kind == "choice":
        found[f"{at}.choices"] = _choices(f"{at}.choices", wrong)
    return found


def _choices(key: str, wrong: Callable[[str], Wrong]) -> "Answer":
    """Two choices or more, each on a line of its own, for there may be commas in them."""
    found: list[str] = []

    def wrong_choice(said: str) -> str:
        return "it is a choice already" if said in found else wrong(key)(said)

    while True:
        may_end = len(found) > 1
        text = f"Choice {len(found) + 1}{' (Enter: there is no more)' if may_end else ''}"
        answer = _asked(key, text, wrong_choice, is_needed=not may_end)
        if not answer:
            return tuple(found)
        found.append(answer)
