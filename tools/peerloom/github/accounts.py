"""Looks up accounts by their logins."""

from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

from peerloom.github.client import Client
from peerloom.github.errors import MissingError
from peerloom.review import FoundAccount


def find_accounts(client: Client, logins: Iterable[str]) -> dict[str, FoundAccount | None]:
    """The account of each login; `None` where there is no such login. Raises `GitHubError`."""
    return {login: _find_account(client, login) for login in logins}


def _find_account(client: Client, login: str) -> FoundAccount | None:
    try:
        value = client.get(f"/users/{quote(login, safe='')}")
    except MissingError:
        return None
    made_on = date.fromisoformat(value["created_at"][:10])
    return FoundAccount(number=value["id"], made_on=made_on)
