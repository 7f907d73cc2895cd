"""`peerloom start`."""

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerloom.cli.options import today_option
from peerloom.cli.run_messages import refuse_in_run, say_pull_request
from peerloom.cli.start_answers import read_answers
from peerloom.github_names import START_BRANCH, WORKFLOWS_FOLDER
from peerloom.text.escaping.terminal import printable

if TYPE_CHECKING:
    from peerloom.git import Repository
    from peerloom.github import Publisher
    from peerloom.template_copy import GitFile, KeptFiles


@click.command("start")
@click.option("--name", default="", help="The program's name, as people will read it.")
@click.option("--cohort", default="", metavar="ID", help="The first cohort, such as 2027-spring.")
@click.option("--starts", default="", metavar="DATE", help="The cohort's first day.")
@click.option("--weeks", default="", metavar="N", help="How many weeks the cohort runs.")
@click.option("--time-zone", default="", metavar="ZONE", help="Such as Europe/Lisbon.")
@click.option("--visibility", default="", help="The repository's, as GitHub calls it.")
@today_option
@click.pass_obj
def command(root: Path, /, today: date, visibility: str, **texts: str) -> None:
    """Make a copy of the template a program of your own, by a pull request.

    The workflow 'start' runs this in a repository that was made by "Use this template". The
    repository and who coordinates are those that GitHub Actions names. What somebody has written
    there already is kept. To start a program in a folder, use 'peerloom init'.
    """
    from peerloom import git, github
    from peerloom.cli.publisher import publisher_for
    from peerloom.new_program import new_program_files
    from peerloom.template_copy import describe_start

    starter, repository = github.read_starter(), os.environ.get("GITHUB_REPOSITORY", "")
    if not repository or starter is None:
        raise click.UsageError("GITHUB_REPOSITORY, GITHUB_ACTOR and GITHUB_ACTOR_ID must be set")
    _refuse_unless_copy(root, repository)
    new_program = read_answers(texts, visibility, repository, starter)
    files = new_program_files(new_program)
    workflows = [path for path in files if path.startswith(f"{WORKFLOWS_FOLDER}/")]
    try:
        kept = _find_kept_files(git.Repository(root), workflows)
    except git.GitError as error:
        raise click.UsageError(str(error)) from error
    program = github.NewProgramOnGitHub(
        name=new_program.name,
        files={path: content for path, content in files.items() if path not in workflows},
        kept=kept.files,
    )
    publisher = publisher_for(root, today, needs_program=False)
    body = describe_start(new_program.name, kept)
    try:
        _refuse_other_branch(publisher)
        number = github.start_program(publisher, program, starter, body)
    except github.AlreadyStartedError as error:
        refuse_in_run(str(error))
    except github.GitHubError as error:
        refuse_in_run(f"{error}{error.next_step}")
    say_pull_request(publisher, number, START_BRANCH, ("the program", "starts the program"), body)


def _refuse_unless_copy(root: Path, repository: str) -> None:
    """End the command where no program can be started: in the project's own, and in a program."""
    from peerloom.program import load
    from peerloom.template_copy import (
        KEPT_FOLDER,
        find_home_of_peerloom,
        holds_source,
        is_unstarted_copy,
    )

    if not holds_source(root):
        refuse_in_run(
            "this repository holds a program already, and a second one would replace it: for "
            "another program, make another repository from the template"
        )
    if is_unstarted_copy(root, load(root).program.settings.repository, repository):
        return
    home = find_home_of_peerloom() or repository
    if home.casefold() == repository.casefold():
        refuse_in_run(
            f"{repository} is where Peerloom itself is made: choose 'Use this template' there, and "
            "start your program in the repository that this makes"
        )
    refuse_in_run(
        f"content/program.yml says that this program lives in {repository} already, and an empty "
        f"one would replace it: to start one all the same, write 'repository: {home}' there, and "
        f"run this again; what you wrote is then kept in the folder '{KEPT_FOLDER}'"
    )


def _find_kept_files(repository: "Repository", workflows: list[str]) -> "KeptFiles":
    """Return what the program keeps, or end the command if this is no copy of the template."""
    from peerloom.template_copy import choose_kept_files

    newest = repository.find_commit("HEAD")
    firsts = repository.find_first_commits(newest)
    first, now = _read_tree(repository, firsts[0]), _read_tree(repository, newest)
    if len(firsts) > 1 or not any(path in first for path in workflows):
        refuse_in_run(
            "this repository has the template's whole history, as a fork or an import has it: make "
            "one by 'Use this template', which begins anew, and start your program there"
        )
    for path, file in now.items():
        if file != first.get(path) and any("\ud800" <= letter <= "\udfff" for letter in path):
            name = printable(path)
            refuse_in_run(f"the name '{name}' must be text in UTF-8: rename it, and start again")
    return choose_kept_files(first, now, workflows)


def _read_tree(repository: "Repository", commit: str) -> "Mapping[str, GitFile]":
    from peerloom.template_copy import GitFile

    return {path: GitFile(e.mode, e.id) for path, e in repository.list_files(commit).items()}


def _refuse_other_branch(publisher: "Publisher") -> None:
    """End the command if the default branch is not the one that the workflows know."""
    branch = publisher.client.get(publisher.api_path)["default_branch"]
    if branch != publisher.default_branch:
        refuse_in_run(
            f"the default branch must be '{publisher.default_branch}', and is '{branch}': rename "
            "it in the repository's settings, and start again"
        )
