"""The settings of a repository: read, and set where that was asked for."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from peerloom.doctor import Access, Facts, Finding, Mend
from peerloom.github.connection import CannotReach, Connection, Missing, NeedsPlan
from peerloom.github_names import LABELS, STATUS

_CHECK_INS = ".github/workflows/check-ins.yml"
_ASLEEP = "disabled_inactivity"
_OFF = "disabled_manually"


def facts(hub: Connection, repository: str, branch: str, coordinators: Iterable[str] = ()) -> Facts:
    """What GitHub says. Raises `Unreached` where not even the repository can be seen."""
    path = f"/repos/{repository}"
    home = hub.ask("GET", path).value
    actions = _seen(hub, f"{path}/actions/permissions")
    token = _seen(hub, f"{path}/actions/permissions/workflow") or {}
    rules, needs_plan = _rules(hub, f"{path}/rules/branches/{branch}")
    is_personal = home["owner"]["type"] == "User"
    plan = None if is_personal else _plan(hub, home["owner"]["login"])
    workflows = _seen(hub, f"{path}/actions/workflows", {"per_page": 100}) or {"workflows": []}
    labels = _seen(hub, f"{path}/labels", {"per_page": 100}) or []
    at = next((w["id"] for w in workflows["workflows"] if w["path"] == _CHECK_INS), None)
    types = None if rules is None else {rule["type"] for rule in rules}
    return Facts(
        name=home["full_name"],
        visibility="private" if home["private"] else "public",
        default_branch=home["default_branch"],
        has_issues=home["has_issues"],
        is_archived=home["archived"],
        allows_forking=home.get("allow_forking"),
        actions_are_on=actions["enabled"] if actions else None,
        takes_our_actions=_takes_our_actions(hub, path, actions),
        token_writes=_is(token.get("default_workflow_permissions"), "write"),
        may_open_pull_requests=token.get("can_approve_pull_request_reviews"),
        pages=_pages(hub, path, has_pages=home["has_pages"]),
        required_statuses=None if rules is None else frozenset(_statuses(rules)),
        needs_pull_request=None if types is None else "pull_request" in types,
        labels=frozenset(label["name"] for label in labels),
        asleep=tuple(w["name"] for w in workflows["workflows"] if w["state"] == _ASLEEP),
        off=tuple(w["name"] for w in workflows["workflows"] if w["state"] == _OFF),
        last_run=None if at is None else _last_run(hub, f"{path}/actions/workflows/{at}/runs"),
        secrets=_secrets(hub, path),
        site_repository=_site_repository(hub, path),
        site_secrets=_names(hub, f"{path}/environments/public-site/secrets"),
        coordinators=_accesses(hub, path, coordinators),
        is_personal=is_personal,
        plan=plan,
        needs_plan=needs_plan,
        code_owner_errors=_code_owner_errors(hub, path),
    )


def _rules(hub: Connection, path: str) -> tuple[Any, bool]:
    """The rules of a branch, if they may be seen, and whether the plan has none."""
    try:
        return hub.ask("GET", path, {"per_page": 100}).value, False
    except NeedsPlan:
        return None, True
    except CannotReach:
        return None, False


def _plan(hub: Connection, organization: str) -> str | None:
    """The name of an organization's plan, which only its members are told."""
    found = _seen(hub, f"/orgs/{quote(organization)}") or {}
    name: str | None = (found.get("plan") or {}).get("name")
    return name


def _code_owner_errors(hub: Connection, path: str) -> tuple[str, ...]:
    """What GitHub cannot read in CODEOWNERS, or whom it does not know there, line by line."""
    found = _seen(hub, f"{path}/codeowners/errors") or {"errors": []}
    return tuple(f"line {each['line']}, {each['kind'].lower()}" for each in found["errors"])


def _takes_our_actions(
    hub: Connection, path: str, actions: Mapping[str, Any] | None
) -> bool | None:
    """Whether actions that GitHub wrote may be used; where Actions are off, nothing says so."""
    which = actions.get("allowed_actions") if actions else None
    if which == "selected":
        found = _seen(hub, f"{path}/actions/permissions/selected-actions") or {}
        allowed: bool | None = found.get("github_owned_allowed")
        return allowed
    return None if which is None else which == "all"


def _secrets(hub: Connection, path: str) -> frozenset[str] | None:
    """Those of the repository, and those that its organization gives it."""
    own = _names(hub, f"{path}/actions/secrets")
    shared = _names(hub, f"{path}/actions/organization-secrets")
    return None if own is None else own | (shared or frozenset())


