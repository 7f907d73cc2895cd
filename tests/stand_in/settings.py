"""The settings of a repository that the stand-in has, and how they are read and set."""

from dataclasses import dataclass, field
from typing import Any

_TIME = "2026-01-01T00:00:00Z"
_URLS = (
    *("archive", "assignees", "blobs", "branches", "collaborators", "comments", "commits"),
    *("compare", "contents", "contributors", "deployments", "downloads", "events", "forks"),
    *("git_commits", "git_refs", "git_tags", "hooks", "issue_comment", "issue_events", "issues"),
    *("keys", "labels", "languages", "merges", "milestones", "notifications", "pulls", "releases"),
    *("stargazers", "statuses", "subscribers", "subscription", "tags", "teams", "trees"),
)
_COUNTS = ("forks", "forks_count", "open_issues", "open_issues_count", "size", "stargazers_count")
_COUNTS += ("watchers", "watchers_count", "network_count", "subscribers_count")


@dataclass(slots=True)
class Settings:
    """As a repository is on its first day, when nobody has set anything."""

    private: bool = True
    # The kind of its owner, and the plan of that; a free one guards nothing that is private.
    owner: str = "Organization"
    plan: str = "team"
    code_owner_errors: list[dict[str, Any]] = field(default_factory=list)
    default_branch: str = "main"
    may_push: bool = True
    allow_forking: bool = False
    actions: dict[str, Any] = field(
        default_factory=lambda: {"enabled": True, "allowed_actions": "all"}
    )
    selected: dict[str, Any] = field(default_factory=lambda: {"github_owned_allowed": False})
    token: dict[str, Any] = field(
        default_factory=lambda: {
            "default_workflow_permissions": "write",
            "can_approve_pull_request_reviews": False,
        }
    )
    pages: str | None = None
    rules: list[dict[str, Any]] = field(default_factory=list)
    labels: list[str] = field(default_factory=lambda: ["bug", "help wanted"])
    workflows: dict[str, str] = field(default_factory=lambda: {"check-ins": "active"})
    secrets: list[str] = field(default_factory=list)
    last_run: str | None = None
    started: list[tuple[str, str]] = field(default_factory=list)
    shared_secrets: list[str] = field(default_factory=list)
    # Of the environment 'public-site'; there is none before there is one.
    site_secrets: list[str] | None = None
    variables: dict[str, str] = field(default_factory=dict)
    # What each account may do, and its number; another name is nobody's.
    people: dict[str, tuple[str, int]] = field(default_factory=lambda: {"noor": ("admin", 5)})


def answer(  # noqa: C901, PLR0912 - a table of requests
    repository: Any, name: str, owner: Any, url: str, method: str, below: str, body: Any
) -> tuple[int, Any] | None:
    """Status and value for what is below a repository's path; nothing where that is not known."""
    now: Settings = repository.settings
    match method, below:
        case "GET", "":
            return 200, whole(repository, name, owner, url)
        case "PATCH", "":
            repository.has_issues = body.get("has_issues", repository.has_issues)
            now.allow_forking = body.get("allow_forking", now.allow_forking)
            return 200, whole(repository, name, owner, url)
        case "GET", "/actions/permissions":
            return 200, {**now.actions, "sha_pinning_required": False}
        case "PUT", "/actions/permissions":
            now.actions |= body
            return 204, None
        case "GET", "/actions/permissions/selected-actions":
            return 200, now.selected
        case "PUT", "/actions/permissions/selected-actions":
            now.selected |= body
            return 204, None
        case "GET", "/actions/permissions/workflow":
            return 200, now.token
        case "PUT", "/actions/permissions/workflow":
            now.token |= body
            return 204, None
        case "GET", "/pages" if now.pages:
            return 200, _pages(now, name, url)
        case "POST", "/pages":
            now.pages = body["build_type"]
            return 201, _pages(now, name, url)
        case "PUT", "/pages":
            now.pages = body["build_type"]
            return 204, None
        case "GET", _ if below.endswith("/runs"):
            home = whole(repository, name, owner, url)
            runs = [_run(now.last_run, url, home)] if now.last_run else []
            return 200, {"total_count": len(runs), "workflow_runs": runs}
        case "GET" | "POST", _ if below.startswith("/rule") and now.private and now.plan == "free":
            message = "Upgrade to GitHub Pro or make this repository public to enable this feature."
            return 403, {"message": message, "documentation_url": url, "status": "403"}
        case "GET", "/codeowners/errors":
            return 200, {"errors": now.code_owner_errors}
        case "GET", _ if below.startswith("/rules/branches/"):
            return 200, now.rules
        case "POST", "/rulesets":
            now.rules = body["rules"]
            value = {"id": 1, "name": body["name"], "enforcement": "active"}
            return 201, value | {"target": "branch", "source": name}
    return _listed(now, method, below, body, url)


