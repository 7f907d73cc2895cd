"""Commits of a real Git repository, for tests: any name, any mode, any bytes."""

import os
import subprocess
from pathlib import Path

# What a commit does to a path: new bytes or text, a mode and what it leads to, or nothing.
Content = str | bytes | tuple[str, str | bytes] | None
Files = dict[str, Content] | dict[bytes, Content] | dict[str, str]

_WHEN = "A <a@example.org> 1767225600 +0000"


class Commits:
    """A bare repository, whose commits are written by Git's own importer.

    `author` and `committer` are of the commits that are made from now on.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.author = self.committer = _WHEN
        # What `git init --bare` makes, but for its examples of hooks.
        for part in ("objects", "refs"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        (folder / "HEAD").write_text("ref: refs/heads/main\n")
        (folder / "config").write_text("[core]\n\trepositoryformatversion = 0\n\tbare = true\n")

    def git(self, *arguments: str, given: bytes = b"") -> str:
        """What Git says to a command."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        command = ["git", "-C", str(self.folder), *arguments]
        run = subprocess.run(command, input=given, capture_output=True, check=True, env=environment)
        return run.stdout.decode().strip()

    def commit(self, branch: str, files: Files, parent: str | None = None, *also: str) -> str:
        """A commit on a branch, made from a parent and what changes; its id."""
        return self.commit_all({branch: (parent, files, also)})[branch]

    def commit_all(
        self, wanted: dict[str, tuple[str | None, Files, tuple[str, ...]]]
    ) -> dict[str, str]:
        """Many commits at once, by branch; their ids."""
        lines: list[bytes] = []
        for mark, (branch, (parent, files, also)) in enumerate(wanted.items(), start=1):
            lines += [f"commit refs/heads/{branch}\nmark :{mark}".encode()]
            lines += [f"author {self.author}".encode(), f"committer {self.committer}".encode()]
            lines += [b"data 1\nx"]
            if parent is not None:
                lines.append(f"from {parent}^0".encode())
            lines += [f"merge {other}^0".encode() for other in also]
            lines += [_change(path, content) for path, content in files.items()]
            lines += [f"get-mark :{mark}".encode()]
        ids = self.git("fast-import", "--quiet", "--force", given=b"\n".join(lines) + b"\n")
        return dict(zip(wanted, ids.splitlines(), strict=True))


def _change(path: str | bytes, content: Content) -> bytes:
    name = _quoted(path.encode() if isinstance(path, str) else path)
    if content is None:
        return b"D " + name
    mode, data = content if isinstance(content, tuple) else ("100644", content)
    if mode == "160000":
        return b"M 160000 " + str(data).encode() + b" " + name
    raw = data.encode() if isinstance(data, str) else data
    return b"M " + mode.encode() + b" inline " + name + b"\ndata %d\n" % len(raw) + raw


def _quoted(path: bytes) -> bytes:
    """A path as the importer reads it, whatever is in it."""
    plain = {ord('"'): b'\\"', ord("\\"): b"\\\\", ord("\n"): b"\\n"}
    return (
        b'"'
        + b"".join(plain.get(c, bytes([c]) if 32 <= c < 127 else b"\\%03o" % c) for c in path)
        + b'"'
    )
