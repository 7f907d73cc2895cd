"""What people sent by a form, made a pull request that is reviewed in the same run.

Everything is looked for before it is made, so that a run that dies is gone on with by the next: a
branch is named by its issue, a commit says which answers it holds, and there is one comment.
"""

import hashlib
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from peerloom.github import branches
from peerloom.github.branches import ISSUE, Desk
from peerloom.github.calls import tell
from peerloom.github.comments import keep_comment
from peerloom.github.connection import Missing, Unreached
from peerloom.github.heads import holder, set_status
from peerloom.github.posting import post
from peerloom.github.receipts import day_noted, day_of
from peerloom.issue_forms import (
    FormMessage,
    FormResult,
    Sender,
    Submission,
    acceptance_reply,
    detect_form,
    read_submission,
    refusal_reply,
)
from peerloom.progress.calls import Call, speaks_of_danger
from peerloom.reminders import Telling, telling, told_in
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
from peerloom.text.escaping.github import disarm_text

_DIGEST = "Peerloom-Answers: "


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answers:
    """What an issue holds, what that makes, when it came in, and its branch's newest commit."""

    number: int
    sent: Submission
    found: FormResult
    received: date
    newest: dict[str, Any] | None


def waiting(at: Desk) -> tuple[int, ...]:
    """The issues to look at: open ones that a form made, and those that left a branch."""
    issues = at.hub.list_values(f"{at.path}/issues", {"state": "open"})
    found = {value["number"] for value in issues if _is_sent(value, at)}
    numbers = (name.removeprefix(ISSUE) for name in branches.branches(at, ISSUE))
    return tuple(sorted(found | {int(n) for n in numbers if n.isascii() and n.isdigit()}))


