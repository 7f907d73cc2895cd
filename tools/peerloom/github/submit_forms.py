"""Makes what people sent by an issue form a pull request, which is reviewed at once.

Everything is looked for before it is made, so that a run that dies is continued by the next: a
branch is named by its issue, a commit says which answers it holds, and there is one comment.
"""

import time
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from peerloom.diagnostic import Diagnostic
from peerloom.github.errors import GitHubError, MissingError
from peerloom.github.form_pull_requests import (
    ReceivedSubmission,
    block_pull_request,
    holds_result,
    issue_branch,
    publish_submission,
    reply_to_issue,
    withdraw_pull_request,
)
from peerloom.github.publisher import Publisher
from peerloom.github.received_days import day_of_moment, find_noted_day
from peerloom.github.tell_coordinators import tell_coordinators
from peerloom.github_names import ISSUE_BRANCH_PREFIX, TWICE_A_DAY_LABEL
from peerloom.issue_forms.issue_body import detect_form
from peerloom.issue_forms.replies import refusal_reply
from peerloom.issue_forms.result import FormMessage, Sender
from peerloom.issue_forms.submission import Submission, read_submission
from peerloom.progress.calls import Call
from peerloom.progress.words_of_danger import speaks_of_danger
from peerloom.records import Program
from peerloom.reminders import CallNotice, call_notice, coordinators_repository
from peerloom.review import (
    RECYCLED_NEXT,
    RECYCLED_WHY,
    Review,
    identify_author,
    review_pull_request,
    with_texts,
)
from peerloom.text.translation import gettext as _


def list_waiting_issues(publisher: Publisher) -> tuple[int, ...]:
    """The numbers of issues to look at: open ones made by a form, and those that left a branch."""
    issues = publisher.client.list_values(f"{publisher.api_path}/issues", {"state": "open"})
    numbers = {issue["number"] for issue in issues if _is_submission(issue, publisher)}
    branches = publisher.list_branches(ISSUE_BRANCH_PREFIX)
    words = (branch.removeprefix(ISSUE_BRANCH_PREFIX) for branch in branches)
    return tuple(sorted(numbers | {int(w) for w in words if w.isascii() and w.isdigit()}))


def submit_form(publisher: Publisher, number: int) -> str:
    """Handle one issue; what became of it, in a few words without a name. Raises `GitHubError`."""
    try:
        issue = publisher.client.get(f"{publisher.api_path}/issues/{number}")
    except MissingError:  # deleted, or moved to another repository
        return _withdraw(publisher, number)
    if not _is_submission(issue, publisher):
        return "was not made by a form"
    if issue["state"] == "closed":
        return _withdraw(publisher, number)
    return _submit_answers(publisher, number, issue)


def _is_submission(issue: dict[str, Any], publisher: Publisher) -> bool:
    return (
        "pull_request" not in issue
        and bool(issue["user"])
        and not publisher.account.owns(issue["user"])
        and detect_form(issue["body"] or "", publisher.program) is not None
    )


def _submit_answers(publisher: Publisher, number: int, issue: dict[str, Any]) -> str:
    """Read the answers in an issue, and accept or refuse them.

    Coordinators are told of calls for help before anything else. Where that fails, everything else
    is done first, and the error is raised at the end.
    """
    newest = publisher.find_newest_commit(issue_branch(number))
    received = _find_received_day(publisher, issue, newest)
    submission = _make_submission(issue, publisher, received)
    result = read_submission(submission, publisher.program, _file_reader(publisher))
    if result.problems:
        is_check_in = submission.kind == "check-in"
        calls = _list_unreadable_calls(publisher, number, submission) if is_check_in else ()
        error = _tell(publisher, calls) if is_check_in else None
        return _unless(error, _refuse(publisher, issue, result.problems))
    if not result.changes:
        return _close(publisher, number)
    sender = submission.sender
    review = review_pull_request(
        with_texts(publisher.unchanged, result.changes),
        sender.login,
        sender.number,
        publisher.today,
        publisher.loaded,
        received,
    )
    error = _tell(publisher, review.calls) if review.coordinators else None
    if not review.is_fine:
        errors = [d for d in review.diagnostics if d.severity == "error"]
        return _unless(error, _refuse(publisher, issue, _list_reasons(review), errors))
    submitted = ReceivedSubmission(
        number=number, submission=submission, result=result, received=received, newest=newest
    )
    return _unless(error, publish_submission(publisher, submitted, review))


