"""What people sent by a form, made a pull request that is reviewed in the same run.

Everything is looked for before it is made, so that a run that dies is gone on with by the next: a
branch is named by its issue, a commit says which answers it holds, and there is one comment.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from peerloom.doctor import STATUS
from peerloom.github.comments import keep_comment
from peerloom.github.connection import CannotReach, Connection, Missing, NoAnswer
from peerloom.github.posting import post
from peerloom.issue_forms import Sender, Sent, Taken, Wrong, kind_of, refusal, reply, taken
from peerloom.program import Loaded, examine
from peerloom.quoting import inert
from peerloom.records import Program
from peerloom.review import (
    RECYCLED_NEXT,
    RECYCLED_WHY,
    Proposal,
    Review,
    as_markdown,
    author,
    review,
    with_texts,
)

_PAGE = 100
_BRANCH = "issue-"
_DIGEST = "Peerloom-Answers: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where answers become pull requests: a repository, by whom, and the program as it is.

    `drafted` is a pull request that changes nothing yet, `folder` the id of its base's topmost
    folder, `account` number and login of who writes.
    """

    hub: Connection
    repository: str
    account: tuple[int, str]
    drafted: Proposal
    folder: str
    loaded: Loaded
    today: date

    @property
    def program(self) -> Program:
        """The program as it is."""
        return self.loaded.program

    @property
    def path(self) -> str:
        """Where the repository is in the API."""
        return f"/repos/{self.repository}"


def desk(hub: Connection, repository: str, drafted: Proposal, folder: str, today: date) -> Desk:
    """A desk at the program of a draft. Raises `Unreached`."""
    return Desk(
        hub=hub,
        repository=repository,
        account=hub.account(),
        drafted=drafted,
        folder=folder,
        loaded=examine(drafted.before, today),
        today=today,
    )


def waiting(at: Desk) -> tuple[int, ...]:
    """The issues to look at: open ones that a form made, and those that left a branch."""
    found: set[int] = set()
    page, more = 1, True
    while more:
        query = {"state": "open", "per_page": _PAGE, "page": page}
        answer = at.hub.ask("GET", f"{at.path}/issues", query)
        found |= {value["number"] for value in answer.value if _is_sent(value, at)}
        page, more = page + 1, answer.more
    names = (value["ref"].rpartition("/")[2] for value in _references(at, ""))
    numbers = (name.removeprefix(_BRANCH) for name in names)
    return tuple(sorted(found | {int(n) for n in numbers if n.isascii() and n.isdigit()}))


def _is_sent(issue: dict[str, Any], at: Desk) -> bool:
    return (
        "pull_request" not in issue
        and bool(issue["user"])
        and issue["user"]["id"] != at.account[0]
        and kind_of(issue["body"] or "", at.program) is not None
    )


def propose(at: Desk, number: int) -> str:
    """What became of an issue, in a few words without a name. Raises `Unreached`."""
    try:
        issue = at.hub.ask("GET", f"{at.path}/issues/{number}").value
    except Missing:  # deleted, or moved to another repository
        return _withdraw(at, number)
    if not _is_sent(issue, at):
        return "is no form's"
    if issue["state"] == "closed":
        return _withdraw(at, number)
    return _answer(at, number, _sent(issue, at))


def _answer(at: Desk, number: int, sent: Sent) -> str:
    found = taken(sent, at.program, _reader(at.drafted))
    if found.wrongs:
        return _refuse(at, number, refusal(found.wrongs))
    if not found.changes:
        return _close(at, number)
    proposed = with_texts(at.drafted, found.changes)
    said = review(proposed, sent.sender.login, sent.sender.number, at.today, at.loaded)
    if not said.is_fine:
        errors = [d for d in said.diagnostics if d.severity == "error"]
        return _refuse(at, number, refusal(_reasons(said), errors))
    return _bring(at, number, sent, found, said)


