"""Finding the encoding in which a CSV was written, and asking where that is not sure.

Bytes that are not UTF-8 can be read in many encodings without an error, and a wrong one makes
other people's names of them. Each candidate's text is therefore judged by how much its words look
like names (`name_likeness`); one is taken only where it is clearly better than every other text.
"""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass

from peerloom.intake.name_likeness import rate_words

# The encodings in which spreadsheet programs write CSV, and what to call them, in the order in
# which they are preferred where their texts are equal.
_ENCODINGS = {
    "cp1252": "Windows-1252, Western Europe",
    "cp1250": "Windows-1250, Central Europe",
    "cp1251": "Windows-1251, Cyrillic",
    "cp932": "Shift JIS, Japan",
    "gb18030": "GB 18030, China",
    "cp949": "CP949, Korea",
    "big5": "Big5, Taiwan",
    "cp1254": "Windows-1254, Turkey",
    "cp1257": "Windows-1257, Baltic countries",
    "cp1253": "Windows-1253, Greece",
    "cp1255": "Windows-1255, Hebrew",
    "cp1256": "Windows-1256, Arabic",
    "mac_roman": "Mac Roman, Western Europe",
    "mac_latin2": "Mac Latin 2, Central Europe",
    "mac_cyrillic": "Mac Cyrillic",
    "cp850": "DOS 850, Western Europe",
    "cp852": "DOS 852, Central Europe",
    "cp866": "DOS 866, Cyrillic",
    "koi8_r": "KOI8-R, Cyrillic",
    "euc_jp": "EUC-JP, Japan",
    "iso8859_2": "ISO 8859-2, Central Europe",
}
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What spreadsheet programs write seldom must be likelier by this much.
_USUAL = frozenset({"cp1252", "cp1250", "cp1251", "cp932", "gb18030", "cp949"})
_MALUS_OF_UNUSUAL = 0.1
# How likely the words of the best text must be as names, and how much likelier than the same words
# in any other text that differs in them, to be taken without asking; both from 0 to 1. Found by
# trying names of many countries.
_LEAST_LIKENESS = 0.7
_LEAST_LEAD = 0.2
# A text is no candidate at all if it is this much less likely than the best one.
_MOST_BEHIND = 0.35
_MOST_CANDIDATES = 4
_WORDS_JUDGED = 400
_NAMES_SHOWN = 3
_LONGEST_WORD = 60
# Typographic signs that stand at the edge of a word and say nothing about it.
_QUOTES = "“”„‘’«»‹›–—…•·\xa0¿¡。、，：；！？（）「」.:!?'"


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodingCandidate:
    """An encoding, and the first words with letters beyond ASCII that a file has in it."""

    encoding: str
    label: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedSheet:
    """A file's text, its encoding, and where that is not sure the `candidates`, best first."""

    text: str
    encoding: str
    candidates: tuple[EncodingCandidate, ...] = ()


def is_known_encoding(name: str) -> bool:
    """Whether Python can decode text in an encoding of this name."""
    try:
        return bool(codecs.lookup(name)._is_text_encoding)
    except (LookupError, AttributeError, ValueError):
        return False


def encoding_label(encoding: str) -> str:
    """Return what to call an encoding: `Windows-1250, Central Europe`."""
    if encoding in ("utf-8", "utf-8-sig"):
        return "UTF-8"
    return _ENCODINGS.get(encoding, encoding.upper().replace("_", "-"))


def decode_sheet(data: bytes, encoding: str | None = None) -> DecodedSheet:
    """Decode a file in the `encoding` that somebody said, or else in the likeliest.

    Raises `UnicodeDecodeError` where no encoding fits.
    """
    if encoding is not None:
        # A mark is no part of the text, whatever the encoding was called.
        named = "utf-8-sig" if codecs.lookup(encoding).name == "utf-8" else encoding
        return DecodedSheet(text=data.decode(named).removeprefix("\ufeff"), encoding=encoding)
    for mark, marked_encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return DecodedSheet(text=data.decode(marked_encoding), encoding=marked_encoding)
    utf_16 = _recognize_utf_16(data[:2000])
    if utf_16:
        return DecodedSheet(text=data.decode(utf_16), encoding=utf_16)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_likeliest(data, error)
    return DecodedSheet(text=_undo_second_encoding(text) or text, encoding="utf-8")


