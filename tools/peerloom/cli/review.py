"""`peerloom review`."""

import re
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerloom.cli.options import DayType, Word, today_option
from peerloom.cli.printing import show, show_data

if TYPE_CHECKING:
    from peerloom.review import HeadBranch, Review

_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,99})(?:\[bot\])?")
_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*/[A-Za-z0-9._-]+")


@click.command("review")
@click.option(
    "--base", required=True, metavar="REF", help="The commit that it would be merged into."
)
@click.option("--head", required=True, metavar="REF", help="The commit that would be merged.")
@click.option(
    "--author", required=True, metavar="LOGIN", help="The account that made the pull request."
)
@click.option(
    "--author-id",
    required=True,
    type=click.IntRange(min=1),
    metavar="ID",
    help="GitHub's number for that account.",
)
@click.option(
    "--format",
    "output_format",
    type=Word(["text", "md", "json"]),
    default="text",
    show_default=True,
    help="For the terminal, as a comment on the pull request, or for programs.",
)
@click.option(
    "--repository",
    metavar="OWNER/REPO",
    help="Where the head is, for links that open the line to edit.",
)
@click.option("--head-branch", metavar="NAME", help="The head's branch there.")
@click.option(
    "--post",
    "number",
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
    output_format: str,
    repository: str | None,
    head_branch: str | None,
    number: int | None,
    received: date | None,
    today: date,
) -> None:
    """Say what a pull request does, what is wrong with it, and whether its author may make it.

    Both commits must be here; nothing of the head is checked out or run. Exit code 1 means
    that something must be corrected, or is not the author's to change.
    """
    from peerloom import git
    from peerloom import review as reviews
    from peerloom.cli.review_on_github import ReviewRequest, review_on_github
    from peerloom.cli.unstarted_copy import end_in_unstarted_copy

    if not _LOGIN.fullmatch(author):
        raise click.BadParameter("it must be a GitHub login", param_hint="'--author'")
    if repository and not _REPOSITORY.fullmatch(repository):
        raise click.BadParameter("it must be OWNER/REPO", param_hint="'--repository'")
    branch: HeadBranch | None = None
    if repository and head_branch:
        branch = reviews.HeadBranch(repository=repository, branch=head_branch)
    try:
        commits = git.Repository(root)
        if number is not None:
            end_in_unstarted_copy(root)
            request = ReviewRequest(
                commits=commits,
                base=base,
                head=head,
                number=number,
                author=(author, author_id),
                branch=branch,
                received=received,
                today=today,
            )
            review_on_github(request, partial(_show_review, output_format=output_format))
            return
        pull_request = git.read_pull_request(commits, base, head)
    except git.GitError as error:
        raise click.UsageError(str(error)) from error
    review = reviews.review_pull_request(pull_request, author, author_id, today, received=received)
    _show_review(review, branch, output_format)
    if not review.is_fine:
        raise click.exceptions.Exit(1)


def _show_review(review: "Review", branch: "HeadBranch | None", output_format: str) -> None:
    from peerloom import review as reviews

    if output_format == "md":
        show_data(reviews.review_as_markdown(review, branch), "md")
    elif output_format == "json":
        show_data(reviews.review_as_json(review), "json")
    else:
        show(reviews.review_as_text(review))
