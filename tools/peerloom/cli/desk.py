"""The desk at which a command makes pull requests, as GitHub Actions describes it."""

import os
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerloom.cli.printing import refuse

if TYPE_CHECKING:
    from peerloom.github import Desk


def desk_at(root: Path, today: date) -> "Desk":
    """A desk at what the folder's newest commit holds; without it, the command ends here."""
    from peerloom import git, github

    repository = os.environ.get("GITHUB_REPOSITORY")
    if not repository:
        raise click.UsageError("GITHUB_REPOSITORY must be set, as GitHub Actions sets it")
    try:
        there = git.Repository(root)
        drafted = git.begin_pull_request(there, "HEAD")
        folder = there.find_root_tree(drafted.base)
    except git.GitError as error:
        raise click.UsageError(str(error)) from error
    try:
        hub, private = github.connection(sleep=time.sleep), github.coordinators_connection()
        desk = github.desk(hub, repository, drafted, folder, today, private)
    except github.Unreached as reason:
        refuse(f"{reason}{reason.next}")
    if "content/program.yml" in desk.program.broken:
        refuse("content/program.yml must be mended first; 'peerloom check' says how")
    return desk
