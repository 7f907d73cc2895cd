"""Whether two names may be one person's, and the words by which rows are known."""

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache

from peerloom.intake.values.wording import without_accents
from peerloom.slugs import slug

# Generations of a family, who often share a mail address.
_GENERATIONS = frozenset(("jr", "sr", "ii", "iii", "iv", "junior", "senior", "filho", "neto"))
# What makes another person's given name of a given name: Daniel and Daniela, Paul and Pauline.
_OTHER_GENDER = re.compile(r".|[nltiv]?[aei]|[iy]n[ae]|ett?[ae]?|it[ao]|l[ly]?[ae]|ess?a")
# Shorter names that differ in a letter are two names more often than one with a mistake.
_MIN_LENGTH_MISTAKEN = 6


def names_may_be_one(first: str, second: str) -> bool:
    """Whether two names may be one person's: `Ben Example` and `Benjamin T. Example`.

    One may leave out a part, shorten a given name, or have a letter wrong. Names that members of
    a family have (Paul and Paula, Jan and Ian, John and John Jr) are not one.
    """
    ours, theirs = _name_parts(first), _name_parts(second)
    if not ours or not theirs or "".join(ours) == "".join(theirs):
        return True
    if _GENERATIONS & (set(ours) ^ set(theirs)):
        return False
    if set(ours) <= set(theirs) or set(theirs) <= set(ours):
        return True
    if not _is_near(ours[-1], theirs[-1]):
        return False
    if not _may_be_one_given_name(ours[0], theirs[0]):
        return False
    return _middles_agree(ours[1:-1], theirs[1:-1])


@lru_cache(maxsize=10_000)
def _name_parts(name: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[\s.,'’-]+", without_accents(name)) if part)


def _may_be_one_given_name(first: str, second: str) -> bool:
    """Whether one is short for the other, or has letters that are doubled, lost or swapped."""
    from rapidfuzz.distance import Hamming

    shorter, longer = sorted((first, second), key=len)
    if longer.startswith(shorter):
        added = longer[len(shorter) :]
        return not added or len(shorter) == 1 or not _OTHER_GENDER.fullmatch(added)
    is_mistaken = _is_near(first, second) and first[-1] == second[-1]
    return is_mistaken and Hamming.distance(first, second, pad=True) != 1


def _is_near(first: str, second: str) -> bool:
    """Whether two words are equal, or long ones that begin alike and have one letter wrong."""
    from rapidfuzz.distance import OSA

    if first == second:
        return True
    is_long = min(len(first), len(second)) >= _MIN_LENGTH_MISTAKEN
    return is_long and first[0] == second[0] and OSA.distance(first, second) <= 1


def _middles_agree(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether each middle name of the name that has fewer of them may be one of the other's."""
    fewer, more = sorted((ours, theirs), key=len)
    return all(any(_may_be_one_given_name(a, b) for b in more) for a in fewer)


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
