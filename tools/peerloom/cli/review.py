"""`peerloom review`."""

import os
import re
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerloom.cli.options import DayType, Word, today_option
from peerloom.cli.printing import refuse, say, show, show_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peerloom.github import Connection, PullRequest
    from peerloom.review import Head, Repository, Review

_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,99})(?:\[bot\])?")
# Whose what a deleted account has left is.
_GHOST = ("ghost", 10137)
_SHA = re.compile(r"[0-9a-f]{40}")
_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*/[A-Za-z0-9._-]+")


@click.command("review")
@click.option(
    "--base", required=True, metavar="REF", help="The commit that it would be merged into."
)
@click.option("--head", required=True, metavar="REF", help="The commit that would be merged.")
@click.option("--author", required=True, metavar="LOGIN", help="Whose pull request it is.")
@click.option(
    "--author-id",
    required=True,
    type=click.IntRange(min=1),
    metavar="ID",
    help="GitHub's number for that account.",
)
@click.option(
    "--format",
    "form",
    type=Word(["text", "md", "json"]),
    default="text",
    show_default=True,
    help="For the terminal, as a comment on the pull request, or for programs.",
)
@click.option(
    "--repository",
    metavar="OWNER/REPO",
    help="Where the head is, for links that open the line to mend.",
)
@click.option("--head-branch", metavar="NAME", help="The head's branch there.")
@click.option(
    "--post",
    "pull_request",
    type=click.IntRange(min=1),
    metavar="NUMBER",
    help="Post it on this pull request of GITHUB_REPOSITORY: comment, status and labels.",
)
@click.option(
    "--received",
    type=DayType(),
    metavar="DATE",
    help="The day on which it came in (default: what GitHub says with --post, else today).",
)
@today_option
@click.pass_obj
def command(
    root: Path,
    base: str,
    head: str,
    author: str,
    author_id: int,
    form: str,
    repository: str | None,
    head_branch: str | None,
    pull_request: int | None,
    received: date | None,
    today: date,
) -> None:
    """Say what a pull request does, what is wrong with it, and whether its author may make it.

    Both commits must be here; nothing of the head is checked out or run. Exit code 1 means
    that something must be mended, or is not the author's to change.
    """
    from peerloom import review as reviews

    if not _LOGIN.fullmatch(author):
        raise click.BadParameter("it must be a GitHub login", param_hint="'--author'")
    if repository and not _REPOSITORY.fullmatch(repository):
        raise click.BadParameter("it must be OWNER/REPO", param_hint="'--repository'")
    there = _repository(root)
    subject = _Subject((author, author_id), _where(repository, head_branch))
    if pull_request is not None:
        subject = replace(subject, received=received)
        _judge(there, base, head, subject, pull_request, form, today)
        return
    try:
        proposal = reviews.proposal(there, base, head)
    except reviews.CannotRead as error:
        raise click.UsageError(str(error)) from error
    found = reviews.review(proposal, author, author_id, today, received=received)
    _show(found, form, subject.where)
    if not found.is_fine:
        raise click.exceptions.Exit(1)


@dataclass(frozen=True, slots=True)
class _Subject:
    """Whose pull request is read, as login and number, where its head is, and when it came in.

    `received` is nothing where GitHub has to be asked.
    """

    author: tuple[str, int]
    where: "Head | None"
    received: date | None = None


def _where(repository: str | None, branch: str | None) -> "Head | None":
    from peerloom import review as reviews

    return reviews.Head(repository=repository, branch=branch) if repository and branch else None


def _judge(
    there: "Repository",
    base: str,
    head: str,
    subject: _Subject,
    number: int,
    form: str,
    today: date,
) -> None:
    """Reviews the pull request whose turn it is at a commit, and puts that on it."""
    from peerloom import review as reviews
    from peerloom.program import examine_snapshot

    desk = _desk()
    judged = desk.turn(number, _sha(there, head))
    if judged is None:
        say(f"#{number} is not judged at this commit now", err=True)
        return
    if judged.number != number:
        where = _where(judged.repository, judged.branch)
        subject = replace(subject, author=judged.author or _GHOST, where=where)
    try:
        proposal = reviews.proposal(there, base, head)
    except reviews.NoSharedHistory:
        desk.refuse_unrelated(judged)
        return
    except reviews.CannotRead as error:
        raise click.UsageError(str(error)) from error
    by_form = desk.sender(judged, subject.author[1])
    examined = examine_snapshot(proposal.before, today)
    received = subject.received or desk.day_received(
        judged,
        reviews.commits_with_answers(there, proposal),
        examined.program.settings.time_zone,
    )
    found = reviews.review(
        proposal, *(by_form or subject.author), today, examined, received=received
    )
    if by_form or judged.is_draft:
        # What was sent by the form has been merged, if it may; this is what somebody added.
        found = replace(found, merges_itself=False)
    _show(found, form, subject.where)
    desk.post(found, reviews.as_markdown(found, subject.where), judged, received)


