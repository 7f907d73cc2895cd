"""A report as Markdown, as a page to print, as a table for a spreadsheet, as JSON."""

import csv
import io
import json
from datetime import date
from html import escape
from typing import Any

import markdown as python_markdown
from markupsafe import Markup

from peerloom.report.contents import FEWEST, Report
from peerloom.templating import rendered

# What makes a spreadsheet take a cell for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json(report: Report) -> str:
    """The contents as they are, with the documented keys."""
    return json.dumps(report.contents, indent=2, ensure_ascii=False) + "\n"


def as_markdown(report: Report, heading: str = "#") -> str:
    """The report to be read: words before numbers, each figure with what it is out of."""
    contents = report.contents
    return rendered(
        "report.md.j2",
        h=Markup(heading),  # noqa: S704 - ours
        r=contents,
        day=_day,
        share=_share,
        hours=_hours,
        several=_several,
        step=_step,
        number=_number,
        change=_change,
        # Where a share of the pairs would tell of too few, their counts stand alone.
        part=_share
        if report.audience == "coordinators" or contents["began"]["people"] >= FEWEST
        else lambda part, _: part,
        few_answered=_few_answered,
        below=_below(contents["goals"]["by_level"]),
    )


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B} {day.year}"


def _share(part: int | None, whole: int) -> Markup:
    """`12 of 16 (75 %)`, without a share of nothing."""
    if part is None:
        return Markup("withheld, of {}").format(whole)
    share = Markup(" ({:.0f} %)").format(100 * part / whole) if whole else ""
    return Markup("{} of {}").format(part, whole) + share


def _several(number: int, one: str, more: str | None = None) -> str:
    """`1 circle`, `3 circles`."""
    return f"{number} {one if number == 1 else more or one + 's'}"


def _number(value: float | None, people: int, digits: int = 1) -> Markup:
    """A mean; what is not told says why not."""
    if value is None:
        return Markup("withheld") if people else Markup("—")
    return Markup("{:.{}f}").format(value, digits)


def _change(found: dict[str, Any]) -> Markup:
    """`+0.82 ± 0.59`: a mean change, and half of its interval where there is one."""
    if found["change"] is None:
        return _number(None, found["both"])
    margin = "" if found["margin"] is None else f" ± {found['margin']:.2f}"
    return Markup(f"{found['change']:+.2f}".replace("-", "−") + margin)  # noqa: S704 - numbers


# Below this share of answers, those who were silent may well feel otherwise.
_ENOUGH_ANSWERS = 0.6


def _few_answered(survey: dict[str, Any]) -> list[str]:
    """The waves of a survey that some, but fewer than 60 %, have answered."""
    return [
        wave
        for wave, answered in survey["answered"].items()
        if answered and answered < _ENOUGH_ANSWERS * survey["asked"]
    ]


def _below(by_level: dict[str, int] | None) -> int | None:
    """How many goals stand below what was expected."""
    return None if by_level is None else by_level["-2"] + by_level["-1"]


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.0f} hours" if minutes >= 120 else f"{minutes} minutes"


def _step(level: str) -> Markup:
    words = ["much less than expected", "less than expected", "as expected"]
    words += ["more than expected", "much more than expected"]
    sign = f"{int(level):+d} ".replace("-", "−").replace("+0", "0")
    return Markup(sign + words[int(level) + 2])  # noqa: S704 - all of it ours


_STYLE = """
body { font: 16px/1.6 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto; }
th, td { padding: .3rem .8rem; border-bottom: 1px solid #8886; text-align: left; }
h1, h2 { line-height: 1.25; } h2 { margin-top: 2.2rem; }
@media (prefers-color-scheme: dark) { body { background: #16181c; color: #dde0e4; } }
@media print { body { margin: 0; max-width: none; background: none; color: #000; }
  h2 { break-after: avoid; } table { display: table; break-inside: avoid; } }
"""


def as_html(report: Report) -> str:
    """One file that holds all it needs, to be opened, sent or printed."""
    body = python_markdown.markdown(as_markdown(report), extensions=["tables"])
    title = escape(f"{report.contents['program']}: {report.contents['name']}")
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    return (
        f'<!doctype html>\n<html lang="en">\n<head>{head}<title>{title}</title>'
        f"<style>{_STYLE}</style></head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def as_csv(report: Report) -> str:
    """A row for each pair that the audience may see, and one for all; safe in a spreadsheet."""
    total = report.contents
    columns = ["pair", "people", "status", "meetings", "minutes", "due", "received"]
    columns += ["on_time", "overdue", "goals", "levels", "undated"]
    rows: list[dict[str, Any]] = [*total["pairs_in_detail"]]
    rows.append(
        {
            "pair": "all",
            "people": "",
            "status": f"{sum(total['pairs'].values())} pairs",
            "meetings": total["meetings"]["held"],
            "minutes": total["meetings"]["minutes"],
            **{key: total["check_ins"][key] for key in ("due", "received", "on_time", "overdue")},
            "goals": total["goals"]["set"],
            "levels": "",
            "undated": total["check_ins"]["undated"],
        }
    )
    rows[-1] = {key: "withheld" if value is None else value for key, value in rows[-1].items()}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[_cell(row[column]) for column in columns] for row in rows])
    return text.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        value = " ".join(str(item) for item in value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
