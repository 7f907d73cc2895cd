"""Weights learned from what became of earlier pairs: when they are, and when they must not be."""

from dataclasses import fields, replace
from datetime import date
from random import Random
from typing import get_args

import numpy as np
import pytest

from peerloom.matching.criteria import CRITERIA
from peerloom.matching.learning import learn_weights, learned_as_text, learned_as_value
from peerloom.matching.learning.model import (
    OutcomeModel,
    bootstrap_interval,
    fit_present,
    fit_weights,
)
from peerloom.matching.learning.outcomes import Evidence, collect_evidence
from peerloom.matching.scoring import weights_array
from peerloom.model import (
    CheckIn,
    Cohort,
    Consent,
    Day,
    EndReason,
    FreeTime,
    MatchingSettings,
    Membership,
    Pair,
    Participant,
    Ratings,
    Settings,
    SkillLevel,
    Weights,
)
from peerloom.records import Program

TODAY = date(2026, 9, 1)
COHORTS = (
    Cohort(id="a", name="A", starts=date(2025, 1, 6), ends=date(2025, 6, 27)),
    Cohort(id="b", name="B", starts=date(2025, 7, 7), ends=date(2025, 12, 19)),
    Cohort(id="c", name="C", starts=date(2026, 1, 5), ends=date(2026, 6, 26)),
    Cohort(id="next", name="Next", starts=date(2026, 9, 7), ends=date(2027, 1, 29)),
)
NEXT = COHORTS[-1]
WORDS = [
    *("weaving", "glazing", "orienteering", "falconry", "beekeeping", "topiary", "juggling"),
    *("calligraphy", "forging", "astronomy", "rowing", "origami", "basketry", "mosaics"),
]
CRITERION_IDS = [criterion.id for criterion in CRITERIA]
# Weights that miss what drives the outcomes below.
UNSHARED = Weights(skills=1, goals=1, hours=1, closeness=4)


def weighted(weights: Weights) -> Cohort:
    return replace(NEXT, matching=MatchingSettings(weights=weights))


UNFIT = weighted(UNSHARED)


def skills(words: list[str]) -> tuple[SkillLevel, ...]:
    return tuple(SkillLevel(skill=word) for word in words)


def free(day: Day, first: int, hours: int) -> tuple[FreeTime, ...]:
    return (FreeTime(day=day, starts=f"{first:02}:00", ends=f"{first + hours:02}:00"),)


def person(id_: str, cohort: str, role: str, **more) -> Participant:
    return Participant(
        id=id_,
        name=id_.title(),
        cohorts=(Membership(cohort=cohort, role=role),),
        languages=("en",),
        consent=Consent(given_on=date(2025, 1, 2), show="members"),
        **more,
    )


def two(chance: Random, id_: str, cohort: str, shared: int, hours: int) -> list[Participant]:
    words = chance.sample(WORDS, 8)
    day: Day = chance.choice(get_args(Day))
    return [
        person(
            f"{id_}-mentor",
            cohort,
            "mentor",
            skills_offered=skills(words[:shared] + words[4 : 8 - shared]),
            availability=free(day, 8, 8),
            region=chance.choice(["Accra, Ghana", "Lomé, Togo"]),
        ),
        person(
            f"{id_}-mentee",
            cohort,
            "mentee",
            skills_wanted=skills(words[:4]),
            availability=free(day, 16 - hours, 6),
            region=chance.choice(["Kumasi, Ghana", "Kara, Togo"]),
        ),
    ]


