"""One request to GitHub at a time; the only module that knows PyGithub."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import requests
from github import Auth, Github
from github.GithubException import GithubException
from urllib3 import Retry

_HOME = "https://api.github.com"
_TIMEOUT = 30
# Longer than this a run does not wait for GitHub: the next run goes on.
PATIENCE = 600.0
_TRIES = 4
# The most that GitHub puts on a page of a list.
_PAGE = 100
# PyGithub follows where a repository has moved to, and forgets the question on the way. Nothing is
# tried again here; what has moved fails.
_MOVED = Retry(total=0, read=False, status_forcelist=(301, 307, 308), allowed_methods=None)
_URL = re.compile(r"https?://[^/?#\s]+(/[^?#\s]*)?")
# Who writes with the token that a workflow is given, which may not ask who it is. No person's
# login has brackets, so whoever GitHub says has this one is no stranger. Its number differs
# between github.com and other servers.
_ACTIONS = "github-actions[bot]"


class Unreached(Exception):  # noqa: N818 - it is what the three below have in common
    """What was asked of GitHub was not done, or is not known to be; the message says why.

    `next` is what to do, where the message does not say it.
    """

    next = ""


class CannotReach(Unreached):
    """GitHub says no, and will say so again until somebody does what the message says."""


class Missing(CannotReach):
    """What was asked for is not there, or not for this token."""


class NeedsPlan(CannotReach):
    """GitHub has it for paid plans, or for public repositories."""


class OtherAccount(CannotReach):
    """What the program wrote is another account's than the token's: written again, it would double.

    Nothing more is written in this run.
    """


class NoAnswer(Unreached):
    """Whether it was done is not known: the answer did not come, or said nothing of it."""

    next = "; try again later, https://www.githubstatus.com says what is known of it"


class TooFast(Unreached):
    """GitHub asks to wait; `seconds` says how long."""

    next = "; run it again then, and it goes on where it was"

    def __init__(self, seconds: float) -> None:
        super().__init__(f"GitHub asks to wait {seconds:.0f} seconds")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Answer:
    """What GitHub answered; `more` says whether a list goes on."""

    value: Any
    more: bool = False


Sleep = Callable[[float], None]


class Connection:
    """GitHub with a token. Raises `CannotReach`, `NoAnswer` or `TooFast`, and nothing else.

    With a way to `sleep` it waits where GitHub asks to, and asks for what changes nothing again.
    `login` is whose a token is that may not ask that itself.
    """

    def __init__(
        self, token: str, url: str = _HOME, sleep: Sleep | None = None, login: str = _ACTIONS
    ) -> None:
        self._sleep = sleep
        self._login = login
        self._account: tuple[int, str] | None = None
        # By itself PyGithub repeats a request whose answer was lost: an issue would be made twice.
        self._hub = Github(
            auth=Auth.Token(token),
            base_url=url,
            retry=_MOVED,
            timeout=_TIMEOUT,
            seconds_between_requests=0,
            seconds_between_writes=0,
        )

    def ask(self, method: str, path: str, value: Mapping[str, Any] | None = None) -> Answer:
        """One request; `value` is the query of a GET, the body of others."""
        if self._sleep is None:
            return self._asked(method, path, value)
        for tried in range(_TRIES - 1):
            try:
                return self._asked(method, path, value)
            except TooFast as reason:
                if reason.seconds > PATIENCE:
                    raise
                self._sleep(reason.seconds)
            except NoAnswer:
                if method != "GET":
                    raise
                self._sleep(2.0**tried)
        return self._asked(method, path, value)

    def list_values(self, path: str, query: Mapping[str, Any] | None = None) -> Iterator[Any]:
        """The entries of a list, of all its pages, each page asked for when it is reached."""
        page, more = 1, True
        while more:
            answer = self.ask("GET", path, {**(query or {}), "per_page": _PAGE, "page": page})
            yield from answer.value
            page, more = page + 1, answer.more

    def _asked(self, method: str, path: str, value: Mapping[str, Any] | None) -> Answer:
        try:
            headers, found = self._hub.requester.requestJsonAndCheck(
                method,
                path,
                parameters=dict(value or {}) if method == "GET" else None,
                input=dict(value) if value is not None and method != "GET" else None,
            )
        except GithubException as error:
            raise _meant(error, path) from error
        except requests.exceptions.RetryError as error:
            raise Missing(_sentence(301, "", _where(path))) from error
        except (requests.RequestException, ValueError) as error:
            raise NoAnswer("GitHub did not answer") from error
        return Answer(found, 'rel="next"' in headers.get("link", ""))

    def account(self) -> tuple[int, str]:
        """Number and login of whoever the token belongs to, as GitHub says."""
        if self._account is None:
            try:
                user = self.ask("GET", "/user").value
            except CannotReach as reason:
                if not _is_forbidden(reason):
                    raise
                user = self._bot()
            self._account = user["id"], user["login"]
        return self._account

    def _bot(self) -> dict[str, Any]:
        """The account of a token that is an app's, such as the one that a workflow is given."""
        try:
            user: dict[str, Any] = self.ask("GET", f"/users/{quote(self._login)}").value
        except Missing as reason:
            raise CannotReach(_unknown_bot(self._login)) from reason
        if user["type"] != "Bot":
            raise CannotReach(_unknown_bot(self._login))
        return user


