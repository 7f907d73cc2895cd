"""The stand-in itself: a server on 127.0.0.1 with the state of some repositories."""

import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep
from typing import Any, Literal, Self
from urllib.parse import parse_qsl, unquote, urlsplit

from stand_in.description import Description
from stand_in.origin import Origin, pull_request
from stand_in.settings import Settings, answer, label, whole

# What may go wrong with a request: it is done and the answer lost; it never arrives; it is
# done, or not, and answered with a fault; something on the way sends it twice; GitHub asks to
# wait; a list is as it was before; the token may not.
Fault = Literal[
    "lost", "cut", "done and 502", "twice", "502", "slow down", "limit", "stale", "no", "no pulls"
]
Faults = Callable[[int, str, str], Fault | None]

BOT = {"login": "github-actions[bot]", "id": 41898282, "type": "Bot"}
_PATH = re.compile(
    r"/repos/([^/]+/[^/]+)/issues(?:/(\d+|comments/\d+)(/comments|/labels(?:/.+)?)?)?"
)
# What GitHub answers for a fork that was deleted, though its description forgets it.
_DELETED_FORK = "head/repo: null is not of type"
_HEADERS = {"x-github-media-type": "github.v3; format=json"}


@dataclass(slots=True)
class Repository:
    """A repository's issues and what can be wrong with it."""

    issues: dict[int, dict[str, Any]] = field(default_factory=dict)
    comments: dict[int, dict[str, Any]] = field(default_factory=dict)
    is_archived: bool = False
    has_issues: bool = True
    before: list[dict[str, Any]] = field(default_factory=list)
    settings: Settings = field(default_factory=Settings)
    statuses: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    given: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    is_protected: bool = False
    merged: list[tuple[int, str]] = field(default_factory=list)
    origin: Origin | None = None
    pulls: dict[int, dict[str, Any]] = field(default_factory=dict)


