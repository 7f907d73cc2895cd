"""When answers came in, written into the records on main after they were merged.

One commit holds all of them. Where main is protected, it waits as a pull request. Nothing is
written twice: a run that finds every answer dated changes nothing, and one that dies leaves main
as it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from peerloom.changes import Changes
from peerloom.git_receipts import Brought, day_in
from peerloom.github import branches
from peerloom.github.branches import RECEIVED, Desk
from peerloom.github.connection import CannotReach, Unreached
from peerloom.github.heads import set_status
from peerloom.github.merging import add_output, start_workflows
from peerloom.github.receipts import day_noted, note
from peerloom.model import ReceivedBy
from peerloom.yaml_editing import CannotEdit, KeyPath, set_values

# GitHub is asked of so many commits in a run, the newest first; a note is never older than that.
_MOST_ASKED = 200
_TITLE = "Note when check-ins came in"
_BODY = (
    "The days on which these check-ins came in, and on whose word. Each decides whether an answer "
    "was on time; nothing else is changed."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """How many answers were dated, how many nobody can date, and where that was written.

    `why` is what kept GitHub from being asked of all of them; the next run goes on.
    """

    dated: int
    unknown: int
    where: str = ""
    why: str = ""


@dataclass(slots=True)
class _Days:
    found: dict[str, tuple[date, ReceivedBy]] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    why: str = ""


def receive(at: Desk, brought: Mapping[str, Brought]) -> Received:
    """Writes when the answers that do not say it came in. Raises `Unreached`."""
    undated = {
        path: answer
        for answer in at.program.check_ins
        if answer.received_on is None
        if (path := at.program.path(answer)) in brought
    }
    days = _days(at, {path: brought[path] for path in undated})
    # A day that is to come is no day that anything came in.
    found = {path: told for path, told in days.found.items() if told[0] <= at.today}
    there = sum(answer.received_on is None for answer in at.program.check_ins)
    texts = {path: _text(at, path, *told) for path, told in sorted(found.items())}
    changes = {path: text for path, text in texts.items() if text is not None}
    said = Received(dated=len(changes), unknown=there - len(changes), why=days.why)
    return replace(said, where=_write(at, changes)) if changes else said


def _days(at: Desk, undated: Mapping[str, Brought]) -> _Days:
    """When each answer came in, by GitHub's word where it has one, else by Git's."""
    zone = at.program.settings.time_zone
    by_commit: dict[Brought, list[str]] = {}
    for path, by in sorted(undated.items()):
        by_commit.setdefault(by, []).append(path)
    days = _Days()
    newest = sorted(by_commit, key=lambda by: (by.seconds, by.commit), reverse=True)
    for number, by in enumerate(newest):
        day: date | None = None
        if number < _MOST_ASKED:
            try:
                day = _noted(at, by.commit, zone)
            except Unreached as reason:
                days.why = f"{reason}{reason.next}"
                break
        git_day = day_in(zone, by.seconds) if by.tells else None
        for path in by_commit[by]:
            if day is not None:
                days.found[path] = (day, "github")
            elif git_day is not None:
                days.found[path] = (git_day, "git")
    return days


def _noted(at: Desk, commit: str, zone: str) -> date | None:
    """The day noted for the head of the pull request that brought a commit onto main."""
    pulls: list[dict[str, Any]] = at.hub.ask("GET", f"{at.path}/commits/{commit}/pulls").value
    branch = at.program.settings.branch
    merged = [p for p in pulls if p["merged_at"] and p["base"]["ref"] == branch]
    days = [day_noted(at.hub, at.path, p["head"]["sha"], at.account[0], zone) for p in merged]
    return max((day for day in days if day is not None), default=None)


def _text(at: Desk, path: str, day: date, by: ReceivedBy) -> str | None:
    """A record with the day and nothing else changed, or `None` where it cannot be edited."""
    before = at.drafted.before.files[path].decode("utf-8")
    values: dict[KeyPath, str] = {("received_on",): day.isoformat(), ("received_by",): by}
    try:
        return set_values(before, values)
    except CannotEdit:
        return None


def _write(at: Desk, changes: Changes) -> str:
    """Puts the records onto main, or into a pull request where main takes none but those."""
    folder = branches.folder_with(at, changes)
    newest = branches.newest(at, RECEIVED)
    if newest is not None and _is_this(at, newest, folder):
        sha = str(newest["sha"])
    else:
        sha = branches.commit(at, folder, _TITLE, at.account[1], at.account, at.today)
    main = at.program.settings.branch
    try:
        value = {"sha": sha, "force": False}
        at.hub.ask("PATCH", f"{at.path}/git/refs/heads/{main}", value)
    except CannotReach:
        there = branches.branches(at, main).get(main)
        if there != at.drafted.base:
            return "is left to the next run: something else was merged meanwhile"
        return _propose(at, sha, newest)
    if newest is not None:
        branches.delete(at, RECEIVED)
    if not add_output("written", main):
        start_workflows(at.hub, at.path, main, ("site.yml",))
    return f"is on {main}"


def _is_this(at: Desk, commit: dict[str, Any], folder: str) -> bool:
    """Whether a commit is what an earlier run made for the same; somebody's own never is."""
    parents = [parent["sha"] for parent in commit["parents"]]
    is_ours = commit["committer"]["email"] == branches.mail(*at.account)
    return bool(is_ours and parents == [at.drafted.base] and commit["tree"]["sha"] == folder)


def _propose(at: Desk, sha: str, newest: dict[str, Any] | None) -> str:
    if newest is None or newest["sha"] != sha:
        branches.lead(at, RECEIVED, sha, is_there=newest is not None)

    def look() -> dict[str, Any] | None:
        return next((p for p in branches.pull_requests(at, RECEIVED) if p["state"] == "open"), None)

    found = branches.pull_request(at, RECEIVED, _TITLE, _BODY, look)
    what = f"only when check-ins came in; {note(at.today)}"
    set_status(at.hub, at.repository, sha, found["number"], "success", what)
    return f"waits as pull request #{found['number']}, for somebody who may merge it"
