"""Who needs a coordinator: each pair, circle and person once, with every reason for it."""

from collections.abc import Iterable

from peerloom.signals.signal import Signal

# The signals that come before all others, whatever these ask for: danger, then calls for help,
# then two people who should not go on with each other.
_GRAVITY = {"safety": 3, "support": 2, "excluded": 1, "fit": 1}


def sort_signals(found: Iterable[Signal]) -> tuple[Signal, ...]:
    """Signals with the gravest first, then the most urgent, then what was said last."""
    return tuple(sorted(found, key=_rank_signal))


def _rank_signal(signal: Signal) -> tuple[int, int, int, str, str, str, str]:
    place = (signal.cohort, signal.pair or "", signal.circle or "", signal.id)
    return (-_GRAVITY.get(signal.id, 0), -signal.urgency, -signal.said_on.toordinal(), *place)
