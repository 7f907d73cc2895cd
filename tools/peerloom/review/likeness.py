"""Which names a reader takes for one another, whatever letters they are written in."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import chain

from peerloom.slugs import in_ascii

# Letters of other scripts by what they look like. What they sound like is compared besides.
_CYRILLIC = (
    "АаВвЕеЅѕІіЇїЈјКкМмНнОоРрСсТтУуХхԀԁԚԛԜԝҺһѴѵӀӏԌԍГгПпИиЬьЗзЄє",
    "aabbeessiiiijjkkmmhhooppccttyyxxddqqwwhhvvllggrrnnuubb33ee",
)
_GREEK = ("ΑαΒβΕεΖΗηΙιΚκΜΝνΟοΡρΤτΥυΧχγσωϲϹϳ", "aabbeezhniikkmnvooppttyuxxyowccj")
_CHEROKEE = ("ᎠᎡᎢᎥᎩᎪᎫᎬᎳᎷᎻᎽᏀᏂᏃᏏᏒᏔᏕᏙᏚᏞᏟᏢᏦᏧᏳᏴ", "drtiyajewmhyghzbrwsvslcpkdgb")
# Small ones have the shape of the capitals.
_SMALL_CHEROKEE = (_CHEROKEE[0].lower(), _CHEROKEE[1])
# Typed for a letter.
_SIGNS = ("@$!3", "asle")
_OTHERS = ("ոսՍօհցյƖǀ∣ⅼℓ|", "nuuohgjllllll")
_LOOKS = str.maketrans(
    {
        seen: like
        for ours, latin in (_CYRILLIC, _GREEK, _CHEROKEE, _SMALL_CHEROKEE, _SIGNS, _OTHERS)
        for seen, like in zip(ours, latin, strict=True)
    }
)
# Within Latin: a capital I, a small l and a one; a zero and an o; two letters that run together.
_SAME = str.maketrans("01i5", "olls")
_TOGETHER = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_NUMBER = re.compile(r"(?<=[^\W\d_])[-_ ]?[0-9]{1,3}$")


def skeletons(name: str) -> frozenset[str]:
    """What is left of a name once all is taken off that can be mistaken: as seen, and as read.

    Case, accents, spaces, signs and the order of words do not count; empty names have none.
    """
    # Before and after composing: some letters are taken for others only as they stand.
    seen = unicodedata.normalize("NFKC", name.translate(_LOOKS)).translate(_LOOKS)
    found = {_skeleton(seen), _skeleton(name)}
    return frozenset(found - {""})


def _skeleton(text: str) -> str:
    seen = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in seen if unicodedata.category(c) not in ("Mn", "Cf"))
    words = sorted(re.findall("[a-z0-9]+", in_ascii(bare).casefold()))
    joined = "".join(words).translate(_SAME)
    for two, one in _TOGETHER:
        joined = joined.replace(two, one)
    return joined


def is_like_one_of(name: str, others: Iterable[str]) -> bool:
    """Whether a name could be taken for another; a number at its end makes no difference."""
    # A sign before the number may stand for a letter, or be one itself.
    shortened = {_NUMBER.sub("", name), _NUMBER.sub("", name.translate(_LOOKS))}
    mine = frozenset(chain.from_iterable(skeletons(each) for each in {name, *shortened}))
    return any(not mine.isdisjoint(skeletons(other)) for other in others)
