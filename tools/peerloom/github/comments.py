"""The one comment that an account keeps in an issue, or in a pull request, and renews."""

from peerloom.github.connection import Connection, NoAnswer

_PAGE = 100


def keep_comment(hub: Connection, path: str, number: int, text: str, account: int) -> None:
    """The account's own comment with the text's first line, which is hidden, becomes the text.

    A stranger's copy of that line stays theirs; of doubles the first stays. What is there already
    is not written again. Raises `Unreached`.
    """
    marker = text.partition("\n")[0]
    there = _own(hub, path, number, account, marker)
    if there:
        (first, before), *doubles = there
        if before.strip() != text.strip():
            hub.ask("PATCH", f"{path}/issues/comments/{first}", {"body": text})
        for double, _ in doubles:
            hub.ask("DELETE", f"{path}/issues/comments/{double}")
        return
    try:
        hub.ask("POST", f"{path}/issues/{number}/comments", {"body": text})
    except NoAnswer:
        if not _own(hub, path, number, account, marker):
            raise


def _own(
    hub: Connection, path: str, number: int, account: int, marker: str
) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    page, more = 1, True
    while more:
        query = {"per_page": _PAGE, "page": page}
        answer = hub.ask("GET", f"{path}/issues/{number}/comments", query)
        found += [
            (value["id"], value["body"])
            for value in answer.value
            if value["user"]
            and value["user"]["id"] == account
            and (value["body"] or "").startswith(marker)
        ]
        page, more = page + 1, answer.more
    return found
