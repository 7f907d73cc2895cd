"""Merges what needs no decision: at once, or by a job of its own that installs nothing."""

import os
from collections.abc import Callable, Mapping

from peerloom.github.actions import add_step_output, start_workflows
from peerloom.github.client import Client
from peerloom.github.commit_holder import read_pull_request_state
from peerloom.github_names import CHECK_INS_WORKFLOW, SITE_WORKFLOW

_AFTER_A_MERGE = (CHECK_INS_WORKFLOW, SITE_WORKFLOW)
# Takes a pull request's number, the commit that was reviewed, and the branch that it is for.
Merge = Callable[[int, str, str], None]


def choose_merge(
    client: Client, repository: str, environment: Mapping[str, str] = os.environ
) -> Merge:
    """The way in which a pull request that may merge itself is merged.

    In a workflow it becomes the output `merge` of the step, `NUMBER:COMMIT` for each: the job that
    reads what people wrote cannot write to the repository, and the one that can reads nothing.
    """

    def merge(number: int, head: str, branch: str) -> None:
        if not add_step_output("merge", f"{number}:{head}", environment):
            _merge_reviewed(client, repository, number, head, branch)

    return merge


def _merge_reviewed(client: Client, repository: str, number: int, head: str, branch: str) -> None:
    """Merge what was reviewed, unless it has moved on since then, closed, or goes elsewhere."""
    now = read_pull_request_state(client, repository, number)
    if not now.can_be_reviewed or now.head != head:
        return
    api_path = f"/repos/{repository}"
    # GitHub merges only the commit that the review is about: a later push has another id.
    value = {"sha": head, "merge_method": "squash"}
    client.request("PUT", f"{api_path}/pulls/{number}/merge", value)
    start_workflows(client, api_path, branch, _AFTER_A_MERGE)
