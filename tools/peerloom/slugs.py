"""Ids from what people and things are called."""

import re
import unicodedata

from anyascii import anyascii

from peerloom.filenames import is_device

_LONGEST_ID = 76  # of 80, so that a clash can add a number
# Words that pages and addresses have for something else: the first page of a folder (MkDocs takes
# a `readme` for it, too), what is not found, a form for something new, whoever is looking.
RESERVED_IDS = frozenset({"index", "readme", "404", "new", "me"})
# A check-in's path holds the ids of a cohort, a pair and a person, and must not grow too long.
LONGEST_PERSONS_ID = 56


def in_ascii(text: str) -> str:
    """A text of any script in ASCII, letter by letter, roughly as it sounds."""
    return anyascii(text)


def slug(text: str, longest: int = _LONGEST_ID) -> str:
    """An id from a name in any script; empty where no letter is in it, or it is a mail address.

    It is no device's name and no reserved one: `index` becomes `index-1`.
    """
    if _is_address(text):
        return ""
    letters = "".join(c for c in text if unicodedata.category(c)[0] in "LMNPZC" or c in "+<=>|~^`")
    plain = anyascii(re.sub("[’'ʼ`´]", "", letters)).lower().replace("`", "").replace("'", "")
    words = re.sub("[^a-z0-9]+", "-", plain).strip("-")
    cut = words[:longest].rstrip("-")
    return f"{cut}-1" if is_reserved(cut) else cut


def is_reserved(id_: str) -> bool:
    """Whether no record can have an id, because a page, an address or a device has it."""
    return id_ in RESERVED_IDS or is_device(id_)


def _is_address(text: str) -> bool:
    """Whether a text is a mail address, which no page's address may be made of."""
    return re.fullmatch(r"\s*(?:mailto:)?<?[^\s@]+@[^\s@]+\.[^\s@]+>?\s*", text) is not None
