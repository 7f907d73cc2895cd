"""A plan of reminders as JSON for programs and as lines of text for people."""

import json
from collections.abc import Mapping
from math import ceil
from typing import Any

from peerloom.reminders.action import REASONS_IN_WORDS, Action, ActionKind
from peerloom.reminders.plan import Plan
from peerloom.text.dates import full_date
from peerloom.text.escaping.terminal import printable
from peerloom.text.numbers import whole_number
from peerloom.text.phrases import count_noun
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark, ngettext


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
    "open": mark("open a reminder"),
    "nudge": mark("ask again"),
    "close": mark("close"),
    "fix": mark("fix"),
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
            why = f" ({_(REASONS_IN_WORDS[action.why])})" if action.why and shows_why else ""
            lines.append(f"{_(_VERBS[action.kind])}{number}: {printable(action.title)}{why}")
    hidden = sum(action.for_coordinators for action in plan.actions)
    if hidden:
        things = count_noun(hidden, "thing")
        lines.append(_("{things} to do in the repository of coordinators").format(things=things))
    lines += [
        _(
            "{pairs} of {cohort} are due on {date}: they are reminded over {days}, {number} a day"
        ).format(
            pairs=count_noun(spread.pairs, "pair"),
            cohort=spread.cohort,
            date=full_date(spread.due),
            days=count_noun(spread.days, "day"),
            number=whole_number(ceil(spread.pairs / spread.days)),
        )
        for spread in plan.spread
    ]
    if plan.deferred:
        lines.append(
            ngettext(
                "{number} more waits for the next run: GitHub allows no more now",
                "{number} more wait for the next run: GitHub allows no more now",
                len(plan.deferred),
            ).format(number=whole_number(len(plan.deferred)))
        )
    if plan.missed:
        lines.append(
            ngettext(
                "{number} check-in is too old to ask for",
                "{number} check-ins are too old to ask for",
                len(plan.missed),
            ).format(number=whole_number(len(plan.missed)))
        )
    if not lines:
        lines.append(_("nothing to do"))
    return "".join(f"{line}\n" for line in lines)
