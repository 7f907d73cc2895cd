"""Merging what somebody agrees to into the `consent` of their record, part by part.

A part that is answered anew gets the day of the answer under `since`, unless that is `given_on`.
When `given_on` itself becomes another day, the parts that it dated before keep their day under
`since`. An answer lifts the withdrawal of its own part alone.
"""

from collections.abc import Collection, Mapping
from typing import Any

from peerloom.model import CONSENT_PARTS, Audience, ConsentPart

_Consent = Mapping[str, Any]

# What can be ticked beside who may see somebody, by the word that stands for it in a form: the part
# of the consent, and what it then says.
AGREEMENTS: dict[str, tuple[ConsentPart, bool]] = {
    "quote": ("quote", True),
    "pictured": ("pictured", True),
    "uncounted": ("counted", False),
}


def is_show_withdrawn(consent: _Consent) -> bool:
    """Whether somebody withdrew who may see them, by itself or with everything."""
    withdrawn = consent.get("withdrawn") or {}
    return "show" in withdrawn or "everything" in withdrawn


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


def merge_agreements(consent: _Consent, ticked: Collection[str], day: str) -> dict[str, Any]:
    """The consent after somebody ticked some of `AGREEMENTS` on a day; the others stay."""
    merged = dict(consent)
    for word in AGREEMENTS.keys() & {*ticked}:
        part, value = AGREEMENTS[word]
        withdrawn = merged.get("withdrawn") or {}
        is_withdrawn = part in withdrawn or "everything" in withdrawn
        if merged.get(part) == value and not is_withdrawn:
            continue
        merged[part] = value
        merged["since"] = {**(merged.get("since") or {}), part: day}
        if day == merged["given_on"]:
            del merged["since"][part]
        if part != "counted":  # to be left out of figures withdraws nothing less
            merged["withdrawn"] = _lift_withdrawal(merged, part)
    return _without_empty(merged)


def _dated_parts(consent: _Consent) -> dict[str, str]:
    """The days of all parts that were answered or withdrawn, whether or not they are `given_on`."""
    since: dict[str, str] = consent.get("since") or {}
    given_on: str = consent.get("given_on", "")
    named = {*consent, *(consent.get("withdrawn") or {})}
    if "everything" in named:
        named |= {*CONSENT_PARTS}
    return {part: since.get(part, given_on) for part in CONSENT_PARTS if part in named}


def _lift_withdrawal(consent: _Consent, part: ConsentPart) -> dict[str, str]:
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
