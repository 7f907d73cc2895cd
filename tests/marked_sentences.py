"""Sentences as they stand in an output, found by the marks that the catalog puts around them."""

import html
import re
from collections.abc import Iterator
from gettext import NullTranslations

from peerloom.text.translation import ENGLISH, Language


class Marked(NullTranslations):
    """Shows which words of an output went through the catalog."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


MARKED_ENGLISH = Language(locale=ENGLISH.locale, catalog=Marked())

_HIDDEN = re.compile(r"<svg.*?</svg>|\]\([^)]*\)|<[^>]*>|\[|\{:[^}]*\}|\*\*", re.DOTALL)


def list_sentences(output: str) -> Iterator[str]:
    """Each sentence of an output in marked English, without what readers do not see.

    A sentence in another one is not given apart. A date that is one for programs, too, stands in
    the form of programs: `2026-03-01`.
    """
    text = re.sub(r'<time datetime="([^"]*)"[^>]*>.*?</time>', r"\1", output)
    text = html.unescape(_HIDDEN.sub("", text))
    depth, start = 0, 0
    for place, sign in enumerate(text):
        if sign == "⟦":
            start = place if depth == 0 else start
            depth += 1
        elif sign == "⟧":
            depth -= 1
            if depth == 0:
                yield re.sub("[⟦⟧]", "", text[start:place])