def _undo_second_encoding(text: str) -> str:
    """Return a text that some program took for Windows-1252 and encoded again, as it was before.

    `José` has become `JosÃ©` then. A text of people's own hardly ever reads as UTF-8 once more, so
    it is empty for one that was encoded once.
    """
    if text.isascii():
        return ""
    try:
        once = b"".join(_encode_as_windows(character) for character in text.removeprefix("\ufeff"))
        return once.decode("utf-8")
    except UnicodeError:
        return ""


def _encode_as_windows(character: str) -> bytes:
    """Return a character in Windows-1252, whose gaps hold the control characters of Latin-1."""
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")


def _recognize_utf_16(start: bytes) -> str | None:
    """Return the byte order of UTF-16 without a mark, if the first bytes look like it.

    In Latin text one byte of each two is zero: the second in little-endian, the first in big.
    """
    half = max(1, len(start) // 2)
    even_zeros, odd_zeros = start[::2].count(0), start[1::2].count(0)
    if odd_zeros > 0.4 * half and even_zeros < 0.1 * half:
        return "utf-16-le"
    if even_zeros > 0.4 * half and odd_zeros < 0.1 * half:
        return "utf-16-be"
    return None


def _decode_likeliest(data: bytes, error: UnicodeDecodeError) -> DecodedSheet:
    texts: dict[str, str] = {}
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            texts.setdefault(text, encoding)
    if not texts:
        raise error
    rated = sorted(
        (
            (_rate_text(text, encoding), -n, text)
            for n, (text, encoding) in enumerate(texts.items())
        ),
        reverse=True,
    )
    best = rated[0]
    is_sure = best[0] >= _LEAST_LIKENESS and all(
        _lead_over(best[2], text, texts) >= _LEAST_LEAD for _, _, text in rated[1:]
    )
    near = [text for rating, _, text in rated if best[0] - rating <= _MOST_BEHIND]
    candidates = [_make_candidate(texts[text], text) for text in near[:_MOST_CANDIDATES]]
    return DecodedSheet(
        text=best[2],
        encoding=texts[best[2]],
        candidates=() if is_sure else tuple(candidates),
    )


def _rate_text(text: str, encoding: str) -> float:
    malus = 0.0 if encoding in _USUAL else _MALUS_OF_UNUSUAL
    return rate_words(_unusual_words(text)) - malus


def _lead_over(text: str, other: str, texts: Mapping[str, str]) -> float:
    """Return how much likelier one text is than another, by the words in which they differ."""
    words, other_words = _unusual_words(text), _unusual_words(other)
    common = set(words) & set(other_words)
    malus = _MALUS_OF_UNUSUAL * ((texts[text] not in _USUAL) - (texts[other] not in _USUAL))
    differing = [word for word in words if word not in common]
    return (
        rate_words(differing)
        - rate_words([word for word in other_words if word not in common])
        - malus
    )


def _make_candidate(encoding: str, text: str) -> EncodingCandidate:
    words = tuple(_unusual_words(text)[:_NAMES_SHOWN])
    return EncodingCandidate(encoding=encoding, label=encoding_label(encoding), words=words)


def _unusual_words(text: str) -> list[str]:
    """Return the different words with a letter beyond ASCII, in their order, up to a limit."""
    words: dict[str, None] = {}
    for match in re.finditer(r"[^\s,;\t|\"()/]+", text):
        if match[0].isascii():
            continue
        word = match[0].strip(_QUOTES)[:_LONGEST_WORD]
        if not word.isascii():
            words[word] = None
        if len(words) >= _WORDS_JUDGED:
            break
    return list(words)