class StandIn:
    """GitHub for a test, used in a `with`; what the description forbids fails at its end."""

    description: Description | None = None

    def __init__(self, *repositories: str) -> None:
        if StandIn.description is None:
            StandIn.description = Description()
        self.token = "t0ken"
        self.account: dict[str, Any] = dict(BOT)
        # The apps that there are, with their accounts' numbers.
        self.bots: dict[str, int] = {BOT["login"]: BOT["id"]}
        self.repositories = {name: Repository() for name in repositories}
        self.moved: dict[str, int] = {}
        self.accounts: dict[str, tuple[int, str]] = {}
        self.requests: list[tuple[str, str, int]] = []
        self.faults: Faults = lambda number, method, path: None
        self.violations: list[str] = []
        self.now = datetime(2026, 1, 1, tzinfo=UTC)
        self.delay = 0.0
        self.slept: list[float] = []
        self._lock = threading.Lock()
        self._next = 1000

    def __enter__(self) -> Self:
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # an answer is two writes, and waits for nobody

            def log_message(self, *_: object) -> None:
                pass

            def handle_any(self) -> None:
                stand_in._handle(self)

            do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = handle_any

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        if kind is None:
            assert self.violations == [], "\n".join(self.violations[:5])

    @property
    def environment(self) -> dict[str, str]:
        """What Actions would set."""
        return {
            "GITHUB_API_URL": self.url,
            "GITHUB_TOKEN": self.token,
            "GITHUB_REPOSITORY": next(iter(self.repositories)),
        }

    def count(self, method: str, part: str = "") -> int:
        """How many requests of a method had this in their path."""
        return sum(m == method and part in path for m, path, _ in self.requests)

    def open_as(self, login: str, number: int, repository: str, title: str, body: str) -> int:
        """An issue that somebody opens by hand."""
        who = {"login": login, "id": number, "type": "User"}
        return self.open_by(who, repository, {"title": title, "body": body})

    def open_by(self, who: dict[str, Any], repository: str, body: dict[str, Any]) -> int:
        """An issue that an account opens."""
        return self._opened(repository, body, who)["number"]

    def comment_as(self, login: str, repository: str, issue: int, body: str) -> None:
        """A comment that somebody writes by hand."""
        who = {"login": login, "id": 77, "type": "User"}
        self._commented(repository, issue, {"body": body}, who)

    # One request.

    def _handle(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("content-length") or 0)
        data = handler.rfile.read(length)
        if self.delay:
            sleep(self.delay)
        with self._lock:
            answer = self._answer(handler, data)
        if answer is None:
            handler.close_connection = True
            handler.connection.close()
            return
        status, body, headers = answer
        payload = b"" if body is None else json.dumps(body).encode()
        handler.send_response_only(status)
        for key, value in {**_HEADERS, **headers}.items():
            handler.send_header(key, value)
        handler.send_header("content-type", "application/json; charset=utf-8")
        handler.send_header("content-length", str(len(payload)))
        handler.end_headers()
        handler.wfile.write(payload)

    def _answer(
        self, handler: BaseHTTPRequestHandler, data: bytes
    ) -> tuple[int, Any, dict[str, str]] | None:
        split = urlsplit(handler.path)
        query = dict(parse_qsl(split.query))
        body = json.loads(data) if data else None
        method, path = handler.command, split.path
        assert StandIn.description is not None
        self.violations += StandIn.description.wrongs_of_request(method, path, query, body)
        fault = self.faults(len(self.requests), method, path)
        if fault in ("cut", "502", "slow down", "limit", "no", "no pulls"):
            self.requests.append((method, handler.path, 0))
            return self._faulty(fault)
        if handler.headers.get("authorization") not in (
            f"token {self.token}",
            f"Bearer {self.token}",
        ):
            status, value, headers = 401, _problem("Bad credentials", 401), {}
        else:
            if fault == "twice":
                self._routed(method, path, query, body, False)
            status, value, headers = self._routed(method, path, query, body, fault == "stale")
        for name, now in self.moved.items():
            if f"{path}/".startswith(f"/repos/{name}/"):
                at = f"{self.url}/repositories/{now}{path.removeprefix(f'/repos/{name}')}"
                status, headers = 301, {"location": f"{at}?{split.query}"}
                value = {"message": "Moved Permanently", "url": at}
        self.requests.append((method, handler.path, status))
        self.violations += [
            wrong
            for wrong in StandIn.description.wrongs_of_answer(method, path, status, value)
            if _DELETED_FORK not in wrong
        ]
        if fault == "lost":
            return None
        return self._faulty("502") if fault == "done and 502" else (status, value, headers)

    def _faulty(self, fault: Fault) -> tuple[int, Any, dict[str, str]] | None:
        if fault == "cut":
            return None
        if fault == "no pulls":
            message = "GitHub Actions is not permitted to create or approve pull requests."
            return 403, _problem(message, 403), {}
        if fault == "no":
            return 403, _problem("Resource not accessible by personal access token", 403), {}
        if fault == "slow down":
            message = "You have exceeded a secondary rate limit."
            return 403, _problem(message, 403), {"retry-after": "7"}
        if fault == "limit":
            reset = str(int((self.now + timedelta(hours=1)).timestamp()))
            headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": reset}
            headers["date"] = self.now.strftime("%a, %d %b %Y %H:%M:%S GMT")
            return 403, _problem("API rate limit exceeded", 403), headers
        return 502, _problem("Server Error", 502), {}

    def _routed(  # noqa: C901 - a table of requests
        self, method: str, path: str, query: dict[str, str], body: Any, is_stale: bool
    ) -> tuple[int, Any, dict[str, str]]:
        if path == "/user":
            if self.account["type"] == "Bot":
                return 403, _problem("Resource not accessible by integration", 403), {}
            return 200, self._user(self.account, is_whole=True), {}
        if path.startswith("/orgs/"):
            return self._organization(path.removeprefix("/orgs/"))
        if path.startswith("/users/") and method == "GET":
            return self._account(unquote(path.removeprefix("/users/")))
        match = _PATH.fullmatch(path)
        if match is None:
            return self._set(method, path, query, body)
        name, number, comments = match.groups()
        repository = self.repositories.get(name)
        if repository is None:
            return 404, _problem("Not Found", 404), {}
        if not repository.has_issues:
            return 410, _problem("Issues are disabled for this repo", 410), {}
        if repository.is_archived and method != "GET":
            return 403, _problem("Repository was archived so is read-only.", 403), {}
        if number is None:
            return self._issues(method, name, query, body, is_stale)
        if number.startswith("comments/"):
            at = int(number.partition("/")[2])
            if method == "PATCH":
                repository.comments[at]["body"] = body["body"]
                return 200, repository.comments[at], {}
            return self._deleted(repository, at)
        if (comments or "").startswith("/labels"):
            return self._labels(method, repository, int(number), unquote(comments or ""), body)
        return self._issue(method, name, int(number), bool(comments), query, body)

    def _set(
        self, method: str, path: str, query: dict[str, str], body: Any
    ) -> tuple[int, Any, dict[str, str]]:
        for name, repository in self.repositories.items():
            if path == f"/repos/{name}" or path.startswith(f"/repos/{name}/"):
                below = path.removeprefix(f"/repos/{name}")
                if below.startswith("/statuses/"):
                    return self._status(repository, below.rsplit("/", 1)[1], body)
                if below.startswith("/commits/"):
                    sha, what = below.split("/")[2:]
                    return self._of_commit(name, sha, what, query)
                if below.endswith("/merge"):
                    return *self._merge(name, int(below.split("/")[2]), body["sha"]), {}
                if below == "/pulls" or below.startswith("/pulls/"):
                    return *self._pulls(method, name, below, query, body), {}
                if below.startswith("/git/") and repository.origin:
                    return *self._git(repository, method, below, body), {}
                who = below.removeprefix("/collaborators/").removesuffix("/permission")
                if who in repository.settings.people:
                    may, number = repository.settings.people[who]
                    user = self._user({"login": who, "id": number, "type": "User"})
                    user["role_name"] = may
                    return 200, {"permission": may, "role_name": may, "user": user}, {}
                owner = self._owner(name)
                found = answer(repository, name, owner, self.url, method, below, body)
                if found is not None:
                    return *found, {}
        return 404, _problem("Not Found", 404), {}

    def _git(self, repository: Repository, method: str, below: str, body: Any) -> tuple[int, Any]:
        if repository.is_protected and (method, below) == ("PATCH", "/git/refs/heads/main"):
            return 422, _problem("Changes must be made through a pull request.", 422)
        assert repository.origin is not None
        found = repository.origin.answer(method, below[4:], body, self.url)
        assert found is not None, (method, below)
        return found

    def _account(self, login: str) -> tuple[int, Any, dict[str, str]]:
        if login in self.bots:
            bot = {"login": login, "id": self.bots[login], "type": "Bot"}
            return 200, self._user(bot, is_whole=True), {}
        if login not in self.accounts:
            return 404, _problem("Not Found", 404), {}
        number, made_on = self.accounts[login]
        user = self._user({"login": login, "id": number, "type": "User"}, is_whole=True)
        return 200, user | {"created_at": f"{made_on}T00:00:00Z"}, {}

    def _owner(self, name: str) -> dict[str, Any]:
        kind = self.repositories[name].settings.owner
        return self._user({"login": name.split("/", maxsplit=1)[0], "id": 5, "type": kind})

    def _organization(self, login: str) -> tuple[int, Any, dict[str, str]]:
        """As one of its members is told of it."""
        for name, repository in self.repositories.items():
            now = repository.settings
            if name.startswith(f"{login}/") and now.owner == "Organization":
                value = self._user({"login": login, "id": 5, "type": "Organization"})
                value |= {f"{key}_url": self.url for key in ("hooks", "issues", "members")}
                value |= {"public_members_url": self.url, "description": None, "archived_at": None}
                value |= dict.fromkeys(
                    ("has_organization_projects", "has_repository_projects"), True
                )
                value |= dict.fromkeys(("public_repos", "public_gists", "followers"), 0)
                value |= {"following": 0, "created_at": self.time(), "updated_at": self.time()}
                plan = {"name": now.plan, "space": 1, "private_repos": 1}
                return 200, value | {"plan": plan}, {}
        return 404, _problem("Not Found", 404), {}

    def _pulls(
        self, method: str, name: str, below: str, query: dict[str, str], body: Any
    ) -> tuple[int, Any]:
        """Pull requests, which are issues too, and share their numbers."""
        repository = self.repositories[name]
        if method == "POST":
            wanted = {n for n, p in repository.pulls.items() if p["head"] == body["head"]}
            if any(repository.issues[n]["state"] == "open" for n in wanted):
                return 422, _problem("A pull request already exists.", 422)
            return 201, self._pull(name, self.propose_as(self.account, name, body))
        number = int(below.split("/")[2]) if below != "/pulls" else 0
        if method == "PATCH":
            repository.issues[number] |= body
            if body.get("state") == "closed":
                repository.issues[number]["closed_at"] = self.time()
        if number:
            return 200, self._pull(name, number)
        owner, state = name.partition("/")[0], query.get("state", "open")
        found = [
            self._pull(name, n)
            for n, pull in sorted(repository.pulls.items(), reverse=True)
            if query.get("head") in (None, f"{owner}:{pull['head']}")
            and state in ("all", repository.issues[n]["state"])
        ]
        return 200, found

    def propose_as(self, who: dict[str, Any], name: str, body: dict[str, Any]) -> int:
        """A pull request from a branch of the repository's own origin; its number."""
        repository = self.repositories[name]
        number = int(self._opened(name, body, who)["number"])
        repository.issues[number]["pull_request"] = dict.fromkeys(
            ("url", "html_url", "diff_url", "patch_url"), self.url
        )
        base = {"base": body["base"], "merged_at": None}
        repository.pulls[number] = {"head": body["head"], **base}
        return number

    def pull_as(
        self,
        who: tuple[str, int],
        name: str,
        sha: str,
        *,
        base: str = "main",
        fork: str | None = "",
        is_draft: bool = False,
    ) -> int:
        """A pull request from a fork, that is there or was deleted, at a commit; its number."""
        login, id_ = who
        user = {"login": login, "id": id_, "type": "User"}
        number = self.propose_as(user, name, {"title": "Update", "head": "patch-1", "base": base})
        pull = self.repositories[name].pulls[number]
        pull |= {"head_sha": sha, "is_from_a_fork": True, "draft": is_draft, "fork": None}
        if fork is not None:
            at = fork or f"{login}/{name.partition('/')[2]}"
            pull["fork"] = whole(self.repositories[name], at, self._user(user), self.url)
        return number

    def _pull(self, name: str, number: int) -> dict[str, Any]:
        repository = self.repositories[name]
        pull = repository.pulls[number]
        for side in ("head", "base"):
            if (side == "head" and "is_from_a_fork" in pull) or repository.origin is None:
                pull.setdefault(f"{side}_sha", "0" * 40)
                continue
            # A branch that was deleted leaves what it was last.
            is_open = repository.issues[number]["state"] == "open"
            if is_open and (branch := repository.origin.ref(f"heads/{pull[side]}")):
                pull[f"{side}_sha"] = branch
        value = whole(repository, name, self._owner(name), self.url)
        return pull_request(repository.issues[number], pull, value)

    def merge(self, name: str, number: int) -> None:
        """Somebody merges a pull request; the issues that it closes close."""
        repository = self.repositories[name]
        pull, issue = self._pull(name, number), repository.issues[number]
        assert repository.origin is not None
        repository.pulls[number]["merge_sha"] = repository.origin.merge(
            pull["base"]["ref"], pull["head"]["sha"], issue["title"], self.now
        )
        now = {"state": "closed", "closed_at": self.time()}
        issue |= now
        repository.pulls[number]["merged_at"] = self.time()
        for closed in re.findall(r"\b[Cc]loses #(\d+)", issue["body"] or ""):
            repository.issues[int(closed)] |= now

    def _merge(self, name: str, number: int, sha: str) -> tuple[int, Any]:
        repository = self.repositories[name]
        if repository.origin is not None and self._pull(name, number)["head"]["sha"] != sha:
            return 409, _problem("Head branch was modified.", 409)
        if repository.pulls[number].get("draft"):
            return 405, _problem("Pull Request is still a draft", 405)
        repository.merged.append((number, sha))
        if repository.origin is not None:
            self.merge(name, number)
        return 200, {"sha": sha, "merged": True, "message": "merged"}

    def _status(
        self, repository: Repository, sha: str, body: dict[str, Any]
    ) -> tuple[int, Any, dict[str, str]]:
        repository.statuses.append((sha, body))
        return 201, self.status_as(self.account, repository, sha, body), {}

    def status_as(
        self, who: dict[str, Any], repository: Repository, sha: str, body: dict[str, Any]
    ) -> dict[str, Any]:
        """A status that somebody gives a commit."""
        url, number = f"{self.url}/statuses/{sha}", len(repository.given) + 1
        value = {"url": url, "avatar_url": None, "id": number, "node_id": f"SC_{number}"}
        value |= {"target_url": None, "created_at": self.time(), "updated_at": self.time()}
        value |= body | {"creator": self._user(who)}
        repository.given.append((sha, value))
        return value

    def _of_commit(
        self, name: str, sha: str, what: str, query: dict[str, str]
    ) -> tuple[int, Any, dict[str, str]]:
        """Statuses of a commit, the newest first; or the pull requests that brought it."""
        repository = self.repositories[name]
        if what == "statuses":
            return self._page([v for s, v in reversed(repository.given) if s == sha], query)
        numbers = [n for n, pull in repository.pulls.items() if sha == pull.get("merge_sha")]
        return 200, [self._pull(name, number) for number in numbers], {}

    def _issues(
        self, method: str, name: str, query: dict[str, str], body: Any, is_stale: bool
    ) -> tuple[int, Any, dict[str, str]]:
        repository = self.repositories[name]
        if method == "POST":
            repository.before = [dict(issue) for issue in repository.issues.values()]
            return 201, self._opened(name, body, self.account), {}
        found = repository.before if is_stale else list(repository.issues.values())
        state = query.get("state", "open")
        found = [i for i in found if state in ("all", i["state"])]
        if "creator" in query:
            found = [i for i in found if i["user"]["login"] == query["creator"]]
        if "labels" in query:
            wanted = set(query["labels"].split(","))
            found = [i for i in found if wanted <= {each["name"] for each in i["labels"]}]
        if "since" in query:
            found = [i for i in found if i["updated_at"] >= query["since"]]
        found.sort(key=lambda i: i["number"], reverse=query.get("direction", "desc") == "desc")
        return self._page(found, query)

    def _page(self, found: list[Any], query: dict[str, str]) -> tuple[int, Any, dict[str, str]]:
        size, page = int(query.get("per_page", 30)), int(query.get("page", 1))
        more = len(found) > page * size
        headers = {"link": f'<{self.url}/next?page={page + 1}>; rel="next"'} if more else {}
        return 200, found[(page - 1) * size : page * size], headers

    def _issue(
        self, method: str, name: str, number: int, comments: bool, query: dict[str, str], body: Any
    ) -> tuple[int, Any, dict[str, str]]:
        repository = self.repositories[name]
        issue = repository.issues.get(number)
        if issue is None:
            return 404, _problem("Not Found", 404), {}
        if comments and method == "POST":
            return 201, self._commented(name, number, body, self.account), {}
        if comments:
            own = [c for c in repository.comments.values() if c["issue_url"] == issue["url"]]
            return self._page(own, query)
        if method == "PATCH":
            issue |= {k: v for k, v in body.items() if k in ("title", "body", "state")}
            if "state" in body:
                issue["state_reason"] = body.get("state_reason")
                issue["closed_at"] = self.time() if body["state"] == "closed" else None
            issue["updated_at"] = self.time()
        return 200, issue, {}

    def _labels(
        self, method: str, repository: Repository, number: int, below: str, body: Any
    ) -> tuple[int, Any, dict[str, str]]:
        labels: list[Any] = repository.issues[number]["labels"]
        if method != "GET":
            repository.issues[number]["updated_at"] = self.time()
        if method == "POST":
            labels += [label(name, self.url) for name in body["labels"]]
        elif method == "DELETE":
            labels[:] = [each for each in labels if each["name"] != below.partition("/labels/")[2]]
        return 200, labels, {}

    def _deleted(self, repository: Repository, number: int) -> tuple[int, Any, dict[str, str]]:
        comment = repository.comments.pop(number)
        for issue in repository.issues.values():
            if issue["url"] == comment["issue_url"]:
                issue["comments"] -= 1
        return 204, None, {}

    def _opened(self, name: str, body: dict[str, Any], who: dict[str, Any]) -> dict[str, Any]:
        repository = self.repositories[name]
        number = max(repository.issues, default=0) + 1
        url = f"{self.url}/repos/{name}/issues/{number}"
        self._next += 1
        repository.issues[number] = {
            "id": self._next,
            "node_id": f"I_{self._next}",
            "url": url,
            "repository_url": f"{self.url}/repos/{name}",
            "labels_url": f"{url}/labels{{/name}}",
            "comments_url": f"{url}/comments",
            "events_url": f"{url}/events",
            "html_url": f"https://github.com/{name}/issues/{number}",
            "number": number,
            "state": "open",
            "state_reason": None,
            "title": body["title"],
            "body": body.get("body"),
            "user": self._user(who),
            "labels": [label(each, self.url) for each in body.get("labels", ())],
            "assignee": None,
            "assignees": [],
            "milestone": None,
            "locked": False,
            "comments": 0,
            "closed_at": None,
            "created_at": self.time(),
            "updated_at": self.time(),
            "author_association": (
                "COLLABORATOR" if who["login"] in repository.settings.people else "NONE"
            ),
        }
        return repository.issues[number]

    def _commented(
        self, name: str, number: int, body: dict[str, Any], who: dict[str, Any]
    ) -> dict[str, Any]:
        repository = self.repositories[name]
        issue = repository.issues[number]
        self._next += 1
        url = f"{self.url}/repos/{name}/issues/comments/{self._next}"
        comment = {
            "id": self._next,
            "node_id": f"IC_{self._next}",
            "url": url,
            "html_url": f"{issue['html_url']}#issuecomment-{self._next}",
            "issue_url": issue["url"],
            "body": body["body"],
            "user": self._user(who),
            "created_at": self.time(),
            "updated_at": self.time(),
            "author_association": "NONE",
        }
        repository.comments[self._next] = comment
        issue["comments"] += 1
        issue["updated_at"] = self.time()
        return comment

    def time(self) -> str:
        """The time it is, as GitHub writes it."""
        return self.now.strftime("%Y-%m-%dT%H:%M:%SZ")

    def _user(self, who: dict[str, Any], *, is_whole: bool = False) -> dict[str, Any]:
        url = f"{self.url}/users/{who['id']}"
        user: dict[str, Any] = {
            **who,
            "node_id": f"U_{who['id']}",
            "avatar_url": f"{url}/avatar",
            "gravatar_id": "",
            "url": url,
            "html_url": f"https://github.com/{who['id']}",
            "site_admin": False,
        }
        for key in ("followers", "subscriptions", "organizations", "repos", "received_events"):
            user[f"{key}_url"] = f"{url}/{key}"
        for key in ("following", "gists", "starred", "events"):
            user[f"{key}_url"] = f"{url}/{key}{{/x}}"
        if is_whole:
            user |= dict.fromkeys(("name", "company", "blog", "location", "email", "bio"))
            user |= {"hireable": None, "twitter_username": None, "created_at": self.time()}
            user |= {"updated_at": self.time()}
            user |= dict.fromkeys(("public_repos", "public_gists", "followers", "following"), 0)
        return user


def _problem(message: str, status: int) -> dict[str, Any]:
    return {
        "message": message,
        "documentation_url": "https://docs.github.com",
        "status": str(status),
    }
