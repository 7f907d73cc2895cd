"""The forms in which words of answers are compared."""

import re
import unicodedata

from peerloom.intake.cleaning import fold_text

# Combining marks of the Latin, Greek and Cyrillic scripts. Those of other scripts are vowels.
_ACCENTS = re.compile("[\u0300-\u036f]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff]")
_DASHES = re.compile("[‐‑‒–—―−﹘﹣－]")


def remove_invisible(text: str) -> str:
    """Return `text` without characters that take no room."""
    return _INVISIBLE.sub("", text)


def unify_dashes(text: str) -> str:
    """Return `text` with every dash and minus as a hyphen."""
    return _DASHES.sub("-", text)


def without_accents(text: str) -> str:
    """Return `text` in small letters without accents, full-width forms or invisible characters."""
    decomposed = unicodedata.normalize("NFKD", fold_text(remove_invisible(text)))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", decomposed))


def plain_words(text: str) -> str:
    """Return the words of `text`: without accents, case and punctuation, one space between them.

    Apostrophes go without a space, so that `I'd` is `id` and `don’t` is `dont`.
    """
    plain = re.sub("['’ʼ`´]", "", without_accents(text))
    return " ".join(re.sub(r"[\W_]+", " ", plain).split())
