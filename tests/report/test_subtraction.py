"""Nobody can work out what single people said from all that was ever published."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from attacks.subtraction import attack_publications
from attacks.subtraction.confidences import list_confidences
from attacks.subtraction.finding import OUTSIDER, Finding
from attacks.subtraction.formats import find_formats_that_tell_more
from attacks.subtraction.publications import list_days_of_change, publish_daily
from peerloom.model import Audience
from peerloom.program import load
from peerloom.records import Program
from peerloom.report import build_report

ROOT = Path(__file__).parents[2]
COHORTS = ("2026-spring", "2026-autumn")
RATINGS = ("useful", "relationship")


@cache
def load_shipped() -> Program:
    return load(ROOT).program


def select_ratings_that_came_alone(findings: Iterable[Finding]) -> list[Finding]:
    return [
        found
        for found in findings
        if found.kind in RATINGS and found.people == 1 and found.reader == OUTSIDER
    ]


def test_daily_reports_tell_every_rating_that_comes_alone() -> None:
    program, found = load_shipped(), []
    for cohort in COHORTS:
        days = list_days_of_change(program, cohort)
        daily = publish_daily(program, cohort, "public", days)
        found += select_ratings_that_came_alone(attack_publications(program, cohort, daily))
    assert len(found) == 32
    assert all(each.is_exact and each.named for each in found)


@pytest.mark.parametrize("cohort", COHORTS)
def test_what_the_attacker_works_out_is_true(cohort: str) -> None:
    program = load_shipped()
    said = list_confidences(program, cohort)
    days = list_days_of_change(program, cohort)
    found = attack_publications(program, cohort, publish_daily(program, cohort, "members", days))
    checked = 0
    for each in found:
        for word in said.get((each.kind, each.what), ()):
            if word.person in each.named and word.day <= each.day:
                assert each.least <= word.value <= each.most
                checked += 1
    assert checked >= 30


@pytest.mark.parametrize("audience", ["public", "members"])
@pytest.mark.parametrize("cohort", COHORTS)
def test_no_format_of_a_report_tells_more_than_its_json(cohort: str, audience: Audience) -> None:
    today = date(2026, 11, 24)
    report = build_report(load_shipped(), cohort, None, None, audience, today=today)
    assert find_formats_that_tell_more(report) == []
