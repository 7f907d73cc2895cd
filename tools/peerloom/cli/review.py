"""`peerloom review`."""

import os
import re
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerloom.cli.options import Word, refuse, today_option

if TYPE_CHECKING:
    from peerloom.review import Review

_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,99})(?:\[bot\])?")
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
    where = None
    if repository and head_branch:
        where = reviews.Head(repository=repository, branch=head_branch)
    try:
        proposal = reviews.proposal(reviews.Repository(root), base, head)
    except reviews.CannotRead as error:
        raise click.UsageError(str(error)) from error
    by_form = _by_form(pull_request, author_id) if pull_request is not None else None
    found = reviews.review(proposal, *(by_form or (author, author_id)), today)
    if by_form:
        # What was sent by the form has been merged, if it may; this is what somebody added.
        found = replace(found, merges_itself=False)
    if form == "md":
        click.echo(reviews.as_markdown(found, where), nl=False)
    else:
        click.echo(reviews.as_json(found) if form == "json" else reviews.as_text(found), nl=False)
    if pull_request is not None:
        _post(found, reviews.as_markdown(found, where), pull_request)
    elif not found.is_fine:
        raise click.exceptions.Exit(1)


def _by_form(pull_request: int, author_id: int) -> tuple[str, int] | None:
    """Whose answers a pull request holds that the program itself opened for somebody."""
    from peerloom import github

    repository = _repository()
    try:
        hub = github.connection(sleep=time.sleep)
        number, _ = hub.account()
        if number != author_id:
            return None
        return github.sender_of(hub, repository, pull_request)
    except github.Unreached as reason:
        refuse(f"{reason}{reason.next}")


def _repository() -> str:
    repository = os.environ.get("GITHUB_REPOSITORY")
    if not repository:
        raise click.UsageError("--post needs GITHUB_REPOSITORY, as GitHub Actions sets it")
    return repository


def _post(found: "Review", comment: str, number: int) -> None:
    """Posted, a review has said what is wrong: that it did is all that the run can do."""
    from peerloom import github

    repository = _repository()
    try:
        hub = github.connection(sleep=time.sleep)
        account, _ = hub.account()
        trouble = _tell(found)
        github.post(found, comment, hub, repository, number, account=account)
    except github.Unreached as reason:
        refuse(f"{reason}{reason.next}")
    if trouble:
        refuse(trouble)


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
