"""The program's own questions in its forms, as far as readers of an issue may see the answers."""

from collections.abc import Iterable, Iterator, Mapping

from peerloom.audience import includes, repository_readers
from peerloom.issue_forms.question import AnswerFormat, FormQuestion
from peerloom.model import ProgramQuestion, QuestionKind, QuestionRecord
from peerloom.program_questions import describe_scale
from peerloom.records import Program

# A menu with more steps is no help on a phone.
_MAX_STEPS_IN_MENU = 21
_FORMATS: Mapping[QuestionKind, AnswerFormat] = {
    "text": "line",
    "long_text": "text",
    "choice": "one choice",
    "several_choices": "several choices",
    "number": "line",
    "scale": "one choice",
    "date": "line",
}
_HOW_TO_WRITE: Mapping[QuestionKind, str] = {
    "number": "A number.",
    "date": "The day, as year-month-day.",
}


def questions_to_ask(program: Program, record: QuestionRecord) -> tuple[ProgramQuestion, ...]:
    """Return the program's own questions that a form for a record may ask.

    An answer that not all who read the issue may see is not asked for in one.
    """
    asked = {
        question.id: question
        for question in reversed(program.settings.questions)
        if question.record == record and question.asked
    }
    audience = repository_readers(program)
    return tuple(q for q in reversed(asked.values()) if includes(audience, q.audience))


def form_question_id(question: ProgramQuestion) -> str:
    """Return the id that a question of the program's own has in a form, where no other has it."""
    return f"answer-{question.id}"


def own_form_questions(
    program: Program, record: QuestionRecord, others: Iterable[FormQuestion]
) -> Iterator[FormQuestion]:
    """Yield the program's own questions for a form that has these `others`.

    A label that is taken comes with the question's id: answers are found by the labels above them.
    """
    taken = {question.label for question in others}
    for question in questions_to_ask(program, record):
        label = (
            question.label if question.label not in taken else f"{question.label} ({question.id})"
        )
        taken.add(label)
        yield _form_question(question, label)


def _form_question(question: ProgramQuestion, label: str) -> FormQuestion:
    choices = _menu(question)
    format_ = _FORMATS[question.kind]
    if not choices and format_ in ("one choice", "several choices"):
        format_ = "line"
    whom = f"For {' and '.join(f'{role}s' for role in question.roles)}." if question.roles else ""
    how = _HOW_TO_WRITE.get(question.kind, "")
    if question.kind == "scale":
        how = f"From {describe_scale(question)}."
    return FormQuestion(
        id=form_question_id(question),
        label=label,
        format=format_,
        help=" ".join(filter(None, (question.help, whom, how))),
        choices=choices or None,
    )


def _menu(question: ProgramQuestion) -> dict[str, str]:
    """Return what each choice of a menu means: GitHub parts several of them by commas."""
    scale = question.scale
    if question.kind != "scale" or scale is None:
        return {" ".join(choice.replace(",", " ").split()): choice for choice in question.choices}
    steps = range(scale.lowest, scale.highest + 1)
    if len(steps) > _MAX_STEPS_IN_MENU:
        return {}
    words = dict(zip((scale.lowest, scale.highest), scale.labels, strict=False))
    return {
        " ".join(f"{step} {words.get(step, '')}".replace(",", " ").split()): str(step)
        for step in steps
    }