def connection(
    environment: Mapping[str, str] = os.environ, sleep: Sleep | None = None
) -> Connection:
    """GitHub as Actions describes it in the environment. Raises `CannotReach`."""
    token = environment.get("GITHUB_TOKEN")
    if not token:
        message = "there is no token for GitHub: set GITHUB_TOKEN, in a workflow by "
        raise CannotReach(message + "'GITHUB_TOKEN: ${{ github.token }}' under 'env'")
    url = environment.get("GITHUB_API_URL") or _HOME
    if not _URL.fullmatch(url):
        raise CannotReach(f"GITHUB_API_URL must be an address such as {_HOME}, or not be set")
    return Connection(token, url, sleep, environment.get("PEERLOOM_ACCOUNT") or _ACTIONS)


def coordinators_connection(environment: Mapping[str, str] = os.environ) -> Connection:
    """GitHub with the token for the coordinators' repository, else with the program's own."""
    token = environment.get("COORDINATORS_TOKEN") or environment.get("GITHUB_TOKEN", "")
    return connection({**environment, "GITHUB_TOKEN": token})


def _unknown_bot(login: str) -> str:
    return (
        f"GitHub does not say whose the token is, and '{login}' is no app's account there: set "
        "PEERLOOM_ACCOUNT to the login that the token writes as, such as 'my-app[bot]'"
    )


def _is_forbidden(reason: CannotReach) -> bool:
    return isinstance(reason.__cause__, GithubException) and reason.__cause__.status == 403


def _meant(error: GithubException, path: str) -> Exception:
    """What an answer that is not what was asked for means."""
    headers = {key.lower(): value for key, value in (error.headers or {}).items()}
    said = str((error.data or {}).get("message", "")) if isinstance(error.data, dict) else ""
    wait = _seconds_to_wait(error.status, headers, said)
    if wait is not None:
        return TooFast(wait)
    if error.status >= 500:
        return NoAnswer("GitHub has a fault of its own")
    where = _where(path)
    kind = Missing if error.status in (404, 410) else CannotReach
    if error.status == 403 and "upgrade to" in said.lower():
        kind = NeedsPlan
    return kind(_sentence(error.status, said, where))


def _where(path: str) -> str:
    """The repository that a path is in."""
    return "/".join(path.split("/")[2:4]) or "GitHub"


def _seconds_to_wait(status: int, headers: Mapping[str, str], said: str) -> float | None:
    """How long GitHub asks to wait; a minute where it asks and does not say how long."""
    if status not in (403, 429):
        return None
    if headers.get("retry-after", "").isdigit():
        return float(headers["retry-after"])
    if headers.get("x-ratelimit-remaining") == "0" and headers.get("x-ratelimit-reset"):
        return max(1.0, float(headers["x-ratelimit-reset"]) - _now(headers))
    return 60.0 if status == 429 or "secondary rate limit" in said.lower() else None


def _now(headers: Mapping[str, str]) -> float:
    """GitHub's own clock, from the answer."""
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - rarely needed

    try:
        return parsedate_to_datetime(headers.get("date", "")).timestamp()
    except ValueError:
        return 0.0


def _sentence(status: int, said: str, where: str) -> str:
    if status == 401:
        return "GitHub does not know the token: it is wrong, or its time is over; make a new one"
    if status == 403:
        return _forbidden(said, where)
    if status == 301:
        return (
            f"{where} has moved: give its new name as 'repository' in content/program.yml, and as "
            "GITHUB_REPOSITORY where you set that"
        )
    if status == 404:
        return (
            f"{where} is not there, has moved, or the token may not see it: check 'repository' in "
            "content/program.yml"
        )
    if status == 410:
        return f"issues are switched off in {where}: switch them on in its settings, Features"
    return f"GitHub did not take a request about {where} ({status})" + (f": {said}" if said else "")


def _forbidden(said: str, where: str) -> str:
    if "upgrade to" in said.lower():
        return f"{where} would have to be public, or of a paid plan, for that"
    if "archived" in said.lower():
        return f"{where} is archived, and nothing in it can change: unarchive it in its settings"
    if "create or approve pull requests" in said:
        return (
            f"Actions may not open pull requests in {where}: allow it in its settings, Actions, "
            "General, or run 'peerloom doctor --mend'"
        )
    return (
        f"the token may not do this in {where}: give it access to that repository's issues, "
        "or in a workflow 'permissions: issues: write'"
    )
