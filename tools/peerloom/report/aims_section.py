"""What a report says of a cohort's aims: what became of each, and by which evidence."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from markupsafe import Markup

from peerloom.model import AimMeasure, Cohort, CohortAim
from peerloom.report.aim_answers import answer_measured_aim
from peerloom.report.aim_measures import MEASURES, Measure
from peerloom.report.aim_values import Basis, MeasuredValue
from peerloom.text.dates import full_date
from peerloom.text.escaping.markdown import Markdown
from peerloom.text.numbers import decimal_number, plain_number
from peerloom.text.phrases import count_noun, count_or_none
from peerloom.text.translation import gettext as _

_NOTHING = MeasuredValue(part=None, whole=0)


def show_aims(
    cohort: Cohort, day: date, last_day: date | None, read_basis: Callable[[date], Basis | None]
) -> list[dict[str, Any]]:
    """Each aim of a cohort with what has become of it by a day.

    `last_day` is the last day that the cohort's report ever covers, if it has one. `read_basis`
    returns what measures are read from as of a day, which is not before the cohort starts.
    """
    bases: dict[date, Basis | None] = {}

    def measure(aim: CohortAim, on: date) -> MeasuredValue:
        if aim.measure is None or on < cohort.starts:
            return _NOTHING
        if on not in bases:
            bases[on] = read_basis(on)
        basis = bases[on]
        return MEASURES[aim.measure].read(basis) if basis else _NOTHING

    return [_show_aim(aim, aim.by or last_day, day, measure) for aim in cohort.stated_aims]


def _show_aim(
    aim: CohortAim,
    by: date | None,
    day: date,
    measure: Callable[[CohortAim, date], MeasuredValue],
) -> dict[str, Any]:
    row: dict[str, Any] = {"aim": aim.text, "by": by.isoformat() if by else None}
    if aim.measure is None:
        return row | _show_outcome(aim, day)
    on = min(by or day, day)
    value, known = measure(aim, on), MEASURES[aim.measure]
    return row | {
        "answer": answer_measured_aim(aim, known, value, is_over=by is not None and by <= day),
        "measure": aim.measure,
        "unit": known.unit,
        "part": value.part,
        "whole": value.whole,
        "unknown": value.unknown,
        "target": aim.target,
        "partly": aim.partly,
        "fewer_is_better": known.fewer_is_better,
        "on": on.isoformat(),
        "outcome": None,
    }


def _show_outcome(aim: CohortAim, day: date) -> dict[str, Any]:
    """An aim without a measure: what a person has said of it by a day."""
    said = aim.outcome if aim.outcome and aim.outcome.on <= day else None
    empty = dict.fromkeys(("measure", "unit", "part", "whole", "unknown", "target", "partly"))
    return {
        "answer": said.answer if said else "for_a_person",
        **empty,
        "fewer_is_better": False,
        "on": said.on.isoformat() if said else None,
        "outcome": asdict(said) | {"on": said.on.isoformat()} if said else None,
    }


def describe_evidence(row: dict[str, Any]) -> Markup:
    """What the answer to an aim with a measure rests on, as a sentence."""
    if row["answer"] == "withheld":
        return Markdown(_("Not printed here, because people could be recognized by it."))
    measure = MEASURES[_as_measure(row["measure"])]
    if row["part"] is None and row["unknown"]:
        found = _("more codes answered than people were asked, so how many people is not known")
    elif row["part"] is None:
        found = _("there is nothing to measure yet")
    else:
        found = _describe_value(measure, row)
        if not _is_over(row):
            found = _("so far {found}").format(found=found)
    sentence = _("{found}; {target}.").format(found=found, target=_describe_target(measure, row))
    return Markup(sentence[:1].upper() + sentence[1:])  # noqa: S704 - of our words and numbers


def _as_measure(name: str) -> AimMeasure:
    return next(known for known in MEASURES if known == name)


def _is_over(row: dict[str, Any]) -> bool:
    return row["by"] is not None and row["on"] == row["by"]


def _describe_value(measure: Measure, row: dict[str, Any]) -> str:
    part, whole = row["part"], row["whole"]
    if measure.unit == "number":
        return _(measure.sentence).format(value=count_noun(part, measure.noun))
    total = count_noun(whole, measure.noun)
    if measure.unit == "mean":
        return _(measure.sentence).format(value=decimal_number(part, 2), whole=total)
    found = _(measure.sentence).format(part=count_or_none(part), whole=total)
    found = _("{found} ({percent})").format(found=found, percent=_show_percent(row))
    if row["unknown"]:
        unknown = _("{found}, and of {number} it is not known")
        return unknown.format(found=found, number=count_or_none(row["unknown"]))
    return found


def _show_percent(row: dict[str, Any]) -> str:
    """The share in whole percent, or with decimals where these decide about the target."""
    share = 100 * row["part"] / row["whole"]
    target = share if row["target"] is None else row["target"]
    rounded = int(share + 0.5)
    is_clear = (rounded >= target) == (share >= target) and (rounded > target) == (share > target)
    return _("{number}%").format(number=plain_number(rounded if is_clear else share))


def _describe_target(measure: Measure, row: dict[str, Any]) -> str:
    if row["target"] is None:
        return _("no target is set")
    number = plain_number(row["target"])
    target = _("{number}%").format(number=number) if measure.unit == "share" else number
    if row["by"] is None:
        sentence = _("the target is at least {target}")
        if measure.fewer_is_better:
            sentence = _("the target is at most {target}")
        return sentence.format(target=target)
    sentence = _("the target is at least {target} by {date}")
    if measure.fewer_is_better:
        sentence = _("the target is at most {target} by {date}")
    return sentence.format(target=target, date=full_date(date.fromisoformat(row["by"])))
