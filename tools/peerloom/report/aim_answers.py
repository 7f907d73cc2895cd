"""Whether an aim of a cohort was reached, by the figure that it names."""

from fractions import Fraction
from typing import Literal

from peerloom.model import AimAnswer, CohortAim
from peerloom.report.aim_measures import Measure
from peerloom.report.aim_values import MeasuredValue

# What a report says has become of an aim.
AimState = Literal["reached", "partly", "not_reached", "not_known_yet", "for_a_person", "withheld"]


def answer_measured_aim(
    aim: CohortAim, measure: Measure, value: MeasuredValue, *, is_over: bool
) -> AimState:
    """What has become of an aim whose measure has a value, on a day.

    `is_over` says whether the aim's own day has come: until then only a number that cannot fall
    below its target any more is answered. A share of which something is not known is answered
    where the answer would be the same whatever is true of that.
    """
    if aim.target is None:
        return "for_a_person"
    if value.is_withheld:
        return "withheld"
    answers = {_judge(aim, measure, share) for share in _list_bounds(measure, value)}
    if len(answers) != 1:
        return "not_known_yet"
    answer = answers.pop()
    is_final = measure.unit == "number" and answer == "reached" and not measure.fewer_is_better
    return answer if is_over or is_final else "not_known_yet"


def _list_bounds(measure: Measure, value: MeasuredValue) -> tuple[Fraction, ...]:
    """The least and the greatest that a value can be; nothing where there is none."""
    if value.part is None:
        return ()
    if measure.unit != "share":
        return (Fraction(value.part),)
    least, whole = Fraction(value.part), value.whole or 1
    return (100 * least / whole, 100 * (least + value.unknown) / whole)


def _judge(aim: CohortAim, measure: Measure, value: Fraction) -> AimAnswer:
    # What somebody writes as 66.7 is that number, and not the binary one beside it.
    target = Fraction(str(aim.target))
    partly = _find_partly(aim, measure, target)
    if measure.fewer_is_better:
        value, target, partly = -value, -target, None if partly is None else -partly
    if value >= target:
        return "reached"
    return "not_reached" if partly is None or value < partly else "partly"


def _find_partly(aim: CohortAim, measure: Measure, target: Fraction) -> Fraction | None:
    """From which value on an aim is partly reached; None where nobody has said so of a mean."""
    if aim.partly is not None:
        return Fraction(str(aim.partly))
    if measure.unit == "mean":
        return None
    return 2 * target if measure.fewer_is_better else target / 2
