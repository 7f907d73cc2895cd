"""Which names every computer can hold, and which two many computers take for one.

What Git puts on a disk must be there whole on Linux, macOS and Windows: the rules of the three,
and of Git's own `core.protectNTFS` and `core.protectHFS`, stand here and nowhere else.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate

from peerloom.diagnostic import quoted

# Windows opens a device for these, whatever follows a dot, and in any letters.
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}
    | {f"{device}{n}" for device in ("com", "lpt") for n in (*range(10), *"¹²³")}
)
_FORBIDDEN = re.compile(r'[<>:"|?*\\]')
# Windows gives a long name such a short one besides: `git~1` is `.git`, `gi7eba~1` `.gitmodules`.
_SHORT_NAME = re.compile(r"(?=[^.]{1,8}(?:\.|\Z))[^.]*~[0-9]+(?:\.[^.]{0,3})?")
# What takes no room and is no format character: joiners, fillers and selectors.
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0]")

# Linux and macOS count bytes, Windows and older disks of Macs units of UTF-16.
LONGEST_NAME = 255
# Of the 259 that Windows reads, 59 are left to the folder that a program is cloned into.
LONGEST_PATH = 200

# What nearly all paths are like and nobody minds, seen at once: devices have shorter names.
_PLAIN = re.compile(r"(?:[a-z0-9_-]{5,80}/)*[a-z0-9_-]{5,80}\.(?:yml|md)")

RENAME = "rename it; small letters a to z, digits and hyphens are read everywhere"


def folders(path: str) -> list[str]:
    """The folders a path is in, outermost first."""
    return list(accumulate(path.split("/")[:-1], lambda above, name: f"{above}/{name}"))


def folded(path: str) -> str:
    """A path as the least particular file system sees it."""
    if path.isascii():
        return path.lower()
    seen = (c for c in unicodedata.normalize("NFKC", path) if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFC", _UNSEEN.sub("", "".join(seen)).casefold())


def is_device(name: str) -> bool:
    """Whether Windows takes a name for a device's."""
    return name.partition(".")[0].rstrip(" ").lower() in _DEVICES


def _length(name: str) -> int:
    """How long a name is where it is longest: in bytes, or in units as Macs spell accents."""
    if name.isascii():
        return len(name)
    spellings = [unicodedata.normalize(form, name) for form in ("NFC", "NFD")]
    return max(len(name.encode()), *map(_units, spellings))


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _is_too_long(name: str) -> bool:
    return _length(name) > LONGEST_NAME


# What no computer may have to hold, and how a sentence about it ends.
_FAULTS: tuple[tuple[Callable[[str], object], str], ...] = (
    (lambda name: name in ("", ".", ".."), "is no name of a file"),
    (lambda name: not name.isprintable(), "has a character that cannot be seen"),
    (_FORBIDDEN.search, "has a character that Windows forbids"),
    (lambda name: name[-1] in ". ", "ends in a dot or a space, which Windows drops"),
    (lambda name: folded(name) == ".git", "is the folder in which Git keeps what it knows"),
    (is_device, "is a device's name on Windows"),
    (_SHORT_NAME.fullmatch, "is short for another file's name on Windows"),
    (_is_too_long, f"has more than {LONGEST_NAME} bytes"),
)


@lru_cache(maxsize=100_000)
def _fault_in_name(name: str) -> str:
    wrong = next((why for is_so, why in _FAULTS if is_so(name)), "")
    return wrong and f"{quoted(name)} {wrong}"


def fault(path: str) -> str:
    """Why some computer cannot hold a path, as the end of a sentence; empty where all can."""
    if len(path) <= LONGEST_PATH and _PLAIN.fullmatch(path):
        return ""
    wrong = next(filter(None, map(_fault_in_name, path.split("/"))), "")
    length = _units(path)
    if not wrong and length > LONGEST_PATH:
        return f"it has {length:,} characters with its folders, and {LONGEST_PATH} are the most"
    return wrong


def confused(paths: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """What many computers take for an earlier file or folder: where it is, it, and the earlier.

    Where it is, is a file: it itself, or the first in that folder.
    """
    spelled: dict[str, str] = {}
    known: set[str] = set()
    for path in paths:
        is_known = path.rpartition("/")[0] in known
        for part in (path,) if is_known else (*folders(path), path):
            first = spelled.setdefault(_key(part), part)
            if first != part and part not in known:
                yield path, part, first
            if part is not path:
                known.add(part)


def _key(part: str) -> str:
    """A path with only its last name folded: two folders clash once, not with each file in them."""
    if part.islower() and part.isascii():
        return part
    above, slash, name = part.rpartition("/")
    return f"{above}{slash}{folded(name)}"


def odd_names(paths: Iterable[str], new: Iterable[str]) -> frozenset[str]:
    """Those of the `new` paths that have no plain name of their own among all `paths`.

    They, or a folder of theirs, differ from another only in capital letters, in how accents
    are stored, or in characters that cannot be seen; or not every computer can hold them.
    """
    spellings: dict[str, set[tuple[str, bool]]] = {}
    for path in paths:
        for part in (path, *folders(path)):
            spellings.setdefault(folded(part), set()).add((part, part == path))
    return frozenset(
        path
        for path in new
        if fault(path) or any(len(spellings[folded(part)]) > 1 for part in (path, *folders(path)))
    )
