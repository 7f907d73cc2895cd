"""What people answered to the program's own questions, counted: each person once."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import mean

from peerloom.model import Cohort, OwnAnswer, ProgramQuestion
from peerloom.progress.pair_history import pair_history
from peerloom.records import Program
from peerloom.schedule import last_planned_day

# Answers by the person who gave them, the oldest first.
_AnswersByPerson = Mapping[str, list[OwnAnswer]]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnQuestionFigures:
    """One question in a cohort: how many were asked and answered, and what.

    `counts` has the number of people for each choice, in the order of the choices, with nought
    for those that nobody chose. `mean` is over the people, of whom each counts with the mean of
    their answers. `settled_on` is the day after which no further answer is asked for.
    """

    question: ProgramQuestion
    asked: int
    people: int
    counts: dict[str, int]
    mean: float | None
    settled_on: date


def compute_own_question_figures(
    program: Program, cohort: Cohort, start: date, end: date, today: date
) -> tuple[OwnQuestionFigures, ...]:
    """The figures of each of the program's own questions in a cohort, in their order.

    Answers in check-ins count where they came in from `start` to `end`, both included; those of a
    sign-up and of a pair's closing, which bear no date, as they are. Takes the whole program.
    """
    days = (start, end, today)
    last = last_planned_day(cohort, program.pairs_of(cohort.id)) or date.max
    return tuple(
        _count_answers(
            question,
            _find_answers(program, cohort, question, days),
            _settled_sign_up(cohort) if question.record == "sign_up" else last,
        )
        for question in program.settings.questions
    )


def _find_answers(
    program: Program, cohort: Cohort, question: ProgramQuestion, days: tuple[date, date, date]
) -> dict[str, list[OwnAnswer]]:
    """The answers of everybody who was asked, the oldest first; none for who has not answered."""
    found: dict[str, list[OwnAnswer]]
    found = {id_: [] for id_ in _people_asked(program, cohort, question)}
    start, end, today = days
    if question.record == "sign_up":
        for id_, answers in found.items():
            _add_answer(answers, program.participants[id_].answers.get(question.id))
        return found
    for pair in program.pairs_of(cohort.id):
        if question.record == "closing":
            for id_ in pair.people:
                _add_answer(found.get(id_, []), pair.answers.get(question.id))
            continue
        for check_in in pair_history(program, pair, today).check_ins:
            if start <= program.counts_from(check_in) <= end:
                given = check_in.answers.get(question.id)
                _add_answer(found.get(check_in.participant, []), given)
    return found


def _add_answer(answers: list[OwnAnswer], answer: OwnAnswer | None) -> None:
    if answer is not None:
        answers.append(answer)


def _people_asked(program: Program, cohort: Cohort, question: ProgramQuestion) -> dict[str, None]:
    """The ids of those whom a question is for: members of the cohort, or people of its pairs."""
    roles = {*question.roles, "either"} if question.roles else {"mentor", "mentee", "either"}
    members = {p.id: None for p, m in program.members_of(cohort.id) if m.role in roles}
    if question.record == "sign_up":
        return members
    begun = [pair for pair in program.pairs_of(cohort.id) if pair.status != "proposed"]
    return {who: None for pair in begun for who in pair.people if who in members}


def _count_answers(
    question: ProgramQuestion, found: _AnswersByPerson, settled_on: date
) -> OwnQuestionFigures:
    given = [answers for answers in found.values() if answers]
    return OwnQuestionFigures(
        question=question,
        asked=len(found),
        people=len(given),
        counts=_count_choices(question, (answers[-1] for answers in given)),
        mean=_mean_of_people(question, given),
        settled_on=settled_on,
    )


def _count_choices(question: ProgramQuestion, newest: Iterable[OwnAnswer]) -> dict[str, int]:
    if question.kind not in ("choice", "several_choices"):
        return {}
    chosen = Counter(
        choice
        for answer in newest
        for choice in (answer if isinstance(answer, tuple) else (str(answer),))
    )
    return {choice: chosen[choice] for choice in question.choices}


def _mean_of_people(question: ProgramQuestion, given: list[list[OwnAnswer]]) -> float | None:
    if question.kind not in ("number", "scale"):
        return None
    numbers = [[a for a in answers if isinstance(a, int | float)] for answers in given]
    return mean(mean(each) for each in numbers if each) if any(numbers) else None


def _settled_sign_up(cohort: Cohort) -> date:
    """The last day on which somebody can sign up; the last of all if that is always possible."""
    if cohort.applications:
        return cohort.applications.closes
    return cohort.starts if cohort.ends else date.max
