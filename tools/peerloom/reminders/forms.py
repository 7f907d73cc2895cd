"""A plan as JSON for programs and as lines for people."""

import json
from collections.abc import Mapping
from math import ceil
from typing import Any

from peerloom.reminders.action import REASONS, Action, Kind
from peerloom.reminders.plan import Plan
from peerloom.text.dates import full_date
from peerloom.text.escaping.terminal import printable
from peerloom.text.numbers import whole_number
from peerloom.text.phrases import count_noun


def as_json(plan: Plan) -> str:
    """The documented form."""
    value = {
        "today": plan.today.isoformat(),
        "actions": [_as_value(action) for action in plan.actions],
        "deferred": [_as_value(action) for action in plan.deferred],
        "missed": [
            {"cohort": cohort, "pair": pair, "due": due.isoformat()}
            for cohort, pair, due in plan.missed
        ],
        "spread": [
            {"cohort": s.cohort, "due": s.due.isoformat(), "pairs": s.pairs, "days": s.days}
            for s in plan.spread
        ],
    }
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _as_value(action: Action) -> Mapping[str, Any]:
    return {
        "kind": action.kind,
        "cohort": action.mark.cohort,
        "pair": action.mark.pair,
        "due": action.mark.due.isoformat(),
        "issue": action.was.number if action.was else None,
        "title": action.title,
        "body": action.body,
        "why": action.why,
        "for_coordinators": action.for_coordinators,
    }


# Of an "escalate", which coordinators alone read, no line is printed.
_VERBS: dict[Kind, str] = {
    "open": "open a reminder",
    "nudge": "ask again",
    "close": "close",
    "mend": "mend",
}


def as_text(plan: Plan, *, is_public: bool) -> str:
    """A line for each thing to do, and what waits or was missed.

    These lines are a workflow's log, which whoever can read the repository can read. So of what
    is for coordinators alone they say only how much there is, and in public not why an issue
    closes, which tells whether two people answered.
    """
    lines = []
    for action in plan.actions:
        if not action.for_coordinators:
            number = f" #{action.was.number}" if action.was else ""
            is_told = action.why and not (is_public and action.kind == "close")
            why = f" ({REASONS[action.why]})" if action.why and is_told else ""
            lines.append(f"{_VERBS[action.kind]}{number}: {printable(action.title)}{why}")
    told = sum(action.for_coordinators for action in plan.actions)
    if told:
        lines.append(f"{count_noun(told, 'thing')} to do where coordinators read")
    lines += [
        f"{count_noun(found.pairs, 'pair')} of {found.cohort} are due on {full_date(found.due)}: "
        f"they are reminded over {count_noun(found.days, 'day')}, "
        f"{whole_number(ceil(found.pairs / found.days))} a day"
        for found in plan.spread
    ]
    if plan.deferred:
        lines.append(f"{len(plan.deferred):,} more wait for the next run, as GitHub allows no more")
    if plan.missed:
        lines.append(f"{len(plan.missed):,} check-ins are past their time and are not asked for")
    if not lines:
        lines.append("nothing to do")
    return "".join(f"{line}\n" for line in lines)
