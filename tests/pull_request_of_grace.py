"""A pull request of Grace's with a check-in, reviewed on the stand-in for GitHub, for tests."""

from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner, Result

import folder
from commits import Commits
from peerloom.cli.command import peerloom
from stand_in import Origin, StandIn

HOME = "reading-circle/mentoring"
GRACE = "content/participants/grace.yml"
ANSWER = "content/check-ins/spring/ada-grace/2026-02-09-grace.yml"
CLEAN = """\
cohort: spring
pair: ada-grace
due: 2026-02-09
participant: grace
answered_on: 2026-02-09
met: true
"""


class PullRequestOfGrace:
    """A pull request of Grace's, number 1."""

    def __init__(self, where: Path, hub: StandIn, merge: str = "by hand") -> None:
        base = dict(folder.MINIMAL)
        base[GRACE] += "github: grace\ngithub_id: 3\n"
        base["content/program.yml"] += f"merge: {merge}\n"
        self.commits = Commits(where)
        self.main = self.commits.commit("main", base)
        self.hub = hub
        hub.repositories[HOME].origin = Origin(where)
        hub.now = datetime(2026, 2, 9, 20, tzinfo=UTC)
        hub.pull_as(("grace", 3), HOME, self.main)

    def review(self, answer: str, number: str = "3", path: str = ANSWER) -> Result:
        self.head = self.commits.commit("topic", {path: answer}, self.main)
        self.hub.repositories[HOME].pulls[1]["head_sha"] = self.head
        command = ["-C", str(self.commits.folder), "review", "--base", "main", "--head", self.head]
        command += ["--author", "grace", "--author-id", number, "--post", "1"]
        return CliRunner().invoke(peerloom, [*command, "--today", "2026-03-01"])


def comments(hub: StandIn) -> list[str]:
    return [comment["body"] for comment in hub.repositories[HOME].comments.values()]


def labels(hub: StandIn) -> set[str]:
    return {label["name"] for label in hub.repositories[HOME].issues[1]["labels"]}
