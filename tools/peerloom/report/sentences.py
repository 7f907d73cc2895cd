"""A report as people read it: whole sentences and tables, as Markdown."""

from datetime import date
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from peerloom.report.aims_section import describe_evidence
from peerloom.report.building import Report
from peerloom.templating import rendered
from peerloom.text.dates import full_date
from peerloom.text.escaping.markdown import Markdown
from peerloom.text.numbers import (
    decimal_number,
    percentage,
    plain_number,
    signed_number,
    whole_number,
)
from peerloom.text.phrases import Noun, count_noun, describe_goal_step
from peerloom.text.translation import gettext as _


def report_as_markdown(report: Report, heading: str = "#") -> str:
    """The report as people read it: sentences first, each figure with its total."""
    contents = report.contents
    return rendered(
        "report.md.j2",
        h=Markup(heading),  # noqa: S704 - ours
        r=contents,
        withheld=report.withheld,
        later=report.later,
        day=_format_day,
        code=_format_code,
        again=_format_code(_command_to_repeat(contents)),
        definitions=Markup("[docs/figures.md]({})").format(contents["provenance"]["definitions"]),
        share=_format_share,
        part=_format_part,
        percent=_format_percent,
        enough_answers=_ENOUGH_ANSWERS,
        step=_name_step,
        whole_number=whole_number,
        number=_format_mean,
        change=_format_change,
        evidence=describe_evidence,
        few_answered=_waves_with_few_answers,
        more_codes=_waves_with_more_codes,
        answered_by_more=_answered_by_more,
        lacks_interval=_list_missing_intervals,
        is_closed=_is_closed(contents),
        below=_count_goals(contents, ("-2", "-1")),
        above=_count_goals(contents, ("1", "2")),
        compares_waves=any(
            item["both"] for survey in contents["surveys"] for item in survey["items"]
        ),
        example=_example_interval(contents),
    )


def _format_day(iso: str) -> str:
    return full_date(date.fromisoformat(iso))


def _format_code(text: str) -> Markup:
    """A text as code, on one line and without the sign that ends code."""
    return Markup(f"`{' '.join(text.replace('`', '').split())}`")  # noqa: S704 - code is no markup


def _command_to_repeat(contents: dict[str, Any]) -> str:
    """The command that makes the report again, with every day that it depends on."""
    options = {key: contents[f"asked_{key}"] or contents[key] for key in ("from", "to")}
    options |= {"today": contents["provenance"]["today"], "audience": contents["audience"]}
    words = " ".join(f"--{name} {value}" for name, value in options.items())
    return f"peerloom report {contents['cohort']} {words}"


def _format_share(part: int | None, whole: int, noun: Noun | None = None) -> Markup:
    """`12 of 16 goals (75%)`; no percentage of 0, and `withheld` for an unknown part."""
    total = count_noun(whole, noun) if noun else whole_number(whole)
    if part is None:
        return Markdown(_("withheld, of {total}")).format(total=total)
    if not whole:
        return Markdown(_("{part} of {total}")).format(part=whole_number(part), total=total)
    return Markdown(_("{part} of {total} ({percent})")).format(
        part=whole_number(part), total=total, percent=_format_percent(part, whole)
    )


def _format_part(part: int, whole: int) -> Markup:
    """`12 of 16`, for a table whose readers compare rows."""
    return Markdown(_("{part} of {total}")).format(
        part=whole_number(part), total=whole_number(whole)
    )


def _format_percent(part: int, whole: int) -> Markup:
    return Markup(percentage(Fraction(part, whole)))  # noqa: S704 - a number


def _count_goals(contents: dict[str, Any], levels: tuple[str, ...]) -> int | None:
    """How many goals have reached one of these steps; None where it is withheld."""
    by_level = contents["goals"]["by_level"]
    return None if by_level is None else sum(by_level[level] for level in levels)


def _example_interval(contents: dict[str, Any]) -> dict[str, Markup] | None:
    """The first change in the report that has an interval, and that interval's two ends."""
    for survey in contents["surveys"]:
        for row in (*survey["items"], *survey["constructs"]):
            if row["margin"] is not None:
                lowest, highest = row["change"] - row["margin"], row["change"] + row["margin"]
                return {
                    "change": _format_change(row),
                    "lowest": Markup(signed_number(lowest, 2)),  # noqa: S704 - numbers
                    "highest": Markup(signed_number(highest, 2)),  # noqa: S704 - numbers
                }
    return None


def _format_mean(value: Any, people: int) -> Markup:
    """A mean as the JSON has it; where there is none, whether it is withheld or not known.

    With fewer decimals it would be rounded twice, and not be the same number in each format.
    """
    if isinstance(value, dict):
        return _format_range(*(plain_number(value[end]) for end in ("from", "to")))
    if value is None:
        return Markup(_("withheld")) if people else Markup("—")  # noqa: S704 - ours
    return Markup(decimal_number(value, 2))  # noqa: S704 - a number


def _format_range(lowest: str, highest: str) -> Markup:
    return Markdown(_("{lowest} to {highest}")).format(
        lowest=Markup(lowest),  # noqa: S704 - numbers
        highest=Markup(highest),  # noqa: S704 - numbers
    )


def _format_change(row: dict[str, Any]) -> Markup:
    """`+0.82 ± 0.59`: a mean change, and half of its interval where there is one."""
    if row["change"] is None:
        return _format_mean(None, row["both"])
    if isinstance(row["change"], dict):
        return _format_range(*(signed_number(row["change"][end], 2) for end in ("from", "to")))
    margin = "" if row["margin"] is None else f" ± {decimal_number(row['margin'], 2)}"
    return Markup(signed_number(row["change"], 2) + margin)  # noqa: S704 - numbers


# With a smaller share of answers, those who are missing could change the result.
_ENOUGH_ANSWERS = 0.6


def _waves_with_few_answers(survey: dict[str, Any]) -> list[str]:
    """The waves of a survey that some, but fewer than 60% of those asked, have answered."""
    return [
        wave
        for wave, answered in survey["answered"].items()
        if answered and answered < _ENOUGH_ANSWERS * survey["asked"][wave]
    ]


def _waves_with_more_codes(survey: dict[str, Any]) -> list[str]:
    """The waves that more codes have answered than people were asked."""
    return [
        wave
        for wave, answered in survey["answered"].items()
        if answered and answered > survey["asked"][wave]
    ]


def _answered_by_more(survey: dict[str, Any]) -> bool:
    """Whether more codes answered some question than people were asked it."""
    compared = (*survey["items"], *survey["constructs"])
    return any(row["both"] > row["asked"] for row in compared) or any(
        row["people"] > row["asked"] for row in survey["afterwards"]
    )


def _list_missing_intervals(survey: dict[str, Any]) -> set[str]:
    """Why changes that are printed have no interval: `few`, `constant`."""
    rows = (*survey["items"], *survey["constructs"])
    return {row["no_interval"] for row in rows if row["change"] is not None and row["no_interval"]}


def _is_closed(contents: dict[str, Any]) -> bool:
    """Whether nothing more can come that counts: days as texts are in the order of the days."""
    return bool(contents["closes"] and contents["closes"] < contents["provenance"]["today"])


def _name_step(level: str) -> Markup:
    return Markup(describe_goal_step(int(level)))  # noqa: S704 - all of it ours
