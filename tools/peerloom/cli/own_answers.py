"""The program's own questions in `peerloom new`: given as KEY=VALUE, or asked in the terminal."""

from typing import TYPE_CHECKING

from peerloom.cli.asking import ask_until_valid
from peerloom.cli.printing import can_ask, refuse
from peerloom.diagnostic import did_you_mean, quoted

if TYPE_CHECKING:
    from peerloom.model import ProgramQuestion
    from peerloom.new_record import Answers
    from peerloom.records import Program

_PREFIX = "answers."
_OVER = ("completed", "ended_early")


def complete_own_answers(kind: str, answers: "Answers", program: "Program") -> "Answers":
    """The answers, with those to the program's own questions as their kinds hold them.

    In a terminal those that are missing are asked for. Ends the command where one is wrong.
    """
    from peerloom.intake.own_answers import parse_own_answer
    from peerloom.program_questions import questions_about

    by_key = {
        f"{_PREFIX}{question.id}": question
        for question in questions_about(program.settings.questions, kind)
    }
    complete = dict(answers)
    for key, answer in answers.items():
        if not key.startswith(_PREFIX):
            continue
        if key not in by_key:
            hint = did_you_mean(key, by_key) or f"there are: {', '.join(by_key) or 'none'}"
            refuse(f"nothing was written; there is no question {quoted(key)}; {hint}")
        parsed = parse_own_answer(by_key[key], str(answer))
        if parsed.kind:
            refuse(f"nothing was written; {parsed.message}; {parsed.help}")
        complete[key] = tuple(parsed.value) if isinstance(parsed.value, list) else parsed.value
    if can_ask() and (kind != "pair" or answers.get("status") in _OVER):
        for key, question in by_key.items():
            if question.asked and key not in complete:
                _ask_own_question(key, question, complete)
    return complete


def _ask_own_question(key: str, question: "ProgramQuestion", answers: "Answers") -> None:
    from peerloom.intake.own_answers import parse_own_answer

    text = " ".join(filter(None, (question.label, question.help, "(Enter to leave out)")))
    answer = ask_until_valid(
        key,
        text,
        lambda given: parse_own_answer(question, given).message,
        question.choices,
        is_needed=False,
    )
    if answer:
        value = parse_own_answer(question, answer).value
        answers[key] = tuple(value) if isinstance(value, list) else value
