"""The issues of one repository."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from peerloom.github.connection import PATIENCE, Answer, Connection, Sleep, TooFast
from peerloom.reminders import Issue

LABEL = "check-in"
_PAGE = 100


class Issues:
    """Issues of a repository that an account wrote; `pace` seconds pass after each writing.

    Where GitHub asks to wait, what it refused that way was not done, and is asked once more.
    """

    def __init__(
        self, hub: Connection, repository: str, account: tuple[int, str], pace: float, sleep: Sleep
    ) -> None:
        self._hub, self._path = hub, f"/repos/{repository}/issues"
        self._id, self._login = account
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
        page, more = 1, True
        while more:
            answer = self._ask("GET", self._path, {**query, "per_page": _PAGE, "page": page})
            for value in answer.value:
                if "pull_request" not in value:
                    yield self._issue(value)
            page, more = page + 1, answer.more

    def _issue(self, value: dict[str, Any]) -> Issue:
        return Issue(
            number=value["number"],
            title=value["title"],
            body=value["body"] or "",
            is_open=value["state"] == "open",
            comments=value["comments"],
            is_ours=bool(value["user"]) and value["user"]["id"] == self._id,
            changed=datetime.fromisoformat(value["updated_at"]),
        )

    def open(self, title: str, body: str) -> int:
        """Opens one; its number."""
        value = {"title": title, "body": body, "labels": [LABEL]}
        return int(self._ask("POST", self._path, value).value["number"])

    def change(self, number: int, **value: str) -> None:
        """Sets what is given of `title`, `body`, `state` and `state_reason`."""
        self._ask("PATCH", f"{self._path}/{number}", value)

    def comment(self, number: int, body: str) -> None:
        """Adds a comment."""
        self._ask("POST", f"{self._path}/{number}/comments", {"body": body})

    def own_comments(self, number: int) -> list[tuple[int, str]]:
        """Number and text of each comment that the account wrote, oldest first."""
        found: list[tuple[int, str]] = []
        page, more = 1, True
        while more:
            query = {"per_page": _PAGE, "page": page}
            answer = self._ask("GET", f"{self._path}/{number}/comments", query)
            found += [
                (value["id"], value["body"] or "")
                for value in answer.value
                if value["user"] and value["user"]["id"] == self._id
            ]
            page, more = page + 1, answer.more
        return found

    def take_back(self, comment: int) -> None:
        """Deletes a comment."""
        self._ask("DELETE", f"{self._path}/comments/{comment}")
