"""Merging what two sides made of one text, line by line."""

import tempfile
from pathlib import Path

from peerloom.changes.files import write_new
from peerloom.git.run import GitError, ask_git

# From here on, the exit code of `git merge-file` says that it failed, and not how many conflicts
# there are.
_FAILED = 128


def merge_texts(current: bytes, base: bytes, new: bytes) -> bytes | None:
    """Return `current` with what differs between `base` and `new`, as Git merges lines.

    It is the merge of `git merge-file`, with three files in a folder that is deleted afterwards.
    None where both sides changed the same lines, a text is no text, or Git is not there.
    """
    with tempfile.TemporaryDirectory(prefix="peerloom-") as folder:
        for name, text in (("current", current), ("base", base), ("new", new)):
            write_new(Path(folder) / name, text)
        names = ("current", "base", "new")
        try:
            merged, conflicts = ask_git(
                Path(folder), "merge-file", "--stdout", *names, failing_from=_FAILED
            )
        except GitError:
            return None
    return merged if conflicts == 0 else None
