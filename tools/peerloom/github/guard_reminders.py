"""Keeps a run from opening issues that exist already, whichever token it has.

The program knows its own issues by the account that wrote them. Where a run has another token than
the one before, everything that was written looks like a stranger's, and as if nothing had been
opened. So nothing is opened until somebody has said which account it is.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from peerloom.github.issues import Issues, MarkedIssues, explain_other_account
from peerloom.records import Program
from peerloom.reminders import Action, Plan, plan_reminders

# At most this many times what is due is opened within a day, however many runs there are.
_MOST_TIMES_DUE = 2


def guard_plan(
    planned: Plan,
    program: Program,
    today: date,
    repositories: Collection[tuple[Issues | None, bool]],
    now: datetime,
    *,
    is_limited: bool,
) -> tuple[Plan, tuple[str, ...]]:
    """A plan without the issues that must not be opened, and why they must not.

    `repositories` are the issues of each, and whether they are the coordinators'. A plan that
    `is_limited` opens no more within a day than twice what is due. Raises `GitHubError`.
    """
    notes: list[str] = []
    for issues, is_for_coordinators in repositories:
        opening = [a for a in planned.actions if _opens_issue(a, is_for_coordinators)]
        if issues is None or not opening:
            continue
        marked = issues.find_marked(now)
        note = _note_other_account(opening, marked, issues)
        if not note and is_limited:
            due = _list_due(program, today, is_for_coordinators)
            note = _note_too_many(opening, marked, issues, due)
        if note:
            notes.append(note)
            kept = tuple(action for action in planned.actions if action not in opening)
            planned = replace(planned, actions=kept, deferred=(*opening, *planned.deferred))
    return planned, tuple(notes)


def _opens_issue(action: Action, is_for_coordinators: bool) -> bool:
    is_new = action.kind == "open" or (action.kind == "escalate" and action.was is None)
    return is_new and action.for_coordinators == is_for_coordinators


def _note_other_account(opening: list[Action], marked: MarkedIssues, issues: Issues) -> str | None:
    if not marked.other_accounts:
        return None
    explanation = explain_other_account(marked.other_accounts, issues)
    return f"{len(opening)} issues are not opened: {explanation}"


def _list_due(program: Program, today: date, is_for_coordinators: bool) -> list[Action]:
    """What would be opened on a day that began without issues: all that is due or was missed."""
    whole = plan_reminders(program, today, ())
    actions = (*whole.actions, *whole.deferred)
    return [action for action in actions if _opens_issue(action, is_for_coordinators)]


def _note_too_many(
    opening: list[Action], marked: MarkedIssues, issues: Issues, due: list[Action]
) -> str | None:
    keys = {action.mark.key for action in due}
    recent = sum(key in keys for key in marked.recent_keys)
    if recent + len(opening) <= _MOST_TIMES_DUE * len(due):
        return None
    return (
        f"{len(opening)} issues are not opened in {issues.repository}: {recent} about the same "
        f"were opened in the last day, and no more than {len(due)} are due, so they would be "
        "duplicates. Look at its newest issues; '--however-many' opens them anyway"
    )
