"""Names of files that work on every computer, and names that some computers cannot tell apart.

A repository must be complete wherever it is cloned. The rules of Linux, macOS and Windows, and
those of Git's own `core.protectNTFS` and `core.protectHFS`, are all in this module.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate

from peerloom.diagnostic import quoted

# Windows opens a device for these names, in any case and whatever follows a dot.
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}
    | {f"{device}{n}" for device in ("com", "lpt") for n in (*range(10), *"¹²³")}
)
_FORBIDDEN = re.compile(r'[<>:"|?*\\]')
# Windows gives each long name a short one as well: `git~1` is `.git`, `gi7eba~1` `.gitmodules`.
_SHORT_NAME = re.compile(r"(?=[^.]{1,8}(?:\.|\Z))[^.]*~[0-9]+(?:\.[^.]{0,3})?")
# Characters of no width that are not format characters: joiners, fillers and selectors.
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0]")

# Linux and macOS count bytes; Windows and older disks of Macs count units of UTF-16.
MAX_NAME_LENGTH = 255
# Windows reads 259 characters; 59 of them are left for the folder into which people clone.
MAX_PATH_LENGTH = 200

# Nearly all paths look like this and need no further test, because devices have shorter names.
_PLAIN = re.compile(r"(?:[a-z0-9_-]{5,80}/)*[a-z0-9_-]{5,80}\.(?:yml|md)")

# How the names of spreadsheets end. They hold what people wrote before they agreed to show it.
SHEET_SUFFIXES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".numbers")

RENAME = "rename it; small letters a to z, digits and hyphens are read everywhere"


def folders_above(path: str) -> list[str]:
    """Return the folders that a path is in, outermost first."""
    return list(accumulate(path.split("/")[:-1], lambda above, name: f"{above}/{name}"))


def fold_path(path: str) -> str:
    """Return a path as seen by the file system that distinguishes least.

    Case, compatibility forms, accents' encoding and invisible characters do not matter to it.
    """
    if path.isascii():
        return path.lower()
    seen = (c for c in unicodedata.normalize("NFKC", path) if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFC", _UNSEEN.sub("", "".join(seen)).casefold())


def is_sheet(path: str) -> bool:
    """Whether a file is a spreadsheet, by its name."""
    return path.lower().endswith(SHEET_SUFFIXES)


def is_device(name: str) -> bool:
    """Whether Windows takes a name for that of a device."""
    return name.partition(".")[0].rstrip(" ").lower() in _DEVICES


def _longest_length(name: str) -> int:
    """Return the greatest length that a name has anywhere: in bytes, or in UTF-16 units.

    Macs store accents decomposed (NFD), which takes more units.
    """
    if name.isascii():
        return len(name)
    spellings = [unicodedata.normalize(form, name) for form in ("NFC", "NFD")]
    return max(len(name.encode()), *map(_count_utf16_units, spellings))


def _count_utf16_units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _is_too_long(name: str) -> bool:
    return _longest_length(name) > MAX_NAME_LENGTH


# What some computer cannot hold, and how a sentence about such a name ends.
_FAULTS: tuple[tuple[Callable[[str], object], str], ...] = (
    (lambda name: name in ("", ".", ".."), "is not a name of a file"),
    (lambda name: not name.isprintable(), "has a character that cannot be seen"),
    (_FORBIDDEN.search, "has a character that Windows forbids"),
    (lambda name: name[-1] in ". ", "ends in a dot or a space, which Windows drops"),
    (lambda name: fold_path(name) == ".git", "is the folder in which Git keeps what it knows"),
    (is_device, "is a device's name on Windows"),
    (_SHORT_NAME.fullmatch, "is short for another file's name on Windows"),
    (_is_too_long, f"has more than {MAX_NAME_LENGTH} bytes"),
)


@lru_cache(maxsize=100_000)
def _reason_against_name(name: str) -> str:
    wrong = next((why for is_so, why in _FAULTS if is_so(name)), "")
    return wrong and f"{quoted(name)} {wrong}"


def reason_against_path(path: str) -> str:
    """Return why some computer cannot hold a path, as the end of a sentence, or an empty text."""
    if len(path) <= MAX_PATH_LENGTH and _PLAIN.fullmatch(path):
        return ""
    wrong = next(filter(None, map(_reason_against_name, path.split("/"))), "")
    length = _count_utf16_units(path)
    if not wrong and length > MAX_PATH_LENGTH:
        return f"it has {length:,} characters with its folders, and {MAX_PATH_LENGTH} are the most"
    return wrong


def find_confusable_paths(paths: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the files and folders that many computers cannot tell from an earlier one.

    Each comes as a triple: the path of a file to report, which is the file itself or the first
    one in the folder; the file or folder; and the earlier one.
    """
    spelled: dict[str, str] = {}
    known: set[str] = set()
    for path in paths:
        is_known = path.rpartition("/")[0] in known
        for part in (path,) if is_known else (*folders_above(path), path):
            first = spelled.setdefault(_fold_last_name(part), part)
            if first != part and part not in known:
                yield path, part, first
            if part is not path:
                known.add(part)


def _fold_last_name(part: str) -> str:
    """Return a path with only its last name folded.

    So two folders clash once, and not with each file in them.
    """
    if part.islower() and part.isascii():
        return part
    above, slash, name = part.rpartition("/")
    return f"{above}{slash}{fold_path(name)}"


def find_odd_paths(paths: Iterable[str], new: Iterable[str]) -> frozenset[str]:
    """Return those of the `new` paths whose names are unsafe among all `paths`.

    They, or one of their folders, differ from another only in capital letters, in how accents
    are stored, or in invisible characters, or some computer cannot hold them.
    """
    spellings: dict[str, set[tuple[str, bool]]] = {}
    for path in paths:
        for part in (path, *folders_above(path)):
            spellings.setdefault(fold_path(part), set()).add((part, part == path))
    return frozenset(
        path
        for path in new
        if reason_against_path(path)
        or any(len(spellings[fold_path(part)]) > 1 for part in (path, *folders_above(path)))
    )
