"""The list of who needs a coordinator, whole, for programs; docs/attention.md lists its keys."""

import json
from collections import Counter
from typing import Any

from peerloom.records import Program
from peerloom.signals import Signal
from peerloom.signals.attention import Attention, Entry

_URGENCIES = {3: "today", 2: "week", 1: "watch"}


def attention_as_json(program: Program, attention: Attention) -> str:
    """JSON with every entry and every signal of it."""
    value = {
        "today": attention.today.isoformat(),
        "counts": _count_entries(attention),
        "entries": [_entry(program, entry) for entry in attention.entries],
        "cohorts": [_entry(program, entry) for entry in attention.cohort_entries],
        "quiet": [
            {
                "cohort": cohort.id,
                "all_quiet": cohort.is_quiet,
                "open_pairs": len(cohort.open_pairs),
                "quiet_pairs": list(cohort.quiet_pairs),
                "unknown_pairs": list(cohort.unknown_pairs),
            }
            for cohort in attention.watched
        ],
    }
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _count_entries(attention: Attention) -> dict[str, int]:
    counted = Counter(_URGENCIES[entry.urgency] for entry in attention.entries)
    return {urgency: counted[urgency] for urgency in _URGENCIES.values()}


def _entry(program: Program, entry: Entry) -> dict[str, Any]:
    first = entry.gravest
    pair = program.pairs.get((first.cohort, first.pair or ""))
    return {
        "about": entry.about,
        "cohort": first.cohort,
        "pair": first.pair,
        "circle": first.circle,
        "people": list(pair.people if pair else first.people),
        "urgency": _URGENCIES[entry.urgency],
        "next_step": first.next_step,
        "reasons": [_reason(signal) for signal in entry.signals],
    }


def _reason(signal: Signal) -> dict[str, Any]:
    return {
        "signal": signal.id,
        "cohort": signal.cohort,
        "pair": signal.pair,
        "circle": signal.circle,
        "people": list(signal.people),
        "urgency": _URGENCIES[signal.urgency],
        "since": signal.since.isoformat(),
        "said_on": signal.said_on.isoformat(),
        "why": signal.why,
        "next_step": signal.next_step,
    }
