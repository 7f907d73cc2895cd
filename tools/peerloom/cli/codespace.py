"""What a command that wrote something says in a Codespace, whose files only its owner sees."""

import os

from peerloom.cli.printing import show
from peerloom.text.escaping.terminal import printable


def say_how_to_push() -> None:
    """Say how what was written gets from a Codespace to GitHub, or that it cannot, and why."""
    repository = os.environ.get("GITHUB_REPOSITORY")
    if os.environ.get("CODESPACES") != "true" or not repository:
        return
    if _may_write(repository) is False:
        show(
            "this is in your Codespace alone, and you may not write to "
            f"{printable(repository)}: it cannot be pushed there\n"
            "  help: ask who owns the repository to invite you as a collaborator who may write "
            "(Settings, Collaborators), then choose Commit and Sync Changes under Source Control. "
            "Until then, do not let GitHub make a fork for it: everybody who can read the fork "
            "could read this\n",
            err=True,
        )
        return
    show(
        "this is in your Codespace alone until you choose Commit, then Sync Changes, under Source "
        "Control\n",
        err=True,
    )


def _may_write(repository: str) -> bool | None:
    """Whether the Codespace's token may write; `None` where that is not known."""
    from peerloom import github

    try:
        client = github.connect()
    except github.GitHubError:
        return None
    return github.may_write(client, repository)
