"""A plan of reminders as JSON for programs and as lines of text for people."""

import json
from collections.abc import Mapping
from math import ceil
from typing import Any

from peerloom.diagnostic import printable
from peerloom.reminders.action import REASONS_IN_WORDS, Action, ActionKind
from peerloom.reminders.plan import Plan


def plan_as_json(plan: Plan) -> str:
    """Return a plan as the JSON that docs/reminders.md describes."""
    value = {
        "today": plan.today.isoformat(),
        "actions": [_action_as_value(action) for action in plan.actions],
        "deferred": [_action_as_value(action) for action in plan.deferred],
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


def _action_as_value(action: Action) -> Mapping[str, Any]:
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


# There is no verb for "escalate": what only coordinators may read is not printed.
_VERBS: dict[ActionKind, str] = {
    "open": "open a reminder",
    "nudge": "ask again",
    "close": "close",
    "fix": "fix",
}


def plan_as_text(plan: Plan, *, is_public: bool) -> str:
    """Return a line for each thing to do, and about what waits or was missed.

    In a workflow, everybody who can read the repository can read these lines. So they say only
    how many actions are for coordinators, and, if the repository `is_public`, not why an issue
    closes, which would tell whether two people answered.
    """
    lines = []
    for action in plan.actions:
        if not action.for_coordinators:
            number = f" #{action.was.number}" if action.was else ""
            shows_why = not (is_public and action.kind == "close")
            why = f" ({REASONS_IN_WORDS[action.why]})" if action.why and shows_why else ""
            lines.append(f"{_VERBS[action.kind]}{number}: {printable(action.title)}{why}")
    hidden = sum(action.for_coordinators for action in plan.actions)
    if hidden:
        noun = "thing" if hidden == 1 else "things"
        lines.append(f"{hidden:,} {noun} to do in the repository of coordinators")
    lines += [
        f"{spread.pairs:,} pairs of {spread.cohort} are due on {spread.due}: they are reminded "
        f"over {spread.days} days, {ceil(spread.pairs / spread.days):,} a day"
        for spread in plan.spread
    ]
    if plan.deferred:
        lines.append(
            f"{len(plan.deferred):,} more wait for the next run: GitHub allows no more now"
        )
    if plan.missed:
        lines.append(f"{len(plan.missed):,} check-ins are too old to ask for")
    if not lines:
        lines.append("nothing to do")
    return "".join(f"{line}\n" for line in lines)
