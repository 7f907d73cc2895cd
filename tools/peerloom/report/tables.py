"""A report as tidy tables for spreadsheets: one for each kind of thing, one row for each thing."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from peerloom.report.building import Report
from peerloom.text.escaping.spreadsheet import escape_cell

_Row = dict[str, Any]
# These say which report it is; they are columns of every table.
_FIRST_COLUMNS = ("cohort", "from", "to", "audience")
_NO_FIGURES = frozenset({"program", "name", "provenance", *_FIRST_COLUMNS})


def report_as_csv(report: Report, table: str = "figures") -> str:
    """One table of a report, whose columns are there even if it has no row.

    Each row holds what the report was made from, so that rows of several reports can stand below
    each other. An empty cell is a figure that is withheld or not known. No cell can be taken for a
    formula by a spreadsheet. Raises `KeyError` for a table that is not in `TABLES`.
    """
    columns, list_rows = _TABLES[table]
    rows = list(list_rows(report.contents))
    # A new key of the JSON is never lost: it becomes a new column.
    columns = tuple(dict.fromkeys([*columns, *(key for row in rows for key in row)]))
    first = {key: report.contents[key] for key in _FIRST_COLUMNS}
    last = report.contents["provenance"]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*first, *columns, *last])
    for row in rows:
        cells = [*first.values(), *(row.get(key) for key in columns), *last.values()]
        writer.writerow([_make_cell(cell) for cell in cells])
    return text.getvalue()


def _make_cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):  # a mean that is told as a range
        value = f"{value['from']} to {value['to']}"
    if isinstance(value, list):
        value = " ".join(str(item) for item in value)
    return escape_cell(value) if isinstance(value, str) else value


def _list_figures(contents: _Row) -> Iterator[_Row]:
    """Every figure that is not in a list, under its keys in the JSON with points between them."""
    for name, value in _flatten({k: v for k, v in contents.items() if k not in _NO_FIGURES}):
        yield {"figure": name, "value": value}


def _flatten(value: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, each in value.items():
        if isinstance(each, Mapping):
            yield from _flatten(each, f"{prefix}{key}.")
        elif not isinstance(each, list):
            yield prefix + key, each


def _list_pairs(contents: _Row) -> list[_Row]:
    return list(contents["pairs_in_detail"])


def _list_ratings(contents: _Row) -> list[_Row]:
    return list(contents["ratings"])


def _list_waves(contents: _Row) -> Iterator[_Row]:
    for survey in contents["surveys"]:
        for wave, answered in survey["answered"].items():
            yield {
                "survey": survey["survey"],
                "title": survey["title"],
                "wave": wave,
                "asked": survey["asked"][wave],
                "answered": answered,
            }


def _list_survey_results(contents: _Row) -> Iterator[_Row]:
    for survey in contents["surveys"]:
        for kind in ("items", "constructs", "afterwards"):
            for result in survey[kind]:
                yield {"survey": survey["survey"], "kind": kind, **result}


def _list_answers(contents: _Row) -> Iterator[_Row]:
    for question in contents["questions"]:
        about = {key: value for key, value in question.items() if key != "counts"}
        for count in question["counts"] or [{"choice": None, "people": None}]:
            yield {**about, "choice": count["choice"], "chosen_by": count["people"]}


def _list_sources(contents: _Row) -> Iterator[_Row]:
    yield from contents["signed_up"].get("sources") or ()


def _list_aims(contents: _Row) -> Iterator[_Row]:
    for aim in contents["aims_answered"]:
        outcome = aim["outcome"] or {}
        about = {key: value for key, value in aim.items() if key != "outcome"}
        yield about | {f"outcome.{key}": value for key, value in outcome.items()}


def _list_withheld(contents: _Row) -> Iterator[_Row]:
    for what in contents["withheld"]:
        yield {"what": what}


_CHANGE = ("asked", "both", "before", "after", "change", "margin", "no_interval")
_RATING_COLUMNS = ("useful", "useful_people", "relationship", "relationship_people")
_AIM = (
    "aim",
    "answer",
    "measure",
    "unit",
    "part",
    "whole",
    "unknown",
    "target",
    "partly",
    "by",
    "on",
)
_OUTCOME = ("fewer_is_better", "outcome.answer", "outcome.on", "outcome.by", "outcome.why")
# The columns and the rows of each table, by the name that the command line knows it under.
_TABLES: dict[str, tuple[tuple[str, ...], Callable[[_Row], Iterable[_Row]]]] = {
    "figures": (("figure", "value"), _list_figures),
    "pairs": (
        (
            *("pair", "people", "status", "meetings", "minutes", "due", "time_up", "received"),
            *("on_time", "late", "undated", "missing", "early", "awaited", "goals", "levels"),
        ),
        _list_pairs,
    ),
    "ratings": (
        (*("due", "asked", "people"), *_RATING_COLUMNS),
        _list_ratings,
    ),
    "waves": (("survey", "title", "wave", "asked", "answered"), _list_waves),
    "survey-results": (
        ("survey", "kind", "item", "text", "construct", "of", *_CHANGE, "wave", "people", "mean"),
        _list_survey_results,
    ),
    "answers": (
        ("question", "label", "kind", "asked", "people", "mean", "choice", "chosen_by"),
        _list_answers,
    ),
    "sources": (("source", "people"), _list_sources),
    "aims": ((*_AIM, *_OUTCOME), _list_aims),
    "withheld": (("what",), _list_withheld),
}
TABLES = tuple(_TABLES)
