"""The figures that an aim of a cohort can be measured by, and what each says in a sentence."""

from dataclasses import dataclass
from typing import Literal

from peerloom.model import AimMeasure
from peerloom.report.aim_values import (
    ReadValue,
    read_closing_surveys,
    read_goal_score,
    read_goals_reached,
    read_number,
    read_prepared_pairs,
    read_rating,
    read_returned_mentees,
    read_share,
    read_status,
)
from peerloom.text.phrases import Noun
from peerloom.text.translation import mark

# A number only grows with time; shares and means go up and down until the last day.
Unit = Literal["share", "number", "mean"]


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
    read: ReadValue
    fewer_is_better: bool = False


MEASURES: dict[AimMeasure, Measure] = {
    "people": Measure(
        unit="number",
        meaning=mark("how many people took part"),
        sentence=mark("{value} took part"),
        noun="person",
        read=read_number("participants", "people"),
    ),
    "pairs_begun": Measure(
        unit="number",
        meaning=mark("how many pairs began"),
        sentence=mark("{value} began"),
        noun="pair",
        read=read_number("began", "pairs"),
    ),
    "pairs_completed": Measure(
        unit="share",
        meaning=mark("how many of the pairs that began have finished"),
        sentence=mark("{part} of {whole} finished"),
        noun="pair",
        read=read_status("completed"),
    ),
    "pairs_ended_early": Measure(
        unit="share",
        meaning=mark("how many of the pairs that began have ended early; fewer are better"),
        sentence=mark("{part} of {whole} ended early"),
        noun="pair",
        read=read_status("ended_early"),
        fewer_is_better=True,
    ),
    "pairs_met": Measure(
        unit="share",
        meaning=mark("how many of the pairs that were at work have met"),
        sentence=mark("{part} of {whole} met"),
        noun="pair",
        read=read_share(("meetings", "pairs_met"), ("meetings", "pairs_at_work")),
    ),
    "pairs_prepared": Measure(
        unit="share",
        meaning=mark(
            "how many pairs had an agreement and a goal 30 days after they began, of those that "
            "began at least 30 days ago"
        ),
        sentence=mark("{part} of {whole} had an agreement and a goal within 30 days"),
        noun="pair",
        read=read_prepared_pairs,
    ),
    "meetings_held": Measure(
        unit="number",
        meaning=mark("how often pairs met"),
        sentence=mark("pairs held {value}"),
        noun="meeting",
        read=read_number("meetings", "held"),
    ),
    "check_ins_received": Measure(
        unit="share",
        meaning=mark("how many check-ins came, of those whose time was up"),
        sentence=mark("{part} of {whole} whose time was up came"),
        noun="check-in",
        read=read_share(("check_ins", "received"), ("check_ins", "time_up")),
    ),
    "check_ins_on_time": Measure(
        unit="share",
        meaning=mark("how many check-ins came on time, of those whose time was up"),
        sentence=mark("{part} of {whole} whose time was up came on time"),
        noun="check-in",
        read=read_share(("check_ins", "on_time"), ("check_ins", "time_up")),
    ),
    "goals_set": Measure(
        unit="number",
        meaning=mark("how many goals pairs set"),
        sentence=mark("pairs set {value}"),
        noun="goal",
        read=read_number("goals", "set"),
    ),
    "goals_reached": Measure(
        unit="share",
        meaning=mark(
            "how many goals reached the expected step or a better one; those of which nobody has "
            "said, or two peers differ, are not known"
        ),
        sentence=mark("{part} of {whole} reached the expected step or a better one"),
        noun="goal",
        read=read_goals_reached,
    ),
    "goal_score": Measure(
        unit="mean",
        meaning=mark("the mean goal score (T) of the pairs, 50 being as expected"),
        sentence=mark("the mean goal score (T) of {whole} is {value}, where 50 is as expected"),
        noun="pair",
        read=read_goal_score,
    ),
    "usefulness": Measure(
        unit="mean",
        meaning=mark("how useful people find it, from 1 to 5, for the newest due date or month"),
        sentence=mark("{whole} most recently rated how useful it is: {value} of 5 on average"),
        noun="person",
        read=read_rating("useful"),
    ),
    "relationship": Measure(
        unit="mean",
        meaning=mark("how well people get on, from 1 to 5, for the newest due date or month"),
        sentence=mark("{whole} most recently rated how well they get on: {value} of 5 on average"),
        noun="person",
        read=read_rating("relationship"),
    ),
    "circle_meetings": Measure(
        unit="number",
        meaning=mark("how often circles met"),
        sentence=mark("circles held {value}"),
        noun="meeting",
        read=read_number("circles", "meetings"),
    ),
    "events_held": Measure(
        unit="number",
        meaning=mark("how many events took place"),
        sentence=mark("{value} took place"),
        noun="event",
        read=read_number("events", "held"),
    ),
    "training_done": Measure(
        unit="share",
        meaning=mark("how many of the modules that people were asked to do they have done"),
        sentence=mark("people have done {part} of {whole}"),
        noun="module",
        read=read_share(("training", "done"), ("training", "asked")),
    ),
    "closing_surveys_answered": Measure(
        unit="share",
        meaning=mark(
            "how many of the people who were asked answered the closing survey; not known where "
            "more codes answered than people were asked"
        ),
        sentence=mark("{part} of {whole} answered the closing survey"),
        noun="person",
        read=read_closing_surveys,
    ),
    "mentees_returned": Measure(
        unit="number",
        meaning=mark("how many mentees of this cohort were mentors in one that began later"),
        sentence=mark("{value} came back to be mentors"),
        noun="mentee",
        read=read_returned_mentees,
    ),
}
