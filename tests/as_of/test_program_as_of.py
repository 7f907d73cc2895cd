"""A program as of a day: each record is in the state that its dates give it."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from peerloom.as_of import program_as_of
from peerloom.audience import visible_program
from peerloom.model import (
    Agreement,
    AimOutcome,
    Break,
    CheckIn,
    Circle,
    CircleMeeting,
    Cohort,
    CohortAim,
    Completion,
    CoordinatorNote,
    Event,
    Goal,
    GoalProgress,
    Match,
    Membership,
    Pair,
    Participant,
    Pause,
    Response,
    Settings,
    Stay,
    Story,
    WaveAnswers,
)
from peerloom.program import load
from peerloom.records import FactDay, Program

SHIPPED = load(Path(__file__).parents[2]).program
COHORT = Cohort(id="c", name="C", starts=date(2026, 1, 5), ends=date(2026, 6, 30))


def day(month: int, day_of_month: int) -> date:
    return date(2026, month, day_of_month)


def program_with(*records: Pair | Circle | Participant, **more: object) -> Program:
    """A program of one cohort with these records, whose newest day is 1 July."""
    note = CoordinatorNote(on=day(7, 1), text="closed")
    people = {
        "zoe": Participant(id="zoe", name="Zoe", cohorts=(), coordinator_notes=(note,)),
    }
    people |= {r.id: r for r in records if isinstance(r, Participant)}
    return Program(
        settings=Settings(
            name="P", repository="a/b", visibility="private", time_zone="UTC", languages=("en",)
        ),
        cohorts={"c": COHORT},
        participants=people,
        pairs={(r.cohort, r.id): r for r in records if isinstance(r, Pair)},
        circles={(r.cohort, r.id): r for r in records if isinstance(r, Circle)},
        **more,  # type: ignore[arg-type]
    )


def pair_with(**fields: object) -> Pair:
    values: dict[str, object] = {"status": "active", "started_on": day(2, 1)} | fields
    return Pair(id="a-b", cohort="c", mentor="a", mentee="b", **values)  # type: ignore[arg-type]


def pair_on(pair: Pair, day: date, **more: object) -> Pair | None:
    return program_as_of(program_with(pair, **more), day).pairs.get(("c", "a-b"))


def status_on(pair: Pair, day: date, **more: object) -> str:
    found = program_as_of(program_with(pair, **more), day)
    if found.undated:
        return "not known"
    return found.pairs[("c", "a-b")].status if found.pairs else "not yet"


def test_the_shipped_spring_cohort_has_seven_active_pairs_and_two_goals_on_1_february() -> None:
    spring = program_as_of(SHIPPED, date(2026, 2, 1)).pairs_of("2026-spring")
    assert [pair.status for pair in spring] == ["active"] * 7
    assert sum(len(pair.goals) for pair in spring) == 2


def test_a_program_as_of_today_holds_what_its_records_say() -> None:
    later = program_as_of(SHIPPED, date(2026, 11, 28))
    assert later == replace(SHIPPED, records_day=later.records_day)


@pytest.mark.parametrize("first", [date(2026, 11, 28), date(2026, 7, 1), date(2026, 3, 20)])
def test_rewinding_twice_gives_what_rewinding_once_gives(first: date) -> None:
    for days in range(0, 330, 11):
        earlier = min(first, date(2026, 1, 2) + timedelta(days=days))
        twice = program_as_of(program_as_of(SHIPPED, first), earlier)
        assert twice == program_as_of(SHIPPED, earlier)


DATED = pair_with(
    status="completed",
    match=Match(on=day(1, 20)),
    ended_on=day(5, 31),
    pauses=(Pause(starts=day(3, 2), ends=day(3, 8)),),
)


@pytest.mark.parametrize(
    ("on", "status"),
    [
        (day(1, 19), "not yet"),
        (day(1, 20), "proposed"),
        (day(1, 31), "proposed"),
        (day(2, 1), "active"),
        (day(3, 1), "active"),
        (day(3, 2), "paused"),
        (day(3, 8), "paused"),
        (day(3, 9), "active"),
        (day(5, 30), "active"),
        (day(5, 31), "completed"),
        (day(9, 9), "completed"),
    ],
)
def test_a_pair_has_the_status_that_its_dates_give_it(on: date, status: str) -> None:
    assert status_on(DATED, on) == status


def test_a_pair_exists_from_the_day_it_was_proposed_before_that_of_its_match() -> None:
    pair = replace(DATED, proposed_on=day(1, 10))
    assert [status_on(pair, on) for on in (day(1, 9), day(1, 10))] == ["not yet", "proposed"]


def test_a_pair_without_a_proposal_exists_from_its_start() -> None:
    assert [status_on(pair_with(), on) for on in (day(1, 31), day(2, 1))] == ["not yet", "active"]


def test_a_pair_that_is_to_begin_later_is_proposed_from_the_day_of_the_records() -> None:
    pair = pair_with(started_on=day(8, 1))
    assert [status_on(pair, on) for on in (day(6, 30), day(7, 1), day(8, 1))] == [
        "not yet",
        "proposed",
        "active",
    ]


def test_a_proposed_pair_is_proposed_on_every_day_from_its_proposal() -> None:
    pair = pair_with(status="proposed", started_on=None, proposed_on=day(3, 1))
    assert [status_on(pair, on) for on in (day(2, 28), day(3, 1), day(12, 1))] == [
        "not yet",
        "proposed",
        "proposed",
    ]


def test_a_pause_without_an_end_goes_on_until_the_pair_ends() -> None:
    pair = pair_with(status="ended_early", ended_on=day(6, 1), pauses=(Pause(starts=day(3, 1)),))
    days = (day(2, 28), day(3, 1), day(5, 31), day(6, 1))
    assert [status_on(pair, on) for on in days] == ["active", "paused", "paused", "ended_early"]


def test_a_pause_that_is_over_leaves_a_pair_active_whatever_its_record_says() -> None:
    pair = pair_with(status="paused", pauses=(Pause(starts=day(3, 1), ends=day(3, 9)),))
    assert status_on(pair, day(3, 10)) == "active"


def test_what_is_said_about_the_end_of_a_pair_is_not_there_before() -> None:
    pair = replace(
        DATED, end_reason="term_over", end_note="fine", answers={"advice": "Start small."}
    )
    before, after = pair_on(pair, day(5, 30)), pair_on(pair, day(5, 31))
    assert before and after
    assert (before.ended_on, before.end_reason, before.end_note, before.answers) == (
        None,
        None,
        None,
        {},
    )
    assert after == pair


def test_agreements_goals_and_stories_of_later_days_are_left_out() -> None:
    pair = replace(
        DATED,
        agreement=Agreement(agreed_on=day(2, 10)),
        goals=(
            Goal(id="g", title="G", set_on=day(2, 12)),
            Goal(id="h", title="H", set_on=day(4, 1)),
        ),
        stories=(Story(by="a", text="Good.", on=day(6, 3)),),
    )
    early, late = pair_on(pair, day(2, 9)), pair_on(pair, day(2, 12))
    assert early and late
    assert (early.agreement, early.goals, early.stories) == (None, (), ())
    assert late.agreement is not None
    assert ([goal.id for goal in late.goals], late.stories) == (["g"], ())
    assert pair_on(pair, day(6, 3)) == pair


def answer(received: date, **fields: object) -> CheckIn:
    return CheckIn(
        cohort="c",
        pair="a-b",
        due=day(2, 15),
        participant="a",
        answered_on=day(2, 14),
        received_on=received,
        **fields,  # type: ignore[arg-type]
    )


def test_a_check_in_is_there_from_the_day_on_which_it_was_received() -> None:
    program = program_with(pair_with(), check_ins=(answer(day(2, 20)),))
    assert program_as_of(program, day(2, 19)).check_ins == ()
    assert program_as_of(program, day(2, 20)).check_ins == program.check_ins


def test_a_goal_without_a_day_stands_from_the_day_on_which_a_check_in_names_it() -> None:
    pair = pair_with(goals=(Goal(id="g", title="G"),))
    answers = (answer(day(2, 20), goals=(GoalProgress(goal="g", level=0),)),)
    program = program_with(pair, check_ins=answers)
    before, after = (program_as_of(program, on) for on in (day(2, 19), day(2, 20)))
    assert (before.pairs["c", "a-b"].goals, before.undated_goals["c", "a-b"]) == ((), pair.goals)
    assert (after.pairs["c", "a-b"].goals, dict(after.undated_goals)) == (pair.goals, {})


def test_facts_without_a_day_hold_from_the_newest_day_in_the_records() -> None:
    pair = pair_with(goals=(Goal(id="g", title="G"),), ends_on=day(12, 31))
    before, after = (program_as_of(program_with(pair), on) for on in (day(6, 30), day(7, 1)))
    assert (before.pairs["c", "a-b"].goals, before.undated_goals["c", "a-b"]) == ((), pair.goals)
    assert after.pairs["c", "a-b"].goals == pair.goals


def test_a_pair_that_is_paused_on_unknown_days_is_not_known_before_the_records_are() -> None:
    pair = pair_with(status="paused")
    days = (day(1, 31), day(3, 1), day(7, 1))
    assert [status_on(pair, on) for on in days] == ["not yet", "not known", "paused"]


def test_a_pair_without_any_date_is_over_from_the_day_after_its_planned_end() -> None:
    pair = pair_with(status="completed", started_on=None)
    assert status_on(pair, day(6, 30)) == "not known"
    assert status_on(pair, day(7, 1)) == "completed"


def test_an_active_pair_without_a_start_has_begun_by_its_planned_end() -> None:
    pair = pair_with(started_on=None, ends_on=day(4, 30))
    days = (day(4, 30), day(5, 1))
    assert [status_on(pair, on) for on in days] == ["not known", "active"]


def test_a_pair_whose_end_is_dated_is_over_from_that_day_without_a_start() -> None:
    pair = pair_with(status="completed", started_on=None, ended_on=day(3, 3))
    assert [status_on(pair, on) for on in (day(3, 2), day(3, 3))] == ["not known", "completed"]


def test_days_from_git_date_what_a_record_does_not() -> None:
    pair = pair_with(status="completed", started_on=None, goals=(Goal(id="g", title="G"),))
    path = "content/pairs/c/a-b.yml"
    days = {
        (path, "proposed"): FactDay(day=day(1, 10), is_exact=True),
        (path, "started"): FactDay(day=day(2, 2), is_exact=True),
        (path, "ended"): FactDay(day=day(4, 4), is_exact=True),
        (path, "goal g"): FactDay(day=day(3, 3), is_exact=True),
    }
    on = (day(1, 9), day(1, 10), day(2, 2), day(4, 4))
    assert [status_on(pair, each, fact_days=days) for each in on] == [
        "not yet",
        "proposed",
        "active",
        "completed",
    ]
    found = pair_on(pair, day(4, 4), fact_days=days)
    assert found and (found.started_on, found.ended_on, found.goals[0].set_on) == (
        day(2, 2),
        day(4, 4),
        day(3, 3),
    )


def test_a_day_that_git_knows_only_as_the_latest_is_no_yes_or_no_before() -> None:
    pair = pair_with(status="proposed", started_on=None)
    days = {("content/pairs/c/a-b.yml", "proposed"): FactDay(day=day(2, 2), is_exact=False)}
    assert [status_on(pair, on, fact_days=days) for on in (day(2, 1), day(2, 2))] == [
        "not known",
        "proposed",
    ]


def person_with(**fields: object) -> Participant:
    return Participant(id="a", name="A", **fields)  # type: ignore[arg-type]


def person_on(person: Participant, on: date, **more: object) -> Participant:
    return program_as_of(program_with(person, **more), on).participants["a"]


def test_training_and_notes_of_later_days_are_left_out() -> None:
    person = person_with(
        cohorts=(),
        training=(Completion(module="m", completed_on=day(2, 2)),),
        coordinator_notes=(CoordinatorNote(on=day(2, 2), text="called"),),
    )
    before = person_on(person, day(2, 1))
    assert (before.training, before.coordinator_notes) == ((), ())
    assert person_on(person, day(2, 2)) == person


def test_somebody_who_joins_later_is_not_there_yet() -> None:
    person = person_with(cohorts=(Membership(cohort="c", role="mentor", joined=day(3, 1)),))
    assert person_on(person, day(2, 28)).cohorts == ()
    assert person_on(person, day(3, 1)).cohorts == person.cohorts


def test_somebody_who_is_to_join_later_is_there_from_the_day_of_the_records() -> None:
    person = person_with(cohorts=(Membership(cohort="c", role="mentor", joined=day(9, 1)),))
    assert person_on(person, day(6, 30)).cohorts == ()
    assert person_on(person, day(7, 1)) == person


def test_somebody_who_signed_up_on_no_given_day_is_there_before_the_cohort_starts() -> None:
    person = person_with(cohorts=(Membership(cohort="c", role="mentor"),))
    assert person_on(person, date(2025, 12, 1)) == person


def test_an_applicant_has_only_applied_until_the_day_of_the_decision() -> None:
    part = Membership(
        cohort="c",
        role="mentor",
        state="declined",
        applied_on=day(1, 5),
        decided_on=day(1, 9),
        state_reason="full",
    )
    person = person_with(cohorts=(part,))
    assert person_on(person, day(1, 4)).cohorts == ()
    applied = replace(part, state="applied", decided_on=None, state_reason=None)
    assert person_on(person, day(1, 8)).cohorts == (applied,)
    assert person_on(person, day(1, 9)).cohorts == (part,)


def test_a_decision_without_a_day_is_not_known_before_the_records_are() -> None:
    person = person_with(cohorts=(Membership(cohort="c", role="mentor", state="waiting"),))
    before = program_as_of(program_with(person), day(6, 30))
    assert (before.participants["a"].cohorts, before.undated) == ((), (person,))
    assert person_on(person, day(7, 1)) == person


def test_a_break_is_there_from_the_day_on_which_git_first_shows_it() -> None:
    person = person_with(cohorts=(), paused_until=day(5, 5))
    first = {("content/participants/a.yml", "break"): FactDay(day=day(4, 4), is_exact=True)}
    before = person_on(person, day(4, 3), fact_days=first)
    assert (before.paused_until, before.breaks) == (None, ())
    during = person_on(person, day(4, 4), fact_days=first)
    assert (during.paused_until, during.breaks) == (
        day(5, 5),
        (Break(starts=day(4, 4), ends=day(5, 5)),),
    )


def test_a_break_without_a_first_day_takes_it_from_the_break_that_ends_with_it() -> None:
    own = (Break(starts=day(4, 4), ends=day(5, 5)),)
    person = person_with(cohorts=(), paused_until=day(5, 5), breaks=own)
    assert person_on(person, day(4, 3)) == replace(person, paused_until=None)
    assert person_on(person, day(4, 4)) == person


def circle_with(**fields: object) -> Circle:
    values: dict[str, object] = {
        "status": "active",
        "started_on": day(2, 1),
        "members": ("a", "b"),
    } | fields
    return Circle(id="t", cohort="c", kind="circle", name="T", **values)  # type: ignore[arg-type]


def circle_on(circle: Circle, on: date) -> Circle | None:
    return program_as_of(program_with(circle), on).circles.get(("c", "t"))


def test_a_circle_has_the_status_and_the_meetings_of_the_day() -> None:
    circle = circle_with(
        status="completed",
        proposed_on=day(1, 15),
        ended_on=day(5, 1),
        end_note="fine",
        meetings=(CircleMeeting(on=day(2, 5)), CircleMeeting(on=day(3, 5))),
    )
    assert circle_on(circle, day(1, 14)) is None
    shown = [circle_on(circle, on) for on in (day(1, 15), day(2, 5), day(4, 30), day(5, 1))]
    assert [(c and c.status, c and len(c.meetings)) for c in shown] == [
        ("proposed", 0),
        ("active", 1),
        ("active", 2),
        ("completed", 2),
    ]
    assert shown[2] and (shown[2].end_note, shown[2].ended_on) == (None, None)
    assert shown[3] == circle


def test_a_circle_has_the_people_of_the_day() -> None:
    circle = circle_with(
        facilitators=("f",),
        stays=(
            Stay(participant="b", joined_on=day(3, 1)),
            Stay(participant="f", joined_on=day(2, 2)),
            Stay(participant="gone", left_on=day(4, 1)),
        ),
    )
    people = [
        (c.facilitators, c.members)
        for c in (circle_on(circle, on) for on in (day(2, 1), day(3, 1), day(4, 1)))
        if c
    ]
    assert people == [
        ((), ("a", "gone")),
        (("f",), ("a", "b", "gone")),
        (("f",), ("a", "b")),
    ]


def test_a_circle_without_a_start_has_begun_by_its_first_meeting() -> None:
    circle = circle_with(started_on=None, meetings=(CircleMeeting(on=day(2, 5)),))
    before = program_as_of(program_with(circle), day(2, 4))
    assert (dict(before.circles), before.undated) == ({}, (circle,))
    after = circle_on(circle, day(2, 5))
    assert after and after.status == "active"


def test_nobody_has_come_to_an_event_before_its_day() -> None:
    event = Event(
        id="e", title="E", kind="social", on=day(3, 3), setting="online", attended=("zoe",)
    )
    program = program_with(events={"e": event})
    assert program_as_of(program, day(3, 2)).events["e"] == replace(event, attended=())
    assert program_as_of(program, day(3, 3)).events["e"] == event


def test_answers_to_a_survey_are_there_from_the_day_of_each_wave() -> None:
    waves = (
        WaveAnswers(wave="before", answered_on=day(1, 9)),
        WaveAnswers(wave="after", answered_on=day(6, 9)),
    )
    response = Response(survey="s", cohort="c", code="x", waves=waves)
    program = program_with(responses=(response,))
    assert program_as_of(program, day(1, 8)).responses == ()
    assert program_as_of(program, day(1, 9)).responses == (replace(response, waves=waves[:1]),)
    assert program_as_of(program, day(6, 9)).responses == (response,)


def test_what_a_person_said_of_an_aim_is_there_from_its_day() -> None:
    outcome = AimOutcome(answer="partly", on=day(6, 30), by="noor", why="I saw it.")
    aim = CohortAim(text="Everybody learns.", outcome=outcome)
    cohort = replace(COHORT, aims=("Nobody waits.", aim))
    program = replace(program_with(), cohorts={"c": cohort})
    earlier = replace(cohort, aims=("Nobody waits.", replace(aim, outcome=None)))
    assert program_as_of(program, day(6, 29)).cohorts["c"] == earlier
    assert program_as_of(program, day(6, 30)).cohorts["c"] is cohort


def test_dates_before_the_cohort_are_taken_as_they_are() -> None:
    pair = pair_with(started_on=date(2025, 11, 1))
    assert status_on(pair, date(2025, 11, 1)) == "active"


def test_records_that_nothing_dates_hold_on_every_day() -> None:
    pair = pair_with(status="proposed", started_on=None)
    program = replace(program_with(pair), participants={})
    assert program_as_of(program, date(1980, 1, 1)).pairs == program.pairs


def test_a_record_in_the_wrong_place_keeps_its_path() -> None:
    pair = replace(DATED)
    program = program_with(pair, moved={"content/pairs/c/elsewhere.yml": pair})
    found = program_as_of(program, day(3, 1))
    assert found.path(found.pairs["c", "a-b"]) == "content/pairs/c/elsewhere.yml"


def test_no_audience_sees_records_that_are_not_known_of_a_day() -> None:
    pair = pair_with(status="paused", goals=(Goal(id="g", title="G"),))
    found = program_as_of(program_with(pair), day(3, 1))
    assert found.undated == (pair,)
    seen = visible_program(found, "public")
    assert (seen.undated, dict(seen.undated_goals)) == ((), {})
