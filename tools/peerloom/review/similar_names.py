"""Names that a reader takes for one another, whatever letters they are written in."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import chain

from peerloom.slugs import in_ascii

# Letters of other scripts by the Latin ones that they look like; how they sound is compared too.
_CYRILLIC = (
    "АаВвЕеЅѕІіЇїЈјКкМмНнОоРрСсТтУуХхԀԁԚԛԜԝҺһѴѵӀӏԌԍГгПпИиЬьЗзЄє",
    "aabbeessiiiijjkkmmhhooppccttyyxxddqqwwhhvvllggrrnnuubb33ee",
)
_GREEK = ("ΑαΒβΕεΖΗηΙιΚκΜΝνΟοΡρΤτΥυΧχγσωϲϹϳ", "aabbeezhniikkmnvooppttyuxxyowccj")
_CHEROKEE = ("ᎠᎡᎢᎥᎩᎪᎫᎬᎳᎷᎻᎽᏀᏂᏃᏏᏒᏔᏕᏙᏚᏞᏟᏢᏦᏧᏳᏴ", "drtiyajewmhyghzbrwsvslcpkdgb")
# Small letters have the shape of the capitals.
_SMALL_CHEROKEE = (_CHEROKEE[0].lower(), _CHEROKEE[1])
# Signs that people type for a letter.
_SIGNS = ("@$!3", "asle")
_OTHER_SCRIPTS = ("ոսՍօհցյƖǀ∣ⅼℓ|", "nuuohgjllllll")
_LOOKS = str.maketrans(
    {
        letter: like
        for letters, latin in (
            _CYRILLIC,
            _GREEK,
            _CHEROKEE,
            _SMALL_CHEROKEE,
            _SIGNS,
            _OTHER_SCRIPTS,
        )
        for letter, like in zip(letters, latin, strict=True)
    }
)
# Within Latin script: a capital I, a small l and a one; a zero and an o; letters that run together.
_LATIN = str.maketrans("01i5", "olls")
_RUN_TOGETHER = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_NUMBER_AT_END = re.compile(r"(?<=[^\W\d_])[-_ ]?[0-9]{1,3}$")


def make_skeletons(name: str) -> frozenset[str]:
    """A name reduced to what cannot be mistaken: once by how it looks, once by how it sounds.

    Case, accents, spaces, signs and the order of words do not count; empty names have none. Two
    names that share a skeleton are alike. The method is that of Unicode's confusables (UTS 39),
    with a table of its own for the letters that are common in names.
    """
    # Before and after composing: some letters look like others only as they are typed.
    looks = unicodedata.normalize("NFKC", name.translate(_LOOKS)).translate(_LOOKS)
    return frozenset({_make_skeleton(looks), _make_skeleton(name)} - {""})


def _make_skeleton(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in decomposed if unicodedata.category(c) not in ("Mn", "Cf"))
    words = sorted(re.findall("[a-z0-9]+", in_ascii(bare).casefold()))
    joined = "".join(words).translate(_LATIN)
    for letters, letter in _RUN_TOGETHER:
        joined = joined.replace(letters, letter)
    return joined


def is_similar_to_any(name: str, others: Iterable[str]) -> bool:
    """Whether a name could be taken for another; a number at its end makes no difference."""
    # A sign before the number may stand for a letter, or be one itself.
    shortened = {_NUMBER_AT_END.sub("", name), _NUMBER_AT_END.sub("", name.translate(_LOOKS))}
    skeletons = frozenset(chain.from_iterable(make_skeletons(n) for n in {name, *shortened}))
    return any(not skeletons.isdisjoint(make_skeletons(other)) for other in others)
