"""A program on GitHub, for tests: the stand-in over a bare repository, and commands run there."""

import copy
import os
import shutil
from datetime import date
from pathlib import Path
from typing import Any, Self

from click.testing import CliRunner, Result

import folder
from commits import Commits, Files
from peerloom import git, github, source
from peerloom.cli.command import peerloom
from peerloom.github.client import Client
from stand_in import Origin, StandIn

HOME = "reading-circle/mentoring"
GRACE = "content/participants/grace.yml"
# A small program in which Grace's account is known.
WITH_GRACE = folder.MINIMAL | {GRACE: folder.MINIMAL[GRACE] + "github: grace\ngithub_id: 3\n"}


class ProgramOnGitHub:
    """A program whose `main` is on the stand-in; `today` is the day on which commands run."""

    def __init__(self, root: Path, hub: StandIn, files: Files, today: date) -> None:
        self.hub, self.repository, self.today = hub, hub.repositories[HOME], today
        self.commits = Commits(root / "origin.git")
        self.commits.commit("main", files)
        self.repository.origin = Origin(self.commits.folder)

    def copy(self, root: Path) -> Self:
        """The same program once more, which takes its place on the stand-in."""
        other, commits = copy.copy(self), copy.copy(self.commits)
        other.commits, commits.folder = commits, root / "origin.git"
        # Git replaces its files, and writes into none that is there.
        shutil.copytree(self.commits.folder, commits.folder, copy_function=os.link)
        other.repository = self.hub.repositories[HOME] = copy.deepcopy(self.repository)
        other.repository.origin = Origin(commits.folder)
        return other

    def run(self, *arguments: str, starter: tuple[str, str] = ("", "")) -> Result:
        """A command in the repository, in a workflow that an account started."""
        command = ["-C", str(self.commits.folder), *arguments]
        if "--today" not in arguments:
            command += ["--today", self.today.isoformat()]
        environment = {"GITHUB_ACTOR": starter[0], "GITHUB_ACTOR_ID": starter[1]}
        return CliRunner().invoke(peerloom, command, env=environment)

    def review(
        self, number: int, head: str, login: str, id_: int, starter: tuple[str, str] = ("", "")
    ) -> Result:
        """The workflow `review` at a commit of a pull request that an account made."""
        author = ("--author", login, "--author-id", str(id_))
        commits = ("--base", "main", "--head", head)
        return self.run("review", *commits, *author, "--post", str(number), starter=starter)

    def read_record(self, path: str) -> dict[str, Any]:
        """The keys of a record on `main`."""
        return source.parse(self.commits.git("show", f"main:{path}").encode()).value

    def comments(self, number: int) -> list[str]:
        """The texts of the comments in an issue or a pull request."""
        url = self.repository.issues[number]["url"]
        return [c["body"] for c in self.repository.comments.values() if c["issue_url"] == url]

    @property
    def open_pulls(self) -> list[int]:
        """The numbers of pull requests that are open."""
        return [n for n in self.repository.pulls if self.repository.issues[n]["state"] == "open"]

    def make_publisher(self, client: Client | None = None) -> github.Publisher:
        """A publisher for `main`, with a client of its own unless one is given."""
        commits = git.Repository(self.commits.folder)
        unchanged = git.begin_pull_request(commits, "main")
        client = client or github.connect(self.hub.environment)
        tree = commits.find_root_tree(unchanged.base)
        return github.make_publisher(client, HOME, unchanged, tree, self.today)