def _sent(issue: dict[str, Any], at: Desk) -> Sent:
    login, number = issue["user"]["login"], issue["user"]["id"]
    who = author(at.program, login, number)
    opened = date.fromisoformat(issue["created_at"][:10])
    kind = kind_of(issue["body"], at.program)
    assert kind is not None
    return Sent(
        kind=kind,
        body=issue["body"],
        on=min(opened, at.today),
        sender=Sender(login=login, number=number, participant=who.participant),
    )


def _reader(drafted: Proposal) -> Any:
    def read(path: str) -> str | None:
        data = drafted.before.files.get(path)
        return None if data is None else data.decode("utf-8", "replace")

    return read


def _reasons(said: Review) -> Iterable[Wrong]:
    if said.answer != "no":
        return
    if said.author.role == "recycled":
        yield Wrong("", RECYCLED_WHY, RECYCLED_NEXT)
        return
    for judged in said.changes:
        for rule in judged.rules:
            yield Wrong("", rule.why, rule.next)


def _bring(at: Desk, number: int, sent: Sent, found: Taken, said: Review) -> str:
    commit = _commit(at, number, sent, found, said)
    if commit is None:
        return "has a pull request that somebody changed by hand"
    pull_request = _pull_request(at, number, commit, said)
    if pull_request is None:
        return "was decided already"
    reviewed = replace(said, head=commit)
    account = at.account[0]
    post(reviewed, as_markdown(reviewed), at.hub, at.repository, pull_request, account=account)
    decides = "It merges by itself in a moment." if said.merges_itself else ""
    text = reply(found.kind, pull_request, found.remarks, decides=decides)
    keep_comment(at.hub, at.path, number, text, account)
    return f"is pull request #{pull_request}"


def _refuse(at: Desk, number: int, text: str) -> str:
    """Says what is wrong; a pull request of earlier answers may not be merged meanwhile."""
    keep_comment(at.hub, at.path, number, text, at.account[0])
    for there in _pull_requests(at, number):
        if there["state"] == "open":
            value = {"state": "failure", "context": STATUS}
            value["description"] = "its issue was edited, and something in it must be mended"
            at.hub.ask("POST", f"{at.path}/statuses/{there['head']['sha']}", value)
    return "has something to mend"


def _close(at: Desk, number: int) -> str:
    value = {"state": "closed", "state_reason": "completed"}
    at.hub.ask("PATCH", f"{at.path}/issues/{number}", value)
    _withdraw(at, number)
    return "is in, and closed"


def _withdraw(at: Desk, number: int) -> str:
    """What is left of an issue that closed: its pull request closes, its branch goes."""
    for there in _pull_requests(at, number):
        if there["state"] == "open":
            at.hub.ask("PATCH", f"{at.path}/pulls/{there['number']}", {"state": "closed"})
    for branch in _references(at, str(number)):
        if _is_ours(at, _commit_at(at, branch)):
            at.hub.ask("DELETE", f"{at.path}/git/{branch['ref']}")
    return "is closed"


def sender_of(hub: Connection, repository: str, pull_request: int) -> tuple[str, int] | None:
    """Login and number of whose answers a pull request of ours holds. Raises `Unreached`."""
    head = hub.ask("GET", f"/repos/{repository}/pulls/{pull_request}").value["head"]
    number = head["ref"].removeprefix(_BRANCH)
    is_form = head["ref"] == f"{_BRANCH}{number}" and number.isascii() and number.isdigit()
    if not is_form or not head["repo"] or head["repo"]["full_name"] != repository:
        return None
    user = hub.ask("GET", f"/repos/{repository}/issues/{number}").value["user"]
    return (user["login"], user["id"]) if user else None


# Branches and commits.


def _references(at: Desk, number: str) -> list[dict[str, Any]]:
    """The branches of forms; of one issue, where it is given."""
    prefix = f"heads/{_BRANCH}{number}"
    found = at.hub.ask("GET", f"{at.path}/git/matching-refs/{prefix}").value
    return [value for value in found if not number or value["ref"] == f"refs/{prefix}"]


