"""`peerloom review --post`: the review of a pull request, put on it on GitHub."""

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

import click

from peerloom import git, github
from peerloom.cli.printing import refuse, say
from peerloom.program import Loaded, examine_snapshot
from peerloom.review import (
    HeadBranch,
    PullRequest,
    Review,
    review_as_markdown,
    review_pull_request,
)

# GitHub's account for what accounts that were deleted have left behind.
_GHOST = github.Account(number=10137, login="ghost")
_COMMIT_ID = re.compile(r"[0-9a-f]{40}")

ShowReview = Callable[[Review, HeadBranch | None], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRequest:
    """What to review: pull request `number`, at the commits that `base` and `head` name.

    `author` is login and number of its author, `branch` says where its head is. `received` is the
    day on which it came in, where GitHub need not be asked for it.
    """

    commits: git.Repository
    base: str
    head: str
    number: int
    author: tuple[str, int]
    branch: HeadBranch | None
    received: date | None
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class _Destination:
    """The repository on GitHub to post in, and the account that posts there."""

    client: github.Client
    repository: str
    account: github.Account


def review_on_github(request: ReviewRequest, show_review: ShowReview) -> None:
    """Review the pull request that the commit belongs to, show that, and post it.

    Raises `GitError`.
    """
    destination = _find_destination()
    client, repository, account = destination.client, destination.repository, destination.account
    head = _find_head(request)
    with _ending_on_errors():
        state = github.choose_pull_request(client, repository, request.number, head, account)
    if state is None:
        say(f"#{request.number} is not reviewed at this commit now", err=True)
        return
    if state.number != request.number:
        request = _for_other_pull_request(request, state)
    try:
        pull_request = git.read_pull_request(request.commits, request.base, request.head)
    except git.NoSharedHistoryError:
        with _ending_on_errors():
            github.refuse_unrelated(client, repository, state, account)
        return
    examined = examine_snapshot(pull_request.before, request.today)
    with _ending_on_errors():
        sender = _find_sender(request, destination, state)
        received = request.received or _find_received_day(
            request, destination, state, pull_request, examined
        )
    login, number = (sender.login, sender.number) if sender else request.author
    review = review_pull_request(pull_request, login, number, request.today, examined, received)
    if sender or state.is_draft:
        # A submission has been merged already, if it may be; this is what somebody added to it.
        review = replace(review, merges_itself=False)
    show_review(review, request.branch)
    _post(review, request, destination, state, received)


def _find_destination() -> _Destination:
    repository = os.environ.get("GITHUB_REPOSITORY")
    if not repository:
        raise click.UsageError("--post needs GITHUB_REPOSITORY, as GitHub Actions sets it")
    with _ending_on_errors():
        client = github.connect(sleep=time.sleep)
        return _Destination(client=client, repository=repository, account=client.account())


def _find_head(request: ReviewRequest) -> str:
    """The head's id, also where another commit was pushed over it before it could be fetched."""
    try:
        return request.commits.find_commit(request.head)
    except git.GitError:
        if _COMMIT_ID.fullmatch(request.head):
            return request.head
        raise


def _for_other_pull_request(
    request: ReviewRequest, state: github.PullRequestState
) -> ReviewRequest:
    author = state.author or _GHOST
    branch = (
        HeadBranch(repository=state.repository, branch=state.branch) if state.repository else None
    )
    return replace(request, author=(author.login, author.number), branch=branch)


def _find_sender(
    request: ReviewRequest, destination: _Destination, state: github.PullRequestState
) -> github.Account | None:
    """The account that is responsible for a pull request that the program itself opened."""
    if request.author[1] != destination.account.number:
        return None
    return github.find_sender(destination.client, destination.repository, state.number)


def _find_received_day(
    request: ReviewRequest,
    destination: _Destination,
    state: github.PullRequestState,
    pull_request: PullRequest,
    examined: Loaded,
) -> date | None:
    """The day on which GitHub had the check-ins that a pull request holds."""
    return github.find_received_day(
        destination.client,
        destination.repository,
        git.list_commits_with_same_check_ins(request.commits, pull_request),
        destination.account,
        examined.program.settings.time_zone,
        number=state.number,
    )


def _post(
    review: Review,
    request: ReviewRequest,
    destination: _Destination,
    state: github.PullRequestState,
    received: date | None,
) -> None:
    """Tell coordinators, then post the review; a review that says what is wrong is a success."""
    problem = _tell_coordinators(review)
    with _ending_on_errors():
        github.post_review(
            review,
            review_as_markdown(review, request.branch),
            destination.client,
            destination.repository,
            state.number,
            account=destination.account,
            merge=github.choose_merge(destination.client, destination.repository),
            received=received,
        )
    if problem:
        refuse(problem)


@contextmanager
def _ending_on_errors() -> Iterator[None]:
    """End the command with a sentence where GitHub does not do what it is asked for."""
    try:
        yield
    except github.GitHubError as error:
        refuse(f"{error}{error.next_step}")


def _tell_coordinators(review: Review) -> str | None:
    """Tell coordinators what only they read; what kept them from being told.

    That is said in the same way for every check-in, whether it calls for help or not.
    """
    if review.coordinators is None:
        return None
    try:
        client = github.connect_for_coordinators()
        github.tell_coordinators(review.calls, client, review.coordinators, time.sleep)
    except github.GitHubError as error:
        return f"{error}{error.next_step}"
    return None
