"""Merging what somebody agrees to into the `consent` of their record, part by part.

A part that is answered anew gets the day of the answer under `since`, unless that is `given_on`.
When `given_on` itself becomes another day, the parts that it dated before keep their day under
`since`. An answer lifts the withdrawal of its own part alone.
"""

from collections.abc import Mapping
from typing import Any

from peerloom.model import CONSENT_PARTS, Audience

_Consent = Mapping[str, Any]

# What each further part says of somebody who never answered.
_UNANSWERED: Mapping[str, bool] = {"quote": False, "pictured": False, "counted": True}


def is_show_withdrawn(consent: _Consent) -> bool:
    """Whether somebody withdrew who may see them, by itself or with everything."""
    return _is_withdrawn(consent, "show")


def held_audience(consent: _Consent) -> Audience:
    """Who may see somebody as it holds: coordinators alone once that is withdrawn."""
    shown_to: Audience = consent["show"]
    return "coordinators" if is_show_withdrawn(consent) else shown_to


def merge_shown_audience(consent: _Consent, answer: _Consent) -> dict[str, Any]:
    """The consent after an answer of another day about who may see somebody."""
    since = _dated_parts(consent)
    since.pop("show", None)
    lifted = _lift_withdrawal(consent, "show")
    return _without_empty({**consent, **answer, "since": since, "withdrawn": lifted})


def merge_own_agreements(
    consent: _Consent, agreements: Mapping[str, bool], day: str
) -> dict[str, Any]:
    """The consent after what its own person says of further parts on a day."""
    merged = dict(consent)
    for part, value in agreements.items():
        if merged.get(part, _UNANSWERED[part]) != value or (value and _is_withdrawn(merged, part)):
            merged = _answer_part(merged, part, value, day)
            if value:
                merged["withdrawn"] = _lift_withdrawal(merged, part)
    return _without_empty(merged)


def merge_sheet_agreements(
    consent: _Consent, agreements: Mapping[str, bool], day: str
) -> dict[str, Any]:
    """The consent after what a sheet says of further parts, with answers of a day.

    A first answer is taken. After that a no withdraws what was agreed to by that day, and a yes
    changes nothing.
    """
    merged = dict(consent)
    for part, value in agreements.items():
        given_on = (merged.get("since") or {}).get(part, merged["given_on"])
        if _is_withdrawn(merged, part):
            continue
        if part not in merged and value != _UNANSWERED[part]:
            merged = _answer_part(merged, part, value, day)
        elif merged.get(part) and not value and given_on <= day:
            merged["withdrawn"] = {**(merged.get("withdrawn") or {}), part: day}
    return _without_empty(merged)


def _answer_part(consent: _Consent, part: str, value: bool, day: str) -> dict[str, Any]:
    since = {**(consent.get("since") or {}), part: day}
    if day == consent["given_on"]:
        del since[part]
    return {**consent, part: value, "since": since}


def _is_withdrawn(consent: _Consent, part: str) -> bool:
    withdrawn = consent.get("withdrawn") or {}
    return part in withdrawn or "everything" in withdrawn


def _dated_parts(consent: _Consent) -> dict[str, str]:
    """The days of all parts that were answered or withdrawn, whether or not they are `given_on`."""
    since: dict[str, str] = consent.get("since") or {}
    given_on: str = consent.get("given_on", "")
    named = {*consent, *(consent.get("withdrawn") or {})}
    if "everything" in named:
        named |= {*CONSENT_PARTS}
    return {part: since.get(part, given_on) for part in CONSENT_PARTS if part in named}


def _lift_withdrawal(consent: _Consent, part: str) -> dict[str, str]:
    """What stays withdrawn when a part is given again: of everything, all other parts."""
    withdrawn: dict[str, str] = dict(consent.get("withdrawn") or {})
    if "everything" in withdrawn:
        day = withdrawn.pop("everything")
        withdrawn = {each: withdrawn.get(each, day) for each in CONSENT_PARTS}
    withdrawn.pop(part, None)
    return withdrawn


def _without_empty(consent: dict[str, Any]) -> dict[str, Any]:
    """The consent without groups in which nothing is left."""
    empty = [key for key in ("since", "withdrawn") if key in consent and not consent[key]]
    return {key: value for key, value in consent.items() if key not in empty}
