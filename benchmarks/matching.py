"""How long matching takes at three sizes, against `mentor-match` and against a dense optimum.

Each size is measured in a process of its own: `python -m benchmarks.matching SIZE` and
`python -m benchmarks.matching mentor-match SIZE` write what they measured as JSON. All times are
the processor's, so that what else the machine does counts little; nothing here uses two cores.
"""

import importlib
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import log
from statistics import linear_regression
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from benchmarks import crowd
from peerloom.matching import propose as proposing
from peerloom.matching import shortlist
from peerloom.matching.arrays import Floats
from peerloom.matching.explanation import reasons
from peerloom.matching.proposal import Proposal, ProposedMatch
from peerloom.matching.propose import propose_matches
from peerloom.matching.scoring import Scorer, Weighting, mean_known
from peerloom.model import Participant

SIZES = ((500, 500), (1_000, 1_000), (2_500, 2_500))
EXPONENT = 1.3
# What mentor-match can do, and how many times as fast ours is to be at the last.
COMPARED, AS_FAST = (400, 1_000), 100
# A part of the dense optimum's sum that looking at fewer pairs may lose.
LOSS = 0.005
# So many matches are explained, to know what one takes.
EXPLAINED = 1_000
# The stages that are told apart, by the functions of the product that do them.
_STAGES: dict[str, tuple[tuple[object, str], ...]] = {
    "candidates": (
        (proposing, "Scorer"),
        (shortlist, "find_candidates"),
    ),
    "optimum": ((proposing, "solve_assignment"),),
}


@dataclass(slots=True)
class _Clock:
    """Seconds of the processor by stage. No stage may be within another."""

    seconds: dict[str, float] = field(default_factory=dict)

    def time_stage(self, stage: str, do: Callable[..., Any]) -> Callable[..., Any]:
        def run_timed(*arguments: Any, **named: Any) -> Any:
            begun = time.process_time()
            try:
                return do(*arguments, **named)
            finally:
                took = time.process_time() - begun
                self.seconds[stage] = self.seconds.get(stage, 0) + took

        return run_timed


def report() -> Iterator[str]:
    """A line for each size, one for the growth, one for each peer."""
    whole: dict[int, float] = {}
    for mentees, mentors in SIZES:
        took = _measure_apart(str(mentees), str(mentors))
        whole[mentees + mentors] = took["whole"]
        yield (
            f"match, {mentees:,} mentees and {mentors:,} mentors: candidates "
            f"{took['candidates']:.2f} s, optimum {took['optimum']:.2f} s, all of the proposal "
            f"{took['whole']:.2f} s, {took['matched']:,.0f} matched; an explanation "
            f"{1000 * took['explained'] / took['some']:.1f} ms, of all of them "
            f"{took['explained'] * took['matched'] / took['some']:.1f} s; peak memory "
            f"{took['memory'] / 1e9:.2f} GB"
        )
    logs = [(log(people), log(seconds)) for people, seconds in whole.items()]
    slope = linear_regression(*zip(*logs, strict=True)).slope
    yield f"match, growth with people: exponent {slope:.2f} (at most {EXPONENT})"
    yield from _compare_with_mentor_match()
    yield from _compare_with_dense(*SIZES[1])


