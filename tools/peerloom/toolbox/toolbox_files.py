"""The files of a program's toolbox."""

from packaging.version import Version

from peerloom import __version__
from peerloom.toolbox.installed_files import read_installed_files
from peerloom.toolbox.locks import LOCK_NAMES, compose_lock
from peerloom.toolbox.wheel import Wheel, make_wheel

FOLDER = ".peerloom"
# They hold for this folder, and more than what the program or a computer says of all files: hashes
# are those of these very bytes, and a wheel is committed where all others are ignored.
_FOR_GIT = {
    ".gitattributes": "# As it was written, on every system: hashes are compared.\n/* -text\n",
    ".gitignore": (
        "# Committed, whatever is ignored elsewhere.\n!/version\n!/*.txt\n!/*.whl\n!/*.zip\n"
    ),
}


def toolbox_files(*, from_index: bool = False) -> dict[str, str | bytes]:
    """Return the content of each file of the toolbox, by its path in the program.

    With `from_index`, the locks name the release of this version, which an index has, and there is
    no wheel in the toolbox. The release is this very wheel, so that its hash is known here.
    Raises `CannotMakeWheel`.
    """
    wheel = make_wheel(read_installed_files())
    line = _lock_line(wheel, from_index=from_index)
    files: dict[str, str | bytes] = {
        **{f"{FOLDER}/{name}": text for name, text in _FOR_GIT.items()},
        f"{FOLDER}/version": f"{__version__}\n",
        **{f"{FOLDER}/{name}": compose_lock(name, line) for name in LOCK_NAMES},
    }
    return files if from_index else files | {f"{FOLDER}/{wheel.name}": wheel.data}


def is_release(version: str) -> bool:
    """Whether a package index may have a version; else many states of the source have its name."""
    parsed = Version(version)
    return not parsed.is_devrelease and parsed.local is None


def _lock_line(wheel: Wheel, *, from_index: bool) -> str:
    # pip looks for the file from the folder that it runs in, which is the program's.
    package = f"peerloom=={__version__}" if from_index else f"./{FOLDER}/{wheel.name}"
    return f"{package} \\\n    --hash=sha256:{wheel.sha256}"
