"""The progress report: documented keys, nothing told of few, safe in every form."""

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import folder
from peerloom.program import load
from peerloom.report import as_csv, as_html, as_json, as_markdown, report

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("audience", ["public", "members", "coordinators"])
def test_every_key_of_the_json_is_documented(audience) -> None:
    documented = (ROOT / "docs/report.md").read_text(encoding="utf-8")
    told = json.loads(as_json(report(load(ROOT).program, "2026-spring", None, TODAY, audience)))

    def keys(value) -> set[str]:
        if isinstance(value, dict):
            return set(value).union(*map(keys, value.values()))
        return set().union(*map(keys, value)) if isinstance(value, list) else set()

    free = {"by_level", "ended_early", "answered"}
    names = keys({k: v for k, v in told.items() if k not in free})
    names = (names | set(told)) - {"-2", "-1", "0", "1", "2", "before", "midway", "after"}
    assert [name for name in sorted(names) if f"`{name}`" not in documented] == []


def test_a_small_cohort_tells_the_public_no_rates(tmp_path: Path) -> None:
    program = load(folder.write(tmp_path, folder.MINIMAL)).program
    told = report(program, "spring", None, date(2026, 3, 1), "public").contents
    assert told["check_ins"]["due"] == 6
    assert told["check_ins"]["on_time"] is None
    assert told["check_ins"]["overdue"] is None
    assert told["pairs_in_detail"] == []
    assert "check-ins overdue: fewer than five people" in told["withheld"]
    own = report(program, "spring", None, date(2026, 3, 1), "coordinators").contents
    assert own["check_ins"]["overdue"] == 6
    assert own["withheld"] == []


def test_the_public_is_not_told_why_few_pairs_ended() -> None:
    told = report(load(ROOT).program, "2026-spring", None, TODAY, "public")
    assert told.contents["ended_early"] is None
    assert "moved" not in as_markdown(told)
    assert told.contents["support"] == {"asked": None, "people": None}


def test_a_window_counts_only_what_lies_in_it() -> None:
    program = load(ROOT).program
    whole = report(program, "2026-autumn", None, TODAY, "coordinators").contents
    first = report(program, "2026-autumn", None, date(2026, 10, 15), "coordinators").contents
    rest = report(program, "2026-autumn", date(2026, 10, 16), TODAY, "coordinators").contents
    for group, key in (("meetings", "held"), ("check_ins", "due"), ("events", "held")):
        assert first[group][key] + rest[group][key] == whole[group][key]
        assert first[group][key] > 0


def test_what_people_wrote_stays_text_in_every_form() -> None:
    program = load(ROOT).program
    hostile = '=HYPERLINK("http://x") <script>alert(1)</script> | [x](javascript:y) @all {{ z }}'
    cohort = replace(program.cohorts["2026-spring"], name=hostile, aims=(hostile,))
    program = replace(program, cohorts={**program.cohorts, cohort.id: cohort})
    told = report(program, cohort.id, None, TODAY, "coordinators")
    assert "<script" not in as_html(told)
    assert 'href="javascript' not in as_html(told)
    assert "<script" not in as_markdown(told)
    assert "[x](" not in as_markdown(told)
    assert json.loads(as_json(told))["name"] == hostile


def test_a_spreadsheet_takes_no_cell_for_a_formula() -> None:
    told = report(load(ROOT).program, "2026-autumn", None, TODAY, "coordinators")
    told.contents["pairs_in_detail"][0]["pair"] = "=1+1"
    rows = list(csv.reader(io.StringIO(as_csv(told))))
    assert rows[1][0] == "'=1+1"
    assert len(rows) == 1 + 12 + 1
    assert {len(row) for row in rows} == {12}


def test_the_page_to_print_needs_nothing_from_elsewhere() -> None:
    page = as_html(report(load(ROOT).program, "2026-spring", None, TODAY, "public"))
    assert page.startswith("<!doctype html>")
    assert "http" not in page
    assert "<table>" in page
