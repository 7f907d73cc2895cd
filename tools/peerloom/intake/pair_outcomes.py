"""Reading what became of a match from a sheet, by the keys of a pair's record."""

from datetime import date
from typing import Any

from peerloom.diagnostic import did_you_mean, quoted
from peerloom.intake.cleaning import fold_text, single_line
from peerloom.intake.result import ImportNote
from peerloom.intake.sheet_rows import SheetRow
from peerloom.intake.values.date_order import DateOrder
from peerloom.intake.values.timestamps import read_day
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
# Words that show a reason in somebody's own sentence; the first reason that matches counts.
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


def read_outcome(
    row: SheetRow, cohort: Cohort, today: date, order: DateOrder
) -> tuple[dict[str, Any], list[ImportNote]]:
    """Return status, dates and reason as records hold them, and why the row is refused if it is.

    Where the sheet has no dates, a pair starts with its cohort and ends with it.
    """
    status = _STATUSES.get(fold_text(row["status"]).replace("_", " "))
    if status is None:
        message = f"{quoted(single_line(row['status']))} must be a word for what became of the pair"
        help_ = did_you_mean(fold_text(row["status"]), _STATUSES) or (
            "such as active, completed, ended early, or nothing while it goes on"
        )
        return {}, [row.note("refused", "status", message, help_)]
    refusals: list[ImportNote] = []
    dates = {}
    for name in ("started_on", "ended_on"):
        dates[name] = read_day(row[name], order).value if row[name] else None
        if row[name] and dates[name] is None:
            message = f"{quoted(single_line(row[name]))} must be a date such as 2026-02-09"
            refusals.append(row.note("refused", name, message))
    started = dates["started_on"] or min(cohort.starts, today)
    outcome: dict[str, Any] = {"status": status}
    key, day = ("proposed_on", today) if status == "proposed" else ("started_on", started)
    outcome[key] = day.isoformat()
    if status in ("completed", "ended_early"):
        ended = dates["ended_on"] or max(started, min(cohort.ends or today, today))
        outcome["ended_on"] = ended.isoformat()
        outcome["end_reason"] = (
            _end_reason(row["reason"]) if status == "ended_early" else "term_over"
        )
        outcome["end_note"] = row["reason"] or None
    return outcome, refusals


def _end_reason(text: str) -> EndReason:
    words = fold_text(text).replace("_", " ")
    for reason, _ in _REASONS:
        if words == reason.replace("_", " "):
            return reason
    matching = (reason for reason, signs in _REASONS if any(sign in words for sign in signs))
    return next(matching, "other")
