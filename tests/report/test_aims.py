"""What became of a cohort's aims: by the figure that each names, or by a person's word."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import folder
from peerloom.model import (
    AIM_MEASURES_TO_KEEP_LOW,
    AIM_SHARES,
    AimMeasure,
    AimOutcome,
    Audience,
    CohortAim,
)
from peerloom.pages import render_pages
from peerloom.program import load
from peerloom.records import Program
from peerloom.report import build_report, describe_evidence, report_as_html, report_as_markdown
from peerloom.report.aim_answers import answer_measured_aim
from peerloom.report.aim_measures import MEASURES
from peerloom.report.aim_values import MeasuredValue

ROOT = Path(__file__).parents[2]
SHIPPED = load(ROOT).program
TODAY = date(2026, 11, 24)
SAID = AimOutcome(answer="partly", on=date(2026, 7, 6), by="noor", why="I saw some of it.")


def _with_aims(program: Program, cohort: str, *aims: str | CohortAim) -> Program:
    changed = replace(program.cohorts[cohort], aims=aims)
    return replace(program, cohorts={**program.cohorts, cohort: changed})


def _answered(
    program: Program,
    cohort: str,
    *aims: str | CohortAim,
    end: date | None = TODAY,
    audience: Audience = "coordinators",
) -> list[dict[str, Any]]:
    program = _with_aims(program, cohort, *aims)
    return build_report(program, cohort, None, end, audience, today=TODAY).contents["aims_answered"]


def test_every_measure_is_known_documented_and_in_the_right_unit() -> None:
    assert set(MEASURES) == set(get_args(AimMeasure))
    assert {id_ for id_, measure in MEASURES.items() if measure.unit == "share"} == AIM_SHARES
    low = {id_ for id_, measure in MEASURES.items() if measure.fewer_is_better}
    assert low == AIM_MEASURES_TO_KEEP_LOW
    documented = (ROOT / "docs/goals-and-aims.md").read_text(encoding="utf-8")
    for id_, measure in MEASURES.items():
        assert f"| `{id_}` | {measure.unit} | {measure.meaning} |" in documented, id_


@pytest.mark.parametrize(
    ("measure", "target", "partly", "value", "answer"),
    [
        ("pairs_met", 75, None, (3, 4), "reached"),
        ("pairs_met", 75, None, (2, 4), "partly"),
        ("pairs_met", 75, None, (3, 8), "partly"),
        ("pairs_met", 75, None, (2, 6), "not_reached"),
        ("pairs_met", 75, 60, (2, 4), "not_reached"),
        ("pairs_met", 75, 60, (3, 5), "partly"),
        ("pairs_met", 66.7, None, (2, 3), "partly"),
        ("pairs_met", 0, None, (0, 3), "reached"),
        ("pairs_ended_early", 20, None, (1, 5), "reached"),
        ("pairs_ended_early", 20, None, (2, 5), "partly"),
        ("pairs_ended_early", 20, None, (3, 5), "not_reached"),
        ("pairs_ended_early", 20, 30, (2, 5), "not_reached"),
        ("pairs_ended_early", 0, None, (1, 5), "not_reached"),
        ("meetings_held", 10, None, (10, None), "reached"),
        ("meetings_held", 10, None, (5, None), "partly"),
        ("meetings_held", 10, None, (4, None), "not_reached"),
        ("meetings_held", 10, None, (0, None), "not_reached"),
        ("goal_score", 50, None, (49.9, 7), "not_reached"),
        ("goal_score", 50, 45, (49.9, 7), "partly"),
        ("usefulness", 4, None, (4.0, 7), "reached"),
        ("pairs_met", 75, None, (None, 0), "not_known_yet"),
        ("pairs_met", 75, None, (None, 4), "withheld"),
    ],
)
def test_an_aim_whose_day_has_come_is_answered_by_its_figure(
    measure: AimMeasure,
    target: float,
    partly: float | None,
    value: tuple[float | None, int | None],
    answer: str,
) -> None:
    aim = CohortAim(text="", measure=measure, target=target, partly=partly)
    found = MeasuredValue(part=value[0], whole=value[1])
    assert answer_measured_aim(aim, MEASURES[measure], found, is_over=True) == answer


@pytest.mark.parametrize(
    ("reached", "unknown", "answer"),
    [
        (15, 5, "reached"),
        (14, 6, "not_known_yet"),
        (8, 6, "partly"),
        (7, 6, "not_known_yet"),
        (1, 6, "not_reached"),
    ],
)
def test_a_share_is_answered_only_if_what_is_unknown_of_it_does_not_matter(
    reached: int, unknown: int, answer: str
) -> None:
    aim = CohortAim(text="", measure="goals_reached", target=75)
    value = MeasuredValue(part=reached, whole=20, unknown=unknown)
    assert answer_measured_aim(aim, MEASURES["goals_reached"], value, is_over=True) == answer


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 60), st.floats(0, 100))
def test_more_of_a_share_never_makes_an_answer_worse(
    one: int, other: int, whole: int, target: float
) -> None:
    order = ["not_reached", "partly", "reached"]
    aim = CohortAim(text="", measure="pairs_met", target=target)
    answers = [
        answer_measured_aim(
            aim, MEASURES["pairs_met"], MeasuredValue(part=part, whole=whole), is_over=True
        )
        for part in sorted((min(one, whole), min(other, whole)))
    ]
    assert order.index(answers[0]) <= order.index(answers[1])
    assert (answers[1] == "reached") == (
        Fraction(100 * min(max(one, other), whole), whole) >= Fraction(str(target))
    )


def test_before_its_day_only_a_number_that_cannot_fall_is_answered() -> None:
    number = CohortAim(text="", measure="meetings_held", target=10)
    share = CohortAim(text="", measure="pairs_met", target=75)
    for aim, part, whole, answer in (
        (number, 10, None, "reached"),
        (number, 9, None, "not_known_yet"),
        (share, 4, 4, "not_known_yet"),
    ):
        value = MeasuredValue(part=part, whole=whole)
        assert answer_measured_aim(aim, MEASURES[aim.measure], value, is_over=False) == answer


def test_the_shipped_cohorts_aims_are_answered_with_their_evidence() -> None:
    told = {
        row["aim"]: (row["answer"], describe_evidence(row) if row["measure"] else "")
        for cohort in ("2026-spring", "2026-autumn")
        for row in build_report(SHIPPED, cohort, None, None, "public", today=TODAY).contents[
            "aims_answered"
        ]
    }
    assert told["Each mentee finishes one thing that somebody outside the pair can use."] == (
        "partly",
        "",
    )
    assert told["Nobody waits longer than a week for an answer from a coordinator."] == (
        "for_a_person",
        "",
    )
    assert told["At least two mentees come back as mentors."] == (
        # The last report is of 24 August, when the next cohort had not begun.
        "not_known_yet",
        "So far 0 mentees came back to be mentors; the target is at least 2 by 31 December 2026.",
    )
    assert told["Three out of four pairs finish together."][0] == "withheld"
    assert told["Nine out of ten check-ins come."][0] == "withheld"


@pytest.mark.parametrize(
    ("end", "answer"),
    [
        (date(2026, 2, 1), "for_a_person"),
        (date(2026, 6, 27), "for_a_person"),
        # A report to its last day also tells what a person said after that day.
        (TODAY, "partly"),
    ],
)
def test_a_persons_word_counts_from_its_day(end: date, answer: str) -> None:
    (row,) = _answered(SHIPPED, "2026-spring", CohortAim(text="A", outcome=SAID), end=end)
    assert row["answer"] == answer
    assert (row["outcome"] is not None) == (answer == "partly")


def test_an_aim_is_measured_on_its_own_day_and_not_later() -> None:
    aims = [
        CohortAim(text="A", measure="meetings_held", target=60, by=day)
        for day in (date(2026, 3, 31), date(2026, 6, 28))
    ]
    early, late = _answered(SHIPPED, "2026-spring", *aims)
    assert early["part"] < 60 <= late["part"]
    assert (early["answer"], early["on"], late["answer"]) == ("partly", "2026-03-31", "reached")


def test_an_aim_of_a_cohort_that_has_not_begun_is_not_known_yet() -> None:
    aim = CohortAim(text="A", measure="meetings_held", target=60)
    program = _with_aims(SHIPPED, "2026-autumn", aim)
    early = date(2026, 8, 1)
    pages = render_pages(
        program, early, "members", only=frozenset({"cohorts/2026-autumn/index.md"})
    )
    assert (
        "- A **Not known yet.** There is nothing to measure yet; the target is at least 60 by "
        "28 March 2027.\n"
    ) in pages["cohorts/2026-autumn/index.md"]


def test_mentees_return_as_mentors_of_a_cohort_that_begins_later() -> None:
    aim = CohortAim(text="A", measure="mentees_returned", target=2, by=TODAY)
    (row,) = _answered(SHIPPED, "2026-spring", aim)
    assert (row["part"], row["answer"]) == (2, "reached")
    (row,) = _answered(SHIPPED, "2026-autumn", aim)
    assert (row["part"], row["answer"]) == (0, "not_reached")
    (row,) = _answered(SHIPPED, "2026-spring", replace(aim, by=date(2026, 9, 6)))
    assert (row["part"], row["answer"]) == (0, "not_reached")


PREPARED = folder.MINIMAL["content/pairs/spring/ada-grace.yml"].replace(
    "set_on: 2026-01-20", "set_on: 2026-02-13"
)


@pytest.mark.parametrize(
    ("pair", "by", "expected"),
    [
        (PREPARED + "agreement: {agreed_on: 2026-02-13}\n", date(2026, 3, 1), (1, 1)),
        (PREPARED + "agreement: {agreed_on: 2026-02-14}\n", date(2026, 3, 1), (0, 1)),
        (PREPARED, date(2026, 3, 1), (0, 1)),
        (
            PREPARED.replace("02-13", "02-14") + "agreement: {agreed_on: 2026-02-13}\n",
            date(2026, 3, 1),
            (0, 1),
        ),
        # Its thirty days are over on 13 February: until then nobody could ask.
        (PREPARED + "agreement: {agreed_on: 2026-02-01}\n", date(2026, 2, 12), (None, 0)),
        (PREPARED + "agreement: {agreed_on: 2026-02-01}\n", date(2026, 2, 13), (1, 1)),
    ],
)
def test_pairs_are_prepared_that_have_agreement_and_goal_after_thirty_days(
    tmp_path: Path, pair: str, by: date, expected: tuple[int | None, int]
) -> None:
    files = folder.MINIMAL | {"content/pairs/spring/ada-grace.yml": pair}
    program = load(folder.write(tmp_path, files)).program
    aim = CohortAim(text="A", measure="pairs_prepared", target=100, by=by)
    (row,) = _answered(program, "spring", aim)
    assert (row["part"], row["whole"]) == expected


@pytest.mark.parametrize("measure", sorted(AIM_SHARES))
def test_a_share_of_few_people_and_its_answer_are_withheld_from_others(
    tmp_path: Path, measure: AimMeasure
) -> None:
    program = load(folder.write(tmp_path, folder.MINIMAL)).program
    aim = CohortAim(text="A", measure=measure, target=50, by=date(2026, 6, 1))
    (own,) = _answered(program, "spring", aim)
    (row,) = _answered(program, "spring", aim, end=None, audience="public")
    is_known = own["part"] is not None and own["unknown"] != own["whole"]
    if is_known:
        assert (row["answer"], row["part"]) == ("withheld", None)
        assert describe_evidence(row) == (
            "Not printed here, because people could be recognized by it."
        )
    else:
        # That there is nothing to withhold is withheld, too, where it would tell of answers.
        assert row["answer"] in (own["answer"], "withheld")


@pytest.mark.parametrize("cohort", ["2026-spring", "2026-autumn"])
@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_every_measure_has_a_value_and_a_sentence(cohort: str, measure: AimMeasure) -> None:
    (row,) = _answered(SHIPPED, cohort, CohortAim(text="A", measure=measure, target=1))
    sentence = describe_evidence(row)
    # Nobody is asked for the closing survey of autumn yet.
    is_open = (measure, cohort) != ("closing_surveys_answered", "2026-autumn")
    assert (row["part"] is not None) == is_open
    assert sentence[0].isupper() or sentence[0].isdigit()
    assert sentence.endswith(".")
    assert "{" not in sentence
    assert "nan" not in sentence


def test_a_percentage_has_decimals_where_these_decide_about_the_target() -> None:
    row = {
        "measure": "pairs_met",
        "answer": "partly",
        "part": 2,
        "whole": 3,
        "unknown": 0,
        "target": 67,
        "by": "2026-06-28",
        "on": "2026-06-28",
    }
    assert describe_evidence(row) == (
        "2 of 3 pairs met (66.67%); the target is at least 67% by 28 June 2026."
    )
    assert "(67%)" in describe_evidence(row | {"target": 60})
    assert "(67%)" in describe_evidence(row | {"target": 66.5})


def test_what_is_unknown_is_said_beside_the_share() -> None:
    row = {
        "measure": "goals_reached",
        "answer": "not_known_yet",
        "part": 14,
        "whole": 20,
        "unknown": 6,
        "target": 75,
        "by": "2026-06-28",
        "on": "2026-06-28",
    }
    assert describe_evidence(row) == (
        "14 of 20 goals reached the expected step or a better one (70%), and of 6 it is not "
        "known; the target is at least 75% by 28 June 2026."
    )


def test_the_report_and_the_cohorts_page_say_the_same_of_each_aim() -> None:
    report = report_as_markdown(
        build_report(SHIPPED, "2026-spring", None, None, "public", today=TODAY)
    )
    start = report.index("## What we set out to do")
    section = report[start : report.index("## Who took part")].strip()
    path = "cohorts/2026-spring/index.md"
    page = render_pages(SHIPPED, TODAY, "public", only=frozenset({path}))[path]
    for line in section.splitlines():
        head, _, date_ = line.partition(" (noor-openbench, ")
        assert head in page
        assert date_.rstrip(")") in page


def test_what_people_wrote_in_an_aim_stays_text_on_one_line() -> None:
    hostile = "x\n\n# <script>alert(1)</script> [x](javascript:y) {{ z }}"
    aim = CohortAim(text=hostile, outcome=replace(SAID, by=hostile, why=hostile))
    program = _with_aims(SHIPPED, "2026-spring", aim, hostile)
    report = build_report(program, "2026-spring", None, TODAY, "coordinators")
    path = "cohorts/2026-spring/index.md"
    page = render_pages(program, TODAY, "members", only=frozenset({path}))[path]
    for text in (report_as_html(report), report_as_markdown(report), page):
        assert "<script" not in text
        assert "[x](" not in text
        assert 'href="javascript' not in text
        assert "\n# <" not in text
        assert "<h1>&lt;script" not in text


def test_a_closing_survey_that_more_codes_answered_than_people_were_asked_is_not_known() -> None:
    aim = CohortAim(text="All answer.", measure="closing_surveys_answered", target=100)
    (one,) = [r for r in SHIPPED.responses if r.cohort == "2026-spring"][:1]
    again = tuple(replace(one, code=f"again-{number}") for number in range(20))
    assert any(answers.wave == "after" for answers in one.waves)
    program = replace(SHIPPED, responses=(*SHIPPED.responses, *again))
    (row,) = _answered(program, "2026-spring", aim)
    assert (row["answer"], row["part"], row["unknown"]) == ("not_known_yet", None, row["whole"])
    assert str(describe_evidence(row)).startswith("More codes answered than people were asked, so")
