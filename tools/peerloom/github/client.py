"""Requests to GitHub, one at a time. All retries and all paging are here.

It is also the only module that sends requests; docs/decisions/0009 says why it does so by one
method of PyGithub and not by its objects.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import requests
from github.GithubException import GithubException
from urllib3 import Retry

from github import Auth, Github
from peerloom.github.errors import (
    MissingError,
    NoAnswerError,
    RateLimitError,
    RefusedError,
    is_forbidden,
    moved_error,
    translate_error,
)
from peerloom.github_names import COORDINATORS_SECRET

_API = "https://api.github.com"
_TIMEOUT_SECONDS = 30
# A run does not wait longer than this for GitHub; the next run goes on.
LONGEST_WAIT_SECONDS = 600.0
_ATTEMPTS = 4
# The most entries that GitHub puts on a page of a list.
_PAGE_SIZE = 100
# PyGithub follows a repository that has moved, and forgets the request on the way. Nothing is
# tried again here, and what has moved fails.
_NO_RETRIES = Retry(total=0, read=False, status_forcelist=(301, 307, 308), allowed_methods=None)
_URL = re.compile(r"https?://[^/?#\s]+(/[^?#\s]*)?")
# The login that writes with the token of a workflow, which may not ask GitHub whose it is. No
# person's login has brackets, so an account with this one is no stranger's. Its number
# differs between github.com and other servers.
_ACTIONS_LOGIN = "github-actions[bot]"

Sleep = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class GitHubResponse:
    """What GitHub answered; `has_next_page` says whether a list goes on."""

    value: Any
    has_next_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A GitHub user; a login can pass to somebody else, a number cannot."""

    number: int
    login: str

    def owns(self, user: Mapping[str, Any] | None) -> bool:
        """Whether it is the user whom GitHub names; `None` is one who has left."""
        return user is not None and user["id"] == self.number


class Client:
    """GitHub, with a token. Raises `RefusedError`, `NoAnswerError` or `RateLimitError`.

    With a way to `sleep` it waits where GitHub asks to, and repeats requests that only read.
    Requests that write are never repeated where it is unknown whether they were carried out.
    `login` is the token's account, for a token that may not ask for it.
    """

    def __init__(
        self,
        token: str,
        url: str = _API,
        sleep: Sleep | None = None,
        login: str = _ACTIONS_LOGIN,
    ) -> None:
        self._sleep = sleep
        self._login = login
        self._account: Account | None = None
        # By itself PyGithub repeats a request whose answer was lost: an issue would be made twice.
        self._github = Github(
            auth=Auth.Token(token),
            base_url=url,
            retry=_NO_RETRIES,
            timeout=_TIMEOUT_SECONDS,
            seconds_between_requests=0,
            seconds_between_writes=0,
        )

    def request(
        self, method: str, path: str, value: Mapping[str, Any] | None = None
    ) -> GitHubResponse:
        """Send one request; `value` is the query of a GET, the body of others."""
        if self._sleep is None:
            return self._send(method, path, value)
        for attempt in range(_ATTEMPTS - 1):
            try:
                return self._send(method, path, value)
            except RateLimitError as error:
                if error.seconds > LONGEST_WAIT_SECONDS:
                    raise
                self._sleep(error.seconds)
            except NoAnswerError:
                if method != "GET":
                    raise
                self._sleep(2.0**attempt)
        return self._send(method, path, value)

    def get(self, path: str, query: Mapping[str, Any] | None = None) -> Any:
        """The value at a path of the API."""
        return self.request("GET", path, query).value

    def get_first_page(self, path: str, query: Mapping[str, Any] | None = None) -> Any:
        """The value at a path, with at most the first hundred entries of its list."""
        return self.get(path, {**(query or {}), "per_page": _PAGE_SIZE})

    def list_values(self, path: str, query: Mapping[str, Any] | None = None) -> Iterator[Any]:
        """The entries on all pages of a list; each page is requested when it is reached."""
        page, has_next_page = 1, True
        while has_next_page:
            asked = {**(query or {}), "per_page": _PAGE_SIZE, "page": page}
            response = self.request("GET", path, asked)
            yield from response.value
            page, has_next_page = page + 1, response.has_next_page

    def _send(self, method: str, path: str, value: Mapping[str, Any] | None) -> GitHubResponse:
        try:
            headers, found = self._github.requester.requestJsonAndCheck(
                method,
                path,
                parameters=dict(value or {}) if method == "GET" else None,
                input=dict(value) if value is not None and method != "GET" else None,
            )
        except GithubException as error:
            raise translate_error(error, path) from error
        except requests.exceptions.RetryError as error:
            raise moved_error(path) from error
        except (requests.RequestException, ValueError) as error:
            raise NoAnswerError("GitHub did not answer") from error
        return GitHubResponse(found, 'rel="next"' in headers.get("link", ""))

    def account(self) -> Account:
        """The account that the token belongs to, as GitHub says; it is asked once."""
        if self._account is None:
            try:
                user = self.get("/user")
            except RefusedError as error:
                if not is_forbidden(error):
                    raise
                user = self._find_app()
            self._account = Account(number=user["id"], login=user["login"])
        return self._account

    def _find_app(self) -> dict[str, Any]:
        """The user of a token that is an app's, such as the token that a workflow is given."""
        try:
            user: dict[str, Any] = self.get(f"/users/{quote(self._login)}")
        except MissingError as error:
            raise RefusedError(_unknown_app(self._login)) from error
        if user["type"] != "Bot":
            raise RefusedError(_unknown_app(self._login))
        return user


def connect(environment: Mapping[str, str] = os.environ, sleep: Sleep | None = None) -> Client:
    """GitHub as Actions describes it in the environment. Raises `RefusedError`."""
    token = environment.get("GITHUB_TOKEN")
    if not token:
        message = "there is no token for GitHub: set GITHUB_TOKEN, in a workflow with "
        raise RefusedError(message + "'GITHUB_TOKEN: ${{ github.token }}' under 'env'")
    url = environment.get("GITHUB_API_URL") or _API
    if not _URL.fullmatch(url):
        raise RefusedError(f"GITHUB_API_URL must be an address such as {_API}, or not be set")
    return Client(token, url, sleep, environment.get("PEERLOOM_ACCOUNT") or _ACTIONS_LOGIN)


def connect_for_coordinators(
    environment: Mapping[str, str] = os.environ, sleep: Sleep | None = None
) -> Client:
    """GitHub with the token for the coordinators' repository, else with the program's own."""
    token = environment.get(COORDINATORS_SECRET) or environment.get("GITHUB_TOKEN", "")
    return connect({**environment, "GITHUB_TOKEN": token}, sleep)


def _unknown_app(login: str) -> str:
    return (
        f"GitHub does not say which account the token belongs to, and '{login}' is not an "
        "app's account there: set PEERLOOM_ACCOUNT to the login that the token writes as, such as "
        "'my-app[bot]'"
    )
