"""The progress report: documented keys, nothing told of few, safe in every form."""

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

import folder
from peerloom.model import Item, Scale, Survey
from peerloom.program import load
from peerloom.progress.survey_figures import ItemChange, SurveyFigures, WaveChange
from peerloom.report import (
    build_report,
    report_as_html,
    report_as_json,
    report_as_markdown,
)
from peerloom.report.suppression import Suppression
from peerloom.report.survey_section import show_survey

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("audience", ["public", "members", "coordinators"])
def test_every_key_of_the_json_is_documented(audience) -> None:
    documented = (ROOT / "docs/report.md").read_text(encoding="utf-8")
    told = json.loads(
        report_as_json(
            build_report(load(ROOT).program, "2026-spring", None, None, audience, today=TODAY)
        )
    )

    def keys(value) -> set[str]:
        if isinstance(value, dict):
            return set(value).union(*map(keys, value.values()))
        return set().union(*map(keys, value)) if isinstance(value, list) else set()

    free = {"by_level", "ended_early", "answered"}
    names = keys({k: v for k, v in told.items() if k not in free})
    names = (names | set(told)) - {"-2", "-1", "0", "1", "2", "before", "midway", "after"}
    assert [name for name in sorted(names) if f"`{name}`" not in documented] == []


@pytest.mark.parametrize("cohort", ["2026-spring", "2026-autumn"])
def test_the_keys_within_a_key_of_the_json_are_documented_in_its_row(cohort: str) -> None:
    told = build_report(load(ROOT).program, cohort, None, TODAY, "coordinators").contents
    text = (ROOT / "docs/report.md").read_text(encoding="utf-8").partition("## The JSON")[2]
    rows = dict(line[2:].split(" | ", 1) for line in text.splitlines() if line.startswith("| `"))
    for key in told.keys() - {"ended_early"}:
        value = told[key][0] if isinstance(told[key], list) and told[key] else told[key]
        (row,) = [row for names, row in rows.items() if f"`{key}`" in names.split(", ")]
        within = value if isinstance(value, dict) else {}
        assert [name for name in within if f"`{name}`" not in row] == [], key


def test_a_small_cohort_tells_the_public_no_rates(tmp_path: Path) -> None:
    program = load(folder.write(tmp_path, folder.MINIMAL)).program
    today = date(2026, 3, 1)
    shown = build_report(program, "spring", None, None, "public", today=today).contents
    assert shown["check_ins"].pop("answers") == "both"
    assert {*shown["check_ins"].values()} == {None}
    assert shown["pairs_in_detail"] == []
    told = build_report(program, "spring", None, None, "members", today=today).contents
    assert told["check_ins"]["due"] == 6
    assert told["check_ins"]["on_time"] is None
    assert told["check_ins"]["missing"] is None
    assert "how many check-ins came: could tell of single people" in told["withheld"]
    own = build_report(program, "spring", None, date(2026, 3, 1), "coordinators").contents
    assert own["check_ins"]["missing"] == 6
    assert own["withheld"] == []


def test_the_public_is_not_told_why_few_pairs_ended() -> None:
    told = build_report(load(ROOT).program, "2026-spring", None, None, "public", today=TODAY)
    assert told.contents["ended_early"] is None
    assert "moved" not in report_as_markdown(told)
    assert told.contents["support"] == {"asked": None, "people": None}


def test_a_window_counts_only_what_lies_in_it() -> None:
    program = load(ROOT).program
    whole = build_report(program, "2026-autumn", None, TODAY, "coordinators").contents
    end = date(2026, 10, 15)
    first = build_report(program, "2026-autumn", None, end, "coordinators", today=TODAY).contents
    rest = build_report(program, "2026-autumn", date(2026, 10, 16), TODAY, "coordinators").contents
    for group, key in (("meetings", "held"), ("check_ins", "due"), ("events", "held")):
        assert first[group][key] + rest[group][key] == whole[group][key]
        assert first[group][key] > 0
    then = build_report(program, "2026-autumn", None, end, "coordinators").contents
    assert then["meetings"]["held"] < first["meetings"]["held"]


def test_what_people_wrote_stays_text_in_every_form() -> None:
    program = load(ROOT).program
    hostile = '=HYPERLINK("http://x") <script>alert(1)</script> | [x](javascript:y) @all {{ z }}'
    cohort = replace(program.cohorts["2026-spring"], name=hostile, aims=(hostile,))
    program = replace(program, cohorts={**program.cohorts, cohort.id: cohort})
    told = build_report(program, cohort.id, None, TODAY, "coordinators")
    assert "<script" not in report_as_html(told)
    assert 'href="javascript' not in report_as_html(told)
    assert "<script" not in report_as_markdown(told)
    assert "[x](" not in report_as_markdown(told)
    assert json.loads(report_as_json(told))["name"] == hostile


def test_the_page_to_print_needs_nothing_from_elsewhere() -> None:
    page = report_as_html(
        build_report(load(ROOT).program, "2026-spring", None, None, "public", today=TODAY)
    )
    assert page.startswith("<!doctype html>")
    assert (
        re.findall(r"""(?:src|srcset|data|action)=|<(?:link|script|iframe)|@import|url\(""", page)
        == []
    )
    assert page.count("http") == page.count('<a href="http') == 1
    assert "<table>" in page


def test_a_check_in_of_the_last_days_counts_once_it_came_after_the_end() -> None:
    program = load(ROOT).program
    cohort = program.cohorts["2026-spring"]
    end = cohort.ends
    answers = [c for c in program.check_ins if c.cohort == cohort.id]
    alone = Counter((c.pair, c.due) for c in answers)
    last = max((c for c in answers if alone[c.pair, c.due] == 1), key=lambda c: c.due)
    moved = replace(last, received_on=end.replace(month=end.month + 1, day=2), received_by="github")
    program = replace(
        program, check_ins=tuple(moved if c is last else c for c in program.check_ins)
    )
    then, now = (
        build_report(program, cohort.id, None, end, "coordinators", today=today).contents[
            "check_ins"
        ]
        for today in (end, TODAY)
    )
    assert now["received"] == then["received"] + 1


@pytest.mark.parametrize(("people", "told"), [(2, "few"), (4, None), (5, "constant")])
def test_that_all_changed_by_the_same_is_withheld_where_they_are_few(
    people: int, told: str | None
) -> None:
    item = Item(id="sure", kind="scale", text="I am sure.", scale=Scale(lowest=1, highest=5))
    answers = tuple((f"code-{n}", Fraction(3), Fraction(4)) for n in range(people))
    change = WaveChange(asked=12, answers=answers)
    survey = SurveyFigures(
        survey=Survey(id="s", title="S", waves=("before", "after"), items=(item,)),
        asked={},
        answered={},
        changes=(ItemChange(item=item, change=change),),
        constructs=(),
        afterwards=(),
    )
    (row,) = show_survey(survey, Suppression(audience="coordinators"))["items"]
    assert row["no_interval"] == told
    assert (row["change"] is None) == (people < 5)
