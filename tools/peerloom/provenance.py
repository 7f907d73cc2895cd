"""What a program was read from, so that whoever reads a figure can find what is behind it."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The state of the files that a program was read from.

    `commit` is the full id of the commit that was checked out; None where the files are in no
    repository. `has_uncommitted_changes` says whether the program's files differ from that commit,
    and `lacks_history` whether earlier commits are missing here, which may tell days that records
    do not.
    `settings` is what `digest_settings` returns; None where nobody asked for it.
    """

    commit: str | None = None
    has_uncommitted_changes: bool = False
    lacks_history: bool = False
    settings: str | None = None


def digest_settings(content: bytes) -> str:
    """The SHA-256 of a settings file's bytes as hexadecimal digits.

    It is the same on every system, because line ends of Windows count as those of others.
    """
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()
