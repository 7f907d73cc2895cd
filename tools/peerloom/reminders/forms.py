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
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark, ngettext


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
    "open": mark("open a reminder"),
    "nudge": mark("ask again"),
    "close": mark("close"),
    "mend": mark("mend"),
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
            why = f" ({_(REASONS[action.why])})" if action.why and is_told else ""
            lines.append(f"{_(_VERBS[action.kind])}{number}: {printable(action.title)}{why}")
    told = sum(action.for_coordinators for action in plan.actions)
    if told:
        things = count_noun(told, "thing")
        lines.append(_("{things} to do where coordinators read").format(things=things))
    lines += [
        _(
            "{pairs} of {cohort} are due on {date}: they are reminded over {days}, {number} a day"
        ).format(
            pairs=count_noun(found.pairs, "pair"),
            cohort=found.cohort,
            date=full_date(found.due),
            days=count_noun(found.days, "day"),
            number=whole_number(ceil(found.pairs / found.days)),
        )
        for found in plan.spread
    ]
    if plan.deferred:
        lines.append(
            ngettext(
                "{number} more waits for the next run, as GitHub allows no more",
                "{number} more wait for the next run, as GitHub allows no more",
                len(plan.deferred),
            ).format(number=whole_number(len(plan.deferred)))
        )
    if plan.missed:
        lines.append(
            ngettext(
                "{number} check-in is past its time and is not asked for",
                "{number} check-ins are past their time and are not asked for",
                len(plan.missed),
            ).format(number=whole_number(len(plan.missed)))
        )
    if not lines:
        lines.append(_("nothing to do"))
    return "".join(f"{line}\n" for line in lines)
