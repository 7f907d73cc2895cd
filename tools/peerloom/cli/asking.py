"""The questions of `peerloom new` in a terminal, each asked until its answer is valid."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, cast

from peerloom.cli.printing import ask, refuse, say
from peerloom.text.phrases import list_words

if TYPE_CHECKING:
    from peerloom.model import Item, Role, Survey, Wave
    from peerloom.new_record import Answer, Answers, RecordQuestion
    from peerloom.records import Program

# Returns what is wrong with an answer, as a sentence, or an empty text if it is valid.
FindFault = Callable[[str], str]


def ask_open_questions(kind: str, given: "Answers", program: "Program", today: date) -> "Answers":
    """Ask all questions of a kind that have no answer yet; return all answers."""
    from peerloom.new_record import is_asked, known_ids, questions_for

    answers: Answers = dict(given)
    for question in questions_for(kind):
        key = question.key
        if key in answers or key.startswith("items.") or not is_asked(key, answers):
            continue
        if known_ids(kind, key, answers, program) == () and not question.is_optional:
            refuse(f"nothing was written; the program has nothing yet that {key!r} could name")
        default = today.isoformat() if key in _DEFAULT_IS_TODAY else None
        text = " ".join([question.description, *_hints_for(question, default)])
        find_fault = _checker_for_key(kind, key, answers, program)
        needs = not question.is_optional
        answer = ask_until_valid(
            key, text, find_fault, question.choices, is_needed=needs, default=default
        )
        if answer:
            answers[key] = answer
    if kind == "survey":
        answers |= _ask_for_survey_items(answers)
    return answers


# Dates whose default is today.
_DEFAULT_IS_TODAY = ("answered_on", "consent.given_on", "waves.answered_on")


def _hints_for(question: "RecordQuestion", default: str | None) -> Iterable[str]:
    if question.is_list:
        yield "(several: with commas between them)"
    if default:
        yield f"(Enter for {default})"
    elif question.is_optional:
        yield "(Enter to leave out)"


def ask_until_valid(
    key: str,
    text: str,
    find_fault: FindFault,
    choices: Iterable[str] = (),
    *,
    is_needed: bool = True,
    default: str | None = None,
) -> str:
    """Ask until the answer is valid, and return it; it is empty if it was left out and may be."""
    say(f"{key}: {text}")
    one_of = f" [{list_words(choices)}]" if choices else ""
    while True:
        answer = str(ask(f"  {key}{one_of}", default=default if is_needed else "")).strip()
        why = find_fault(answer) if answer else "it cannot be left out" if is_needed else ""
        if not why:
            return answer
        say(f"  {why}; please answer again")


def _checker_for_key(kind: str, key: str, answers: "Answers", program: "Program") -> FindFault:
    """Return a function that checks an answer for a key, by the schema and against the program."""
    from peerloom.new_record import reason_against_answer, reason_against_reference

    def find_fault(answer: str) -> str:
        new_answers = {**answers, key: answer}
        return reason_against_answer(kind, key, new_answers) or reason_against_reference(
            kind, key, new_answers, program
        )

    return find_fault


def ask_survey_questions(survey: "Survey", given: "Answers") -> "Answers":
    """Ask the questions of a survey for this role and wave; return the answers by dotted key."""
    from peerloom.surveying import answer_key, items_asked, parse_answer

    answers: Answers = {}
    for item in items_asked(survey, given.get("role"), given["waves.wave"]):
        if answer_key(item) in given:
            continue
        answer = ask_until_valid(
            item.id,
            f"{item.text} {_scale_in_words(item)}(Enter to leave out)",
            partial(_fault_of_survey_answer, item, given),
            item.choices,
            is_needed=False,
        )
        if answer:
            answers[answer_key(item)] = parse_answer(item, answer)
    return answers


def _fault_of_survey_answer(item: "Item", given: "Answers", text: str) -> str:
    from peerloom.new_record import reason_against_answer
    from peerloom.rules.surveys import reason_against_response
    from peerloom.surveying import answer_key, parse_answer

    answer = parse_answer(item, text)
    role, wave = cast("Role | None", given.get("role")), cast("Wave", given["waves.wave"])
    return reason_against_response(item, role, wave, answer) or reason_against_answer(
        "response", answer_key(item), {**given, answer_key(item): answer}
    )


def _scale_in_words(item: "Item") -> str:
    if not item.scale:
        return ""
    scale = f"{item.scale.lowest} to {item.scale.highest}"
    return f"({scale}: {' … '.join(item.scale.labels)}) " if item.scale.labels else f"({scale}) "


def _ask_for_survey_items(answers: "Answers") -> "Answers":
    """Ask for the questions of a new survey, one by one, until an id is left empty."""
    if any(key.startswith("items.") for key in answers):
        return {}
    found: Answers = {}
    number = 0
    while True:
        item = _ask_for_survey_item(number, found)
        if not item:
            return found
        found |= item
        number += 1


def _ask_for_survey_item(number: int, before: "Answers") -> "Answers":
    """Ask about one question of a new survey; the result is empty if its id is left empty."""
    from peerloom.new_record import reason_against_answer

    found: Answers = {}
    prefix = f"items.{number}"
    ids = [value for key, value in before.items() if key.endswith(".id")]

    def find_fault(key: str) -> FindFault:
        return lambda answer: (
            f"another question is called '{answer}'"
            if key.endswith(".id") and answer in ids
            else reason_against_answer("survey", key, {**before, **found, key: answer})
        )

    def ask_for(key: str, text: str, choices: Iterable[str] = (), *, is_needed: bool = True) -> str:
        answer = ask_until_valid(
            f"{prefix}.{key}", text, find_fault(f"{prefix}.{key}"), choices, is_needed=is_needed
        )
        if answer:
            found[f"{prefix}.{key}"] = answer
        return answer

    hint = "" if number == 0 else " (Enter: there is no more question)"
    if not ask_for("id", f"A short id of the next question{hint}", is_needed=number == 0):
        return {}
    ask_for("text", "The question.")
    kind = ask_for("kind", "What is answered.", ("scale", "choice", "text"))
    if kind == "scale":
        lowest = ask_for("scale.lowest", "The lowest number.")
        while int(ask_for("scale.highest", "The highest number.")) <= int(lowest):
            say(f"  it must be more than {lowest}; please answer again")
    elif kind == "choice":
        found[f"{prefix}.choices"] = _ask_for_choices(f"{prefix}.choices", find_fault)
    return found


def _ask_for_choices(key: str, find_fault: Callable[[str], FindFault]) -> "Answer":
    """Ask for two or more choices, one by one, because a choice may contain commas."""
    found: list[str] = []

    def find_fault_of_choice(answer: str) -> str:
        return "it is a choice already" if answer in found else find_fault(key)(answer)

    while True:
        may_end = len(found) > 1
        text = f"Choice {len(found) + 1}{' (Enter: there is no more)' if may_end else ''}"
        answer = ask_until_valid(key, text, find_fault_of_choice, is_needed=not may_end)
        if not answer:
            return tuple(found)
        found.append(answer)
