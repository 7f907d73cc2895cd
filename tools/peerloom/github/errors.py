"""What can go wrong with a request to GitHub, each with a sentence that says what to do."""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from github.GithubException import GithubException


class GitHubError(Exception):
    """What was asked of GitHub was not done, or may not have been; the message says why.

    `next_step` continues the message with what to do, where the message itself does not say it.
    """

    next_step = ""


class RefusedError(GitHubError):
    """GitHub refuses, and will refuse again until somebody does what the message says."""


class MissingError(RefusedError):
    """The thing requested does not exist, or this token may not see it."""


class NeedsPlanError(RefusedError):
    """GitHub offers this only for public repositories, or on a paid plan."""


class OtherAccountError(RefusedError):
    """Another account than the token's wrote what the program wrote before.

    Written again, it would be there twice; nothing more is written in this run.
    """


class NoAnswerError(GitHubError):
    """The outcome is unknown: no answer came, or it did not say."""

    next_step = "; try again later, https://www.githubstatus.com lists known problems"


class RateLimitError(GitHubError):
    """GitHub asks to wait; `seconds` says how long."""

    next_step = "; run it again then, and it continues where it stopped"

    def __init__(self, seconds: float) -> None:
        super().__init__(f"GitHub asks to wait {seconds:.0f} seconds")
        self.seconds = seconds


def is_forbidden(error: RefusedError) -> bool:
    """Whether GitHub refused because the token may not do it."""
    return isinstance(error.__cause__, GithubException) and error.__cause__.status == 403


def translate_error(error: GithubException, path: str) -> GitHubError:
    """The error that an unexpected answer stands for."""
    headers = {key.lower(): value for key, value in (error.headers or {}).items()}
    message = str((error.data or {}).get("message", "")) if isinstance(error.data, dict) else ""
    seconds = _seconds_to_wait(error.status, headers, message)
    if seconds is not None:
        return RateLimitError(seconds)
    if error.status >= 500:
        return NoAnswerError("GitHub has an internal error")
    kind = MissingError if error.status in (404, 410) else RefusedError
    if error.status == 403 and "upgrade to" in message.lower():
        kind = NeedsPlanError
    return kind(_explain_status(error.status, message, _repository_of(path)))


def moved_error(path: str) -> MissingError:
    """The error of a repository that has a new name."""
    return MissingError(_explain_status(301, "", _repository_of(path)))


def _repository_of(path: str) -> str:
    """The repository that a path of the API is in."""
    return "/".join(path.split("/")[2:4]) or "GitHub"


def _seconds_to_wait(status: int, headers: Mapping[str, str], message: str) -> float | None:
    """How long GitHub asks to wait; a minute where it does not say how long."""
    if status not in (403, 429):
        return None
    if headers.get("retry-after", "").isdigit():
        return float(headers["retry-after"])
    if headers.get("x-ratelimit-remaining") == "0" and headers.get("x-ratelimit-reset"):
        return max(1.0, float(headers["x-ratelimit-reset"]) - _server_time(headers))
    return 60.0 if status == 429 or "secondary rate limit" in message.lower() else None


def _server_time(headers: Mapping[str, str]) -> float:
    """The time by GitHub's own clock, in seconds since 1970."""
    try:
        return parsedate_to_datetime(headers.get("date", "")).timestamp()
    except ValueError:
        return 0.0


def _explain_status(status: int, message: str, repository: str) -> str:
    if status == 403:
        return _explain_refusal(message, repository)
    sentences = {
        401: "GitHub does not accept the token: it is wrong or has expired; make a new one",
        301: f"{repository} has moved: give its new name as 'repository' in content/program.yml, "
        "and as GITHUB_REPOSITORY where you set that",
        404: f"{repository} does not exist, has moved, or the token may not see it: check "
        "'repository' in content/program.yml",
        410: f"issues are switched off in {repository}: switch them on in its settings, Features",
    }
    unexpected = f"GitHub rejected a request about {repository} ({status})"
    return sentences.get(status, unexpected + (f": {message}" if message else ""))


def _explain_refusal(message: str, repository: str) -> str:
    if "upgrade to" in message.lower():
        return f"{repository} must be public or on a paid plan for that"
    if "archived" in message.lower():
        return (
            f"{repository} is archived, and nothing in it can change: unarchive it in its settings"
        )
    if "create or approve pull requests" in message:
        return (
            f"Actions may not open pull requests in {repository}: allow it in its settings, "
            "Actions, General, or run 'peerloom doctor --fix'"
        )
    return (
        f"the token may not do this in {repository}: give it access to that repository's issues, "
        "or in a workflow 'permissions: issues: write'"
    )
