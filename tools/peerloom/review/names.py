"""Which names of files could be taken for another's, or cannot be kept by every computer."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import accumulate

# What Windows refuses, what leads elsewhere, and Git's own folder.
_UNKEPT = re.compile(
    r"""[\\:*?"<>|] | [ .](?=/|\Z) | (?:\A|/)(?:\.\.?|\.git)?(?=/|\Z)""", re.VERBOSE | re.IGNORECASE
)


def folders(path: str) -> list[str]:
    """The folders a path is in, outermost first."""
    return list(accumulate(path.split("/")[:-1], lambda above, name: f"{above}/{name}"))


def odd_names(paths: Iterable[str], new: Iterable[str]) -> frozenset[str]:
    """Those of the `new` paths that have no plain name of their own among all `paths`.

    They, or a folder of theirs, differ from another only in capital letters, in how accents
    are stored, or in characters that cannot be seen; or not every computer can keep them.
    """
    everywhere = {part for path in paths for part in (path, *folders(path))}
    spellings: dict[str, set[str]] = {}
    for part in everywhere:
        spellings.setdefault(folded(part), set()).add(part)
    return frozenset(
        path
        for path in new
        if not _is_kept(path)
        or any(len(spellings[folded(part)]) > 1 for part in (path, *folders(path)))
    )


def folded(path: str) -> str:
    """A path as the least particular file system sees it."""
    if path.isascii():
        return path.lower()
    seen = (c for c in unicodedata.normalize("NFKC", path) if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFC", "".join(seen).casefold())


def _is_kept(path: str) -> bool:
    return path.isprintable() and not _UNKEPT.search(path)