def _is_sent(issue: dict[str, Any], at: Desk) -> bool:
    return (
        "pull_request" not in issue
        and bool(issue["user"])
        and issue["user"]["id"] != at.account[0]
        and detect_form(issue["body"] or "", at.program) is not None
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
    return _answer(at, number, issue)


def _answer(at: Desk, number: int, issue: dict[str, Any]) -> str:
    newest = branches.newest(at, f"{ISSUE}{number}")
    received = _received(at, issue, newest)
    sent = _sent(issue, at, received)
    found = read_submission(sent, at.program, _reader(at.drafted))
    if found.problems:
        untold = _tell(at, _calls(at, number, sent)) if sent.kind == "check-in" else None
        return _told(_refuse(at, number, refusal_reply(found.problems)), untold)
    if not found.changes:
        return _close(at, number)
    proposed = with_texts(at.drafted, found.changes)
    sender = sent.sender
    said = review(proposed, sender.login, sender.number, at.today, at.loaded, received)
    untold = _tell(at, said.calls) if said.coordinators else None
    if not said.is_fine:
        errors = [d for d in said.diagnostics if d.severity == "error"]
        return _told(_refuse(at, number, refusal_reply(_reasons(said), errors)), untold)
    given = _Answers(number=number, sent=sent, found=found, received=received, newest=newest)
    return _told(_bring(at, given, said), untold)


def _calls(at: Desk, number: int, sent: Submission) -> tuple[Telling, ...]:
    """What answers ask of coordinators that make no record, as something in them is wrong."""
    who = sent.sender.participant
    pair = next(iter(at.program.pairs_with(who)), None) if who else None
    if who is None or pair is None or not speaks_of_danger(sent.body):
        return ()
    where = f"{ISSUE}{number}"
    call = Call(
        path=where, participant=who, cohort=pair.cohort, pair=pair.id, due=None, asks=("danger",)
    )
    return (telling(call, at.program),)


def _tell(at: Desk, calls: Iterable[Telling]) -> Unreached | None:
    """Tells coordinators before anything else, and returns why it could not be."""
    where = told_in(at.program.settings)
    if where is None or at.coordinators is None:
        return None
    try:
        tell(calls, at.coordinators, where, time.sleep)
    except Unreached as reason:
        return reason
    return None


def _told(became: str, untold: Unreached | None) -> str:
    """What became of an issue, once all is done; raises what kept coordinators from being told."""
    if untold is not None:
        raise untold
    return became


def _received(at: Desk, issue: dict[str, Any], newest: dict[str, Any] | None) -> date:
    """The day on which GitHub had these answers.

    Where they are what the branch holds, it is the day that was noted then. Otherwise the issue
    was edited, or is new, and it is when it last changed: no edit can have been later.
    """
    zone = at.program.settings.time_zone
    if newest is not None and _is_ours(at, newest):
        noted = day_noted(at.hub, at.path, newest["sha"], at.account[0], zone)
        if noted is not None:
            found = read_submission(_sent(issue, at, noted), at.program, _reader(at.drafted))
            if _holds(newest, found):
                return noted
    return day_of(issue["updated_at"], zone) or at.today


def _sent(issue: dict[str, Any], at: Desk, received: date) -> Submission:
    login, number = issue["user"]["login"], issue["user"]["id"]
    who = author(at.program, login, number)
    kind = detect_form(issue["body"], at.program)
    assert kind is not None
    return Submission(
        kind=kind,
        body=issue["body"],
        received_on=min(received, at.today),
        sender=Sender(login=login, number=number, participant=who.participant),
    )


def _reader(drafted: Proposal) -> Any:
    def read(path: str) -> str | None:
        data = drafted.before.files.get(path)
        return None if data is None else data.decode("utf-8", "replace")

    return read


def _reasons(said: Review) -> Iterable[FormMessage]:
    if said.answer != "no":
        return
    if said.author.role == "recycled":
        yield FormMessage("", RECYCLED_WHY, RECYCLED_NEXT)
        return
    for judged in said.changes:
        for rule in judged.rules:
            yield FormMessage("", rule.why, rule.next)


def _bring(at: Desk, given: _Answers, said: Review) -> str:
    commit = _commit(at, given, said)
    if commit is None:
        return "has a pull request that somebody changed by hand"
    pull_request = _pull_request(at, given.number, commit, said)
    if pull_request is None:
        return "was decided already"
    reviewed = replace(said, head=commit)
    account = at.account[0]
    post(
        reviewed,
        as_markdown(reviewed),
        at.hub,
        at.repository,
        pull_request,
        account=account,
        merge=at.merge,
        received=given.received,
    )
    decides = "It merges by itself in a moment." if said.merges_itself else ""
    text = acceptance_reply(given.found.kind, pull_request, given.found.remarks, next_step=decides)
    keep_comment(at.hub, at.path, given.number, text, account)
    return f"is pull request #{pull_request}"


def _refuse(at: Desk, number: int, text: str) -> str:
    """Says what is wrong; a pull request of earlier answers may not be merged meanwhile."""
    keep_comment(at.hub, at.path, number, text, at.account[0])
    for there in branches.pull_requests(at, f"{ISSUE}{number}"):
        head = there["head"]["sha"]
        holding = holder(at.hub, at.repository, head, at.account[0])
        if holding is not None and holding.number == there["number"]:
            what = "its issue was edited, and something in it must be mended"
            set_status(at.hub, at.repository, head, holding.number, "failure", what)
    return "has something to mend"


def _close(at: Desk, number: int) -> str:
    value = {"state": "closed", "state_reason": "completed"}
    at.hub.ask("PATCH", f"{at.path}/issues/{number}", value)
    _withdraw(at, number)
    return "is in, and closed"


def _withdraw(at: Desk, number: int) -> str:
    """What is left of an issue that closed: its pull request closes, its branch goes."""
    for there in branches.pull_requests(at, f"{ISSUE}{number}"):
        if there["state"] == "open":
            at.hub.ask("PATCH", f"{at.path}/pulls/{there['number']}", {"state": "closed"})
    newest = branches.newest(at, f"{ISSUE}{number}")
    if newest is not None and _is_ours(at, newest):
        branches.delete(at, f"{ISSUE}{number}")
    return "is closed"


# Branches and commits.


def _is_ours(at: Desk, commit: dict[str, Any]) -> bool:
    """Whether a branch's newest commit was made here; other people's are not undone."""
    return bool(commit["committer"]["email"] == branches.mail(*at.account))


def _digest(found: FormResult) -> str:
    together = "".join(f"{path}\0{text}\0" for path, text in sorted(found.changes.items()))
    return hashlib.sha256(together.encode()).hexdigest()[:40]


def _holds(commit: dict[str, Any], found: FormResult) -> bool:
    """Whether a commit of ours was made of these answers."""
    return f"{_DIGEST}{_digest(found)}" in commit["message"].splitlines()


def _commit(at: Desk, given: _Answers, said: Review) -> str | None:
    """The commit of these answers on the issue's branch; nothing where somebody's is on it."""
    sent, newest, branch = given.sent, given.newest, f"{ISSUE}{given.number}"
    if newest is not None:
        if not _is_ours(at, newest):
            return None
        if _holds(newest, given.found):
            return str(newest["sha"])
    folder = branches.folder_with(at, given.found.changes)
    digest = f"{_DIGEST}{_digest(given.found)}"
    message = f"{_title(said)}\n\nFrom issue {given.number}.\n\n{digest}"
    author, account = (
        disarm_text(said.name or sent.sender.login),
        (sent.sender.number, sent.sender.login),
    )
    sha = branches.commit(at, folder, message, author, account, sent.received_on)
    branches.lead(at, branch, sha, is_there=newest is not None)
    return sha


def _title(said: Review) -> str:
    return branches.title(disarm_text(said.changes[0].said.line))


# Pull requests.


def _pull_request(at: Desk, number: int, commit: str, said: Review) -> int | None:
    """The open one of these answers, made where there is none; nothing where it was closed."""

    def look() -> dict[str, Any] | None:
        there = branches.pull_requests(at, f"{ISSUE}{number}")
        is_open = (p for p in there if p["state"] == "open")
        decided = (p for p in there if p["head"]["sha"] == commit)
        return next(is_open, None) or next(decided, None)

    body = f"Closes #{number}.\n\nMade from the answers there. To change one, edit the issue."
    found = branches.pull_request(at, f"{ISSUE}{number}", _title(said), body, look)
    return int(found["number"]) if found["state"] == "open" else None
