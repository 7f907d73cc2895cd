"""The stand-in's Git: branches, commits and pull requests over a real bare repository."""

import base64
import os
import re
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

_ZERO = "0" * 40
_URLS = ("commits", "diff", "html", "issue", "patch", "review_comment", "review_comments")


class Origin:
    """A bare repository as GitHub's API shows it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def git(self, *arguments: str, given: str = "", **environment: str) -> str:
        """What Git says to a command."""
        clean = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        done = subprocess.run(
            ["git", "-C", str(self.folder), *arguments],
            input=given,
            env=clean | environment,
            capture_output=True,
            check=True,
            text=True,
        )
        return done.stdout.strip()

    def refs(self, prefix: str) -> dict[str, str]:
        """Commits by ref, of those that begin so."""
        listed = self.git("for-each-ref", "--format=%(refname) %(objectname)").splitlines()
        refs = dict(line.split(" ") for line in listed)
        return {name: sha for name, sha in refs.items() if name.startswith(f"refs/{prefix}")}

    def answer(  # noqa: C901 - a table of requests
        self, method: str, below: str, body: Any, url: str
    ) -> tuple[int, Any] | None:
        """Status and value for what is below `/git`."""
        match method, below.split("/", 2)[1:]:
            case "GET", ["matching-refs", prefix]:
                return 200, [_ref(*ref, url) for ref in self.refs(prefix).items()]
            case "POST", ["refs"]:
                if body["ref"] in self.refs(""):
                    return 422, _problem("Reference already exists")
                self.git("update-ref", body["ref"], body["sha"], _ZERO)
                return 201, _ref(body["ref"], body["sha"], url)
            case "PATCH", ["refs", name]:
                return self._led(f"refs/{name}", body, url)
            case "DELETE", ["refs", name]:
                if not self.refs(name):
                    return 422, _problem("Reference does not exist")
                self.git("update-ref", "-d", f"refs/{name}")
                return 204, None
            case "GET", ["commits", sha]:
                return 200, self._commit(sha, url)
            case "POST", ["commits"]:
                return 201, self._commit(self._made(body), url)
            case "POST", ["blobs"]:
                data = base64.b64decode(body["content"])
                return 201, {"sha": self._blob(data), "url": url}
            case "POST", ["trees"]:
                sha = self._tree(body)
                return 201, {"sha": sha, "url": url, "tree": [], "truncated": False}
        return None

    def _led(self, ref: str, body: Any, url: str) -> tuple[int, Any]:
        if not body.get("force") and not self._goes_on(ref, body["sha"]):
            return 422, _problem("Update is not a fast forward")
        self.git("update-ref", ref, body["sha"])
        return 200, _ref(ref, body["sha"], url)

    def _goes_on(self, ref: str, sha: str) -> bool:
        return self.git("merge-base", ref, sha) == self.refs("").get(ref)

    def _tree(self, body: Any) -> str:
        index = str(self.folder / f"index-{os.urandom(4).hex()}")
        self.git("read-tree", body.get("base_tree", "--empty"), GIT_INDEX_FILE=index)
        for file in body["tree"]:
            if file.get("sha"):
                about = f"{file['mode']},{file['sha']},{file['path']}"
                self.git("update-index", "--add", "--cacheinfo", about, GIT_INDEX_FILE=index)
                continue
            if "content" not in file:
                gone = f"0 {_ZERO}\t{file['path']}\n"
                self.git("update-index", "--index-info", given=gone, GIT_INDEX_FILE=index)
                continue
            blob = self.git("hash-object", "-w", "--stdin", given=file["content"])
            about = f"{file['mode']},{blob},{file['path']}"
            self.git("update-index", "--add", "--cacheinfo", about, GIT_INDEX_FILE=index)
        sha = self.git("write-tree", GIT_INDEX_FILE=index)
        Path(index).unlink()
        return sha

    def _blob(self, data: bytes) -> str:
        command = ["git", "-C", str(self.folder), "hash-object", "-w", "--stdin"]
        done = subprocess.run(command, input=data, capture_output=True, check=True)
        return done.stdout.decode("ascii").strip()

    def _made(self, body: Any) -> str:
        environment = {
            f"GIT_{who.upper()}_{key.upper()}": body[who][key]
            for who in ("author", "committer")
            for key in ("name", "email", "date")
        }
        parents = [argument for sha in body["parents"] for argument in ("-p", sha)]
        return self.git("commit-tree", body["tree"], *parents, given=body["message"], **environment)

    def _commit(self, sha: str, url: str) -> dict[str, Any]:
        raw = self.git("cat-file", "commit", sha)
        head, _, message = raw.partition("\n\n")
        people = {
            who: {
                "name": re.search(rf"^{who} (.*) <", head, re.MULTILINE)[1],
                "email": re.search(rf"^{who} .*<(.*)>", head, re.MULTILINE)[1],
                "date": "2026-01-01T00:00:00Z",
            }
            for who in ("author", "committer")
        }
        parents = re.findall(r"^parent (\w+)$", head, re.MULTILINE)
        tree = re.search(r"^tree (\w+)$", head, re.MULTILINE)[1]
        verified = {"verified": False, "reason": "unsigned", "signature": None, "payload": None}
        return {
            **people,
            "sha": sha,
            "node_id": "C_1",
            "url": url,
            "html_url": url,
            "message": message,
            "tree": {"sha": tree, "url": url},
            "parents": [{"sha": p, "url": url, "html_url": url} for p in parents],
            "verification": {**verified, "verified_at": None},
        }

    def merge(self, base: str, head: str, message: str, when: datetime) -> str:
        """Squashes a commit onto a branch; the new commit, which is the branch's."""
        old = self.refs(f"heads/{base}")[f"refs/heads/{base}"]
        tree = self.git("merge-tree", "--write-tree", old, head).splitlines()[0]
        person = {
            f"GIT_{who}_{key}": value
            for who, name in (("AUTHOR", "a@example.org"), ("COMMITTER", "GitHub"))
            for key, value in (("NAME", name), ("EMAIL", name), ("DATE", when.isoformat()))
        }
        sha = self.git("commit-tree", tree, "-p", old, "-m", message, **person)
        self.git("update-ref", f"refs/heads/{base}", sha, old)
        return sha


