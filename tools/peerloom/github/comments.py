"""The one comment that an account keeps in an issue, or in a pull request, and renews."""

from typing import Any

from peerloom.github.connection import Connection, NoAnswer, OtherAccount


def keep_comment(hub: Connection, path: str, number: int, text: str, account: int) -> None:
    """The account's own comment with the text's first line, which is hidden, becomes the text.

    A stranger's copy of that line stays theirs; of doubles the first stays. What is there already
    is not written again. An app's is no stranger's: where the program has written as another one
    before, nothing is added. Raises `Unreached`.
    """
    marker = text.partition("\n")[0]
    marked = _marked(hub, path, number, marker)
    there = _own(marked, account)
    if there:
        (first, before), *doubles = there
        if before.strip() != text.strip():
            hub.ask("PATCH", f"{path}/issues/comments/{first}", {"body": text})
        for double, _ in doubles:
            hub.ask("DELETE", f"{path}/issues/comments/{double}")
        return
    others = [value["user"]["login"] for value in marked if value["user"]["type"] == "Bot"]
    if others:
        raise _other_account(others[0], path, number)
    try:
        made = hub.ask("POST", f"{path}/issues/{number}/comments", {"body": text}).value
    except NoAnswer:
        if not _own(_marked(hub, path, number, marker), account):
            raise
        return
    if not _own([made], account):
        raise _other_account(made["user"]["login"], path, number)


def _other_account(login: str, path: str, number: int) -> OtherAccount:
    return OtherAccount(
        f"the comment in {path.removeprefix('/repos/')}#{number} is of '{login}', whose the token "
        "is not: use the token that wrote it; where it is an app's, set PEERLOOM_ACCOUNT to its "
        "login; or delete the comment"
    )


def _own(values: list[dict[str, Any]], account: int) -> list[tuple[int, str]]:
    """Number and text of those that the account wrote."""
    return [
        (value["id"], value["body"])
        for value in values
        if value["user"] and value["user"]["id"] == account
    ]


def _marked(hub: Connection, path: str, number: int, marker: str) -> list[dict[str, Any]]:
    """The comments that begin so, by whomever that still has an account."""
    return [
        value
        for value in hub.list_values(f"{path}/issues/{number}/comments")
        if value["user"] and (value["body"] or "").startswith(marker)
    ]
