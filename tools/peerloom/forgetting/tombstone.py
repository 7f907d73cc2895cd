"""What is kept of somebody who was forgotten: a record that says nothing but in what they counted.

Others' records name them, so something must bear an id. It is the next of `forgotten-1`,
`forgotten-2` and so on, which says nothing about the person.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from peerloom.rules.tombstones import KEPT_OF_A_PART, TOMBSTONE_ID

TOMBSTONE_NAME = "Somebody who was forgotten"


def next_tombstone_id(taken: Iterable[str]) -> str:
    """Return the id for the next person who is forgotten; `taken` are the ids of all people."""
    numbers = [int(match[1]) for match in map(TOMBSTONE_ID.fullmatch, taken) if match]
    return f"forgotten-{max(numbers, default=0) + 1}"


def tombstone_values(
    person: dict[str, Any], id_: str, today: date, running: Iterable[str]
) -> dict[str, Any]:
    """Return the record that takes the place of a person's record.

    They leave the cohorts that are `running` today, if they have not left before.
    """
    still_open = frozenset(running)
    consent = _kept_consent(person.get("consent"))
    return {
        "id": id_,
        "name": TOMBSTONE_NAME,
        "cohorts": [_kept_part(part, today, still_open) for part in person.get("cohorts", ())],
        **({"consent": consent} if consent else {}),
        "forgotten_on": today.isoformat(),
    }


def _kept_consent(consent: Any) -> dict[str, Any] | None:
    """Return what keeps somebody out of figures who is not to be counted; None for all others."""
    if not isinstance(consent, dict):
        return None
    since, withdrawn = consent.get("since") or {}, consent.get("withdrawn") or {}
    days = [day for day in (withdrawn.get("counted"), withdrawn.get("everything")) if day]
    if consent.get("counted", True) and not days:
        return None
    kept = {"given_on": consent.get("given_on"), "show": "coordinators"}
    kept |= {"counted": consent["counted"]} if "counted" in consent else {}
    # What was said again after everything was withdrawn did not change what holds.
    is_later = bool(days) and "counted" in since and since["counted"] > min(days)
    kept |= {"since": {"counted": since["counted"]}} if "counted" in since and not is_later else {}
    return kept | ({"withdrawn": {"counted": min(days)}} if days else {})


def _kept_part(part: dict[str, Any], today: date, running: frozenset[str]) -> dict[str, Any]:
    kept = {key: part[key] for key in KEPT_OF_A_PART if key in part}
    if part.get("cohort") in running and str(part.get("joined", "")) <= today.isoformat():
        kept.setdefault("left_on", today.isoformat())
    return kept
