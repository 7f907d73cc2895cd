"""What a report keeps back below coordinators, in cohorts where little would tell of a person."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import folder
from peerloom.audience import includes
from peerloom.model import AUDIENCES, Audience
from peerloom.program import load
from peerloom.records import Program
from peerloom.report import WindowError, build_report
from peerloom.report.suppression import NO_RULES, find_source_audience

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)
BELOW: tuple[Audience, ...] = ("public", "members")
FIRST, SECOND = date(2026, 1, 26), date(2026, 2, 9)
FIRST_CLOSED, SECOND_CLOSED = date(2026, 2, 1), date(2026, 2, 15)
AT_END = date(2026, 8, 1)

# Words of the program, days, and what a program decides about itself: nobody is behind these.
NO_FIGURES = {
    *("program", "cohort", "name", "audience", "aims", "from", "to", "asked_from", "asked_to"),
    *("closes", "covers", "provenance", "withheld", "ratings_by"),
    "aims_answered",  # read from the other figures
    "questions",  # each of them says who may see its answers
    "pairs_in_detail",  # what members see of each pair
}


def list_leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The figures of a report, each with its keys and points between them."""
    if not isinstance(value, Mapping) or {*value} == {"from", "to"}:
        yield path, value
        return
    for key, each in value.items():
        yield from list_leaves(each, f"{path}.{key}" if path else key)


def make_program(
    root: Path,
    pairs: int,
    *,
    hidden: int = 0,
    rating: int = 4,
    extra: Mapping[str, str] | None = None,
) -> Program:
    """A cohort of pairs who all give one rating on the first two dates; the first are hidden."""
    files = {
        path: text
        for path, text in folder.MINIMAL.items()
        if "/pairs/" not in path and "/participants/" not in path and "/check-ins/" not in path
    }
    for number in range(pairs):
        mentor, mentee = f"mentor-{number}", f"mentee-{number}"
        for place, (who, role) in enumerate(((mentor, "mentor"), (mentee, "mentee"))):
            show = "coordinators" if 2 * number + place < hidden else "public"
            files[f"content/participants/{who}.yml"] = (
                f"id: {who}\nname: Person {who}\ncohorts:\n  - cohort: spring\n    role: {role}\n"
                f"consent: {{given_on: 2026-01-02, show: {show}}}\n"
            )
        files[f"content/pairs/spring/{mentor}-{mentee}.yml"] = (
            f"id: {mentor}-{mentee}\ncohort: spring\nmentor: {mentor}\nmentee: {mentee}\n"
            "status: active\nstarted_on: 2026-01-14\n"
        )
        for due in (FIRST, SECOND):
            for who in (mentor, mentee):
                path = f"content/check-ins/spring/{mentor}-{mentee}/{due}-{who}.yml"
                files[path] = make_check_in(f"{mentor}-{mentee}", who, due, rating)
    return load(folder.write(root, files | dict(extra or {}))).program


def make_check_in(
    pair: str, who: str, due: date, rating: int, answered_on: date | None = None
) -> str:
    day = answered_on or due
    return (
        f"cohort: spring\npair: {pair}\ndue: {due}\nparticipant: {who}\nanswered_on: {day}\n"
        f"met: true\nmeetings: [{{on: {due}, minutes: 45}}]\n"
        f"ratings: {{useful: {rating}, relationship: {rating}}}\n"
    )


def show(program: Program, audience: Audience, today: date, **more: Any) -> dict[str, Any]:
    return build_report(program, "spring", None, None, audience, today=today, **more).contents


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("cohort", ["2026-spring", "2026-autumn"])
def test_every_figure_says_which_fields_it_is_made_from(cohort: str, audience: Audience) -> None:
    told = build_report(load(ROOT).program, cohort, None, None, audience, today=TODAY).contents
    figures = {key: value for key, value in told.items() if key not in NO_FIGURES}
    for path, _value in list_leaves(figures):
        assert find_source_audience(path) in AUDIENCES, path


