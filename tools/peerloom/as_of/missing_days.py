"""Which facts of a program's records lack the day on which they came about."""

from collections.abc import Iterator
from dataclasses import dataclass

from peerloom.as_of.people import decision_fact
from peerloom.model import Circle, Pair, Participant, Record
from peerloom.records import Program

Keys = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingDay:
    """A fact without a day: the name that `Program.fact_days` has for it, and the lacking key.

    `keys` lead to the value that the day is about, and `key` is what belongs beside it.
    """

    record: Record
    fact: str
    keys: Keys
    key: str


def find_missing_days(program: Program) -> Iterator[MissingDay]:
    """The facts whose day is in no record, in the order of the records."""
    for person in program.participants.values():
        yield from _missing_of_person(person)
    for pair in program.pairs.values():
        yield from _missing_of_pair(pair)
    for circle in program.circles.values():
        yield from _missing_of_circle(circle)


def _missing_of_person(person: Participant) -> Iterator[MissingDay]:
    for index, part in enumerate(person.cohorts):
        if part.state not in (None, "applied") and part.decided_on is None:
            yield MissingDay(
                record=person,
                fact=decision_fact(part),
                keys=("cohorts", index, "state"),
                key="decided_on",
            )
    if person.paused_until and not any(b.ends == person.paused_until for b in person.breaks):
        yield MissingDay(record=person, fact="break", keys=("paused_until",), key="breaks")


def _missing_of_pair(pair: Pair) -> Iterator[MissingDay]:
    yield from _missing_of_both(pair, is_proposed_on=pair.match and pair.match.on)
    if pair.status == "paused" and not pair.pauses:
        yield MissingDay(record=pair, fact="paused", keys=("status",), key="pauses")
    for index, goal in enumerate(pair.goals):
        if goal.set_on is None:
            keys = ("goals", index)
            yield MissingDay(record=pair, fact=f"goal {goal.id}", keys=keys, key="set_on")
    for index, story in enumerate(pair.stories):
        if story.on is None:
            yield MissingDay(
                record=pair, fact=f"story {story.by}", keys=("stories", index), key="on"
            )


def _missing_of_circle(circle: Circle) -> Iterator[MissingDay]:
    yield from _missing_of_both(circle)


def _missing_of_both(
    record: Pair | Circle, *, is_proposed_on: object = None
) -> Iterator[MissingDay]:
    def missing(fact: str) -> MissingDay:
        return MissingDay(record=record, fact=fact, keys=("status",), key=f"{fact}_on")

    if not (record.proposed_on or record.started_on or is_proposed_on):
        yield missing("proposed")
    if record.started_on is None and record.status != "proposed":
        yield missing("started")
    if record.ended_on is None and record.status in ("completed", "ended_early"):
        yield missing("ended")