def _measure_apart(*arguments: str) -> dict[str, float]:
    """What a process of its own measures."""
    command = [sys.executable, "-m", "benchmarks.matching", *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _measure_size(mentees: int, mentors: int) -> dict[str, float]:
    program = crowd.make_program(mentees, mentors)
    clock = _Clock()
    for stage, functions in _STAGES.items():
        for module, name in functions:
            setattr(module, name, clock.time_stage(stage, getattr(module, name)))
    whole = clock.time_stage("whole", propose_matches)
    proposal = whole(program, program.cohorts[crowd.COHORT], crowd.TODAY)
    clock.time_stage("explained", _explain_some)(proposal)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts it in kilobytes, macOS in bytes.
    memory *= 1 if sys.platform == "darwin" else 1024
    many = {"matched": len(proposal.matches), "some": len(_choose_explained(proposal))}
    return clock.seconds | many | {"memory": memory}


def _choose_explained(proposal: Proposal) -> tuple[ProposedMatch, ...]:
    """Matches spread evenly over all; each is explained by itself, so that some tell of all."""
    return proposal.matches[:: max(1, len(proposal.matches) // EXPLAINED)]


def _explain_some(proposal: Proposal) -> None:
    """Everything that is said of some matches: reasons, a sentence for the two, weekly times."""
    for match in _choose_explained(proposal):
        reasons.explain_match(proposal, match)
        reasons.summarize_for_pair(proposal, match)
        reasons.find_meeting_times(proposal, match)


def _compare_with_mentor_match() -> Iterator[str]:
    try:
        importlib.import_module("matching.process")
    except ImportError:
        yield "match, mentor-match is not installed here: pip install mentor-match"
        return
    for size in COMPARED:
        ours, theirs = (
            _measure_apart(str(size), str(size)),
            _measure_apart("mentor-match", str(size)),
        )
        wanted = f" (at least {AS_FAST})" if size == COMPARED[-1] else ""
        yield (
            f"match, {size:,} mentees and {size:,} mentors: mentor-match {theirs['whole']:.1f} s, "
            f"{theirs['whole'] / ours['whole']:.1f} times as long as ours{wanted}; as its optimum "
            f"alone {theirs['optimum']:.2f} s, {theirs['optimum'] / ours['optimum']:.1f} times ours"
        )


def _measure_mentor_match(size: int) -> dict[str, float]:
    """One round of mentor-match, by rules that look at what our score looks at, but no text."""
    process, rule = (importlib.import_module(f"matching.{n}") for n in ("process", "rules.rule"))
    sides: dict[str, list[Any]] = {"mentee": [], "mentor": []}
    for person in crowd.make_program(size, size).participants.values():
        role = person.cohorts[0].role
        sides[role].append(_convert_person(person, getattr(process, role.title())))
    rules = [
        rule.Disqualify(lambda m: not m.mentor.tongues & m.mentee.tongues),
        rule.Generic({True: 8, False: 0}, lambda m: bool(m.mentor.skills & m.mentee.skills)),
        rule.Generic({True: 2, False: 0}, lambda m: m.mentor.zone == m.mentee.zone),
        rule.Generic({True: 1, False: 0}, lambda m: bool(m.mentor.days & m.mentee.days)),
        rule.Grade(5, lambda gap, wanted: gap >= wanted, {True: 1, False: 0}),
    ]
    clock = _Clock()
    name = "calculate_matches"
    setattr(process, name, clock.time_stage("optimum", getattr(process, name)))
    clock.time_stage("whole", process.process_data)(sides["mentor"], sides["mentee"], [rules])
    return clock.seconds | {"matched": sum(bool(p.mentors) for p in sides["mentee"])}


def _convert_person(person: Participant, kind: Callable[..., Any]) -> Any:
    theirs = kind(
        grade=person.experience_years, email=person.id, organisation="", profession="", role=""
    )
    theirs.skills = {s.skill for s in (*person.skills_offered, *person.skills_wanted)}
    theirs.tongues, theirs.zone = set(person.languages), person.time_zone
    theirs.days = {free.day for free in person.availability}
    return theirs


def _compare_with_dense(mentees: int, mentors: int) -> Iterator[str]:
    """The greatest sum of scores, by all pairs and by the likeliest; and what is proposed."""
    program = crowd.make_program(mentees, mentors)
    proposal = propose_matches(program, program.cohorts[crowd.COHORT], crowd.TODAY)
    scorer = Scorer(proposal.applicants)
    numbers = np.arange(mentees), np.arange(mentors)
    begun = time.process_time()
    every = scorer.score_all(*numbers)
    scored = time.process_time() - begun
    weights = scorer.weighting.weights
    weighting = Weighting(weights, mean_known(every.criteria[every.is_allowed]))
    total = np.where(every.is_allowed, weighting.total(every.criteria), -1)
    values = total.reshape(mentees, mentors)
    capacities = [mentor.places for mentor in proposal.applicants.mentors]
    places = np.repeat(numbers[1], capacities)
    begun = time.process_time()
    dense = _find_best_sum(values[:, places])
    solved = time.process_time() - begun
    likely = shortlist.find_candidates(scorer, *numbers)
    few = np.full_like(values, -1)
    few[likely.seeker, likely.mentor] = values[likely.seeker, likely.mentor]
    sparse = _find_best_sum(few[:, places])
    yield (
        f"match, {mentees:,} mentees and {mentors:,} mentors: of {len(every.seeker):,} pairs all "
        f"scored in {scored:.2f} s and scipy's linear_sum_assignment in {solved:.2f} s, "
        f"{len(likely.seeker):,} are looked at, and lose {1 - sparse / dense:.2%} of the greatest "
        f"sum of scores (at most {LOSS:.1%})"
    )
    taken = sum(int(values[m.fit.seeker, m.fit.mentor]) for m in proposal.matches)
    yield (
        f"match, the proposal, which looks at the sum last, has {taken / dense:.2%} of the "
        f"greatest sum and matches {len(proposal.matches):,}"
    )


def _find_best_sum(values: Floats) -> int:
    """The greatest sum of an assignment in which what is below 0 counts nothing."""
    chosen = values[linear_sum_assignment(-np.maximum(values, 0))]
    return int(np.maximum(chosen, 0).sum())


def main() -> None:
    """Measures one thing, as the arguments say."""
    first, *others = sys.argv[1:]
    if first == "mentor-match":
        found = _measure_mentor_match(int(others[0]))
    else:
        found = _measure_size(int(first), int(others[0]))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