def _list_unreadable_calls(
    publisher: Publisher, number: int, submission: Submission
) -> tuple[CallNotice, ...]:
    """The calls for help in a check-in that makes no record, as something in it is wrong."""
    program, participant = publisher.program, submission.sender.participant
    pair = next(iter(program.pairs_with(participant)), None) if participant else None
    if participant is None or pair is None or not speaks_of_danger(submission.body):
        return ()
    call = Call(
        path=issue_branch(number),
        participant=participant,
        cohort=pair.cohort,
        pair=pair.id,
        due=None,
        asks=("danger",),
    )
    return (call_notice(call, program),)


def _tell(publisher: Publisher, calls: Iterable[CallNotice]) -> GitHubError | None:
    """Tell coordinators of calls for help, and return what kept them from being told."""
    repository = coordinators_repository(publisher.program.settings)
    if repository is None or publisher.coordinators is None:
        return None
    try:
        tell_coordinators(calls, publisher.coordinators, repository, time.sleep)
    except GitHubError as error:
        return error
    return None


def _unless(error: GitHubError | None, outcome: str) -> str:
    """The outcome of an issue, unless coordinators could not be told: that error is raised."""
    if error is not None:
        raise error
    return outcome


def _find_received_day(
    publisher: Publisher, issue: dict[str, Any], newest: dict[str, Any] | None
) -> date:
    """The day on which GitHub had these answers.

    Where the branch already holds them, it is the day that was noted then. Otherwise the issue is
    new or was edited, and it is the day of its last change: no edit can have been later.
    """
    zone = publisher.program.settings.time_zone
    if newest is not None and publisher.wrote(newest):
        client, account = publisher.client, publisher.account
        noted = find_noted_day(client, publisher.repository, newest["sha"], account, zone)
        if noted is not None:
            submission = _make_submission(issue, publisher, noted)
            result = read_submission(submission, publisher.program, _file_reader(publisher))
            if holds_result(newest, result):
                return noted
    return day_of_moment(issue["updated_at"], zone) or publisher.today


def _make_submission(issue: dict[str, Any], publisher: Publisher, received: date) -> Submission:
    login, number = issue["user"]["login"], issue["user"]["id"]
    author = identify_author(publisher.program, login, number)
    kind = detect_form(issue["body"], publisher.program)
    assert kind is not None
    return Submission(
        kind=kind,
        body=issue["body"],
        received_on=min(received, publisher.today),
        sender=Sender(login=login, number=number, participant=author.participant),
    )


def _file_reader(publisher: Publisher) -> Callable[[str], str | None]:
    def read(path: str) -> str | None:
        data = publisher.read_file(path)
        return None if data is None else data.decode("utf-8", "replace")

    return read


def _list_reasons(review: Review) -> Iterable[FormMessage]:
    """Why the review does not allow it, as messages for the issue."""
    if review.answer != "no":
        return
    if review.author.role == "recycled":
        yield FormMessage("", _(RECYCLED_WHY), _(RECYCLED_NEXT))
        return
    for change in review.changes:
        for row in change.deciding_rows:
            yield FormMessage("", row.explain(), row.advise())


def _refuse(
    publisher: Publisher,
    issue: dict[str, Any],
    problems: Iterable[FormMessage],
    diagnostics: Iterable[Diagnostic] = (),
) -> str:
    is_read_at_once = _is_read_at_once(issue, publisher.program)
    text = refusal_reply(problems, diagnostics, is_read_at_once=is_read_at_once)
    reply_to_issue(publisher, issue["number"], text)
    block_pull_request(publisher, issue["number"])
    return "has something to correct"


def _is_read_at_once(issue: dict[str, Any], program: Program) -> bool:
    """Whether the workflow `forms` reads an edit of this issue, by the same condition as there.

    The label is from the form as it was when the issue was opened, and the program may have grown
    or shrunk since; and a label that the repository does not have is on no issue.
    """
    labels = {label["name"].casefold() for label in issue["labels"]}
    return program.settings.visibility == "public" or TWICE_A_DAY_LABEL not in labels


def _close(publisher: Publisher, number: int) -> str:
    value = {"state": "closed", "state_reason": "completed"}
    publisher.client.request("PATCH", f"{publisher.api_path}/issues/{number}", value)
    withdraw_pull_request(publisher, number)
    return "is merged, and closed"


def _withdraw(publisher: Publisher, number: int) -> str:
    withdraw_pull_request(publisher, number)
    return "is closed"
