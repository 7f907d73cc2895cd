"""Nobody can work out what single people said from all that was ever published."""

from collections import Counter
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from attacks.subtraction import attack_publications
from attacks.subtraction.chaos import choose_person_and_day, read_history
from attacks.subtraction.confidences import list_confidences
from attacks.subtraction.finding import ANY_READER, Finding
from attacks.subtraction.formats import find_formats_that_tell_more
from attacks.subtraction.generated import (
    CHANGES,
    forget,
    make_change_of_records,
    make_generated,
    withdraw,
)
from attacks.subtraction.publications import History, make_history, publish_all
from peerloom.model import Audience
from peerloom.program import load
from peerloom.records import Program
from peerloom.report import build_report
from peerloom.report.suppression import NO_RULES, Rules
from second_count.generating import COHORT, OVER

ROOT = Path(__file__).parents[2]
COHORTS = ("2026-spring", "2026-autumn")
TODAY = date(2026, 11, 24)
RATINGS = ("useful", "relationship")


@cache
def load_shipped() -> Program:
    return load(ROOT).program


@cache
def attack_daily(cohort: str) -> list[Finding]:
    """What is found in the report of each day, with no rule on."""
    history = make_history(load_shipped(), cohort, TODAY)
    return attack_publications(history.program, cohort, publish_all(history, "public", NO_RULES))


def list_ratings_that_came_alone(cohort: str) -> set[tuple[str, str, str]]:
    """Ratings before which five had come, and no other on the same day."""
    alone = set()
    for (kind, due), said in list_confidences(load_shipped(), cohort).items():
        days = Counter(each.day for each in said)
        for number, each in enumerate(said):
            if kind in RATINGS and number >= 5 and days[each.day] == 1:
                alone.add((kind, due, each.person))
    return alone


def test_without_rules_every_rating_that_comes_alone_is_found_with_its_name() -> None:
    alone = {rating for cohort in COHORTS for rating in list_ratings_that_came_alone(cohort)}
    found = {
        (each.kind, each.what, *each.named)
        for cohort in COHORTS
        for each in attack_daily(cohort)
        if each.people == 1 and each.is_exact and each.reader == ANY_READER
    }
    assert len(alone) == 32
    assert alone <= found


@pytest.mark.parametrize("cohort", COHORTS)
def test_what_the_attacker_works_out_is_true(cohort: str) -> None:
    said = list_confidences(load_shipped(), cohort)
    checked = 0
    for each in attack_daily(cohort):
        for word in said.get((each.kind, each.what), ()):
            if word.person in each.named and word.day <= each.day:
                assert each.least <= word.value <= each.most
                checked += 1
    assert checked >= 20


@pytest.mark.parametrize("cohort", COHORTS)
def test_nothing_is_found_in_what_is_published_of_a_shipped_cohort(cohort: str) -> None:
    history = make_history(load_shipped(), cohort, TODAY)
    for publications in read_history(history, Rules()).values():
        assert attack_publications(history.program, cohort, publications) == []


@cache
def make_history_named(name: str) -> History:
    """The shipped cohort of autumn, or the eighth generated program after a change."""
    if name == "autumn":
        return make_history(load_shipped(), "2026-autumn", TODAY)
    return make_history(CHANGES[name](load_eighth()), COHORT, OVER)


@cache
def load_eighth() -> Program:
    return make_generated(8)


@cache
def attack_named(name: str, audience: Audience, rules: Rules) -> list[Finding]:
    history = make_history_named(name)
    publications = publish_all(history, audience, rules)
    return attack_publications(history.program, history.cohort, publications)


# For each rule a program of which something is found without it, and in which reports.
PREVENTED: dict[str, tuple[str, Audience]] = {
    "closed_dates": ("autumn", "public"),
    "once": ("help asked for once", "public"),
    "at_least_five": ("help asked for once", "public"),
    "both_parts": ("help asked for once", "public"),
    "ranges": ("autumn", "public"),
    "complements": ("help asked for once", "public"),
    "visible_only": ("autumn", "members"),
}


@pytest.mark.parametrize("rule", [field.name for field in fields(Rules)])
def test_each_rule_prevents_something(rule: str) -> None:
    name, audience = PREVENTED[rule]
    assert attack_named(name, audience, Rules()) == []
    assert attack_named(name, audience, replace(Rules(), **{rule: False})) != []


@pytest.mark.parametrize("change", [withdraw, forget])
def test_somebody_who_is_gone_is_told_by_figures_that_are_not_kept_alone(
    change: Callable[[Program, str], Program],
) -> None:
    program = make_generated(9)
    who, day = choose_person_and_day(program)
    history = make_change_of_records(program, change(program, who), day, OVER)
    for is_kept in (True, False):
        publications = publish_all(history, "public", Rules(), is_kept=is_kept)
        found = attack_publications(program, COHORT, publications)
        assert (found == []) == is_kept


@pytest.mark.parametrize("audience", ["public", "members"])
@pytest.mark.parametrize("cohort", COHORTS)
def test_no_format_of_a_report_tells_more_than_its_json(cohort: str, audience: Audience) -> None:
    report = build_report(load_shipped(), cohort, None, None, audience, today=TODAY)
    assert find_formats_that_tell_more(report) == []
