"""What became of a match, in the words of a sheet, as a pair's record says it."""

from datetime import date
from typing import Any

from peerloom.diagnostic import did_you_mean, quoted
from peerloom.intake import values
from peerloom.intake.columns import Entry
from peerloom.intake.notes import Note
from peerloom.intake.texts import folded, one_line
from peerloom.model import Cohort, EndReason, PairStatus

_STATUSES: dict[str, PairStatus] = {
    "": "active",
    "active": "active",
    "ongoing": "active",
    "in progress": "active",
    "matched": "active",
    "proposed": "proposed",
    "suggested": "proposed",
    "paused": "paused",
    "on hold": "paused",
    "completed": "completed",
    "complete": "completed",
    "graduated": "completed",
    "finished": "completed",
    "done": "completed",
    "not graduated": "ended_early",
    "not completed": "ended_early",
    "ended early": "ended_early",
    "ended": "ended_early",
    "stopped": "ended_early",
    "withdrew": "ended_early",
    "withdrawn": "ended_early",
    "dropped": "ended_early",
    "dropped out": "ended_early",
    "cancelled": "ended_early",
    "canceled": "ended_early",
}
# Words by which a reason in somebody's own sentence is known; the first that fits.
_REASONS: tuple[tuple[EndReason, tuple[str, ...]], ...] = (
    ("conduct", ("disqualified", "conduct", "harass", "banned")),
    ("no_reply_mentor", ("mentor did not", "mentor never", "mentor stopped", "no reply mentor")),
    ("no_reply_mentee", ("not engaged", "no reply", "did not reply", "unresponsive", "no show")),
    ("moved_or_changed_role", ("moved", "new job", "changed role", "changed job", "relocat")),
    ("poor_fit", ("fit", "mismatch", "did not get on")),
    ("time", ("time", "busy", "workload", "schedule")),
    ("goal_reached", ("goal reached", "reached the goal", "reached their goal")),
    ("program_fault", ("program fault", "our fault", "organizers")),
    ("other", ()),
)


def outcome_of(entry: Entry, cohort: Cohort, today: date, wrong: list[Note]) -> dict[str, Any]:
    """Status, days and reason as records have them. `wrong` is added to."""
    status = _STATUSES.get(folded(entry["status"]).replace("_", " "))
    if status is None:
        message = f"{quoted(one_line(entry['status']))} must be a word for what became of the pair"
        help_ = did_you_mean(folded(entry["status"]), _STATUSES) or (
            "such as active, completed, ended early, or nothing while it goes on"
        )
        wrong.append(entry.note("refused", "status", message, help_))
        return {}
    days = {}
    for name in ("started_on", "ended_on"):
        days[name] = values.day(entry[name])
        if entry[name] and days[name] is None:
            message = f"{quoted(one_line(entry[name]))} must be a date such as 2026-02-09"
            wrong.append(entry.note("refused", name, message))
    started = days["started_on"] or min(cohort.starts, today)
    outcome: dict[str, Any] = {"status": status}
    if status != "proposed":
        outcome["started_on"] = started.isoformat()
    if status in ("completed", "ended_early"):
        ended = days["ended_on"] or max(started, min(cohort.ends, today))
        outcome["ended_on"] = ended.isoformat()
        outcome["end_reason"] = _reason(entry["reason"]) if status == "ended_early" else "term_over"
        outcome["end_note"] = entry["reason"] or None
    return outcome


def _reason(text: str) -> EndReason:
    words = folded(text).replace("_", " ")
    for reason, _ in _REASONS:
        if words == reason.replace("_", " "):
            return reason
    found = (reason for reason, parts in _REASONS if any(part in words for part in parts))
    return next(found, "other")