@pytest.mark.parametrize("audience", BELOW)
def test_before_the_end_no_figure_is_told_that_is_made_from_what_the_reader_may_not_see(
    audience: Audience,
) -> None:
    told = build_report(load(ROOT).program, "2026-autumn", None, None, audience, today=TODAY)
    under_a_date_or_wave_of_their_own = {"ratings", "surveys"}
    ours = NO_FIGURES | under_a_date_or_wave_of_their_own
    figures = {key: value for key, value in told.contents.items() if key not in ours}
    told_all_the_same = [
        path
        for path, value in list_leaves(figures)
        if value not in (None, {}) and not includes(audience, find_source_audience(path))
    ]
    # It counts the pairs whose records lack a date.
    assert [path for path in told_all_the_same if path != "pairs.not_known"] == []
    assert told.later


@pytest.mark.parametrize("pairs", [1, 2])
@pytest.mark.parametrize("audience", BELOW)
def test_a_cohort_of_one_pair_or_two_publishes_nothing_that_was_said_in_confidence(
    tmp_path: Path, pairs: int, audience: Audience
) -> None:
    told = show(make_program(tmp_path, pairs), audience, AT_END)
    assert [(row["useful"], row["relationship"]) for row in told["ratings"]] == [(None, None)] * 2
    assert told["support"] == {"asked": None, "people": None}
    assert told["ended_early"] is None
    assert told["check_ins"]["received"] is None


def test_a_cohort_of_three_publishes_no_rating(tmp_path: Path) -> None:
    third = {
        "content/participants/one-more.yml": "id: one-more\nname: One More\ncohorts:\n"
        "  - cohort: spring\n    role: mentor\nconsent: {given_on: 2026-01-02, show: public}\n"
    }
    told = show(make_program(tmp_path, 1, extra=third), "members", AT_END)
    assert told["participants"]["people"] == 3
    assert {row["useful"] for row in told["ratings"]} == {None}


@pytest.mark.parametrize("audience", BELOW)
@pytest.mark.parametrize(
    ("hidden", "covers", "people"),
    [
        (0, "everybody", 12),
        (1, "members", 11),
        (4, "members", 8),
        (5, "everybody", 12),
        (11, "everybody", 12),
    ],
)
def test_figures_are_about_everybody_only_where_none_or_five_are_hidden(
    tmp_path: Path, audience: Audience, hidden: int, covers: str, people: int
) -> None:
    told = show(make_program(tmp_path, 6, hidden=hidden), audience, AT_END)
    assert (told["covers"], told["participants"]["people"]) == (covers, people)


@pytest.mark.parametrize(("hidden", "is_told"), [(0, True), (6, False)])
def test_members_are_not_told_how_pairs_stand_that_they_cannot_see(
    tmp_path: Path, hidden: int, is_told: bool
) -> None:
    told = show(make_program(tmp_path, 6, hidden=hidden), "members", AT_END)
    assert told["covers"] == "everybody"
    assert (told["pairs"]["active"] is not None) == is_told
    assert (told["goals"]["by_level"] is not None) == is_told


@pytest.mark.parametrize(
    ("rating", "printed"),
    [(5, {"from": 4.5, "to": 5.0}), (1, {"from": 1.0, "to": 1.5}), (3, 3.0)],
)
def test_where_all_are_of_one_opinion_its_end_of_the_scale_is_a_range(
    tmp_path: Path, rating: int, printed: Any
) -> None:
    told = show(make_program(tmp_path, 6, rating=rating), "public", AT_END)
    assert told["ratings"][0]["useful"] == printed


def test_an_answer_that_comes_late_changes_no_published_rating(tmp_path: Path) -> None:
    late = "content/check-ins/spring/mentor-0-mentee-0/2026-01-26-mentee-0.yml"
    answer = make_check_in("mentor-0-mentee-0", "mentee-0", FIRST, 1, answered_on=SECOND)
    program = make_program(tmp_path, 6, rating=3, extra={late: answer})
    before = show(program, "public", FIRST_CLOSED)["ratings"]
    after = show(program, "public", SECOND_CLOSED)["ratings"]
    assert [row["useful_people"] for row in after] == [11, 12]
    assert after[:1] == before
    (own, _) = show(program, "coordinators", SECOND_CLOSED)["ratings"]
    assert own["useful_people"] == 12


