"""What keeps a run from opening issues that are there already, whoever's token it has.

That an issue is the program's own is known by the account that wrote it. Where a run has another
token than the one before, all that was written looks like a stranger's, and as if nothing had
been opened: so nothing is, until somebody has said which account it is.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from peerloom.github.issues import Issues, Marked, other_account
from peerloom.records import Program
from peerloom.reminders import Action, Plan, plan_reminders

# So many times as many as are due, and no more, are opened within a day, however many runs it has.
_MOST = 2


def guarded(
    found: Plan,
    program: Program,
    today: date,
    places: Collection[tuple[Issues | None, bool]],
    now: datetime,
    read: Callable[[Callable[[], Marked]], Marked],
    *,
    is_bounded: bool,
) -> tuple[Plan, tuple[str, ...]]:
    """A plan without the issues that must not be opened, and why not.

    `places` are repositories, and whether they are the coordinators'. `read` calls what
    reads, and again where nothing came.
    """
    notes: list[str] = []
    for issues, is_for_coordinators in places:
        opened = [a for a in found.actions if _opens(a, is_for_coordinators)]
        if issues is None or not opened:
            continue
        there = read(partial(issues.marked, now))
        why = _why_not(opened, there, issues)
        if not why and is_bounded:
            why = _too_many(opened, there, issues, _due(program, today, is_for_coordinators))
        if why:
            notes.append(why)
            kept = tuple(a for a in found.actions if a not in opened)
            found = replace(found, actions=kept, deferred=(*opened, *found.deferred))
    return found, tuple(notes)


def _opens(action: Action, is_for_coordinators: bool) -> bool:
    is_new = action.kind == "open" or (action.kind == "escalate" and action.was is None)
    return is_new and action.for_coordinators == is_for_coordinators


def _why_not(opened: list[Action], there: Marked, issues: Issues) -> str | None:
    if not there.others:
        return None
    said = other_account(there.others, issues.login, issues.repository)
    return f"{len(opened)} issues are not opened: {said}"


def _due(program: Program, today: date, is_for_coordinators: bool) -> list[Action]:
    """What a day would open that began with no issue at all: what is due, and what was missed."""
    whole = plan_reminders(program, today, ())
    actions = (*whole.actions, *whole.deferred)
    return [action for action in actions if _opens(action, is_for_coordinators)]


def _too_many(opened: list[Action], there: Marked, issues: Issues, due: list[Action]) -> str | None:
    keys = {action.mark.key for action in due}
    lately = sum(key in keys for key in there.lately)
    if lately + len(opened) <= _MOST * len(due):
        return None
    return (
        f"{len(opened)} issues are not opened in {issues.repository}: {lately} about the same were "
        f"opened in the last day, and no more than {len(due)} are due, so they would be there "
        "twice. Look at its newest issues; '--however-many' opens them nevertheless"
    )
