"""Coordinators told of calls for help, in the repository that only they read."""

from collections.abc import Iterable

from peerloom.github.connection import CannotReach, Connection, NoAnswer, Sleep
from peerloom.github.issues import Issues
from peerloom.reminders import CallNotice, Issue, read_call_mark

_UNUSABLE = (
    "coordinators cannot be told anything: the repository that 'coordinators_repository' names is "
    "not there, is not private, or COORDINATORS_TOKEN may not write issues in it"
)
# How long the list of issues may be behind what was written.
_SETTLES = 5.0


def tell(tellings: Iterable[CallNotice], hub: Connection, repository: str, sleep: Sleep) -> None:
    """Opens an issue for each call that coordinators have not been told of. Raises `Unreached`.

    A call that changed renews its issue, and opens it again; what was told is not told twice. What
    is asked of GitHub where there is no call is the same as where coordinators know of it, and what
    is raised never says which repository theirs is: others may read it.
    """
    try:
        if not hub.ask("GET", f"/repos/{repository}").value["private"]:
            raise CannotReach(_UNUSABLE)
        issues = Issues(hub, repository, hub.account(), 0.0, sleep)
        there = _told(issues)
        for telling in {each.about: each for each in tellings}.values():
            _tell(telling, there.get(telling.about), issues, sleep)
    except CannotReach as reason:
        raise CannotReach(_UNUSABLE) from reason


def _told(issues: Issues) -> dict[str, Issue]:
    """The first issue about each call."""
    found: dict[str, Issue] = {}
    for issue in issues.written("all"):
        mark = read_call_mark(issue.body) if issue.is_ours else None
        if mark:
            found.setdefault(mark[0], issue)
    return found


def _tell(telling: CallNotice, there: Issue | None, issues: Issues, sleep: Sleep) -> None:
    if there is not None:
        if read_call_mark(there.body) != (telling.about, telling.version):
            issues.change(there.number, title=telling.title, body=telling.body, state="open")
        return
    try:
        issues.open(telling.title, telling.body)
    except NoAnswer:
        sleep(_SETTLES)
        if telling.about not in _told(issues):
            raise
