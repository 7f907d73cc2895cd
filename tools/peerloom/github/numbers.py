"""The numbers of accounts by their logins."""

from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

from peerloom.github.connection import Connection, Missing
from peerloom.review import Account


def accounts(hub: Connection, logins: Iterable[str]) -> dict[str, Account | None]:
    """The account of each login; none where there is no such login. Raises `Unreached`."""
    return {login: _account(hub, login) for login in logins}


def _account(hub: Connection, login: str) -> Account | None:
    try:
        value = hub.ask("GET", f"/users/{quote(login, safe='')}").value
    except Missing:
        return None
    made_on = date.fromisoformat(value["created_at"][:10])
    return Account(number=value["id"], made_on=made_on)
