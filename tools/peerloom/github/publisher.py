"""Makes branches, commits and pull requests for the program.

Each is looked for before it is made, so that a run that dies is continued by the next.
"""

import base64
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from peerloom.changes import FileContents
from peerloom.github.attribution import mail_address
from peerloom.github.client import Account, Client
from peerloom.github.errors import NoAnswerError, RefusedError
from peerloom.github.merge import Merge, choose_merge
from peerloom.program import Loaded, examine_snapshot
from peerloom.records import Program
from peerloom.review import PullRequest

# How many files go into one request, because GitHub limits its size.
_FILES_PER_REQUEST = 500
_LONGEST_TITLE = 200
_PLAIN_FILE = "100644"
_WEB = "https://github.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """A repository on GitHub to publish changes in, and the program as it is at a base commit.

    `account` is the one that writes there. `unchanged` is a pull request without changes, and
    `root_tree` the id of its base's topmost tree. `merge` merges what may merge itself, and
    `coordinators` is GitHub with the token for what only coordinators read.
    """

    client: Client
    repository: str
    account: Account
    unchanged: PullRequest
    root_tree: str
    loaded: Loaded
    today: date
    merge: Merge
    coordinators: Client | None = None

    @property
    def program(self) -> Program:
        """The program as it is."""
        return self.loaded.program

    @property
    def base(self) -> str:
        """The id of the commit that new commits start from."""
        return self.unchanged.base

    @property
    def default_branch(self) -> str:
        """The branch that changes go to."""
        return self.program.settings.branch

    @property
    def api_path(self) -> str:
        """Where the repository is in the API."""
        return f"/repos/{self.repository}"

    def read_file(self, path: str) -> bytes | None:
        """The bytes of a record at the base."""
        return self.unchanged.before.files.get(path)

    # Branches.

    def list_branches(self, prefix: str) -> dict[str, str]:
        """The newest commit of each branch whose name begins with `prefix`, by that name."""
        refs = self.client.get(f"{self.api_path}/git/matching-refs/heads/{prefix}")
        return {ref["ref"].removeprefix("refs/heads/"): ref["object"]["sha"] for ref in refs}

    def find_newest_commit(self, branch: str) -> dict[str, Any] | None:
        """The newest commit of a branch; `None` where there is no such branch."""
        sha = self.list_branches(branch).get(branch)
        if sha is None:
            return None
        commit: dict[str, Any] = self.client.get(f"{self.api_path}/git/commits/{sha}")
        return commit

    def point_branch(self, branch: str, sha: str, *, exists: bool) -> None:
        """Create the branch at `sha`, or force it there."""
        if exists:
            path = f"{self.api_path}/git/refs/heads/{branch}"
            self.client.request("PATCH", path, {"sha": sha, "force": True})
        else:
            value = {"ref": f"refs/heads/{branch}", "sha": sha}
            self.client.request("POST", f"{self.api_path}/git/refs", value)

    def delete_branch(self, branch: str) -> None:
        """Delete a branch."""
        self.client.request("DELETE", f"{self.api_path}/git/refs/heads/{branch}")

    # Commits.

    def write_tree(self, contents: FileContents, deleted: Iterable[str] = ()) -> str:
        """The id of a tree like the base's, with these files and without the deleted paths."""
        plain = {"mode": _PLAIN_FILE, "type": "blob"}
        files: list[dict[str, Any]] = [
            {"path": path, **plain, **self.hold_content(content)}
            for path, content in contents.items()
        ]
        files += [{"path": path, **plain, "sha": None} for path in deleted]
        tree = self.root_tree
        for first in range(0, len(files), _FILES_PER_REQUEST):
            value = {"base_tree": tree, "tree": files[first : first + _FILES_PER_REQUEST]}
            tree = str(
                self.client.request("POST", f"{self.api_path}/git/trees", value).value["sha"]
            )
        return tree

    def hold_content(self, content: str | bytes) -> dict[str, str]:
        """What names the content of a file in a tree: its text, or the id of its bytes."""
        if isinstance(content, str):
            return {"content": content}
        value = {"content": base64.b64encode(content).decode("ascii"), "encoding": "base64"}
        path = f"{self.api_path}/git/blobs"
        return {"sha": str(self.client.request("POST", path, value).value["sha"])}

    def write_commit(
        self, tree: str, message: str, author_name: str, author: Account, day: date
    ) -> str:
        """The id of a new commit on the base, in the name of its author."""
        when = f"{day.isoformat()}T12:00:00Z"
        own = self.account
        value = {
            "message": message,
            "tree": tree,
            "parents": [self.base],
            "author": {"name": author_name, "email": mail_address(author), "date": when},
            "committer": {"name": own.login, "email": mail_address(own), "date": when},
        }
        return str(self.client.request("POST", f"{self.api_path}/git/commits", value).value["sha"])

    def wrote(self, commit: dict[str, Any]) -> bool:
        """Whether a commit was made by this account; other people's commits are not undone."""
        return bool(commit["committer"]["email"] == mail_address(self.account))

    # Pull requests.

    def link_to_open(self, branch: str) -> str:
        """The address at which a person opens a branch's pull request by one click.

        It is for where Actions may open none.
        """
        base = quote(self.default_branch)
        return f"{_WEB}/{self.repository}/compare/{base}...{quote(branch)}?expand=1"

    def link_to_pull_request(self, number: int) -> str:
        """The address of a pull request."""
        return f"{_WEB}/{self.repository}/pull/{number}"

    def list_pull_requests(self, branch: str) -> list[dict[str, Any]]:
        """The pull requests from a branch, open or not, newest first."""
        owner = self.repository.partition("/")[0]
        query = {"head": f"{owner}:{branch}", "state": "all"}
        values: list[dict[str, Any]] = self.client.get_first_page(f"{self.api_path}/pulls", query)
        return values

    def find_open_pull_request(self, branch: str) -> dict[str, Any] | None:
        """The open pull request from a branch."""
        values = self.list_pull_requests(branch)
        return next((value for value in values if value["state"] == "open"), None)

    def ensure_pull_request(
        self,
        branch: str,
        title: str,
        body: str,
        find: Callable[[], dict[str, Any] | None] | None = None,
    ) -> dict[str, Any]:
        """The pull request that `find` finds, opened where it finds none.

        Without `find` it is the open pull request from the branch.
        """
        find = find or (lambda: self.find_open_pull_request(branch))
        found = find()
        if found is not None:
            return found
        value = {"title": title, "head": branch, "base": self.default_branch, "body": body}
        try:
            path = f"{self.api_path}/pulls"
            opened: dict[str, Any] = self.client.request("POST", path, value).value
        except (NoAnswerError, RefusedError):
            # Another run may have been quicker, or only the answer was lost.
            found = find()
            if found is None:
                raise
            return found
        return opened


def make_publisher(
    client: Client,
    repository: str,
    unchanged: PullRequest,
    root_tree: str,
    today: date,
    coordinators: Client | None = None,
) -> Publisher:
    """A publisher for the program that a pull request starts from. Raises `GitHubError`."""
    return Publisher(
        client=client,
        repository=repository,
        account=client.account(),
        unchanged=unchanged,
        root_tree=root_tree,
        loaded=examine_snapshot(unchanged.before, today),
        today=today,
        merge=choose_merge(client, repository),
        coordinators=coordinators,
    )


def shorten_title(text: str) -> str:
    """A harmless version of a text, on one line and short enough for a title."""
    return " ".join(text.split())[:_LONGEST_TITLE]
