"""Programs made up at random for the attacker, and what may happen to each of them."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from attacks.subtraction.publications import History, make_history
from peerloom.model import Audience, CheckIn, Participant
from peerloom.program import load
from peerloom.records import Program
from second_count.generating import COHORT, make_program

Change = Callable[[Program], Program]


def make_generated(seed: int) -> Program:
    """A program with one cohort, `COHORT`, whose people agreed to be shown to different readers."""
    with TemporaryDirectory() as folder:
        make_program(Path(folder), seed)
        program = load(Path(folder)).program
    chance = random.Random(seed)
    shown: tuple[Audience, ...] = ("public", "members", "coordinators")
    return _change_people(
        program, lambda person: _show_to(person, chance.choices(shown, (8, 1, 1))[0])
    )


def hide_all_but_one(program: Program) -> Program:
    """Everybody is for coordinators alone, but the first who takes part."""
    first = min(person.id for person, _ in program.members_of(COHORT))
    return _change_people(
        program, lambda each: _show_to(each, "public" if each.id == first else "coordinators")
    )


def make_unanimous(program: Program) -> Program:
    """Everybody gives the best rating."""
    return replace(program, check_ins=tuple(_rate_best(each) for each in program.check_ins))


def leave_one_pair(program: Program) -> Program:
    """The cohort has no other pair than its first."""
    first = min(key for key in program.pairs if key[0] == COHORT)
    return replace(
        program,
        pairs={key: pair for key, pair in program.pairs.items() if key == first},
        check_ins=tuple(each for each in program.check_ins if each.pair == first[1]),
    )


def leave_three_people(program: Program) -> Program:
    """The cohort is of three people, of whom two are a pair."""
    alone = leave_one_pair(program)
    pair = next(iter(alone.pairs.values()))
    others = [who for who in sorted(alone.participants) if who not in pair.people]
    kept = {*pair.people, *others[:1]}
    people = {id_: each for id_, each in alone.participants.items() if id_ in kept}
    return replace(alone, participants=people)


def leave_one_answer_a_month(program: Program) -> Program:
    """Of the check-ins of each month only the first came."""
    first: dict[tuple[int, int], CheckIn] = {}
    for each in sorted(program.check_ins, key=program.counts_from):
        day = program.counts_from(each)
        first.setdefault((day.year, day.month), each)
    return replace(program, check_ins=tuple(first.values()))


def withdraw(program: Program, who: str) -> Program:
    """The program after a person has said that they do not want to be shown any more."""
    return _change_people(
        program, lambda each: _show_to(each, "coordinators") if each.id == who else each
    )


def forget(program: Program, who: str) -> Program:
    """The program after a person is forgotten: without what they wrote, and hidden."""
    check_ins = tuple(each for each in program.check_ins if each.participant != who)
    return withdraw(replace(program, check_ins=check_ins), who)


def reach_all_goals(program: Program) -> Program:
    """Every goal went as well as can be, each time that somebody said so."""
    check_ins = tuple(
        replace(each, goals=tuple(replace(progress, level=2) for progress in each.goals))
        for each in program.check_ins
    )
    return replace(program, check_ins=check_ins)


def call_once(program: Program) -> Program:
    """Every mentor asks for help in the first check-in, and nobody does afterwards."""
    first: dict[str, CheckIn] = {}
    for each in sorted(program.check_ins, key=program.counts_from):
        first.setdefault(each.participant, each)
    asking = [each for who, each in first.items() if who.startswith("mentor")]
    check_ins = tuple(
        replace(each, support_wanted=each in asking, support_note=None)
        for each in program.check_ins
    )
    return replace(program, check_ins=check_ins)


CHANGES: dict[str, Change] = {
    "as it is": lambda program: program,
    "everybody hidden but one": hide_all_but_one,
    "everybody of one opinion": make_unanimous,
    "one pair": leave_one_pair,
    "three people": leave_three_people,
    "one answer a month": leave_one_answer_a_month,
    "all goals reached": reach_all_goals,
    "help asked for once": call_once,
}


def make_change_of_records(before: Program, after: Program, since: date, until: date) -> History:
    """The history of records that are other ones since a day, as if they had always been."""
    history = make_history(before, COHORT, until)
    return replace(history, read_on=lambda day: after if day >= since else before)


def _change_people(program: Program, change: Callable[[Participant], Participant]) -> Program:
    people = {id_: change(each) for id_, each in sorted(program.participants.items())}
    return replace(program, participants=people)


def _show_to(person: Participant, audience: Audience) -> Participant:
    return (
        replace(person, consent=replace(person.consent, show=audience))
        if person.consent
        else person
    )


def _rate_best(check_in: CheckIn) -> CheckIn:
    if check_in.ratings is None:
        return check_in
    return replace(check_in, ratings=replace(check_in.ratings, useful=5))