def program(
    driver: str, pairs: int = 60, cohorts: tuple[str, ...] = ("a", "b", "c"), seed: int = 1
) -> Program:
    """Invented people whose pairs end well the likelier, the more of something they share."""
    chance = Random(seed)
    people: list[Participant] = []
    found: dict[tuple[str, str], Pair] = {}
    for n in range(pairs):
        cohort = cohorts[n % len(cohorts)]
        shared, hours = chance.randint(0, 4), chance.randint(0, 6)
        people += two(chance, f"p{n}", cohort, shared, hours)
        much = {"skills": shared / 4, "hours": hours / 6, "nothing": 0.5}[driver]
        is_well = chance.random() < (0.5 if much == 0.5 else 0.96 if much > 0.5 else 0.04)
        found[cohort, f"p{n}"] = Pair(
            id=f"p{n}",
            cohort=cohort,
            status="completed" if is_well else "ended_early",
            end_reason=None if is_well else "poor_fit",
            mentor=f"p{n}-mentor",
            mentee=f"p{n}-mentee",
        )
    for n in range(12):
        people += two(chance, f"new{n}", "next", chance.randint(0, 4), chance.randint(0, 6))
    return Program(
        settings=Settings(
            name="Invented",
            repository="invented/program",
            visibility="private",
            time_zone="UTC",
            languages=("en",),
        ),
        cohorts={cohort.id: cohort for cohort in COHORTS},
        participants={p.id: p for p in sorted(people, key=lambda p: p.id)},
        pairs=dict(sorted(found.items())),
    )


def share(weights: Weights, part: str) -> float:
    return getattr(weights, part) / weights_array(weights).sum()


@pytest.mark.parametrize("driver", ["skills", "hours"])
def test_what_drives_outcomes_counts_more_and_foretells_a_cohort_left_out(driver: str) -> None:
    found = learn_weights(program(driver, 120), UNFIT, TODAY)
    assert found.weights is not None
    assert share(found.weights, driver) > 3 * share(found.before, driver)
    assert 0 < found.interval[0] < found.gain < found.interval[1]
    assert (found.pairs, found.cohorts) == (120, ("a", "b", "c"))
    assert weights_array(found.weights).sum() == pytest.approx(
        weights_array(found.before).sum(), abs=0.1
    )


def test_random_outcomes_teach_nothing_and_the_interval_is_told() -> None:
    found = learn_weights(program("nothing"), NEXT, TODAY)
    assert found.weights is None
    assert found.interval is not None
    assert found.interval[0] < 0 < found.interval[1]
    low, high = (f"{v:+.3f}".replace("-", "−") for v in found.interval)
    assert found.refusal == (
        "learned weights must predict the outcomes of a cohort left out better than the present "
        f"ones do, and the interval of their gain, {low} to {high}, includes zero"
    )


@pytest.mark.parametrize(
    ("pairs", "cohorts", "text"),
    [
        (
            29,
            ("a", "b", "c"),
            "The weights of next stay as they are: 29 matched pairs with a known outcome must be "
            "at least 30: fewer say nothing about weights.\n"
            "  measured on 29 matched pairs with a known outcome of a, b, c\n",
        ),
        (
            40,
            ("b",),
            "The weights of next stay as they are: all 40 matched pairs with a known outcome are "
            "of one cohort, 'b', and must be of two at least: what one teaches must be tested on "
            "another.\n"
            "  measured on 40 matched pairs with a known outcome of b\n",
        ),
        (
            0,
            ("a",),
            "The weights of next stay as they are: 0 matched pairs with a known outcome must be "
            "at least 30: fewer say nothing about weights.\n"
            "  measured on 0 matched pairs with a known outcome of no cohort\n",
        ),
    ],
)
def test_too_little_is_refused_in_a_sentence(
    pairs: int, cohorts: tuple[str, ...], text: str
) -> None:
    found = learn_weights(program("hours", pairs, cohorts), NEXT, TODAY)
    assert learned_as_text(found) == text
    assert learned_as_value(found)["weights"] is None


def test_pairs_that_all_came_out_alike_teach_nothing() -> None:
    alike = program("hours", 40)
    pairs = {
        key: replace(pair, status="completed", end_reason=None) for key, pair in alike.pairs.items()
    }
    found = learn_weights(replace(alike, pairs=pairs), NEXT, TODAY)
    assert found.weights is None
    assert found.refusal == "all 40 matched pairs turned out alike, so there is nothing to learn"


