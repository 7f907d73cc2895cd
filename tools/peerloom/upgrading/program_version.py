"""Which version of Peerloom wrote a program, and whether that can be upgraded to the installed."""

import re
from pathlib import Path

from packaging.version import InvalidVersion, Version

from peerloom import bounded_reading
from peerloom.diagnostic import quoted
from peerloom.github_names import WORKFLOWS_FOLDER
from peerloom.kinds import PROGRAM_FILE
from peerloom.text.phrases import list_words
from peerloom.upgrading.releases import release_versions

VERSION_FILE = ".peerloom/version"
# What every workflow installed before programs had a file with their version.
_INSTALLED = re.compile(rb"""pip install [^\n]*["' ]peerloom==([0-9A-Za-z.+!-]+)""")
_MAX_BYTES = 1 << 20
_LONGEST_VERSION = 60


class CannotUpgrade(Exception):  # noqa: N818 - it reads as the sentence it is
    """The program cannot be upgraded; the message says why, and what to do."""


def read_program_version(root: Path) -> str | None:
    """Return the version of Peerloom that wrote the program in a folder, as it is written there.

    It is the first line of `.peerloom/version` or, in a program that is older than this file, the
    version that its workflows install. None where neither says one.
    """
    data = _read_file(root / VERSION_FILE)
    if data is not None:
        first_line = data.decode("utf-8", "replace").partition("\n")[0].strip()
        return first_line[:_LONGEST_VERSION]
    try:
        workflows = sorted((root / WORKFLOWS_FOLDER).glob("*.yml"))
    except OSError:
        return None
    for workflow in workflows:
        found = _INSTALLED.search(_read_file(workflow) or b"")
        if found:
            return found[1].decode("ascii")[:_LONGEST_VERSION]
    return None


def holds_program(root: Path) -> bool:
    """Whether there is a program in a folder, of whatever version."""
    return (root / PROGRAM_FILE).exists()


def _read_file(file: Path) -> bytes | None:
    try:
        return bounded_reading.read_at_most(file, _MAX_BYTES)
    except OSError:
        return None


def choose_start(found: str | None, said: str | None, installed: str) -> str:
    """Return the version to upgrade from: the program's own, or the one that `--from` says.

    Raises `CannotUpgrade` where it is not known, never was, or is newer than the installed one.
    """
    version = said or found
    if version is None:
        raise CannotUpgrade(
            f"it is not known which version of Peerloom wrote this program: it has no "
            f"'{VERSION_FILE}', and none of its workflows installs a version\n"
            f"  help: name it with '--from'; the versions are {_known_versions()}"
        )
    where = "'--from'" if said else f"'{VERSION_FILE}'"
    try:
        parsed = Version(version)
    except InvalidVersion:
        raise CannotUpgrade(
            f"{where} must name a version of Peerloom, and says {quoted(version)}\n"
            f"  help: name the right one with '--from'; the versions are {_known_versions()}"
        ) from None
    if parsed > Version(installed):
        raise CannotUpgrade(
            f"this program is of version {parsed}, and the installed Peerloom is {installed}; "
            "going back would lose what the newer one wrote\n"
            "  help: get the newest Peerloom and run this again: 'uvx peerloom@latest upgrade', or "
            "'pipx upgrade peerloom' first"
        )
    if parsed.base_version not in {*release_versions(), Version(installed).base_version}:
        raise CannotUpgrade(
            f"{where} says {parsed}, and there never was such a version\n"
            f"  help: name the right one with '--from'; the versions are {_known_versions()}"
        )
    return str(parsed)


def _known_versions() -> str:
    return list_words(release_versions())
