"""How similar two texts are, by the words or the parts of words that they share.

TF-IDF vectors compared by their cosine: tf = 1 + ln n, idf = ln((1 + N) / (1 + df)) + 1, each row
scaled to length 1 (Salton & Buckley 1988, with the smoothing that scikit-learn uses). What it was
chosen over, and by how much, is in `docs/matching-quality.md`.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import scipy.sparse as sp

from peerloom.matching.arrays import Floats

_WORD = re.compile(r"[^\W_]+[+#]*")
# No more words than this of one text are read, so that nobody's text slows matching down.
_MOST_WORDS = 4000
# In scripts without blanks a whole sentence is one word; pieces of it serve as well.
_LONGEST_WORD = 60
# Texts whose terms are counted at once, so that memory stays bounded.
_TEXTS_AT_ONCE = 10_000

Matrix = sp.csr_matrix[np.float64]


def split_words(text: str) -> list[str]:
    """The words of a text in small letters, with signs such as those of C++ and C#."""
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())[:_MOST_WORDS]
    if max(map(len, words), default=0) <= _LONGEST_WORD:
        return words
    return [w[n : n + _LONGEST_WORD] for w in words for n in range(0, len(w), _LONGEST_WORD)]


def keep_word(word: str) -> list[str]:
    """The word itself as its only term."""
    return [word]


def cut_word(word: str) -> list[str]:
    """Runs of 3 to 5 characters of a word framed by blanks; all of a word that is shorter."""
    framed = f" {word} "
    runs: list[str] = []
    for length in (3, 4, 5):
        if len(framed) <= length:
            return [*runs, framed]
        runs += [framed[n : n + length] for n in range(len(framed) - length + 1)]
    return runs


class WordCounts:
    """How often each distinct word is in each of some texts: `counts`, texts × words."""

    def __init__(self, texts: Sequence[str]) -> None:
        split = [split_words(text) for text in texts]
        self.distinct = sorted({word for words in split for word in words})
        self._numbers = {word: n for n, word in enumerate(self.distinct)}
        self.counts = self._count(split)

    def count_in(self, texts: Sequence[str]) -> Matrix:
        """The counts in other texts: texts × words. Words of no earlier text are left out."""
        return self._count([[w for w in split_words(t) if w in self._numbers] for t in texts])

    def _count(self, split: list[list[str]]) -> Matrix:
        numbers = [[self._numbers[word] for word in words] for words in split]
        counts = _build_matrix([[1.0] * len(row) for row in split], numbers, len(self.distinct))
        counts.sum_duplicates()
        return counts


class Vocabulary:
    """The terms of all texts and the idf of each; a term is a word or a run of characters.

    Each distinct word is cut into terms once, as a matrix of words × terms.
    """

    def __init__(self, cut: Callable[[str], list[str]], words: WordCounts) -> None:
        terms = [Counter(cut(word)) for word in words.distinct]
        numbers = {
            term: n for n, term in enumerate(sorted({t for counts in terms for t in counts}))
        }
        self._terms_of_words = _build_matrix(
            [list(counts.values()) for counts in terms],
            [[numbers[term] for term in counts] for counts in terms],
            len(numbers),
        )
        texts = words.counts.shape[0]
        document_frequency = np.zeros(len(numbers))
        for start in range(0, texts, _TEXTS_AT_ONCE):
            block = words.counts[start : start + _TEXTS_AT_ONCE] @ self._terms_of_words
            document_frequency += np.bincount(block.indices, minlength=len(numbers))
        self._idf: Floats = np.log((1 + texts) / (1 + document_frequency)) + 1

    def vectors(self, counts: Matrix) -> Matrix:
        """TF-IDF vectors of length 1, texts × terms, from counts of words; empty without a term."""
        vectors: Matrix = (counts @ self._terms_of_words).tocsr()
        vectors.data = (1 + np.log(vectors.data)) * self._idf[vectors.indices]
        return scale_rows(vectors)


def scale_rows(matrix: Matrix) -> Matrix:
    """The same rows with length 1; empty ones stay empty."""
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    scaled = matrix.copy()
    scaled.data /= np.sqrt(np.bincount(rows, matrix.data**2, minlength=matrix.shape[0]))[rows]
    return scaled


def _build_matrix(values: list[list[float]], columns: list[list[int]], width: int) -> Matrix:
    ends = np.cumsum([0, *(len(row) for row in columns)])
    flat = np.array([float(v) for row in values for v in row], dtype=np.float64)
    flat_columns = np.array([n for row in columns for n in row], dtype=np.int64)
    return sp.csr_matrix((flat, flat_columns, ends), shape=(len(columns), width))
