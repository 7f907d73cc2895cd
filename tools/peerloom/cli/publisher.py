"""The publisher of a command that makes pull requests, set up as GitHub Actions describes it."""

import os
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerloom.cli.printing import refuse
from peerloom.cli.unstarted_copy import end_in_unstarted_copy

if TYPE_CHECKING:
    from peerloom.github import Publisher


def publisher_for(root: Path, today: date, *, needs_program: bool = True) -> "Publisher":
    """A publisher for what the folder's newest commit holds; without one, the command ends.

    So it does in a copy of the template that was not started, and if the commit's settings cannot
    be used, unless no program is needed.
    """
    from peerloom import git, github

    repository = os.environ.get("GITHUB_REPOSITORY")
    if not repository:
        raise click.UsageError("GITHUB_REPOSITORY must be set, as GitHub Actions sets it")
    if needs_program:
        end_in_unstarted_copy(root)
    try:
        commits = git.Repository(root)
        unchanged = git.begin_pull_request(commits, "HEAD")
        root_tree = commits.find_root_tree(unchanged.base)
    except git.GitError as error:
        raise click.UsageError(str(error)) from error
    try:
        client, private = github.connect(sleep=time.sleep), github.connect_for_coordinators()
        publisher = github.make_publisher(client, repository, unchanged, root_tree, today, private)
    except github.GitHubError as error:
        refuse(f"{error}{error.next_step}")
    if needs_program and "content/program.yml" in publisher.program.broken:
        refuse("content/program.yml must be corrected first; 'peerloom check' says how")
    return publisher