def test_between_two_closed_dates_one_answer_changes_nothing(tmp_path: Path) -> None:
    program = make_program(tmp_path, 6)
    days = [date(2026, 2, day) for day in range(1, 15)]
    told = [show(program, "public", day) for day in days]
    assert all(contents == told[0] for contents in told)
    assert told[0]["to"] == str(FIRST)


@pytest.mark.parametrize("who", ["mentor-3", "mentee-5"])
def test_who_withdraws_on_the_day_of_a_report_changes_nothing_that_was_published(
    tmp_path: Path, who: str
) -> None:
    program = make_program(tmp_path, 6, rating=3)
    published = show(program, "public", FIRST_CLOSED)
    person = program.participants[who]
    assert person.consent is not None
    hidden = replace(person, consent=replace(person.consent, show="coordinators"))
    changed = replace(program, participants={**program.participants, who: hidden})
    told = show(changed, "public", SECOND_CLOSED, kept=[published])
    assert told["ratings"][:1] == published["ratings"]
    assert told["ratings"][1]["useful_people"] == 10
    assert told["participants"]["people"] == 11


def test_a_rating_stays_published_of_a_date_whose_answers_are_all_gone(tmp_path: Path) -> None:
    program = make_program(tmp_path, 6, rating=3)
    published = show(program, "public", FIRST_CLOSED)
    gone = tuple(each for each in program.check_ins if each.due != FIRST)
    told = show(replace(program, check_ins=gone), "public", SECOND_CLOSED, kept=[published])
    assert [row["due"] for row in told["ratings"]] == [str(FIRST), str(SECOND)]
    assert told["ratings"][0] == published["ratings"][0]


def test_a_day_that_is_not_closed_is_refused_with_those_that_are(tmp_path: Path) -> None:
    program = make_program(tmp_path, 1)
    with pytest.raises(WindowError, match="26 January 2026 or 9 February 2026"):
        build_report(program, "spring", None, date(2026, 2, 14), "public", today=SECOND_CLOSED)
    with pytest.raises(WindowError, match="nothing is published yet"):
        build_report(program, "spring", None, None, "members", today=date(2026, 1, 31))


@pytest.mark.parametrize(("asking", "told"), [(1, None), (4, None), (5, 5), (7, 7), (8, None)])
def test_how_many_asked_for_help_is_told_once_where_five_did_and_five_did_not(
    tmp_path: Path, asking: int, told: int | None
) -> None:
    asked = {}
    for number in range(asking):
        role = ("mentor", "mentee")[number % 2]
        who, pair = f"{role}-{number // 2}", f"mentor-{number // 2}-mentee-{number // 2}"
        text = make_check_in(pair, who, FIRST, 3) + "support_wanted: true\n"
        asked[f"content/check-ins/spring/{pair}/{FIRST}-{who}.yml"] = text
    program = make_program(tmp_path, 6, extra=asked)
    assert show(program, "members", FIRST_CLOSED)["support"] == {"asked": None, "people": None}
    assert show(program, "members", AT_END)["support"] == {"asked": None, "people": told}
    assert show(program, "coordinators", AT_END)["support"]["people"] == asking


@pytest.mark.parametrize(
    ("reasons", "is_told"),
    [
        (("moved",) * 6, False),
        (("moved",) * 3 + ("too_busy",) * 3, True),
        (("moved",) * 5 + ("too_busy",), False),
        ((), False),
    ],
)
def test_why_pairs_ended_is_told_where_each_of_two_reasons_is_that_of_five_people(
    tmp_path: Path, reasons: tuple[str, ...], is_told: bool
) -> None:
    program = make_program(tmp_path, 10)
    pairs = dict(program.pairs)
    for key, reason in zip(program.pairs, reasons, strict=False):
        ended = {"status": "ended_early", "ended_on": SECOND, "end_reason": reason}
        pairs[key] = replace(pairs[key], **ended)
    program = replace(program, pairs=pairs)
    assert show(program, "members", SECOND_CLOSED)["ended_early"] is None
    assert (show(program, "members", AT_END)["ended_early"] is not None) == is_told


def test_without_the_rules_a_report_tells_each_rating(tmp_path: Path) -> None:
    program = make_program(tmp_path, 1, rating=5)
    told = show(program, "public", date(2026, 1, 28), rules=NO_RULES)
    assert [row["useful"] for row in told["ratings"]] == [5.0]