def _show(found: "Review", form: str, where: "Head | None") -> None:
    from peerloom import review as reviews

    if form == "md":
        show_data(reviews.as_markdown(found, where), "md")
    elif form == "json":
        show_data(reviews.as_json(found), "json")
    else:
        show(reviews.as_text(found))


def _repository(root: Path) -> "Repository":
    from peerloom import review as reviews

    try:
        return reviews.Repository(root)
    except reviews.CannotRead as error:
        raise click.UsageError(str(error)) from error


def _sha(there: "Repository", head: str) -> str:
    """The head's id, also of one that was pushed over before it could be fetched."""
    from peerloom import review as reviews

    try:
        return there.commit(head)
    except reviews.CannotRead as error:
        if _SHA.fullmatch(head):
            return head
        raise click.UsageError(str(error)) from error


def _desk() -> "_Desk":
    from peerloom import github

    repository = os.environ.get("GITHUB_REPOSITORY")
    if not repository:
        raise click.UsageError("--post needs GITHUB_REPOSITORY, as GitHub Actions sets it")
    with _reached():
        hub = github.connection(sleep=time.sleep)
        return _Desk(hub, repository, hub.account()[0])


@dataclass(frozen=True, slots=True)
class _Desk:
    """The repository on GitHub, and the number of the account that posts there."""

    hub: "Connection"
    repository: str
    account: int

    def turn(self, number: int, head: str) -> "PullRequest | None":
        """Whose turn it is to be judged at a commit."""
        from peerloom import github

        with _reached():
            return github.turn(self.hub, self.repository, number, head, self.account)

    def sender(self, judged: "PullRequest", author_id: int) -> tuple[str, int] | None:
        """Whose answers a pull request holds that the program itself opened for somebody."""
        from peerloom import github

        if author_id != self.account:
            return None
        with _reached():
            return github.sender_of(self.hub, self.repository, judged.number)

    def day_received(
        self, judged: "PullRequest", commits: tuple[str, ...], zone: str
    ) -> date | None:
        """The day on which GitHub had the answers that a pull request holds."""
        from peerloom import github

        with _reached():
            return github.day_received(
                self.hub, self.repository, commits, self.account, zone, number=judged.number
            )

    def post(
        self, found: "Review", comment: str, judged: "PullRequest", received: date | None
    ) -> None:
        """Posted, a review has said what is wrong: that it did is all that the run can do."""
        from peerloom import github

        trouble = _tell(found)
        with _reached():
            github.post(
                found,
                comment,
                self.hub,
                self.repository,
                judged.number,
                account=self.account,
                merge=github.merger(self.hub, self.repository),
                received=received,
            )
        if trouble:
            refuse(trouble)

    def refuse_unrelated(self, judged: "PullRequest") -> None:
        """Says what stands in the way of one that shares no history with its base."""
        from peerloom import github

        with _reached():
            github.refuse_unrelated(self.hub, self.repository, judged, self.account)


@contextmanager
def _reached() -> "Iterator[None]":
    """What GitHub does not do ends the command with a sentence."""
    from peerloom import github

    try:
        yield
    except github.Unreached as reason:
        refuse(f"{reason}{reason.next}")


def _tell(found: "Review") -> str | None:
    """Tells coordinators what only they read; why it could not be, the same for every check-in."""
    from peerloom import github

    if found.coordinators is None:
        return None
    try:
        hub = github.coordinators_connection()
        github.tell(found.calls, hub, found.coordinators, time.sleep)
    except github.Unreached as reason:
        return f"{reason}{reason.next}"
    return None
