"""The figures that an aim of a cohort can be measured by, and what each says in a sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from peerloom.model import AimMeasure, Cohort
from peerloom.progress.aim_counts import count_prepared_pairs, count_returned_mentees
from peerloom.records import Program
from peerloom.report.withholding import Withholding
from peerloom.text.phrases import Noun
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

# A number only grows with time; shares and means go up and down until the last day.
Unit = Literal["share", "number", "mean"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What measures are read from: a cohort's figures up to a day, as its report shows them.

    `figures` has the keys of the report, and None for what is withheld from the audience.
    """

    program: Program
    cohort: Cohort
    day: date
    figures: dict[str, Any]
    withholding: Withholding


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredValue:
    """A share is `part` of `whole`; a number, or a mean over `whole` people or pairs, is `part`.

    Of the whole of a share, `unknown` may belong to the part or not. `part` is None where it is
    withheld, and where there is nothing to measure, the whole being 0.
    """

    part: float | None
    whole: int | None = None
    unknown: int = 0

    @property
    def is_withheld(self) -> bool:
        """Whether there is a value that the audience may not see."""
        return self.part is None and self.whole != 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A figure that aims can name.

    `meaning` says what it counts. `sentence` has a place for the value as `{value}`, for its
    `{part}` and for its `{whole}`, which counts the `noun`; in a number the value does.
    """

    unit: Unit
    meaning: str
    sentence: str
    noun: Noun
    read: Callable[[Basis], MeasuredValue]
    fewer_is_better: bool = False


def _read_number(*keys: str) -> Callable[[Basis], MeasuredValue]:
    def read(basis: Basis) -> MeasuredValue:
        return MeasuredValue(part=_look_up(basis.figures, keys))

    return read


def _read_share(part: tuple[str, str], whole: tuple[str, str]) -> Callable[[Basis], MeasuredValue]:
    def read(basis: Basis) -> MeasuredValue:
        total = _look_up(basis.figures, whole)
        return MeasuredValue(part=_look_up(basis.figures, part) if total else None, whole=total)

    return read


def _read_status(status: str) -> Callable[[Basis], MeasuredValue]:
    """The share of the pairs that began; what became of some may not be known."""

    def read(basis: Basis) -> MeasuredValue:
        pairs, began = basis.figures["pairs"], basis.figures["began"]["pairs"]
        whole = began + pairs["not_known"]
        part = pairs[status] if whole else None
        return MeasuredValue(part=part, whole=whole, unknown=pairs["not_known"])

    return read


def _read_rating(name: str) -> Callable[[Basis], MeasuredValue]:
    """The mean rating for the newest due date for which somebody gave one."""

    def read(basis: Basis) -> MeasuredValue:
        rated = [row for row in basis.figures["ratings"] if row[f"{name}_people"]]
        if not rated:
            return MeasuredValue(part=None, whole=0)
        return MeasuredValue(part=rated[-1][name], whole=rated[-1][f"{name}_people"])

    return read


def _look_up(figures: dict[str, Any], keys: tuple[str, ...]) -> Any:
    value: Any = figures
    for key in keys:
        value = value[key]
    return value


def _read_goals_reached(basis: Basis) -> MeasuredValue:
    goals = basis.figures["goals"]
    standing, by_level = goals["standing"], goals["by_level"]
    if not standing or by_level is None:
        return MeasuredValue(part=None, whole=standing)
    reached = sum(count for level, count in by_level.items() if int(level) >= 0)
    unknown = standing - sum(by_level.values())
    return MeasuredValue(part=reached, whole=standing, unknown=unknown)


def _read_goal_score(basis: Basis) -> MeasuredValue:
    goals = basis.figures["goals"]
    return MeasuredValue(part=goals["score"], whole=goals["pairs_scored"])


def _read_prepared_pairs(basis: Basis) -> MeasuredValue:
    found = count_prepared_pairs(basis.program, basis.cohort, basis.day)
    if not found.time_up:
        return MeasuredValue(part=None, whole=0)
    shown = basis.withholding.show_rate(_("pairs prepared in time"), found.prepared, found.people)
    return MeasuredValue(part=shown, whole=found.time_up)


def _read_returned_mentees(basis: Basis) -> MeasuredValue:
    return MeasuredValue(part=count_returned_mentees(basis.program, basis.cohort, basis.day))


def _read_closing_surveys(basis: Basis) -> MeasuredValue:
    """Over all surveys of the cohort that are asked at its end."""
    asked = answered = 0
    for survey in basis.figures["surveys"]:
        if "after" in survey["answered"]:
            if survey["answered"]["after"] is None:
                return MeasuredValue(part=None, whole=survey["asked"]["after"])
            asked += survey["asked"]["after"]
            answered += survey["answered"]["after"]
    return MeasuredValue(part=answered if asked else None, whole=asked)


MEASURES: dict[AimMeasure, Measure] = {
    "people": Measure(
        unit="number",
        meaning=mark("how many people took part"),
        sentence=mark("{value} took part"),
        noun="person",
        read=_read_number("participants", "people"),
    ),
    "pairs_begun": Measure(
        unit="number",
        meaning=mark("how many pairs began"),
        sentence=mark("{value} began"),
        noun="pair",
        read=_read_number("began", "pairs"),
    ),
    "pairs_completed": Measure(
        unit="share",
        meaning=mark("how many of the pairs that began have finished"),
        sentence=mark("{part} of {whole} finished"),
        noun="pair",
        read=_read_status("completed"),
    ),
    "pairs_ended_early": Measure(
        unit="share",
        meaning=mark("how many of the pairs that began have ended early; fewer are better"),
        sentence=mark("{part} of {whole} ended early"),
        noun="pair",
        read=_read_status("ended_early"),
        fewer_is_better=True,
    ),
    "pairs_met": Measure(
        unit="share",
        meaning=mark("how many of the pairs that were at work have met"),
        sentence=mark("{part} of {whole} met"),
        noun="pair",
        read=_read_share(("meetings", "pairs_met"), ("meetings", "pairs_at_work")),
    ),
    "pairs_prepared": Measure(
        unit="share",
        meaning=mark(
            "how many pairs had an agreement and a goal 30 days after they began, of those that "
            "began at least 30 days ago"
        ),
        sentence=mark("{part} of {whole} had an agreement and a goal within 30 days"),
        noun="pair",
        read=_read_prepared_pairs,
    ),
    "meetings_held": Measure(
        unit="number",
        meaning=mark("how often pairs met"),
        sentence=mark("pairs held {value}"),
        noun="meeting",
        read=_read_number("meetings", "held"),
    ),
    "check_ins_received": Measure(
        unit="share",
        meaning=mark("how many check-ins came, of those whose time was up"),
        sentence=mark("{part} of {whole} whose time was up came"),
        noun="check-in",
        read=_read_share(("check_ins", "received"), ("check_ins", "time_up")),
    ),
    "check_ins_on_time": Measure(
        unit="share",
        meaning=mark("how many check-ins came on time, of those whose time was up"),
        sentence=mark("{part} of {whole} whose time was up came on time"),
        noun="check-in",
        read=_read_share(("check_ins", "on_time"), ("check_ins", "time_up")),
    ),
    "goals_set": Measure(
        unit="number",
        meaning=mark("how many goals pairs set"),
        sentence=mark("pairs set {value}"),
        noun="goal",
        read=_read_number("goals", "set"),
    ),
    "goals_reached": Measure(
        unit="share",
        meaning=mark(
            "how many goals reached the expected step or a better one; those of which nobody has "
            "said, or two peers differ, are not known"
        ),
        sentence=mark("{part} of {whole} reached the expected step or a better one"),
        noun="goal",
        read=_read_goals_reached,
    ),
    "goal_score": Measure(
        unit="mean",
        meaning=mark("the mean goal score (T) of the pairs, 50 being as expected"),
        sentence=mark("the mean goal score (T) of {whole} is {value}, where 50 is as expected"),
        noun="pair",
        read=_read_goal_score,
    ),
    "usefulness": Measure(
        unit="mean",
        meaning=mark("how useful people find it, from 1 to 5, for the newest due date or month"),
        sentence=mark("{whole} most recently rated how useful it is: {value} of 5 on average"),
        noun="person",
        read=_read_rating("useful"),
    ),
    "relationship": Measure(
        unit="mean",
        meaning=mark("how well people get on, from 1 to 5, for the newest due date or month"),
        sentence=mark("{whole} most recently rated how well they get on: {value} of 5 on average"),
        noun="person",
        read=_read_rating("relationship"),
    ),
    "circle_meetings": Measure(
        unit="number",
        meaning=mark("how often circles met"),
        sentence=mark("circles held {value}"),
        noun="meeting",
        read=_read_number("circles", "meetings"),
    ),
    "events_held": Measure(
        unit="number",
        meaning=mark("how many events took place"),
        sentence=mark("{value} took place"),
        noun="event",
        read=_read_number("events", "held"),
    ),
    "training_done": Measure(
        unit="share",
        meaning=mark("how many of the modules that people were asked to do they have done"),
        sentence=mark("people have done {part} of {whole}"),
        noun="module",
        read=_read_share(("training", "done"), ("training", "asked")),
    ),
    "closing_surveys_answered": Measure(
        unit="share",
        meaning=mark("how many of the people who were asked answered the closing survey"),
        sentence=mark("{part} of {whole} answered the closing survey"),
        noun="person",
        read=_read_closing_surveys,
    ),
    "mentees_returned": Measure(
        unit="number",
        meaning=mark("how many mentees of this cohort were mentors in one that began later"),
        sentence=mark("{value} came back to be mentors"),
        noun="mentee",
        read=_read_returned_mentees,
    ),
}