def _listed(  # noqa: C901 - as above
    now: Settings, method: str, below: str, body: Any, url: str
) -> tuple[int, Any] | None:
    match method, below:
        case "GET", "/labels":
            return 200, [label(name, url) for name in now.labels]
        case "POST", "/labels":
            now.labels.append(body["name"])
            return 201, label(body["name"], url)
        case "GET", "/actions/secrets":
            return 200, _secrets(now.secrets)
        case "GET", "/actions/organization-secrets":
            return 200, _secrets(now.shared_secrets)
        case "GET", "/environments/public-site/secrets" if now.site_secrets is not None:
            return 200, _secrets(now.site_secrets)
        case "GET", _ if below.startswith("/actions/variables/"):
            name = below.rsplit("/", 1)[1]
            if name in now.variables:
                times = {"created_at": _TIME, "updated_at": _TIME}
                return 200, {"name": name, "value": now.variables[name], **times}
        case "GET", "/actions/workflows":
            found = [_workflow(n, name, url, now) for n, name in enumerate(now.workflows)]
            return 200, {"total_count": len(found), "workflows": found}
        case "POST", _ if below.endswith("/dispatches"):
            started = below.split("/")[-2].removesuffix(".yml")
            if started not in now.workflows:
                return 404, {"message": "Not Found", "documentation_url": url, "status": "404"}
            now.started.append((started, body["ref"]))
            return 204, None
        case "PUT", _ if below.endswith("/enable"):
            number = int(below.split("/")[-2])
            now.workflows[list(now.workflows)[number]] = "active"
            return 204, None
    return None


def _secrets(names: list[str]) -> dict[str, Any]:
    found = [{"name": s, "created_at": _TIME, "updated_at": _TIME} for s in names]
    return {"total_count": len(found), "secrets": found}


def whole(repository: Any, name: str, owner: Any, url: str) -> dict[str, Any]:
    """A repository as GitHub gives it."""
    at = f"{url}/repos/{name}"
    now: Settings = repository.settings
    value: dict[str, Any] = {f"{key}_url": f"{at}/{key}" for key in _URLS}
    value |= dict.fromkeys(_COUNTS, 0)
    value |= dict.fromkeys(("description", "homepage", "language", "mirror_url", "license"))
    value |= dict.fromkeys(
        ("fork", "has_projects", "has_wiki", "has_discussions", "has_downloads"), False
    )
    for key in ("html", "clone", "git", "ssh", "svn"):
        value[f"{key}_url"] = f"https://github.com/{name}"
    value |= {"id": 9, "node_id": "R_9", "name": name.split("/")[1], "full_name": name}
    value |= {"owner": owner, "url": at, "private": now.private, "disabled": False}
    value |= {"default_branch": now.default_branch, "archived": repository.is_archived}
    value |= {"has_issues": repository.has_issues, "has_pages": now.pages is not None}
    value |= {"allow_forking": now.allow_forking}
    roles = ("admin", "maintain", "push", "triage")
    value["permissions"] = dict.fromkeys(roles, now.may_push) | {"pull": True}
    value |= dict.fromkeys(("created_at", "updated_at", "pushed_at"), _TIME)
    return value


def _pages(now: Settings, name: str, url: str) -> dict[str, Any]:
    value = {"url": f"{url}/repos/{name}/pages", "status": "built", "cname": None}
    return value | {"custom_404": False, "public": True, "build_type": now.pages}


def label(name: str, url: str) -> dict[str, Any]:
    """A label as GitHub gives it."""
    value = {"id": 1, "node_id": "LA_1", "url": f"{url}/labels/1", "name": name}
    return value | {"description": "", "color": "ededed", "default": False}


def _workflow(number: int, name: str, url: str, now: Settings) -> dict[str, Any]:
    at = f"{url}/workflows/{number}"
    value = {"id": number, "node_id": f"W_{number}", "name": name, "state": now.workflows[name]}
    value |= {"path": f".github/workflows/{name}.yml", "url": at, "html_url": at}
    return value | {"badge_url": at, "created_at": _TIME, "updated_at": _TIME}


def _run(day: str, url: str, home: dict[str, Any]) -> dict[str, Any]:
    """A run of a workflow as GitHub gives it."""
    keys = ("jobs", "logs", "check_suite", "artifacts", "cancel", "rerun", "workflow")
    value: dict[str, Any] = {f"{key}_url": url for key in keys}
    value |= dict.fromkeys(("name", "head_branch", "conclusion", "status", "pull_requests"))
    value |= {"id": 1, "node_id": "WFR_1", "head_sha": "0" * 40, "path": "x", "run_number": 1}
    value |= {"event": "schedule", "workflow_id": 0, "url": url, "html_url": url}
    value |= {"created_at": f"{day}T05:17:00Z", "updated_at": f"{day}T05:17:00Z"}
    return (
        value
        | {"display_title": "check-ins", "head_commit": None}
        | {
            "repository": home,
            "head_repository": home,
        }
    )
