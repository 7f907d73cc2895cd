"""Whether the account that a token belongs to may write to a repository."""

from peerloom.github.client import Client
from peerloom.github.errors import GitHubError


def may_write(client: Client, repository: str) -> bool | None:
    """Whether commits can be pushed to a repository by this account; `None` if nobody says so."""
    try:
        permissions = client.get(f"/repos/{repository}").get("permissions")
    except GitHubError:
        return None
    return bool(permissions["push"]) if permissions else None
