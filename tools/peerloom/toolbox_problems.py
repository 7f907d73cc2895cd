"""What keeps a program's workflows from installing what its toolbox holds.

No workflow runs then, so that none can say it: `peerloom check` does, on the computer or in the
Codespace of whoever is about to commit.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from packaging.version import InvalidVersion, Version

from peerloom import __version__, bounded_reading
from peerloom.diagnostic import Diagnostic

TOOLBOX_RULES = {
    "toolbox-can-be-installed": (
        "What the workflows install from, the folder `.peerloom`, is as Peerloom wrote it."
    )
}

_AGAIN = "run 'peerloom upgrade', which writes it again, and commit that"
_MAX_BYTES = 64 << 20
# A lock, as a workflow names it.
_LOCK = re.compile(rb"--requirement (\.peerloom/requirements(?:-[a-z]+)?\.txt)")
# Peerloom itself in a lock: the wheel beside it, or a release that a package index has.
_OWN_LINE = re.compile(
    r"^(?:\./(?P<wheel>\.peerloom/peerloom-[\w.+-]+\.whl)|peerloom==\S+)"
    r" \\\n    --hash=sha256:(?P<hash>[0-9a-f]{64})$",
    re.MULTILINE,
)


def find_toolbox_problems(root: Path) -> tuple[Diagnostic, ...]:
    """Return a warning for each file of the toolbox in a folder that workflows cannot use.

    Nothing is said where no workflow installs from a toolbox, nor where Peerloom itself is made.
    """
    if (root / "tools/peerloom").is_dir():
        return ()
    locks = {found.decode() for found in _list_locks_in_use(root)}
    if not locks:
        return ()
    found = {*_find_version_problems(root)}
    for path in locks:
        found.update(_find_lock_problems(root, path))
    return tuple(sorted(found))


def _list_locks_in_use(root: Path) -> Iterator[bytes]:
    for file in (root / ".github/workflows").glob("*.yml"):
        yield from _LOCK.findall(_read_file(file) or b"")


def _find_version_problems(root: Path) -> Iterator[Diagnostic]:
    if _read_version(root) is None:
        yield _warning(
            ".peerloom/version",
            "the file must name the version of Peerloom that wrote the program",
            "take it back from Git, or run 'peerloom upgrade --from' with that version",
        )


def _find_lock_problems(root: Path, path: str) -> Iterator[Diagnostic]:
    data = _read_file(root / path)
    if data is None:
        yield _warning(path, "the file must be there: workflows install what it lists", _AGAIN)
        return
    lock = data.decode("utf-8", "replace").replace("\r\n", "\n")
    own = _OWN_LINE.search(lock)
    if own is None:
        message = "the lock must name Peerloom itself by its hash, or no workflow installs it"
        yield _warning(path, message, _AGAIN)
    elif own["wheel"]:
        yield from _find_wheel_problems(root, own["wheel"], own["hash"])
    if own and _read_version(root) == Version(__version__) and not _is_as_written(path, lock):
        yield _warning(
            path,
            "the lock must be as Peerloom wrote it, for every platform; one that was made or "
            "changed elsewhere may not install on GitHub",
            _AGAIN,
        )


def _find_wheel_problems(root: Path, path: str, wanted: str) -> Iterator[Diagnostic]:
    data = _read_file(root / path)
    if data is None:
        message = "the file must be there: it is Peerloom itself, which workflows install"
        yield _warning(path, message, _AGAIN)
    elif hashlib.sha256(data).hexdigest() != wanted:
        yield _warning(
            path,
            "the file must have the hash that the locks beside it name: as it is, no workflow "
            "installs it",
            f"{_AGAIN}; if none of you changed it, ask who could write to the repository",
        )


def _read_version(root: Path) -> Version | None:
    data = _read_file(root / ".peerloom/version") or b""
    try:
        return Version(data.decode("utf-8", "replace").partition("\n")[0].strip())
    except InvalidVersion:
        return None


def _is_as_written(path: str, lock: str) -> bool:
    """Whether a lock ends with the packages that the installed Peerloom has for it."""
    from peerloom.toolbox.locks import read_packages  # noqa: PLC0415 - slow to import

    return lock.endswith(read_packages(Path(path).name))


def _read_file(file: Path) -> bytes | None:
    try:
        return bounded_reading.read_at_most(file, _MAX_BYTES)
    except OSError:
        return None


def _warning(path: str, message: str, help_: str) -> Diagnostic:
    rule = "toolbox-can-be-installed"
    return Diagnostic(path=path, rule=rule, message=message, help=help_, severity="warning")
