"""The one comment that an account keeps in an issue or a pull request, and renews."""

from collections.abc import Iterator
from typing import Any

from peerloom.github.client import Account, Client
from peerloom.github.errors import NoAnswerError, OtherAccountError


def list_comments(client: Client, repository: str, number: int) -> Iterator[dict[str, Any]]:
    """The comments of an issue or a pull request, oldest first."""
    return client.list_values(f"/repos/{repository}/issues/{number}/comments")


def renew_comment(
    client: Client, repository: str, number: int, text: str, account: Account
) -> None:
    """Create the account's comment, or change the one whose hidden first line is the same.

    A stranger's copy of that line stays theirs; of duplicates the first stays. A comment that says
    the same already is not written again. Where an app has written the comment before and the
    token is another's, nothing is added. Raises `GitHubError`.
    """
    api_path = f"/repos/{repository}/issues"
    mark = text.partition("\n")[0]
    marked = _list_marked(client, repository, number, mark)
    own = [value for value in marked if account.owns(value["user"])]
    if own:
        first, *duplicates = own
        if first["body"].strip() != text.strip():
            client.request("PATCH", f"{api_path}/comments/{first['id']}", {"body": text})
        for duplicate in duplicates:
            client.request("DELETE", f"{api_path}/comments/{duplicate['id']}")
        return
    apps = [value["user"]["login"] for value in marked if value["user"]["type"] == "Bot"]
    if apps:
        raise _other_account(apps[0], repository, number)
    try:
        path = f"{api_path}/{number}/comments"
        made = client.request("POST", path, {"body": text}).value
    except NoAnswerError:
        marked = _list_marked(client, repository, number, mark)
        if not any(account.owns(value["user"]) for value in marked):
            raise
        return
    if not account.owns(made["user"]):
        raise _other_account(made["user"]["login"], repository, number)


def _other_account(login: str, repository: str, number: int) -> OtherAccountError:
    return OtherAccountError(
        f"the comment in {repository}#{number} was written by '{login}', and the token is another "
        "account's: use the token that wrote it; where it is an app's, set PEERLOOM_ACCOUNT to its "
        "login; or delete the comment"
    )


def _list_marked(client: Client, repository: str, number: int, mark: str) -> list[dict[str, Any]]:
    """The comments that begin with a mark, by any account that still exists."""
    return [
        value
        for value in list_comments(client, repository, number)
        if value["user"] and (value["body"] or "").startswith(mark)
    ]