def _problem(message: str) -> dict[str, Any]:
    return {"message": message, "documentation_url": "https://docs.github.com", "status": "422"}


def _ref(name: str, sha: str, url: str) -> dict[str, Any]:
    target = {"type": "commit", "sha": sha, "url": url}
    return {"ref": name, "node_id": "REF_1", "url": url, "object": target}


def pull_request(issue: dict[str, Any], pull: dict[str, Any], whole: Any) -> dict[str, Any]:
    """A pull request as GitHub gives it: its issue, and where it comes from and goes to."""
    url = issue["url"].replace("/issues/", "/pulls/")
    value = {key: issue[key] for key in ("id", "node_id", "number", "state", "locked", "title")}
    value |= {key: issue[key] for key in ("body", "user", "labels", "assignee", "milestone")}
    value |= {key: issue[key] for key in ("created_at", "updated_at", "closed_at", "comments_url")}
    value |= {f"{key}_url": f"{url}/{key}" for key in _URLS}
    value |= {"url": url, "statuses_url": f"{url}/statuses", "author_association": "NONE"}
    value |= {"merge_commit_sha": None, "merged_at": pull["merged_at"], "auto_merge": None}
    links = ("comments", "commits", "statuses", "html", "issue", "self")
    links += ("review_comments", "review_comment")
    value["_links"] = {key: {"href": url} for key in links}
    for side in ("head", "base"):
        repo = pull.get("fork", whole) if side == "head" else whole
        label = f"{whole['owner']['login']}:{pull[side]}"
        sha = pull[f"{side}_sha"]
        value[side] = {"label": label, "ref": pull[side], "repo": repo, "sha": sha}
        value[side]["user"] = whole["owner"]
    value |= dict.fromkeys(("additions", "changed_files", "comments", "commits"), 0)
    value |= dict.fromkeys(("deletions", "review_comments"), 0)
    value |= {"mergeable": True, "mergeable_state": "clean", "merged": bool(pull["merged_at"])}
    value["draft"] = pull.get("draft", False)
    return value | {"maintainer_can_modify": False, "merged_by": None}
