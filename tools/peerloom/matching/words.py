"""How near two texts are, by the words or the pieces of words that they share.

Term frequency and inverse document frequency: tf = 1 + ln n, idf = ln((1 + N) / (1 + df)) + 1, rows
of length 1 (Salton & Buckley 1988, with the smoothing that scikit-learn uses). What it was chosen
over, and by how much, stands in `docs/matching-quality.md`.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import scipy.sparse as sp

from peerloom.matching.market import Floats

_WORD = re.compile(r"[^\W_]+[+#]*")
# Nobody reads more than this of a text, and nothing in it may slow the others down.
_MOST_WORDS = 4000
# Scripts without blanks make words of a whole sentence; their pieces are as good as words.
_LONGEST = 60

# Texts whose terms are counted at once, so that memory stays bounded.
_AT_ONCE = 10_000

Matrix = sp.csr_matrix[np.float64]


def tokens(text: str) -> list[str]:
    """The words of a text, in small letters, signs such as C++ kept."""
    found = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())[:_MOST_WORDS]
    if max(map(len, found), default=0) <= _LONGEST:
        return found
    return [word[at : at + _LONGEST] for word in found for at in range(0, len(word), _LONGEST)]


def whole(word: str) -> list[str]:
    """The word itself."""
    return [word]


def pieces(word: str) -> list[str]:
    """Runs of 3 to 5 characters of a word framed by blanks; a shorter word is one of them."""
    framed = f" {word} "
    found: list[str] = []
    for n in (3, 4, 5):
        if len(framed) <= n:
            found.append(framed)
            break
        found.extend(framed[at : at + n] for at in range(len(framed) - n + 1))
    return found


class Words:
    """The distinct words of some texts, each of which is looked at once."""

    def __init__(self, texts: Sequence[str]) -> None:
        said = [tokens(text) for text in texts]
        self.distinct = sorted({word for words in said for word in words})
        self._number = {word: n for n, word in enumerate(self.distinct)}
        self.counts = self._counted(said)

    def count(self, texts: Sequence[str]) -> Matrix:
        """How often each word is in each of other texts; words of no text before do not count."""
        return self._counted([[w for w in tokens(text) if w in self._number] for text in texts])

    def _counted(self, said: list[list[str]]) -> Matrix:
        at = [[self._number[word] for word in words] for words in said]
        found = _matrix([[1.0] * len(words) for words in said], at, len(self.distinct))
        found.sum_duplicates()
        return found


class Vocabulary:
    """The terms of what people wrote, one text a person, and how telling each is.

    Each distinct word is cut into terms once: texts × words times words × terms.
    """

    def __init__(self, terms: Callable[[str], list[str]], words: Words) -> None:
        counts = [Counter(terms(word)) for word in words.distinct]
        ids = {term: n for n, term in enumerate(sorted({t for c in counts for t in c}))}
        self._cut = _matrix(
            [list(c.values()) for c in counts], [[ids[t] for t in c] for c in counts], len(ids)
        )
        people = words.counts.shape[0]
        seen = np.zeros(len(ids))
        for at in range(0, people, _AT_ONCE):
            some = words.counts[at : at + _AT_ONCE] @ self._cut
            seen += np.bincount(some.indices, minlength=len(ids))
        self._telling: Floats = np.log((1 + people) / (1 + seen)) + 1

    def rows(self, counts: Matrix) -> Matrix:
        """A row of length 1 for each text, of its words; an empty one where it has no term."""
        found: Matrix = (counts @ self._cut).tocsr()
        found.data = (1 + np.log(found.data)) * self._telling[found.indices]
        length = np.sqrt(np.bincount(_row_of(found), found.data**2, minlength=counts.shape[0]))
        found.data /= length[_row_of(found)]
        return found


def _row_of(matrix: Matrix) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))


def _matrix(values: list[list[float]], columns: list[list[int]], width: int) -> Matrix:
    ends = np.cumsum([0, *(len(row) for row in columns)])
    flat = [float(v) for row in values for v in row]
    at = np.array([n for row in columns for n in row], dtype=np.int64)
    return sp.csr_matrix((np.array(flat, dtype=np.float64), at, ends), shape=(len(columns), width))
