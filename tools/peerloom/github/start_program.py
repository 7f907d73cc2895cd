"""Puts a new program on a branch of the repository it is for, and opens its pull request.

The branch holds the new program and nothing else but what the caller keeps of the old files.
Everything is looked for before it is made, so that a run that dies is continued by the next.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from peerloom.changes import FileContents
from peerloom.github.attribution import is_sealed, seal_message
from peerloom.github.client import Account
from peerloom.github.errors import RefusedError, is_forbidden
from peerloom.github.publisher import Publisher, shorten_title
from peerloom.github_names import START_BRANCH
from peerloom.text.escaping.github import disarm_text

_DIGEST_LINE = "Peerloom-Start: "
_PLAIN_FILE = "100644"
_SUBMODULE = "160000"


class AlreadyStartedError(Exception):
    """Another start is waiting to be merged; the message says what to do with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProgramOnGitHub:
    """A new program: its name, its own files, and the files of Git's that are kept, by path."""

    name: str
    files: FileContents
    kept: Mapping[str, tuple[str, str]]


def start_program(
    publisher: Publisher, program: NewProgramOnGitHub, starter: Account, body: str
) -> int | None:
    """Return the number of the pull request that starts a program, made where there is none.

    `None` where Actions may open none: then the branch is there, and a person opens it. Raises
    `AlreadyStartedError` or `GitHubError`.
    """
    _ensure_branch(publisher, program, starter)
    try:
        opened = publisher.ensure_pull_request(START_BRANCH, _title(program), body)
    except RefusedError as error:
        if is_forbidden(error):
            return None
        raise
    return int(opened["number"])


def link_to_open(server: str, repository: str, base: str) -> str:
    """Return the address of the page on which a person opens the pull request, by one click."""
    return f"{server}/{repository}/compare/{quote(base)}...{START_BRANCH}?expand=1"


def _ensure_branch(publisher: Publisher, program: NewProgramOnGitHub, starter: Account) -> None:
    line = f"{_DIGEST_LINE}{_digest_program(publisher, program)}"
    newest = publisher.find_newest_commit(START_BRANCH)
    if newest is not None:
        if is_sealed(newest) and line in newest["message"].splitlines():
            return
        raise AlreadyStartedError(
            f"there is a branch '{START_BRANCH}' already: merge its pull request, or delete the "
            "branch, and run this again"
        )
    tree = _write_tree(publisher, program)
    message = seal_message(f"{_title(program)}\n\n{line}", tree)
    name = disarm_text(starter.login)
    commit = publisher.write_commit(tree, message, name, starter, publisher.today)
    publisher.point_branch(START_BRANCH, commit, exists=False)


def _digest_program(publisher: Publisher, program: NewProgramOnGitHub) -> str:
    """Return a digest of the new commit: same base and same files, same digest."""
    digest = hashlib.sha256(publisher.base.encode())
    for path, content in sorted(program.files.items()):
        data = content.encode() if isinstance(content, str) else content
        digest.update(f"{path}\0{hashlib.sha256(data).hexdigest()}\0".encode())
    for path, (mode, id_) in sorted(program.kept.items()):
        digest.update(f"{path}\0{mode}\0{id_}\0".encode())
    return digest.hexdigest()[:40]


def _write_tree(publisher: Publisher, program: NewProgramOnGitHub) -> str:
    """Return the id of a tree of these files alone: what is not named in it is not in it."""
    entries: list[dict[str, Any]] = [
        {"path": path, "mode": mode, "type": "commit" if mode == _SUBMODULE else "blob", "sha": id_}
        for path, (mode, id_) in program.kept.items()
    ]
    for path, content in program.files.items():
        is_text = isinstance(content, str)
        held = {"content": content} if is_text else {"sha": _write_blob(publisher, content)}
        entries.append({"path": path, "mode": _PLAIN_FILE, "type": "blob", **held})
    path = f"{publisher.api_path}/git/trees"
    return str(publisher.client.request("POST", path, {"tree": entries}).value["sha"])


def _write_blob(publisher: Publisher, content: str | bytes) -> str:
    data = content.encode() if isinstance(content, str) else content
    value = {"content": base64.b64encode(data).decode("ascii"), "encoding": "base64"}
    path = f"{publisher.api_path}/git/blobs"
    return str(publisher.client.request("POST", path, value).value["sha"])


def _title(program: NewProgramOnGitHub) -> str:
    return shorten_title(f"Start {disarm_text(program.name)}")
