"""What coordinators have put aside, so that it is not told to them again."""

from datetime import date

from peerloom.model import CheckIn, LastingSignal, PutAside
from peerloom.signals.signal import Subject


def list_put_aside(
    subject: Subject, signal: LastingSignal, participant: str
) -> tuple[PutAside, ...]:
    """The entries by which a signal about something that a participant said was put aside.

    An entry without a participant is about both. The first comes first.
    """
    pair = subject.history.pair
    record = subject.program.follow_ups.get((pair.cohort, pair.id))
    entries = record.entries if record else ()
    return tuple(
        sorted(
            (
                entry
                for entry in entries
                if entry.signal == signal and entry.participant in (None, participant)
            ),
            key=lambda entry: (entry.on, entry.due or date.max),
        )
    )


def covers(entry: PutAside, subject: Subject, check_in: CheckIn) -> bool:
    """Whether an entry is about what a check-in says: it had come, and is not for a later date."""
    had_come = subject.history.day_known(check_in) <= entry.on
    return had_come and (entry.due is None or check_in.due <= entry.due)
