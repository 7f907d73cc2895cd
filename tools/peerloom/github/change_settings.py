"""Changes the settings of a repository, where that was asked for."""

from collections.abc import Iterator
from typing import Any

from peerloom.doctor import Facts, Fix, SettingProblem
from peerloom.github.client import Client
from peerloom.github.read_settings import ASLEEP, read_if_visible
from peerloom.github_names import LABELS, STATUS

# GitHub's number for the role of a repository's administrators.
_ADMINISTRATORS = 5


def change_settings(
    client: Client, repository: str, branch: str, problem: SettingProblem, facts: Facts
) -> None:
    """Set what a problem says; `facts` are the settings as they were read. Raises `GitHubError`."""
    path = f"/repos/{repository}"
    for method, below, value in _list_requests(client, path, branch, problem, facts):
        client.request(method, f"{path}{below}", value)


_Request = tuple[str, str, dict[str, Any] | None]
_WORKFLOWS_PATH = "/actions/permissions/workflow"
# Fixes that need no other facts: method, what follows the repository's path, value.
_FIXED_REQUESTS: dict[Fix, tuple[_Request, ...]] = {
    "issues": (("PATCH", "", {"has_issues": True}),),
    "forking": (("PATCH", "", {"allow_forking": True}),),
    "actions": (("PUT", "/actions/permissions", {"enabled": True}),),
    "read-only token": (("PUT", _WORKFLOWS_PATH, {"default_workflow_permissions": "read"}),),
    "pull requests": (("PUT", _WORKFLOWS_PATH, {"can_approve_pull_request_reviews": True}),),
}


def _list_requests(
    client: Client, path: str, branch: str, problem: SettingProblem, facts: Facts
) -> Iterator[_Request]:
    match problem.fix:
        case None:
            return
        case "github actions":
            below = "/actions/permissions"
            yield "PUT", below, {"enabled": True, "allowed_actions": "selected"}
            kept = read_if_visible(client, f"{path}{below}/selected-actions") or {}
            others = {k: kept[k] for k in ("verified_allowed", "patterns_allowed") if k in kept}
            yield "PUT", f"{below}/selected-actions", others | {"github_owned_allowed": True}
        case "pages":
            yield "PUT" if facts.pages else "POST", "/pages", {"build_type": "workflow"}
        case "labels":
            for name in sorted(LABELS.keys() - facts.labels):
                yield "POST", "/labels", {"name": name, "description": LABELS[name]}
        case "wake workflows":
            for workflow in client.get(f"{path}/actions/workflows")["workflows"]:
                if workflow["state"] == ASLEEP:
                    yield "PUT", f"/actions/workflows/{workflow['id']}/enable", None
        case "ruleset":
            yield "POST", "/rulesets", _ruleset(branch)
        case simple:
            yield from _FIXED_REQUESTS[simple]


def _ruleset(branch: str) -> dict[str, Any]:
    """The rules for a branch: no force pushes, pull requests alone, and the program's status."""
    return {
        "name": "Peerloom: changes are reviewed",
        "target": "branch",
        "enforcement": "active",
        # What no rule can judge keeps the status from turning green: administrators merge it, in
        # its pull request and nowhere else.
        "bypass_actors": [
            {
                "actor_id": _ADMINISTRATORS,
                "actor_type": "RepositoryRole",
                "bypass_mode": "pull_request",
            }
        ],
        "conditions": {"ref_name": {"include": [f"refs/heads/{branch}"], "exclude": []}},
        "rules": [
            {"type": "non_fast_forward"},
            {
                "type": "pull_request",
                "parameters": {
                    "required_approving_review_count": 0,
                    "dismiss_stale_reviews_on_push": True,
                    "require_code_owner_review": False,
                    "require_last_push_approval": False,
                    "required_review_thread_resolution": False,
                },
            },
            {
                "type": "required_status_checks",
                "parameters": {
                    "strict_required_status_checks_policy": False,
                    "required_status_checks": [{"context": STATUS}],
                },
            },
        ],
    }