def test_thirty_pairs_of_two_cohorts_are_measured() -> None:
    found = learn_weights(program("nothing", 30, ("a", "b")), NEXT, TODAY)
    assert found.gain is not None


def test_a_cohort_with_one_pair_is_left_out_as_any_other() -> None:
    few = program("hours", 40, ("a",))
    key, pair = next(iter(few.pairs.items()))
    moved = {k: p for k, p in few.pairs.items() if k != key}
    moved["b", pair.id] = replace(pair, cohort="b")
    people = {
        id_: replace(p, cohorts=(Membership(cohort="b", role=p.cohorts[0].role),))
        if id_ in pair.people
        else p
        for id_, p in few.participants.items()
    }
    found = learn_weights(replace(few, participants=people, pairs=moved), NEXT, TODAY)
    assert found.cohorts == ("a", "b")
    assert found.gain is not None


def test_the_same_seed_gives_the_same_whatever_the_order_of_records() -> None:
    one = program("hours", 60)
    other = replace(
        one,
        participants=dict(reversed(one.participants.items())),
        pairs=dict(reversed(one.pairs.items())),
    )
    first, again = learn_weights(one, UNFIT, TODAY), learn_weights(one, UNFIT, TODAY)
    assert first == again
    assert learned_as_text(learn_weights(other, UNFIT, TODAY)) == learned_as_text(first)


def test_another_seed_draws_another_interval_of_the_same_gain() -> None:
    one, other = (learn_weights(program("hours"), UNFIT, TODAY, seed=seed) for seed in (1, 2))
    assert one.gain == other.gain
    assert one.interval != other.interval
    assert one.interval == pytest.approx(other.interval, abs=0.05)


def test_the_interval_of_a_mean_is_near_the_one_of_students_t() -> None:
    values = np.random.default_rng(5).normal(0.1, 1, 400)
    half = 1.966 * values.std(ddof=1) / 20
    low, high = bootstrap_interval(values, 1, 4000)
    assert (low, high) == pytest.approx((values.mean() - half, values.mean() + half), abs=0.01)


@pytest.mark.parametrize("present", [Weights(**dict.fromkeys(CRITERION_IDS, v)) for v in (0, 100)])
def test_any_present_weights_lead_to_some_that_a_file_may_hold(present: Weights) -> None:
    found = learn_weights(program("hours", 90), weighted(present), TODAY)
    assert found.weights is not None
    values = weights_array(found.weights)
    assert 0 <= values.min() <= values.max() <= 100
    assert share(found.weights, "hours") > 0.3


@pytest.mark.parametrize(
    ("status", "reason", "rated", "outcome"),
    [
        ("completed", None, None, 1.0),
        ("ended_early", "goal_reached", None, 1.0),
        ("ended_early", "term_over", None, 1.0),
        ("ended_early", "poor_fit", None, 0.0),
        ("ended_early", "no_reply_mentee", None, 0.0),
        ("ended_early", None, None, 0.0),
        ("ended_early", "time", None, None),
        ("ended_early", "moved_or_changed_role", None, None),
        ("ended_early", "moved_or_changed_role", [(5, 4), (3, None)], 0.6875),
        ("completed", None, [(5, 5)], 1.0),
        ("completed", None, [(1, 1), (3, 3)], 0.625),
        ("ended_early", "poor_fit", [(3, 3)], 0.25),
        ("completed", None, [(None, None)], 1.0),
        ("active", None, [(5, 5)], None),
        ("proposed", None, None, None),
    ],
)
def test_an_outcome_is_the_mean_of_the_end_and_the_ratings(
    status: str, reason: EndReason | None, rated: list | None, outcome: float | None
) -> None:
    one = program("hours", 1)
    (key, pair), *_ = one.pairs.items()
    pair = replace(pair, status=status, end_reason=reason)
    answers = tuple(
        CheckIn(
            cohort=pair.cohort,
            pair=pair.id,
            due=date(2025, 3, 1),
            participant=who,
            answered_on=date(2025, 3, 2),
            ratings=Ratings(useful=useful, relationship=relationship),
        )
        for who, (useful, relationship) in zip(pair.people, rated or [], strict=False)
    )
    found = collect_evidence(
        replace(one, pairs={key: pair}, check_ins=answers), NEXT.matching, TODAY
    )
    assert found.outcome.tolist() == ([] if outcome is None else [outcome])


