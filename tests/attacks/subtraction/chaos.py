"""Generated programs, and what may happen to them, against a reader who keeps everything."""

from collections.abc import Iterator
from datetime import date
from itertools import count, islice

from attacks.attack import Attack, Outcome
from attacks.subtraction import attack_publications
from attacks.subtraction.generated import (
    CHANGES,
    forget,
    make_change_of_records,
    make_generated,
    withdraw,
)
from attacks.subtraction.publications import History, Publication, make_history, publish_all
from peerloom.progress.closed_dates import list_closed_dates
from peerloom.records import Program
from peerloom.report.suppression import Rules
from second_count.generating import COHORT, OVER

# A history takes about a second, and has twenty reports or more.
_TRIES_FOR_A_HISTORY = 10


def read_history(
    history: History, rules: Rules, *, is_kept: bool = True
) -> dict[str, tuple[Publication, ...]]:
    """What each kind of reader gets to read: members also read what is for everybody."""
    public = tuple(publish_all(history, "public", rules, is_kept=is_kept))
    members = tuple(publish_all(history, "members", rules, is_kept=is_kept))
    return {"public": public, "members": public + members}


def list_histories(program: Program) -> Iterator[tuple[str, History]]:
    """A generated program in many states, and with somebody who withdraws or is forgotten."""
    for name, change in CHANGES.items():
        yield name, make_history(change(program), COHORT, OVER)
    who, day = choose_person_and_day(program)
    for name, after in (
        ("somebody withdraws on the day of a report", withdraw(program, who)),
        ("somebody is forgotten", forget(program, who)),
    ):
        yield name, make_change_of_records(program, after, day, OVER)


def choose_person_and_day(program: Program) -> tuple[str, date]:
    """Somebody whom everybody may see, and the day on which a date in the middle closes."""
    closed = list_closed_dates(program, program.cohorts[COHORT], OVER)
    shown = (
        person.id
        for person, _ in program.members_of(COHORT)
        if person.consent and person.consent.show == "public"
    )
    return next(shown), closed[len(closed) // 2].closed_on


def run(tries: int, seed: int) -> Outcome:
    """Publishes one history of a generated program for each ten tries, and counts the reports."""
    histories = (
        (f"program {number}, {name}", history)
        for number in count(seed)
        for name, history in list_histories(make_generated(number))
    )
    read, failures = 0, []
    for name, history in islice(histories, max(1, tries // _TRIES_FOR_A_HISTORY)):
        for reader, publications in read_history(history, Rules()).items():
            read += len(publications)
            found = attack_publications(history.program, history.cohort, publications)
            failures += [f"{name}, {reader}: {each}" for each in found]
    return Outcome(tries=read, failures=tuple(failures))


ATTACK = Attack(name="subtraction", command="chaos", run=run, few=10)
