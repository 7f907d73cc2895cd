"""A participant's record after they withdrew something, and what they withdrew before."""

from datetime import date
from typing import Any, cast

from peerloom.intake.record_text import edit_record_text, parse_record
from peerloom.model import Consent, ConsentPart

# What holds of people who never said anything, so that they can withdraw it all the same.
_HELD_WITHOUT_CONSENT = ("everything", "counted")


def has_nothing_to_withdraw(consent: Consent | None, part: str) -> bool:
    """Whether somebody never agreed to a part: without their consent they are counted alone."""
    return consent is None and part not in _HELD_WITHOUT_CONSENT


def find_withdrawal(consent: Consent | None, part: str) -> date | None:
    """The day on which a part, or `everything`, was withdrawn already; None where it was not."""
    if consent is None:
        return None
    if part == "everything":
        return consent.withdrawn.everything
    return consent.withdrawn.withdrawal_of(cast("ConsentPart", part))


def withdrawn_record_text(text: str, part: str, on: date) -> str:
    """The text of a participant's record with the day of a withdrawal; all else stays.

    Who had agreed to nothing says on that day that only coordinators see them, as it was.
    """
    unsaid: dict[str, Any] = {"given_on": on.isoformat(), "show": "coordinators"}
    consent: dict[str, Any] = parse_record(text).get("consent") or unsaid
    withdrawn = {**(consent.get("withdrawn") or {}), part: on.isoformat()}
    return edit_record_text(text, {"consent": {**consent, "withdrawn": withdrawn}})
