"""The issues of one repository."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from peerloom.github.connection import (
    PATIENCE,
    Answer,
    CannotReach,
    Connection,
    OtherAccount,
    Sleep,
    TooFast,
)
from peerloom.reminders import Issue, Key, mark_of
from peerloom.text.phrases import join_words

LABEL = "check-in"
_PAGE = 100
# What GitHub calls people who may perhaps write; a stranger is none of these.
_INSIDERS = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})
_WRITE = frozenset({"admin", "maintain", "write"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """Issues with a mark of ours, whoever wrote them, unless it is a stranger who copied it.

    `others` are the logins of accounts that are not the token's and have open ones, and `lately` is
    what those are about that were opened in the last day.
    """

    others: tuple[str, ...]
    lately: tuple[Key, ...]


class Issues:
    """Issues of a repository that an account wrote; `pace` seconds pass after each writing.

    Where GitHub asks to wait, what it refused that way was not done, and is asked once more.
    """

    def __init__(
        self, hub: Connection, repository: str, account: tuple[int, str], pace: float, sleep: Sleep
    ) -> None:
        self._hub, self._path = hub, f"/repos/{repository}/issues"
        self._id, self._login = account
        self.repository, self.login = repository, account[1]
        self._pace, self._sleep = pace, sleep

    def _ask(self, method: str, path: str, value: Mapping[str, Any] | None = None) -> Answer:
        try:
            return self._hub.ask(method, path, value)
        except TooFast as reason:
            if reason.seconds > PATIENCE:
                raise
            self._sleep(reason.seconds)
            return self._hub.ask(method, path, value)
        finally:
            if method != "GET":
                self._sleep(self._pace)

    def written(self, state: str, since: date | None = None) -> tuple[Issue, ...]:
        """Those in a state, `open` or `closed`, that changed since a day; oldest first."""
        query: dict[str, Any] = {"state": state, "creator": self._login}
        query |= {"sort": "created", "direction": "asc"}
        if since:
            query["since"] = f"{since.isoformat()}T00:00:00Z"
        return tuple(self._pages(query))

    def newest(self) -> tuple[Issue, ...]:
        """The hundred newest, open or closed."""
        query = {"state": "all", "creator": self._login, "sort": "created", "direction": "desc"}
        found = self._ask("GET", self._path, {**query, "per_page": _PAGE}).value
        return tuple(self._issue(value) for value in found)

    def _pages(self, query: dict[str, Any]) -> Iterator[Issue]:
        values = self._values(self._path, query)
        return (self._issue(v) for v in values if "pull_request" not in v)

    def _values(self, path: str, query: dict[str, Any]) -> Iterator[dict[str, Any]]:
        page, more = 1, True
        while more:
            answer = self._ask("GET", path, {**query, "per_page": _PAGE, "page": page})
            yield from answer.value
            page, more = page + 1, answer.more

    def _issue(self, value: dict[str, Any]) -> Issue:
        return Issue(
            number=value["number"],
            title=value["title"],
            body=value["body"] or "",
            is_open=value["state"] == "open",
            comments=value["comments"],
            is_ours=self._is_own(value),
            changed=datetime.fromisoformat(value["updated_at"]),
        )

    def open(self, title: str, body: str) -> int:
        """Opens one; its number. Raises `OtherAccount` where GitHub names another as its author."""
        value = {"title": title, "body": body, "labels": [LABEL]}
        return int(self._written("POST", self._path, value)["number"])

    def _written(self, method: str, path: str, value: Mapping[str, Any]) -> dict[str, Any]:
        """What was made; it names the account that made it."""
        made: dict[str, Any] = self._ask(method, path, value).value
        login = made["user"]["login"] if made["user"] else "nobody"
        if not self._is_own(made):
            raise OtherAccount(other_account((login,), self.login, self.repository))
        return made

    def _is_own(self, value: Mapping[str, Any]) -> bool:
        return bool(value["user"]) and value["user"]["id"] == self._id

    def marked(self, now: datetime) -> Marked:
        """What there is with a mark of ours: all that is open, and the newest."""
        query = {"sort": "created", "direction": "desc", "per_page": _PAGE}
        newest = self._ask("GET", self._path, {**query, "state": "all"}).value
        labeled = self._values(self._path, {**query, "state": "open", "labels": LABEL})
        found = {value["number"]: value for value in (*newest, *labeled)}.values()
        marked = [value for value in found if mark_of(value["body"] or "")]
        own = [value for value in marked if self._is_own(value)]
        others = [value for value in marked if not self._is_own(value) and value["user"]]
        logins = {value["user"]["login"] for value in others}
        trusted = {login for login in sorted(logins) if self._may_be_ours(login, others)}
        theirs = [value for value in others if value["user"]["login"] in trusted]
        since = (now - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        return Marked(
            others=tuple(sorted({v["user"]["login"] for v in theirs if v["state"] == "open"})),
            lately=tuple(
                mark.key
                for value in (*own, *theirs)
                if value["created_at"] > since and (mark := mark_of(value["body"]))
            ),
        )

    def _may_be_ours(self, login: str, issues: list[dict[str, Any]]) -> bool:
        """Whether the program may have written as this account: an app's, or one that may write."""
        value = next(issue for issue in issues if issue["user"]["login"] == login)
        if value["user"]["type"] == "Bot":
            return True
        if value["author_association"] not in _INSIDERS:
            return False
        path = self._path.removesuffix("/issues")
        try:
            found = self._ask("GET", f"{path}/collaborators/{quote(login)}/permission").value
        except CannotReach:
            return True
        return found["permission"] in _WRITE

    def change(self, number: int, **value: str) -> None:
        """Sets what is given of `title`, `body`, `state` and `state_reason`."""
        self._ask("PATCH", f"{self._path}/{number}", value)

    def comment(self, number: int, body: str) -> None:
        """Adds a comment."""
        self._written("POST", f"{self._path}/{number}/comments", {"body": body})

    def own_comments(self, number: int) -> list[tuple[int, str]]:
        """Number and text of each comment that the account wrote, oldest first."""
        return [
            (value["id"], value["body"] or "")
            for value in self._values(f"{self._path}/{number}/comments", {})
            if value["user"] and value["user"]["id"] == self._id
        ]

    def take_back(self, comment: int) -> None:
        """Deletes a comment."""
        self._ask("DELETE", f"{self._path}/comments/{comment}")


def other_account(others: tuple[str, ...], own: str, where: str) -> str:
    """What stands in the way where the program has written as another account, and what to do."""
    logins = join_words(f"'{login}'" for login in others)
    return (
        f"the program has written as {logins} in {where}, and this run writes as '{own}': it would "
        "write everything a second time. Run it with the token of that account, or, where the "
        "token is an app's, set PEERLOOM_ACCOUNT to its login; to go on as another account, first "
        "close what that one has opened"
    )
