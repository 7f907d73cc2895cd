"""Tables of sentences: what each looks like, and what it adds to a story."""

import re
from collections.abc import Callable

from signals_in_words.drafts import Draft


class SentenceTable:
    """Functions that add to a draft, each under the pattern of the sentences that it reads."""

    def __init__(self) -> None:
        self._rows: list[tuple[re.Pattern[str], Callable[..., None]]] = []

    def reads(self, pattern: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
        """Return a decorator that enters a function under a pattern."""

        def enter(apply: Callable[..., None]) -> Callable[..., None]:
            self._rows.append((re.compile(pattern), apply))
            return apply

        return enter

    def apply_sentence(self, draft: Draft, sentence: str) -> bool:
        """Add what a sentence says to a draft; return whether the table has such a sentence.

        What the pattern's groups hold is given to the function under their names.
        """
        for pattern, apply in self._rows:
            if found := pattern.fullmatch(sentence):
                apply(draft, **{key: said for key, said in found.groupdict().items() if said})
                return True
        return False


def read_days(text: str) -> list[int]:
    """Return the numbers of the days that a text lists."""
    return [int(day) for day in re.findall(r"-?\d+", text)]