def test_who_did_not_rate_counts_as_those_whose_pair_ended_alike() -> None:
    two_pairs = program("hours", 2, ("a",))
    pairs = {k: replace(p, status="completed", end_reason=None) for k, p in two_pairs.pairs.items()}
    answer = CheckIn(
        cohort="a",
        pair="p0",
        due=date(2025, 3, 1),
        participant="p0-mentee",
        answered_on=date(2025, 3, 2),
        ratings=Ratings(useful=3),
    )
    rated = replace(two_pairs, pairs=pairs, check_ins=(answer,))
    assert collect_evidence(rated, NEXT.matching, TODAY).outcome.tolist() == [0.75, 0.75]


def test_a_rating_that_is_not_given_yet_is_not_known() -> None:
    one = program("hours", 1)
    answer = CheckIn(
        cohort="a",
        pair="p0",
        due=date(2025, 3, 1),
        participant="p0-mentee",
        answered_on=date(2027, 1, 1),
        ratings=Ratings(useful=3),
    )
    found = collect_evidence(replace(one, check_ins=(answer,)), NEXT.matching, TODAY)
    assert found.outcome[0] in (0.0, 1.0)


def test_a_team_is_one_match_and_two_peers_are_looked_at_from_both_sides() -> None:
    people = [
        person("ada", "a", "mentor", skills_offered=skills(["rowing"])),
        *(
            replace(
                person(id_, "a", "mentee", skills_wanted=skills(["rowing"])),
                cohorts=(Membership(cohort="a", role="mentee", team="boat"),),
            )
            for id_ in ("ben", "cem")
        ),
        person(
            "dan",
            "a",
            "either",
            skills_offered=skills(["forging"]),
            skills_wanted=skills(["rowing"]),
        ),
        person("eve", "a", "either", skills_wanted=skills(["forging"])),
    ]
    pairs = [
        Pair(id="ada-ben", cohort="a", status="completed", mentor="ada", mentee="ben", team="boat"),
        Pair(
            id="ada-cem", cohort="a", status="ended_early", mentor="ada", mentee="cem", team="boat"
        ),
        Pair(id="dan-eve", cohort="a", status="completed", peers=("dan", "eve")),
    ]
    found = collect_evidence(
        replace(
            program("hours", 1),
            participants={p.id: p for p in people},
            pairs={(p.cohort, p.id): p for p in pairs},
        ),
        NEXT.matching,
        TODAY,
    )
    assert found.outcome.tolist() == [0.5, 1.0]
    assert found.criteria[:, 0].tolist() == pytest.approx([1.0, 0.5])


def test_whom_somebody_named_counts_only_if_they_could_not_know_the_end() -> None:
    mentor = person("ada", "a", "mentor")
    mentee = person("ben", "a", "mentee", preferred=("ada",))
    other = person("eve", "a", "mentee", preferred=("nobody",))
    pairs = {
        ("a", id_): Pair(id=id_, cohort="a", status="completed", mentor="ada", mentee=id_)
        for id_ in ("ben", "eve")
    }
    again = replace(mentee, cohorts=(*mentee.cohorts, Membership(cohort="next", role="mentee")))
    for signed_up, expected in ((mentee, [1.0, 0.0]), (again, [0.0, 0.0])):
        people = {p.id: p for p in (mentor, signed_up, other)}
        these = replace(program("hours", 1), participants=people, pairs=pairs)
        parts = collect_evidence(these, NEXT.matching, TODAY).criteria
        assert parts[:, CRITERION_IDS.index("preference")].tolist() == expected


