"""What a coordinator puts aside, added to the follow-up of a pair."""

from peerloom.intake.record_text import edit_record_text, new_record_text, parse_record
from peerloom.model import Pair, PutAside


def add_put_aside(text: str | None, pair: Pair, entry: PutAside) -> str:
    """Return the text of a pair's follow-up with one more entry; all else stays as it was written.

    `text` is what the file holds now, or None if there is none yet.
    """
    added = {
        "signal": entry.signal,
        "participant": entry.participant,
        "due": entry.due.isoformat() if entry.due else None,
        "on": entry.on.isoformat(),
        "reason": entry.reason,
        "by": entry.by,
    }
    own = {key: value for key, value in added.items() if value is not None}
    if text is None:
        return new_record_text(
            "follow-up", {"cohort": pair.cohort, "pair": pair.id, "entries": [own]}
        )
    return edit_record_text(text, {"entries": [*parse_record(text).get("entries", []), own]})
