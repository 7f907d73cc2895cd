"""What is merged with nobody looking: at once, or by a job of its own that installs nothing."""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from peerloom.github.connection import Connection, Unreached
from peerloom.github.heads import pull_request

_AFTER_A_MERGE = ("received.yml", "check-ins.yml", "site.yml")
# Takes a pull request's number, the commit that was judged, and the branch that it is for.
Merge = Callable[[int, str, str], None]


def merger(hub: Connection, repository: str, environment: Mapping[str, str] = os.environ) -> Merge:
    """How what may merge itself is merged.

    In a workflow it becomes the output `merge` of the step, `NUMBER:COMMIT` for each: the job that
    reads what people wrote cannot write to the repository, and the one that can reads nothing.
    """

    def merge(number: int, head: str, branch: str) -> None:
        if not add_output("merge", f"{number}:{head}", environment):
            _merge(hub, repository, number, head, branch)

    return merge


def add_output(name: str, word: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Add a word to an output of the workflow's step; false where no workflow runs this."""
    output = environment.get("GITHUB_OUTPUT")
    if not output:
        return False
    file = Path(output)
    before = file.read_text("utf-8").splitlines() if file.is_file() else []
    # Of several lines of a name, the last holds.
    noted = next((line for line in reversed(before) if line.startswith(f"{name}=")), f"{name}=")
    with file.open("a", encoding="utf-8") as lines:
        lines.write(f"{noted} {word}\n".replace("= ", "="))
    return True


def _merge(hub: Connection, repository: str, number: int, head: str, branch: str) -> None:
    """Merges what was judged, unless it has moved on since then, closed, or goes elsewhere."""
    now = pull_request(hub, repository, number)
    if not now.counts or now.head != head:
        return
    path = f"/repos/{repository}"
    # GitHub merges only what the review speaks of: a later push has another hash.
    hub.ask("PUT", f"{path}/pulls/{number}/merge", {"sha": head, "merge_method": "squash"})
    start_workflows(hub, path, branch)


def start_workflows(
    hub: Connection, path: str, branch: str, workflows: Sequence[str] = _AFTER_A_MERGE
) -> None:
    """Starts what a person's merge would start, and a workflow's own does not.

    Where that cannot be, their schedule does it later.
    """
    for workflow in workflows:
        with suppress(Unreached):
            hub.ask("POST", f"{path}/actions/workflows/{workflow}/dispatches", {"ref": branch})
