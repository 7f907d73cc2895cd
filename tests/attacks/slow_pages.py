"""Pages that take long: what the bounds of `check` let pass is rendered in time that grows with it.

Pieces of Markdown are put together at random and repeated, beside each other or ever deeper.
A page of four times the size may take somewhat more than four times as long, in the time of the
processor, and not the square of it.
"""

import math
import random
import time
from functools import cache

import markdown

from attacks.attack import Attack, Outcome
from attacks.hostile_pages import ALL, USUAL
from peerloom import bounds
from peerloom.sanitizing import NAME

# What begins something that ends nowhere has been the slowest of all: half of the tries are these.
_OPENERS = (
    *("[", "![", "[a](", "[a](<", "<a ", '<a b="', "<p", "<p\n", "<x", "<h1\n", "<![CDATA["),
    *("<div>", '<div markdown="1">\n', ' "~"a"', "*[a]: b\n", "a\n=\n", "---\n", "??? a\n"),
    *("+ ", "1. ", "a\n: b\n", "[[[[[[[[[[[[[[[[\n\u00a0\n"),
)
_PIECES = (
    *_OPENERS,
    *("<div>", "<a ", '<a b="', '<a b=">', "<p", "<p\n", "<x", "</a>", "<b>", "<h1\n", "<h1>"),
    *("<!--", "<!-- -->", "<?", "<![CDATA[", "<!x", "<script>", "<style>", "<textarea>", "<pre>"),
    *('<div markdown="1">\n', "<div markdown>", "<svg>", "<td>", "&", "&#", "&lt;", "&#2;", "<"),
    *("[", "![", "]", "[]", "[a](", "[a](<", "[a][b]", "[a](b)", "(", ")", "[a]: <", '[a]: b "'),
    *("*", "**a", "*a ", "_a", "__a", "***a", "~", "~~a", "^", "^^", "==", "`", "`a", "``a`"),
    *("```\n", "~~~\n", "``` {a\n", "``` a\n", ">", "> ", "- ", "- a\n", "1. a\n", "* a\n\n"),
    *("|", "|a|b|\n", "a|b\n-|-\n", "[^1]", "[^a]: b\n\n", "{: #a }", "a {: .b }\n\n", "{:"),
    *("!!! a\n", "??? a\n", '=== "a"\n\n    b\n\n', "///\n", ":   a\n", "a\n: b\n\n", "*[a]: b\n"),
    *("# a\n", "a\n=\n", "---\n", "***\n", "[TOC]\n\n", "- [ ] a\n", "<a@b.c>", "<http://a>"),
    *(" ", "\n", "\t", " \n", "a\n\n", "word ", "\\", "\\*", "'", '"', ":", "++a++", "$a$", "--"),
    *(
        "http://a.b ",
        "a@b.c ",
        "{--a--}",
        "{>>a<<}",
        "\u00a0",
        "é",
        "漢",
        "    a\n",
        "%",
        "\\[",
        "\\(",
    ),
)
# What goes around a page, ever deeper.
_DEEPER = ("> ", "    ", "  ", "- ", "1. ")
_SIZES = (16_000, 8_000, 4_000, 2_000, 1_000)
# Four times the size may take this many times as long; the square of it would be sixteen.
_MOST_GROWTH = 9.0
# What is quicker is not worth the measuring, in seconds of the processor.
_WORTH_A_LOOK = 0.3


def try_growth(tries: int, seed: int) -> Outcome:
    """Renders so many pages at three sizes, the largest as large as `check` would let pass."""
    chance = random.Random(seed)
    bounded = 0
    failures = []
    for number in range(tries):
        extensions = chance.choice((USUAL, ALL))
        pieces = _pieces(chance)
        deeper = chance.choice((None, None, None, *_DEEPER))
        gap = chance.choice((None, None, 2_000))
        largest = next((n for n in _SIZES if _passes(_page(pieces, deeper, gap, n))), 0)
        bounded += largest < _SIZES[0]
        pages = [_page(pieces, deeper, gap, largest // part) for part in (16, 4, 1)]
        if (grows := _growth(pages, extensions)) > _MOST_GROWTH:
            what = (
                f"{pieces!r}{f' behind {deeper!r}' if deeper else ''} up to {largest:,} characters"
            )
            failures.append(f"try {number} of seed {seed}: {what} grows {grows:.0f} times")
    note = f"{bounded:,} of them held by the bounds to less than {_SIZES[0]:,} characters"
    return Outcome(tries=tries, note=note, failures=tuple(failures))


def _pieces(chance: random.Random) -> list[str]:
    if chance.random() < 0.5:
        return [chance.choice(_OPENERS)]
    return [chance.choice(_PIECES) for _ in range(chance.choice((1, 2, 2, 3)))]


def _passes(page: str) -> bool:
    return not bounds.find_elaborate_parts(page.encode())


def _page(pieces: list[str], deeper: str | None, gap: int | None, size: int) -> str:
    """A page of about so many characters, with a blank line after every `gap` of them."""
    unit = "".join(pieces)
    if deeper is not None:
        return _ever_deeper(unit.strip("\n"), deeper, size)
    page = (unit * (size // len(unit) + 1))[:size]
    return "\n\n".join(page[at : at + gap] for at in range(0, size, gap)) if gap else page


def _ever_deeper(unit: str, deeper: str, size: int) -> str:
    lines: list[str] = []
    length = 0
    while length < size:
        lines.append(deeper * len(lines) + unit)
        length += len(lines[-1]) + 1
    return "\n".join(lines)


def _growth(pages: list[str], extensions: tuple[str, ...]) -> float:
    """The most by which the time grows from one page to the next, as far as it is long at all."""
    before = None
    most = 0.0
    for page in pages:
        took = _seconds(page, extensions)
        if took == math.inf:
            return took
        if before and took > _WORTH_A_LOOK and took / before > _MOST_GROWTH:
            took = min(took, _seconds(page, extensions))
            most = max(most, took / before)
            if most > _MOST_GROWTH:
                break
        before = max(took, 0.002)
    return most


def _seconds(page: str, extensions: tuple[str, ...]) -> float:
    """How long it takes; forever where it is nested so deep that the engine fails."""
    begun = time.process_time()
    try:
        _parser(extensions).reset().convert(page)
    except RecursionError:
        return math.inf
    return time.process_time() - begun


@cache
def _parser(extensions: tuple[str, ...]) -> markdown.Markdown:
    return markdown.Markdown(extensions=[*extensions, NAME])


ATTACK = Attack(name="slow-pages", command="fuzz", run=try_growth, few=25)
