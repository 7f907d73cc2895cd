"""A report says the same numbers in each of its formats."""

import csv
import html
import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from peerloom.model import AUDIENCES, Audience
from peerloom.program import load
from peerloom.report import (
    Report,
    build_report,
    report_as_csv,
    report_as_html,
    report_as_markdown,
)

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)


def list_numbers(text: str) -> list[str]:
    return re.findall(r"\d[\d,.]*", text)


def read_cells(report: Report, table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(report_as_csv(report, table))))


@pytest.fixture(params=["2026-spring", "2026-autumn"])
def cohort(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_page_to_print_has_the_numbers_of_the_markdown(cohort: str, audience: Audience) -> None:
    report = build_report(load(ROOT).program, cohort, None, None, audience, today=TODAY)
    page = report_as_html(report)
    shown = html.unescape(re.sub(r"<[^>]*>", " ", page.partition("<body>")[2]))
    unread = re.compile(r"\]\([^)]*\)|^\|[:|-]+\|$", re.MULTILINE)
    written = unread.sub(" ", report_as_markdown(report))
    assert list_numbers(shown) == list_numbers(html.unescape(written))


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_tables_have_the_figures_of_the_json(cohort: str, audience: Audience) -> None:
    report = build_report(load(ROOT).program, cohort, None, None, audience, today=TODAY)

    def flatten(value: dict[str, Any], prefix: str = "") -> dict[str, str]:
        found: dict[str, str] = {}
        for key, each in value.items():
            if isinstance(each, dict) and {*each} == {"from", "to"}:
                found[prefix + key] = f"{each['from']} to {each['to']}"
            elif isinstance(each, dict):
                found |= flatten(each, f"{prefix}{key}.")
            elif not isinstance(each, list):
                found[prefix + key] = "" if each is None else str(each)
        return found

    about = {"program", "cohort", "name", "audience", "from", "to", "provenance"}
    figures = {k: v for k, v in report.contents.items() if k not in about}
    cells = {row["figure"]: row["value"] for row in read_cells(report, "figures")}
    assert cells == flatten(figures)
    for table, key in (("pairs", "pairs_in_detail"), ("ratings", "ratings")):
        for row, thing in zip(read_cells(report, table), report.contents[key], strict=True):
            assert {k: row[k] for k in flatten(thing)} == flatten(thing)
    rows = read_cells(report, "survey-results")
    results = [
        result
        for survey in report.contents["surveys"]
        for kind in ("items", "constructs", "afterwards")
        for result in survey[kind]
    ]
    signs = ("-", "+", "=", "@")
    for row, result in zip(rows, results, strict=True):
        for name, value in flatten(result).items():
            assert row[name] == value or (row[name] == f"'{value}" and value.startswith(signs))
