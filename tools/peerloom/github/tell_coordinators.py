"""Tells coordinators of calls for help, in the repository that only they read."""

from collections.abc import Iterable

from peerloom.github.client import Client, Sleep
from peerloom.github.errors import NoAnswerError, RefusedError
from peerloom.github.issues import SETTLING_SECONDS, Issues
from peerloom.reminders import CallNotice, Issue, read_call_mark

_UNUSABLE = (
    "coordinators cannot be told anything: the repository that 'coordinators_repository' names is "
    "missing, is not private, or COORDINATORS_TOKEN may not write issues in it"
)


def tell_coordinators(
    calls: Iterable[CallNotice], client: Client, repository: str, sleep: Sleep
) -> None:
    """Open an issue for each call that coordinators have not been told of. Raises `GitHubError`.

    A call that changed renews its issue and opens it again; nothing is told twice. The requests are
    the same where there is no call as where coordinators know of it, and an error never names their
    repository: others may read it.
    """
    try:
        if not client.get(f"/repos/{repository}")["private"]:
            raise RefusedError(_UNUSABLE)
        issues = Issues(client, repository, client.account(), 0.0, sleep)
        told = _find_told(issues)
        for call in {each.about: each for each in calls}.values():
            _tell_of_call(call, told.get(call.about), issues, sleep)
    except RefusedError as error:
        raise RefusedError(_UNUSABLE) from error


def _find_told(issues: Issues) -> dict[str, Issue]:
    """The first issue about each call, by what the call is about."""
    first: dict[str, Issue] = {}
    for issue in issues.list_own("all"):
        mark = read_call_mark(issue.body) if issue.is_ours else None
        if mark:
            first.setdefault(mark[0], issue)
    return first


def _tell_of_call(call: CallNotice, told: Issue | None, issues: Issues, sleep: Sleep) -> None:
    if told is not None:
        if read_call_mark(told.body) != (call.about, call.version):
            issues.change(told.number, title=call.title, body=call.body, state="open")
        return
    try:
        issues.open(call.title, call.body)
    except NoAnswerError:
        sleep(SETTLING_SECONDS)
        if call.about not in _find_told(issues):
            raise