def test_who_has_left_since_still_counts_and_who_is_not_there_does_not() -> None:
    one = program("hours", 1)
    gone = {
        id_: replace(p, cohorts=(replace(p.cohorts[0], left_on=date(2025, 2, 1)),))
        for id_, p in one.participants.items()
    }
    assert len(collect_evidence(replace(one, participants=gone), NEXT.matching, TODAY)) == 1
    without = {id_: p for id_, p in one.participants.items() if id_ != "p0-mentor"}
    assert len(collect_evidence(replace(one, participants=without), NEXT.matching, TODAY)) == 0


def test_strongly_held_weights_are_the_present_ones() -> None:
    seen = collect_evidence(program("skills", 60), NEXT.matching, TODAY)
    present = weights_array(Weights()) / weights_array(Weights()).sum()
    held = fit_weights(seen, present, spread=3e-4)
    assert held.slopes / held.slopes.sum() == pytest.approx(present, abs=1e-3)
    assert held.log_losses(seen) == pytest.approx(
        fit_present(seen, present).log_losses(seen), abs=0.01
    )


def test_no_step_from_the_fitted_weights_lessens_what_they_are_fitted_to() -> None:
    seen = collect_evidence(program("hours", 60), NEXT.matching, TODAY)
    present = weights_array(Weights()) / weights_array(Weights()).sum()
    model = fit_weights(seen, present)
    best = penalized(seen, model, present)
    for n in range(len(model.slopes) + 1):
        for step in (-0.05, 0.05):
            slopes = model.slopes.copy()
            if n < len(slopes):
                slopes[n] = max(slopes[n] + step, 0)
            base = model.base + (step if n == len(slopes) else 0)
            assert penalized(seen, OutcomeModel(base, slopes), present) >= best - 1e-6


def penalized(seen: Evidence, model: OutcomeModel, present: np.ndarray) -> float:
    """Mean log-loss, and half the squared distance from the ray of the present weights."""
    along = max(0.0, float(model.slopes @ present / (present @ present)))
    off = model.slopes - along * present
    return float(model.log_losses(seen).mean() + off @ off / (2 * len(seen)))


def test_groups_are_judged_by_one_yardstick_and_small_ones_withheld() -> None:
    here = program("hours", 120)
    people = dict(here.participants)
    people["new0-mentee"] = replace(people["new0-mentee"], languages=("cy",))
    found = learn_weights(replace(here, participants=people), weighted(UNSHARED), TODAY)
    assert found.weights is not None
    by = {attribute.attribute: attribute for attribute in found.groups}
    assert [group.group for group in by["role"].groups] == ["mentee", "mentor"]
    # The one who speaks Welsh is hidden, and so are those from whom it could be subtracted.
    assert (by["first language"].groups, by["first language"].withheld) == ((), 2)
    mentees = by["role"].groups[0]
    assert mentees.people == 12
    assert mentees.score[1] > mentees.score[0]
    text = learned_as_text(found)
    assert "How groups of people would fare, by the learned weights in both cases:\n" in text
    assert (
        "    2 groups withheld, so that nobody can be identified in a group of fewer than five "
        "people\n" in text
    )
    value = learned_as_value(found)
    assert value["judged_by"] == "the learned weights"
    assert value["groups"]["first language"] == {"groups": [], "withheld": 2}
    assert value["weights"]["hours"] == found.weights.hours


def test_where_nobody_waits_no_group_fares_differently() -> None:
    here = program("hours", 90)
    people = {id_: p for id_, p in here.participants.items() if not id_.startswith("new")}
    found = learn_weights(replace(here, participants=people), UNFIT, TODAY)
    assert "nobody in this cohort is waiting" in learned_as_text(found)


def test_every_criterion_has_a_weight() -> None:
    assert [field.name for field in fields(Weights)] == CRITERION_IDS
