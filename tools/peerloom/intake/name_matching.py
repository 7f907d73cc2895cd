"""Whether two names may be one person's, and the words by which rows are known."""

import hashlib
import re

from rapidfuzz import fuzz

from peerloom.intake.values.wording import without_accents
from peerloom.slugs import slug

# The share of letters, in percent, that two spellings of one name have in common.
_MIN_SIMILARITY = 88


def names_may_be_one(first: str, second: str) -> bool:
    """Whether two names may be one person's: `Ben Example` and `Benjamin T. Example`.

    One may leave out a part, shorten a given name, or have a letter or two wrong.
    """
    ours, theirs = _name_parts(first), _name_parts(second)
    if not ours or not theirs:
        return True
    if set(ours) <= set(theirs) or set(theirs) <= set(ours):
        return True
    if ours[-1] == theirs[-1] and _may_be_short_for(ours[0], theirs[0]):
        return True
    return fuzz.ratio(" ".join(ours), " ".join(theirs)) >= _MIN_SIMILARITY


def _name_parts(name: str) -> list[str]:
    return [part for part in re.split(r"[\s.,'’-]+", without_accents(name)) if part]


def _may_be_short_for(first: str, second: str) -> bool:
    return first.startswith(second) or second.startswith(first)


def digest_mail_address(address: str) -> str:
    """Return two characters of an address's SHA-256.

    They tell two people of one name apart, and are too few to find the address by guessing.
    """
    return hashlib.sha256(address.strip().casefold().encode()).hexdigest()[:2]


def identity_word(name: str, mail: str | None, login: str | None) -> str:
    """Return the word by which a reading knows a row: a name as an id, and what tells it apart.

    That is two characters of the mail address's checksum, or else the GitHub login.
    """
    mark = digest_mail_address(mail) if mail else (login or "").lower()
    return f"{slug(name) or 'nameless'}+{mark}" if mark else slug(name) or "nameless"


def record_word(id_: str) -> str:
    """Return the word by which a reading knows somebody who is in the program already."""
    return f"@{id_}"


def address_fits_name(address: str, name: str) -> bool:
    """Whether a mail address has part of a name before its `@`: `ann.example@…` for Ann."""
    local = without_accents(address.split("@", maxsplit=1)[0])
    parts = [part for part in _name_parts(name) if len(part) > 1]
    return any(part in local for part in parts)
