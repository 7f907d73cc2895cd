"""The settings of a repository, as far as a token may see them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from peerloom.doctor import Access, Facts
from peerloom.github.client import Client
from peerloom.github.errors import MissingError, NeedsPlanError, RefusedError
from peerloom.github_names import (
    CHECK_INS_WORKFLOW,
    SITE_ENVIRONMENT,
    SITE_REPOSITORY_VARIABLE,
)

_CHECK_INS = f".github/workflows/{CHECK_INS_WORKFLOW}"
ASLEEP = "disabled_inactivity"
_DISABLED = "disabled_manually"


def read_settings(
    client: Client, repository: str, branch: str, coordinators: Iterable[str] = ()
) -> Facts:
    """The settings that GitHub shows. Raises `GitHubError` if it does not show the repository."""
    path = f"/repos/{repository}"
    home = client.get(path)
    actions = read_if_visible(client, f"{path}/actions/permissions")
    token = read_if_visible(client, f"{path}/actions/permissions/workflow") or {}
    permission = token.get("default_workflow_permissions")
    rules, needs_plan = _read_rules(client, f"{path}/rules/branches/{branch}")
    is_personal = home["owner"]["type"] == "User"
    plan = None if is_personal else _read_plan(client, home["owner"]["login"])
    workflows = _list_if_visible(client, f"{path}/actions/workflows") or {"workflows": []}
    labels = _list_if_visible(client, f"{path}/labels") or []
    check_ins = next((w["id"] for w in workflows["workflows"] if w["path"] == _CHECK_INS), None)
    runs = f"{path}/actions/workflows/{check_ins}/runs"
    types = None if rules is None else {rule["type"] for rule in rules}
    return Facts(
        name=home["full_name"],
        visibility="private" if home["private"] else "public",
        default_branch=home["default_branch"],
        has_issues=home["has_issues"],
        is_archived=home["archived"],
        allows_forking=home.get("allow_forking"),
        actions_are_on=actions["enabled"] if actions else None,
        allows_github_actions=_allows_github_actions(client, path, actions),
        token_writes=None if permission is None else permission == "write",
        may_open_pull_requests=token.get("can_approve_pull_request_reviews"),
        pages=_read_pages(client, path, has_pages=home["has_pages"]),
        required_statuses=None if rules is None else frozenset(_list_required_statuses(rules)),
        needs_pull_request=None if types is None else "pull_request" in types,
        labels=frozenset(label["name"] for label in labels),
        asleep=tuple(w["name"] for w in workflows["workflows"] if w["state"] == ASLEEP),
        disabled=tuple(w["name"] for w in workflows["workflows"] if w["state"] == _DISABLED),
        last_run=None if check_ins is None else _read_last_run(client, runs),
        secrets=_list_secrets(client, path),
        site_repository=_read_site_repository(client, path),
        site_secrets=_list_secret_names(client, f"{path}/environments/{SITE_ENVIRONMENT}/secrets"),
        coordinators=_read_accesses(client, path, coordinators),
        is_personal=is_personal,
        plan=plan,
        needs_plan=needs_plan,
        code_owner_errors=_list_code_owner_errors(client, path),
    )


def _read_rules(client: Client, path: str) -> tuple[Any, bool]:
    """The rules of a branch, if they may be seen, and whether the plan has none."""
    try:
        return client.get_first_page(path), False
    except NeedsPlanError:
        return None, True
    except RefusedError:
        return None, False


def _read_plan(client: Client, organization: str) -> str | None:
    """The name of an organization's plan, which only its members are told."""
    found = read_if_visible(client, f"/orgs/{quote(organization)}") or {}
    name: str | None = (found.get("plan") or {}).get("name")
    return name


def _list_code_owner_errors(client: Client, path: str) -> tuple[str, ...]:
    """What GitHub cannot read in CODEOWNERS, and the accounts it does not know, line by line."""
    found = read_if_visible(client, f"{path}/codeowners/errors") or {"errors": []}
    return tuple(f"line {each['line']}, {each['kind'].lower()}" for each in found["errors"])


def _allows_github_actions(
    client: Client, path: str, actions: Mapping[str, Any] | None
) -> bool | None:
    """Whether actions that GitHub wrote may be used; `None` where Actions are off."""
    which = actions.get("allowed_actions") if actions else None
    if which == "selected":
        found = read_if_visible(client, f"{path}/actions/permissions/selected-actions") or {}
        allowed: bool | None = found.get("github_owned_allowed")
        return allowed
    return None if which is None else which == "all"


def _list_secrets(client: Client, path: str) -> frozenset[str] | None:
    """The names of the repository's secrets, and of those that its organization shares with it."""
    own = _list_secret_names(client, f"{path}/actions/secrets")
    shared = _list_secret_names(client, f"{path}/actions/organization-secrets")
    return None if own is None else own | (shared or frozenset())


def _list_secret_names(client: Client, path: str) -> frozenset[str] | None:
    """The names of secrets; empty where there is nothing that could have them."""
    try:
        found = client.get_first_page(path)
    except MissingError:
        return frozenset()
    except RefusedError:
        return None
    return frozenset(secret["name"] for secret in found["secrets"])


def _read_site_repository(client: Client, path: str) -> str | None:
    found = read_if_visible(client, f"{path}/actions/variables/{SITE_REPOSITORY_VARIABLE}")
    return found["value"] if found else None


def _read_accesses(client: Client, path: str, logins: Iterable[str]) -> dict[str, Access | None]:
    """What each account may do, without accounts for which the token may not see it."""
    found: dict[str, Access | None] = {}
    for login in logins:
        try:
            value = client.get(f"{path}/collaborators/{quote(login)}/permission")
        except MissingError:
            found[login] = None
        except RefusedError:
            continue
        else:
            user = value["user"]
            found[login] = user and Access(number=user["id"], permission=value["permission"])
    return found


def _read_last_run(client: Client, path: str) -> date | None:
    """When a schedule last started a workflow."""
    found = read_if_visible(client, path, {"event": "schedule", "per_page": 1})
    runs = found["workflow_runs"] if found else []
    return date.fromisoformat(runs[0]["created_at"][:10]) if runs else None


def read_if_visible(client: Client, path: str, query: dict[str, Any] | None = None) -> Any:
    """The value at a path; `None` if the token may not see it."""
    try:
        return client.get(path, query)
    except RefusedError:
        return None


def _list_if_visible(client: Client, path: str) -> Any:
    """As `read_if_visible`, with at most the first hundred entries of a list."""
    try:
        return client.get_first_page(path)
    except RefusedError:
        return None


def _read_pages(client: Client, path: str, *, has_pages: bool) -> str | None:
    if not has_pages:
        return ""
    found = read_if_visible(client, f"{path}/pages")
    return None if found is None else found.get("build_type") or "legacy"


def _list_required_statuses(rules: Iterable[dict[str, Any]]) -> Iterable[str]:
    for rule in rules:
        if rule["type"] == "required_status_checks":
            for status in rule["parameters"]["required_status_checks"]:
                yield status["context"]
