"""What people answered to the program's own questions, counted: each person once."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import mean

from peerloom.model import Cohort, OwnAnswer, Pair, ProgramQuestion
from peerloom.progress.pair_history import pair_history
from peerloom.progress.taking_part import list_taking_part
from peerloom.progress.windows import Window
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
    mean: Fraction | float | None
    settled_on: date


def compute_own_question_figures(
    program: Program, cohort: Cohort, window: Window
) -> tuple[OwnQuestionFigures, ...]:
    """The figures of each of the program's own questions in a cohort, in their order.

    Answers in check-ins count where they came in within the window, those of a closing where the
    pair ended in it, and those of a sign-up, which bear no date, as they are. Takes the whole
    program, as of the day up to which things are known.
    """
    last = last_planned_day(cohort, program.pairs_of(cohort.id)) or date.max
    return tuple(
        _count_answers(
            question,
            _find_answers(program, cohort, question, window),
            _settled_sign_up(cohort) if question.record == "sign_up" else last,
        )
        for question in program.settings.questions
    )


def _find_answers(
    program: Program, cohort: Cohort, question: ProgramQuestion, window: Window
) -> dict[str, list[OwnAnswer]]:
    """The answers of everybody who was asked, the oldest first; none for who has not answered."""
    found: dict[str, list[OwnAnswer]]
    found = {id_: [] for id_ in _list_people_asked(program, cohort, question, window)}
    if question.record == "sign_up":
        for id_, answers in found.items():
            _add_answer(answers, program.participants[id_].answers.get(question.id))
        return found
    for pair in program.pairs_of(cohort.id):
        if question.record == "closing":
            for id_ in pair.people if _has_closed(pair, window) else ():
                _add_answer(found.get(id_, []), pair.answers.get(question.id))
            continue
        for check_in in pair_history(program, pair, window.today).check_ins:
            if program.counts_from(check_in) in window:
                given = check_in.answers.get(question.id)
                _add_answer(found.get(check_in.participant, []), given)
    return found


def _add_answer(answers: list[OwnAnswer], answer: OwnAnswer | None) -> None:
    if answer is not None:
        answers.append(answer)


def _list_people_asked(
    program: Program, cohort: Cohort, question: ProgramQuestion, window: Window
) -> dict[str, None]:
    """The ids of those whom a question is for, in a stable order.

    They took part in the window. A question of check-ins is for those whose pair owed one in it,
    and one of the closing for those whose pair ended in it.
    """
    roles = {*question.roles, "either"} if question.roles else {"mentor", "mentee", "either"}
    taking_part = list_taking_part(program, cohort, window.first, window.last)
    members = {person.id: None for person, part in taking_part if part.role in roles}
    if question.record == "sign_up":
        return members
    pairs = program.pairs_of(cohort.id)
    if question.record == "closing":
        asking = [pair for pair in pairs if _has_closed(pair, window)]
    else:
        asking = [pair for pair in pairs if _owes_check_ins(program, pair, window)]
    return {who: None for pair in asking for who in pair.people if who in members}


def _has_closed(pair: Pair, window: Window) -> bool:
    is_over = pair.status in ("completed", "ended_early")
    return is_over and (pair.ended_on is None or pair.ended_on in window)


def _owes_check_ins(program: Program, pair: Pair, window: Window) -> bool:
    owed = pair_history(program, pair, window.today).owed_check_ins
    return any(each.due in window for each in owed)


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


def _mean_of_people(
    question: ProgramQuestion, given: list[list[OwnAnswer]]
) -> Fraction | float | None:
    if question.kind not in ("number", "scale"):
        return None
    numbers = [
        [Fraction(str(a)) for a in answers if isinstance(a, int | float)] for answers in given
    ]
    return mean(mean(each) for each in numbers if each) if any(numbers) else None


def _settled_sign_up(cohort: Cohort) -> date:
    """The last day on which somebody can sign up; the last of all if that is always possible."""
    if cohort.applications:
        return cohort.applications.closes
    return cohort.starts if cohort.ends else date.max
