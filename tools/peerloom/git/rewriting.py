"""Rewrites the history of a copy of a repository, and reads what is needed to know how.

git-filter-repo does the work: https://github.com/newren/git-filter-repo. It is installed by those
who need it, and never by a workflow.
"""

import contextlib
import importlib
import importlib.util
import io
import multiprocessing
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peerloom.forgetting import HistoryEdits
from peerloom.git.objects import read_contents
from peerloom.git.run import REDIRECTING_VARIABLES, GitError, run_git
from peerloom.kinds import KIND_BY_NAME
from peerloom.text.escaping.terminal import printable

_FILE_MODES = (b"100644", b"100755")
_PARTICIPANTS = KIND_BY_NAME["participant"].folder
_HOW_TO_INSTALL = (
    "git-filter-repo must be installed to rewrite the history; "
    "run: python -m pip install git-filter-repo"
)


def require_filter_repo() -> None:
    """Raise `GitError` where git-filter-repo is not installed."""
    if importlib.util.find_spec("git_filter_repo") is None:
        raise GitError(_HOW_TO_INSTALL)


def read_all_versions(root: Path, *folders: str) -> tuple[tuple[str, bytes], ...]:
    """Return the path and bytes of each file that was ever in some folders, the newest first.

    All branches and tags are looked at. Raises `GitError`.
    """
    options = ("--all", "--format=", "--raw", "-z", "--no-abbrev", "--no-renames", "-m")
    fields = run_git(root, "log", *options, "--", *folders).split(b"\0")[:-1]
    blobs: dict[tuple[str, str], None] = {}
    for metadata, path in zip(fields[::2], fields[1::2], strict=True):
        _, mode, _, blob, _ = metadata.strip().lstrip(b":").split()
        if mode in _FILE_MODES:
            blobs[os.fsdecode(path), blob.decode("ascii")] = None
    contents = read_contents(root, {blob for _, blob in blobs})
    return tuple((path, contents[blob]) for path, blob in blobs)


def read_authors(root: Path) -> tuple[tuple[str, str], ...]:
    """Return the names and addresses of all authors, committers and co-authors."""
    pattern = "%an%x00%ae%x00%cn%x00%ce%x00%(trailers:key=Co-authored-by,valueonly)%x00"
    fields = run_git(root, "log", "--all", f"--format={pattern}").decode(errors="replace")
    found: dict[tuple[str, str], None] = {}
    for line in fields.split("\0\n"):
        names = line.split("\0")
        if len(names) >= 4:
            found |= {(names[0].strip(), names[1]): None, (names[2], names[3]): None}
        for co_author in "".join(names[4:]).splitlines():
            name, _, address = co_author.partition("<")
            found[name.strip(), address.rstrip("> ")] = None
    return tuple(found)


def find_tombstones_of(root: Path, id_: str) -> tuple[str, ...]:
    """Return the ids of tombstones that came in the commit in which somebody's record went."""
    path = KIND_BY_NAME["participant"].path_for(id_)
    options = ("--all", "--diff-filter=D", "--format=%H", "--no-renames", "--max-count=1")
    commit = run_git(root, "log", *options, "--", path).decode("ascii").strip()
    if not commit:
        return ()
    only_added = ("-r", "-z", "--no-commit-id", "--name-only", "--diff-filter=A", "--no-renames")
    added = run_git(root, "diff-tree", *only_added, commit, "--", _PARTICIPANTS).split(b"\0")[:-1]
    ids = (os.fsdecode(each).rpartition("/")[2].removesuffix(".yml") for each in added)
    return tuple(each for each in ids if each.startswith("forgotten-"))


