"""A report as tables: one for each kind of thing, in which a spreadsheet finds every figure."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import folder
from peerloom.cli.command import peerloom
from peerloom.model import AUDIENCES, Audience
from peerloom.program import load
from peerloom.report import TABLES, Report, build_report, report_as_csv

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)


def read_table(report: Report, table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(report_as_csv(report, table))))


def list_figures(value: Any) -> Iterator[str]:
    """Every number of the JSON, as a table shows it."""
    if isinstance(value, dict):
        for each in value.values():
            yield from list_figures(each)
    elif isinstance(value, list):
        for each in value:
            yield from list_figures(each)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield str(value)


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("cohort", ["2026-spring", "2026-autumn"])
def test_every_figure_of_the_json_is_in_one_of_the_tables(cohort: str, audience: Audience) -> None:
    report = build_report(load(ROOT).program, cohort, None, None, audience, today=TODAY)
    tables = [read_table(report, table) for table in TABLES]
    cells = [c for rows in tables for row in rows for value in row.values() for c in value.split()]
    for figure in set(list_figures(report.contents)):
        assert figure in cells or f"'{figure}" in cells, figure
    figures = {row["figure"]: row["value"] for row in tables[0]}
    for section, key in (("check_ins", "received"), ("goals", "set"), ("meetings", "held")):
        assert figures[f"{section}.{key}"] == str(report.contents[section][key])


def test_each_thing_is_one_row_of_its_table() -> None:
    report = build_report(load(ROOT).program, "2026-spring", None, TODAY, "coordinators")
    contents = report.contents
    assert [row["pair"] for row in read_table(report, "pairs")] == [
        pair["pair"] for pair in contents["pairs_in_detail"]
    ]
    assert [row["due"] for row in read_table(report, "ratings")] == [
        rating["due"] for rating in contents["ratings"]
    ]
    figures = [row["figure"] for row in read_table(report, "figures")]
    assert len(figures) == len(set(figures)) > 30


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_its_columns_even_if_it_has_no_row(tmp_path: Path, table: str) -> None:
    empty = load(folder.write(tmp_path, {k: folder.MINIMAL[k] for k in list(folder.MINIMAL)[:2]}))
    reports = [
        build_report(load(ROOT).program, "2026-spring", None, TODAY, "coordinators"),
        build_report(empty.program, "spring", None, TODAY, "coordinators"),
    ]
    heads = {report_as_csv(report, table).splitlines()[0] for report in reports}
    assert len(heads) == 1


def test_a_withheld_figure_is_an_empty_cell() -> None:
    report = build_report(load(ROOT).program, "2026-spring", None, None, "public", today=TODAY)
    figures = {row["figure"]: row["value"] for row in read_table(report, "figures")}
    assert figures["support.asked"] == figures["ended_early"] == ""


def test_a_spreadsheet_takes_no_cell_for_a_formula() -> None:
    report = build_report(load(ROOT).program, "2026-autumn", None, TODAY, "coordinators")
    report.contents["pairs_in_detail"][0]["pair"] = "=1+1"
    assert read_table(report, "pairs")[0]["pair"] == "'=1+1"
    lines = list(csv.reader(io.StringIO(report_as_csv(report, "pairs"))))
    assert len({len(line) for line in lines}) == 1


def test_the_command_prints_the_table_that_is_asked_for() -> None:
    options = ["-C", str(ROOT), "report", "2026-spring", "--today", "2026-11-24"]
    run = CliRunner().invoke(peerloom, [*options, "--format", "csv", "--table", "ratings"])
    assert run.exit_code == 0 and run.output.startswith("cohort,from,to,audience,due,")
    refused = CliRunner().invoke(peerloom, [*options, "--format", "csv", "--table", "rating"])
    assert refused.exit_code == 2 and "ratings" in refused.output
    other = CliRunner().invoke(peerloom, [*options, "--format", "json", "--table", "ratings"])
    assert other.exit_code == 2 and "--format csv" in other.output
