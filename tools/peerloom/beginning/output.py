"""A beginning in words, for a terminal."""

from collections.abc import Iterator

from peerloom.beginning.plan import Beginning
from peerloom.beginning.reasons import PairOrCircle
from peerloom.diagnostic import quoted
from peerloom.model import Circle, Pair
from peerloom.records import Program
from peerloom.text.codes import code_in_words
from peerloom.text.dates import full_date
from peerloom.text.names import people_names
from peerloom.text.phrases import count_noun, join_words

# A cohort of thousands is counted and not listed.
_MOST_LISTED = 60


def describe_beginning(beginning: Beginning, program: Program) -> Iterator[str]:
    """Yield a line for each pair and circle that begins, is renamed or has begun before."""
    if beginning.records:
        day, cohort = full_date(beginning.day), quoted(beginning.cohort.id)
        yield f"to begin in {cohort} on {day}: {count_records(beginning.records)}"
        yield from _limited([f"  {_name(record, program)}" for record in beginning.records])
    yield from _limited(
        [
            f"  {old_id} is renamed to {renaming.new_id}, and its old address leads on"
            for old_id, renaming in beginning.renamings.items()
        ]
    )
    yield from _limited(
        [
            f"  {record.id} is left as it is: {_say_since(record)}"
            for record in beginning.running
            if record.id not in beginning.renamings
        ]
    )


def describe_refusals(beginning: Beginning) -> Iterator[str]:
    """Yield what cannot begin, and why."""
    for path, reasons in beginning.refused.items():
        yield f"{path} cannot begin:"
        yield from (f"  {reason}" for reason in reasons)


def count_records(records: tuple[PairOrCircle, ...]) -> str:
    """`39 pairs`, or `39 pairs and 2 circles`."""
    pairs = sum(isinstance(record, Pair) for record in records)
    circles = sum(isinstance(record, Circle) for record in records)
    counts = [count_noun(pairs, "pair")] if pairs or not circles else []
    return join_words([*counts, count_noun(circles, "circle")] if circles else counts)


def _name(record: PairOrCircle, program: Program) -> str:
    if isinstance(record, Pair):
        return f"{people_names(program.participants, record.people)} ({record.id})"
    return f"{record.name} ({record.id})"


def _say_since(record: PairOrCircle) -> str:
    since = f" since {full_date(record.started_on)}" if record.started_on else ""
    return f"it is {code_in_words(record.status)}{since}"


def _limited(lines: list[str]) -> list[str]:
    left_out = len(lines) - _MOST_LISTED
    return lines if left_out <= 0 else [*lines[:_MOST_LISTED], f"  and {left_out:,} more"]
