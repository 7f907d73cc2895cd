"""What a report tells coordinators of who signed up: where they stand, and who told them of it."""

from collections import Counter
from datetime import date
from typing import Any

from peerloom.model import Audience, Cohort
from peerloom.progress.selection import STANDINGS, SignedUp, list_signed_up
from peerloom.records import Program


def show_signed_up(
    program: Program, cohort: Cohort, day: date, audience: Audience
) -> dict[str, Any]:
    """How many people stand where, and how many named each source, as a report holds them.

    For others than coordinators it is empty. A source counts each person once, and its spellings
    that differ in capital letters are one.
    """
    if audience != "coordinators":
        return {}
    by_state = list_signed_up(program, cohort, day)
    everybody = [each for state in STANDINGS for each in by_state[state]]
    sources = _count_sources(everybody)
    return {
        **{state: len({each.person.id for each in by_state[state]}) for state in STANDINGS},
        "sources": sources,
        "people": len({each.person.id for each in everybody}),
    }


def _count_sources(everybody: list[SignedUp]) -> list[dict[str, Any]]:
    """How many people named each source, the most named first, each in its usual spelling."""
    by_person = {
        each.person.id: each.part.source for each in reversed(everybody) if each.part.source
    }
    spellings: dict[str, Counter[str]] = {}
    for source in by_person.values():
        folded = " ".join(source.casefold().split())
        spellings.setdefault(folded, Counter())[source] += 1
    counted = [
        (-counts.total(), min(counts, key=lambda source: (-counts[source], source)))
        for counts in spellings.values()
    ]
    return [{"source": source, "people": -people} for people, source in sorted(counted)]
