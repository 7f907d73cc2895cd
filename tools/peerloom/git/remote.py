"""The repository on GitHub that a clone was made of."""

import re
from pathlib import Path

from peerloom.git.run import GitError, run_git

# By HTTPS, with or without a name and a token before the host, and in both ways of SSH.
_ON_GITHUB = re.compile(
    r"(?:https://(?:[^/@]*@)?|ssh://git@|git@)(?:www\.)?github\.com[/:]"
    r"([A-Za-z0-9-]+/[A-Za-z0-9._-]+?)(?:\.git)?/?",
    re.IGNORECASE,
)


def find_repository_on_github(folder: Path) -> str | None:
    """Return OWNER/REPO of the clone that a folder is; `None` if it is none, or of another host."""
    if not (folder / ".git").exists():
        return None
    try:
        url = run_git(folder, "config", "--get", "remote.origin.url")
    except GitError:
        return None
    match = _ON_GITHUB.fullmatch(url.decode(errors="replace").strip())
    return match[1] if match else None
