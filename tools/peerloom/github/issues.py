"""The issues of one repository."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from peerloom.github.client import Account, Client, Sleep
from peerloom.github.errors import OtherAccountError, RefusedError
from peerloom.github.sticky_comment import list_comments
from peerloom.github_names import CHECK_IN_LABEL
from peerloom.reminders import Issue, IssueKey, read_mark
from peerloom.text.phrases import join_words

# For how long GitHub's list of issues may lag behind what was written.
SETTLING_SECONDS = 5.0
# What GitHub calls people who may be allowed to write in a repository; strangers are none of these.
_INSIDERS = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})
_WRITE_PERMISSIONS = frozenset({"admin", "maintain", "write"})
_NEWEST_FIRST = {"sort": "created", "direction": "desc"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedIssues:
    """Issues with a mark of the program's, without those of strangers who copied it.

    `other_accounts` are the logins of accounts, not the token's, that have open ones, and
    `recent_keys` is what those are about that were opened in the last day.
    """

    other_accounts: tuple[str, ...]
    recent_keys: tuple[IssueKey, ...]


class Issues:
    """The issues of a repository that an account wrote; `pace` seconds pass after each writing."""

    def __init__(
        self, client: Client, repository: str, account: Account, pace: float, sleep: Sleep
    ) -> None:
        self.repository, self.account = repository, account
        self._client, self._path = client, f"/repos/{repository}/issues"
        self._pace, self._sleep = pace, sleep

    # Reading.

    def list_own(self, state: str, since: date | None = None) -> tuple[Issue, ...]:
        """The account's issues in a state, oldest first.

        `state` is `open`, `closed` or `all`; `since` leaves out what has not changed from that day.
        """
        query: dict[str, Any] = {"state": state, "creator": self.account.login}
        query |= {"sort": "created", "direction": "asc"}
        if since:
            query["since"] = f"{since.isoformat()}T00:00:00Z"
        values = self._client.list_values(self._path, query)
        return tuple(self._parse(value) for value in values if "pull_request" not in value)

    def list_newest_own(self) -> tuple[Issue, ...]:
        """The account's hundred newest issues, open or closed."""
        query = {"state": "all", "creator": self.account.login, **_NEWEST_FIRST}
        return tuple(map(self._parse, self._client.get_first_page(self._path, query)))

    def list_own_comments(self, number: int) -> list[tuple[int, str]]:
        """Number and text of each comment that the account wrote, oldest first."""
        return [
            (value["id"], value["body"] or "")
            for value in list_comments(self._client, self.repository, number)
            if self.account.owns(value["user"])
        ]

    def find_marked(self, now: datetime) -> MarkedIssues:
        """The issues with a mark of the program's: all that are open, and the newest."""
        marked = [value for value in self._list_candidates() if read_mark(value["body"] or "")]
        own = [value for value in marked if self.account.owns(value["user"])]
        others = [v for v in marked if v["user"] and not self.account.owns(v["user"])]
        logins = {value["user"]["login"] for value in others}
        trusted = {login for login in sorted(logins) if self._may_be_ours(login, others)}
        theirs = [value for value in others if value["user"]["login"] in trusted]
        since = (now - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        open_logins = {v["user"]["login"] for v in theirs if v["state"] == "open"}
        return MarkedIssues(
            other_accounts=tuple(sorted(open_logins)),
            recent_keys=tuple(
                mark.key
                for value in (*own, *theirs)
                if value["created_at"] > since and (mark := read_mark(value["body"]))
            ),
        )

    def _list_candidates(self) -> list[dict[str, Any]]:
        """The hundred newest issues by anyone, and all open ones that have the label."""
        newest = self._client.get_first_page(self._path, {**_NEWEST_FIRST, "state": "all"})
        query = {**_NEWEST_FIRST, "state": "open", "labels": CHECK_IN_LABEL}
        labeled = self._client.list_values(self._path, query)
        return list({value["number"]: value for value in (*newest, *labeled)}.values())

    def _may_be_ours(self, login: str, issues: list[dict[str, Any]]) -> bool:
        """Whether the program may have written as this account: an app's, or one that may write."""
        value = next(issue for issue in issues if issue["user"]["login"] == login)
        if value["user"]["type"] == "Bot":
            return True
        if value["author_association"] not in _INSIDERS:
            return False
        path = f"/repos/{self.repository}/collaborators/{quote(login)}/permission"
        try:
            found = self._client.get(path)
        except RefusedError:
            return True
        return found["permission"] in _WRITE_PERMISSIONS

    def _parse(self, value: dict[str, Any]) -> Issue:
        return Issue(
            number=value["number"],
            title=value["title"],
            body=value["body"] or "",
            is_open=value["state"] == "open",
            comments=value["comments"],
            is_ours=self.account.owns(value["user"]),
            changed=datetime.fromisoformat(value["updated_at"]),
        )

    # Writing.

    def open(self, title: str, body: str) -> int:
        """Open an issue; its number.

        Raises `OtherAccountError` where GitHub names another account as its author.
        """
        value = {"title": title, "body": body, "labels": [CHECK_IN_LABEL]}
        return int(self._create(self._path, value)["number"])

    def change(self, number: int, **values: str) -> None:
        """Set what is given of `title`, `body`, `state` and `state_reason`."""
        self._write("PATCH", f"{self._path}/{number}", values)

    def add_comment(self, number: int, body: str) -> None:
        """Add a comment."""
        self._create(f"{self._path}/{number}/comments", {"body": body})

    def delete_comment(self, comment: int) -> None:
        """Delete a comment."""
        self._write("DELETE", f"{self._path}/comments/{comment}")

    def _create(self, path: str, value: Mapping[str, Any]) -> dict[str, Any]:
        """Create something and return it. Raises `OtherAccountError` if another account did."""
        made: dict[str, Any] = self._write("POST", path, value)
        if not self.account.owns(made["user"]):
            login = made["user"]["login"] if made["user"] else "nobody"
            raise OtherAccountError(explain_other_account((login,), self))
        return made

    def _write(self, method: str, path: str, value: Mapping[str, Any] | None = None) -> Any:
        try:
            return self._client.request(method, path, value).value
        finally:
            self._sleep(self._pace)


def explain_other_account(others: tuple[str, ...], issues: Issues) -> str:
    """An explanation for when the program has written as other accounts, and what to do."""
    logins = join_words(f"'{login}'" for login in others)
    return (
        f"the program has written as {logins} in {issues.repository}, and this run writes as "
        f"'{issues.account.login}': it would write everything a second time. Run it with the token "
        "of that account, or, where the token is an app's, set PEERLOOM_ACCOUNT to its login; to "
        "go on as another account, first close what that one has opened"
    )