def _commit_at(at: Desk, branch: dict[str, Any]) -> dict[str, Any]:
    value: dict[str, Any] = at.hub.ask(
        "GET", f"{at.path}/git/commits/{branch['object']['sha']}"
    ).value
    return value


def _is_ours(at: Desk, commit: dict[str, Any]) -> bool:
    """Whether the newest commit is one that was made here; other people's are not undone."""
    return bool(commit["committer"]["email"] == _mail(*at.account))


def _mail(number: int, login: str) -> str:
    """The address by which GitHub knows an account without giving its mail away."""
    return f"{number}+{login}@users.noreply.github.com"


def _digest(found: Taken) -> str:
    together = "".join(f"{path}\0{text}\0" for path, text in sorted(found.changes.items()))
    return hashlib.sha256(together.encode()).hexdigest()[:40]


def _commit(at: Desk, number: int, sent: Sent, found: Taken, said: Review) -> str | None:
    """The commit of these answers on the issue's branch; nothing where somebody's is on it."""
    there = next(iter(_references(at, str(number))), None)
    digest = f"{_DIGEST}{_digest(found)}"
    if there is not None:
        newest = _commit_at(at, there)
        if not _is_ours(at, newest):
            return None
        if digest in newest["message"].splitlines():
            return str(newest["sha"])
    files = [
        {"path": path, "mode": "100644", "type": "blob", "content": text}
        for path, text in found.changes.items()
    ]
    tree = at.hub.ask("POST", f"{at.path}/git/trees", {"base_tree": at.folder, "tree": files})
    when = f"{sent.on.isoformat()}T12:00:00Z"
    value = {
        "message": f"{_title(said)}\n\nFrom issue {number}.\n\n{digest}",
        "tree": tree.value["sha"],
        "parents": [at.drafted.base],
        "author": {
            "name": inert(said.name or sent.sender.login),
            "email": _mail(sent.sender.number, sent.sender.login),
            "date": when,
        },
        "committer": {"name": at.account[1], "email": _mail(*at.account), "date": when},
    }
    sha = str(at.hub.ask("POST", f"{at.path}/git/commits", value).value["sha"])
    name = f"heads/{_BRANCH}{number}"
    if there is None:
        at.hub.ask("POST", f"{at.path}/git/refs", {"ref": f"refs/{name}", "sha": sha})
    else:
        at.hub.ask("PATCH", f"{at.path}/git/refs/{name}", {"sha": sha, "force": True})
    return sha


def _title(said: Review) -> str:
    return " ".join(inert(said.changes[0].said.line).split())[:200]


# Pull requests.


def _pull_requests(at: Desk, number: int) -> list[dict[str, Any]]:
    """Those from the issue's branch, open or not, the newest first."""
    owner = at.repository.partition("/")[0]
    query = {"head": f"{owner}:{_BRANCH}{number}", "state": "all", "per_page": _PAGE}
    found: list[dict[str, Any]] = at.hub.ask("GET", f"{at.path}/pulls", query).value
    return found


def _pull_request(at: Desk, number: int, commit: str, said: Review) -> int | None:
    """The open one of these answers, made where there is none; nothing where it was closed."""
    there = _open_or_decided(at, number, commit)
    if there is not None:
        return int(there["number"]) if there["state"] == "open" else None
    value = {
        "title": _title(said),
        "head": f"{_BRANCH}{number}",
        "base": at.program.settings.branch,
        "body": f"Closes #{number}.\n\nMade from the answers there. To change one, edit the issue.",
    }
    try:
        return int(at.hub.ask("POST", f"{at.path}/pulls", value).value["number"])
    except (NoAnswer, CannotReach):
        # Another run may have been quicker, or the answer alone was lost.
        made = _open_or_decided(at, number, commit)
        if made is None:
            raise
        return int(made["number"])


def _open_or_decided(at: Desk, number: int, commit: str) -> dict[str, Any] | None:
    there = _pull_requests(at, number)
    is_open = (p for p in there if p["state"] == "open")
    decided = (p for p in there if p["head"]["sha"] == commit)
    return next(is_open, None) or next(decided, None)
