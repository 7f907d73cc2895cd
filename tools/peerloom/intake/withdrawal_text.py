"""A participant's record after they withdrew something, and what they withdrew before."""

from datetime import date
from typing import cast

from peerloom.intake.record_text import edit_record_text, parse_record
from peerloom.model import Consent, ConsentPart


def find_withdrawal(consent: Consent, part: str) -> date | None:
    """The day on which a part, or `everything`, was withdrawn already; None where it was not."""
    if part == "everything":
        return consent.withdrawn.everything
    return consent.withdrawn.withdrawal_of(cast("ConsentPart", part))


def withdrawn_record_text(text: str, part: str, on: date) -> str:
    """The text of a participant's record with the day of a withdrawal; all else stays."""
    consent = parse_record(text)["consent"]
    withdrawn = {**(consent.get("withdrawn") or {}), part: on.isoformat()}
    return edit_record_text(text, {"consent": {**consent, "withdrawn": withdrawn}})
