"""What coordinators have put aside, so that it is not told to them again."""

from collections.abc import Iterator
from datetime import date

from peerloom.model import CheckIn, LastingSignal, PutAside
from peerloom.progress.calls import Ask
from peerloom.signals.signal import Observation, Stage, Subject


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


def list_open_calls(
    subject: Subject, signal: LastingSignal, ask: Ask
) -> Iterator[tuple[str, list[CheckIn]]]:
    """Each person with their calls of a kind that nobody has put aside, by the day they came."""
    for participant in subject.history.pair.people:
        put_aside = list_put_aside(subject, signal, participant)
        calls = [
            check_in
            for check_in, asks in subject.history.calls
            if check_in.participant == participant
            and ask in asks
            and not any(covers(entry, subject, check_in) for entry in put_aside)
        ]
        if calls:
            yield participant, calls


def observe_calls(
    subject: Subject, stage: Stage, participant: str, calls: list[CheckIn], why: str
) -> Observation:
    """What open calls of one person show: they began with the first, and the last is the newest."""
    return Observation(
        stage=stage,
        since=subject.history.day_known(calls[0]),
        said_on=subject.history.day_known(calls[-1]),
        why=why,
        people=(participant,),
    )