def _names(hub: Connection, path: str) -> frozenset[str] | None:
    """The names of secrets; none where there is nothing that could have them."""
    try:
        found = hub.ask("GET", path, {"per_page": 100}).value
    except Missing:
        return frozenset()
    except CannotReach:
        return None
    return frozenset(secret["name"] for secret in found["secrets"])


def _site_repository(hub: Connection, path: str) -> str | None:
    found = _seen(hub, f"{path}/actions/variables/SITE_REPOSITORY")
    return found["value"] if found else None


def _accesses(hub: Connection, path: str, logins: Iterable[str]) -> dict[str, Access | None]:
    """What each account may do; those of which the token may not see it are left out."""
    found: dict[str, Access | None] = {}
    for login in logins:
        try:
            value = hub.ask("GET", f"{path}/collaborators/{quote(login)}/permission").value
        except Missing:
            found[login] = None
        except CannotReach:
            continue
        else:
            user = value["user"]
            found[login] = user and Access(number=user["id"], may=value["permission"])
    return found


def _last_run(hub: Connection, path: str) -> date | None:
    """When a schedule last started a workflow."""
    found = _seen(hub, path, {"event": "schedule", "per_page": 1})
    runs = found["workflow_runs"] if found else []
    return date.fromisoformat(runs[0]["created_at"][:10]) if runs else None


def _seen(hub: Connection, path: str, query: dict[str, Any] | None = None) -> Any:
    """What is there; nothing where the token may not see it."""
    try:
        return hub.ask("GET", path, query).value
    except CannotReach:
        return None


def _is(value: str | None, what: str) -> bool | None:
    return None if value is None else value == what


def _pages(hub: Connection, path: str, *, has_pages: bool) -> str | None:
    if not has_pages:
        return ""
    found = _seen(hub, f"{path}/pages")
    return None if found is None else found.get("build_type") or "legacy"


def _statuses(rules: Iterable[dict[str, Any]]) -> Iterable[str]:
    for rule in rules:
        if rule["type"] == "required_status_checks":
            for status in rule["parameters"]["required_status_checks"]:
                yield status["context"]


def mend(hub: Connection, repository: str, branch: str, finding: Finding, now: Facts) -> None:
    """Sets what a finding says. Raises `Unreached`."""
    path = f"/repos/{repository}"
    for method, below, value in _requests(hub, path, branch, finding, now):
        hub.ask(method, f"{path}{below}", value)


_Request = tuple[str, str, dict[str, Any] | None]
_WORKFLOW = "/actions/permissions/workflow"
# What sets what needs nothing else to be known: method, what is below the repository's path, value.
_SET: dict[Mend, tuple[_Request, ...]] = {
    "issues": (("PATCH", "", {"has_issues": True}),),
    "forking": (("PATCH", "", {"allow_forking": True}),),
    "actions": (("PUT", "/actions/permissions", {"enabled": True}),),
    "read-only token": (("PUT", _WORKFLOW, {"default_workflow_permissions": "read"}),),
    "pull requests": (("PUT", _WORKFLOW, {"can_approve_pull_request_reviews": True}),),
}


def _requests(
    hub: Connection, path: str, branch: str, finding: Finding, now: Facts
) -> Iterator[_Request]:
    match finding.mend:
        case None:
            return
        case "our actions":
            below = "/actions/permissions"
            yield "PUT", below, {"enabled": True, "allowed_actions": "selected"}
            kept = _seen(hub, f"{path}{below}/selected-actions") or {}
            others = {k: kept[k] for k in ("verified_allowed", "patterns_allowed") if k in kept}
            yield "PUT", f"{below}/selected-actions", others | {"github_owned_allowed": True}
        case "pages":
            yield "PUT" if now.pages else "POST", "/pages", {"build_type": "workflow"}
        case "labels":
            for name in sorted(LABELS.keys() - now.labels):
                yield "POST", "/labels", {"name": name, "description": LABELS[name]}
        case "wake workflows":
            for workflow in hub.ask("GET", f"{path}/actions/workflows").value["workflows"]:
                if workflow["state"] == _ASLEEP:
                    yield "PUT", f"/actions/workflows/{workflow['id']}/enable", None
        case "ruleset":
            yield "POST", "/rulesets", _ruleset(branch)
        case simple:
            yield from _SET[simple]


def _ruleset(branch: str) -> dict[str, Any]:
    return {
        "name": "Peerloom: changes are reviewed",
        "target": "branch",
        "enforcement": "active",
        # What no rule can judge keeps the status from turning green: administrators merge it, in
        # its pull request and nowhere else. 5 is GitHub's number for their role.
        "bypass_actors": [
            {"actor_id": 5, "actor_type": "RepositoryRole", "bypass_mode": "pull_request"}
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