def clone_whole_history(root: Path, folder: Path) -> None:
    """Clone all branches and tags into a new folder, bare. Raises `GitError`."""
    run_git(root, "clone", "--quiet", "--mirror", "--no-local", "--", str(root), str(folder))
    # What is in the copy must not get back from it by mistake.
    run_git(folder, "remote", "remove", "origin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """What GitHub must be told of: the ids of the first commits that are others now, as they were.

    `renamed_refs` are branches and tags as they were called, where their names named the person.
    """

    first_commits: tuple[str, ...]
    renamed_refs: tuple[str, ...]


def rewrite_history(folder: Path, edits: HistoryEdits) -> Rewritten:
    """Rewrite every commit of a fresh bare clone. Raises `GitError`.

    It runs in a process of its own, because git-filter-repo works in the current folder, prints,
    and leaves what it opened to the end of the process.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as process:
        failed = process.submit(_run_filter_repo, folder, edits).result()
    if failed is not None:
        raise GitError(f"git-filter-repo could not rewrite the history: {printable(failed)}")
    return _take_notes(folder / "filter-repo")


def _take_notes(folder: Path) -> Rewritten:
    """Read what git-filter-repo noted, and delete it, because it has names as they were."""
    commits = (folder / "first-changed-commits").read_text("utf-8").splitlines()
    refs = [line.split() for line in (folder / "ref-map").read_text("utf-8").splitlines()[1:]]
    shutil.rmtree(folder)
    return Rewritten(
        first_commits=tuple(line.split()[0] for line in commits if line),
        renamed_refs=tuple(name for _, new, name in refs if not new.strip("0")),
    )


def _run_filter_repo(folder: Path, edits: HistoryEdits) -> str | None:
    """Rewrite a clone in this process; return what git-filter-repo says if it fails."""
    filter_repo = importlib.import_module("git_filter_repo")
    os.chdir(folder)
    for variable in REDIRECTING_VARIABLES:
        os.environ.pop(variable, None)
    arguments = filter_repo.FilteringOptions.parse_args(
        ["--force", "--quiet"], error_on_empty=False
    )
    rewriting = filter_repo.RepoFilter(
        arguments,
        filename_callback=lambda path: os.fsencode(edits.edit_path(os.fsdecode(path))),
        message_callback=lambda message: _edit_bytes(message, edits),
        refname_callback=lambda name: os.fsencode(edits.edit_ref(os.fsdecode(name))),
        commit_callback=lambda commit, _: _edit_commit(commit, edits),
        tag_callback=lambda tag, _: _edit_tag(tag, edits),
        file_info_callback=lambda *file: _edit_file(edits, *file),
    )
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            rewriting.run()
    except SystemExit as error:
        return str(error.code)
    return None


def find_unreachable_words(folder: Path, edits: HistoryEdits) -> Iterator[str]:
    """Yield the paths of files in the history that still hold a word, such as pictures."""
    for path, data in read_all_versions(folder, "."):
        text = data.decode("utf-8", "replace")
        if edits.names_them(f"{path}\n{text}"):
            yield path


def _edit_bytes(text: bytes, edits: HistoryEdits) -> bytes:
    return edits.edit_message(text.decode("utf-8", "surrogateescape")).encode(
        "utf-8", "surrogateescape"
    )


def _edit_file(
    edits: HistoryEdits, path: bytes, mode: bytes, blob: bytes, files: Any
) -> tuple[bytes | None, bytes, bytes]:
    """Return what a commit puts at a path: its path, its mode and the id of its content."""
    if mode not in _FILE_MODES:
        return path, mode, blob
    data = files.get_contents_by_identifier(blob)
    edited = edits.edit_content(os.fsdecode(path), data)
    if edited is None:
        return None, mode, blob
    return path, mode, blob if edited == data else files.insert_file_with_contents(edited)


def _edit_commit(commit: Any, edits: HistoryEdits) -> None:
    for role in ("author", "committer"):
        name, address = (
            getattr(commit, f"{role}_{part}").decode(errors="replace") for part in ("name", "email")
        )
        edited = edits.edit_author(name, address)
        if edited != (name, address):
            setattr(commit, f"{role}_name", edited[0].encode())
            setattr(commit, f"{role}_email", edited[1].encode())


def _edit_tag(tag: Any, edits: HistoryEdits) -> None:
    if tag.tagger_email:
        name, address = edits.edit_author(
            tag.tagger_name.decode(errors="replace"), tag.tagger_email.decode(errors="replace")
        )
        tag.tagger_name, tag.tagger_email = name.encode(), address.encode()
