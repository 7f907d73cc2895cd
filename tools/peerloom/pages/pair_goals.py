"""The goals of a pair on its page: the step that each has reached, and how it came there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from peerloom.model import Goal, Pair
from peerloom.pages import charts
from peerloom.pages.rendering import Here
from peerloom.progress.goals import Attainment, Step
from peerloom.text.escaping.markdown import Markdown
from peerloom.text.phrases import name_goal_step, number_goal_step
from peerloom.text.translation import gettext as _


@dataclass(frozen=True, slots=True)
class StepWords:
    """A step in words, and what the goal says it looks like, where it says so.

    `participant` is whose word it is, where it is not the word of both.
    """

    participant: str | None
    words: str
    text: str


@dataclass(frozen=True, slots=True)
class CourseRow:
    """The steps that were named for one due date, in the order of the course's `people`."""

    due: date
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoalSection:
    """A goal as its pair's page shows it.

    `reached` is empty while nobody has named a step, and has each one's word where two peers
    differ. `course` has a row for each due date, with a column for each of `people`.
    """

    goal: Goal
    differs: bool
    picture: Markup
    reached: tuple[StepWords, ...]
    ladder: tuple[tuple[str, str], ...]
    people: tuple[str, ...]
    course: tuple[CourseRow, ...]
    course_picture: Markup | None
    course_legend: Markup
    notes: tuple[Step, ...]


def describe_goal(here: Here, pair: Pair, attainment: Attainment) -> GoalSection:
    """A goal with the step that it has reached, and with every step that somebody named."""
    goal = attainment.goal
    reached = _list_reached(attainment)
    people = _list_reporters(pair, attainment)
    return GoalSection(
        goal=goal,
        differs=attainment.differs,
        picture=charts.draw_goal_steps(
            f"{goal.title}: {_name_level(attainment)}", attainment.level
        ),
        reached=reached,
        ladder=tuple(zip(map(number_goal_step, range(-2, 3)), goal.levels, strict=False)),
        people=people,
        course=_list_course(attainment.steps, people),
        course_picture=_draw_course(attainment, people),
        course_legend=_explain_course(here, people),
        notes=tuple(step for step in attainment.steps if step.note),
    )


def _name_level(attainment: Attainment) -> str:
    if attainment.differs:
        return _("the two see it differently")
    return _("not reported yet") if attainment.level is None else name_goal_step(attainment.level)


def _list_reached(attainment: Attainment) -> tuple[StepWords, ...]:
    """The step that counts or, of two peers who differ, the step that each of them named."""
    goal = attainment.goal
    if attainment.level is not None:
        return (_describe_step(goal, attainment.level, None),)
    return tuple(
        _describe_step(goal, step.level, step.participant)
        for step in attainment.newest
        if step.level is not None
    )


def _describe_step(goal: Goal, level: int, participant: str | None) -> StepWords:
    words = name_goal_step(level)
    text = goal.levels[level + 2] if goal.levels else ""
    return StepWords(participant, words[:1].upper() + words[1:], text)


def _list_reporters(pair: Pair, attainment: Attainment) -> tuple[str, ...]:
    """Who of the pair named a step of the goal: first the mentee, or the first of two peers."""
    reporters = tuple(step.participant for step in attainment.newest)
    return reporters if pair.peers else reporters[::-1]


def _list_course(steps: Sequence[Step], people: Sequence[str]) -> tuple[CourseRow, ...]:
    named: dict[date, dict[str, str]] = {}
    for step in steps:
        if step.level is not None:
            named.setdefault(step.due, {})[step.participant] = number_goal_step(step.level)
    return tuple(
        CourseRow(due, tuple(by_person.get(who, "") for who in people))
        for due, by_person in named.items()
    )


def _draw_course(attainment: Attainment, people: Sequence[str]) -> Markup | None:
    """The course as a picture, once there are two days to compare."""
    named = [step for step in attainment.steps if step.level is not None]
    if len({step.due for step in named}) < 2:
        return None
    lines = [
        [(s.due, s.level) for s in named if s.participant == who and s.level is not None]
        for who in people
    ]
    title = _("{goal}: the steps that were named, by due date").format(goal=attainment.goal.title)
    return charts.draw_goal_course(title, lines)


def _explain_course(here: Here, people: Sequence[str]) -> Markup:
    if len(people) < 2:
        return Markup("")
    sentence = _("A dot is the word of {first}, a square that of {second}.")
    first, second = (here.person_name(id_) for id_ in people[:2])
    return Markdown(sentence).format(first=first, second=second)
