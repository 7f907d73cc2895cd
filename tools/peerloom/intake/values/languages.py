"""Languages that people speak, as BCP 47 tags."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from babel import Locale, UnknownLocaleError

from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import split_answers
from peerloom.intake.values.answer import (
    NO_ANSWER,
    AnswerValue,
    ask_meaning,
    certain_value,
    guessed_value,
    leave_out,
)
from peerloom.intake.values.fillers import is_filler
from peerloom.intake.values.wording import plain_words
from peerloom.intake.values.yes_no import decide_yes_no
from peerloom.text.phrases import list_words

# The share of letters, in percent, that a misspelled name must have in common with the right one.
_MIN_SIMILARITY = 88
_MIN_LENGTH_COMPARED = 6
# Names of languages that the Unicode CLDR does not list.
_OTHER_NAMES = {
    "farsi": "fa",
    "mandarin": "zh",
    "mandarin chinese": "zh",
    "flemish": "nl-BE",
    "castilian": "es",
    "castellano": "es",
    "tagalog": "tl",
    "filipino": "fil",
    "brazilian portuguese": "pt-BR",
    "sign language": "sgn",
    "valencian": "ca",
    "bokmal": "nb",
    "nynorsk": "nn",
    "persian farsi": "fa",
    "dutch flemish": "nl",
    "bahasa indonesia": "id",
    "bahasa malaysia": "ms",
    "asl": "ase",
    "bsl": "bfi",
    "portuguese br": "pt-BR",
    "chinese mandarin": "zh",
    "chinese cantonese": "yue",
    "chinese simplified": "zh-Hans",
    "chinese traditional": "zh-Hant",
}
# How well somebody speaks a language, which no record holds.
_LEVELS = re.compile(
    r"\b(?:native(?:ly)?|fluent(?:ly)?|basics?|beginners?|intermediate|advanced|conversational|"
    r"proficient|good|some|a little|a bit of|a bit|little|mother tongue|first language|"
    r"second language|speaker|level|working|professional|business|very|limited|only|just|spoken|"
    r"written|excellent|bilingual|mainly|mostly|primarily|preferably|also|i speak|speak|language|"
    r"muttersprache|fliessend|grundkenntnisse|gut|etwas|nativo|nativa|fluido|fluida|fluente|"
    r"basico|intermedio|avanzado|avancado|courant|notions|langue maternelle|"
    r"[abc][12](?: [abc][12])?)\b"
)
_NEGATED = re.compile(r"\b(?:not|no|except|nicht|kein|sin|pas|nao|dont|isnt)\b")
# Several tags, as a program's own export holds them; one of them may be `no`.
_TAGS = re.compile(r"[a-z]{2}(?:\s*[,;]\s*[a-z]{2})+")
# The languages in whose words others are looked for, beside English and the program's.
_NAMING_LANGUAGES = ("de", "es", "fr", "pt", "it", "nl", "pl", "ru", "tr")


def read_languages(text: str, program_languages: Iterable[str] = ()) -> AnswerValue[list[str]]:
    """Return the BCP 47 tags of the languages that an answer names.

    Of an answer with a word that is no language nothing is taken unasked. Yes and no, and other
    answers without any language, are left out: they answer another question.
    """
    if text.strip() == "no":
        return ask_meaning(
            "'no' must be Norwegian, or say that there is no answer", ("Norwegian", None)
        )
    if is_filler(text) or not plain_words(text):
        return NO_ANSWER
    tags = re.findall(r"\w+", text)
    if _TAGS.fullmatch(text.strip()) and all(tag in Locale("en").languages for tag in tags):
        return certain_value(tags)
    if decide_yes_no(text) is not None:
        return leave_out(f"{quoted(text)} must name languages")
    return _read_names(text, tuple(program_languages))


def _read_names(text: str, program_languages: tuple[str, ...]) -> AnswerValue[list[str]]:
    """Return the languages of an answer in words."""
    tags: dict[str, None] = {}
    unknown: list[str] = []
    messages: list[str] = []
    for word in _split_languages(text):
        tag, is_similar = _find_tag(word, program_languages)
        if tag is None:
            unknown.append(quoted(word))
        else:
            tags[tag] = None
            messages += [f"{quoted(word)} is read as {tag}"] if is_similar else []
    found = list(tags)
    if unknown or not found:
        message = f"{list_words(unknown) or quoted(text)} must be the name of a language"
        return guessed_value(found, message) if found else leave_out(message)
    return guessed_value(found, list_words(messages)) if messages else certain_value(found)


def _split_languages(text: str) -> list[str]:
    """Return the languages in a cell; brackets hold levels, or further languages."""
    opened = re.sub(r"[()\[\]]", lambda found: ";" if _holds_levels_only(text) else found[0], text)
    pieces = re.split(r"\s(?:and|et|und|y|e|en|i)\s|[/&+|;,\n]|\s-\s", opened)
    words = [word for piece in pieces for word in split_answers(piece)]
    return [word for word in words if _LEVELS.sub("", plain_words(word)).strip()]


def _holds_levels_only(text: str) -> bool:
    """Whether the brackets of a text hold no more than how well a language is spoken."""
    inside = " ".join(re.findall(r"[(\[](.*?)[)\]]", text))
    return not _LEVELS.sub("", plain_words(inside)).strip()


def _find_tag(word: str, program_languages: tuple[str, ...]) -> tuple[str | None, bool]:
    """Return the tag that a word means, and whether it is only spelled nearly so."""
    plain = plain_words(word)
    if _NEGATED.search(plain):
        return None, False
    bare = " ".join(_LEVELS.sub(" ", plain.replace(":", " ")).split())
    # English names first: those of all other languages take half a second to read.
    names = _tags_by_english_name()
    if plain not in names and bare not in names:
        names = _tags_by_name(program_languages)
    if plain in names or bare in names:
        return names.get(plain) or names[bare], False
    regional = _tag_with_territory(plain, names)
    if regional:
        return regional, False
    if re.fullmatch(r"[a-zA-Z]{2}[-_][a-zA-Z]{2,4}", word.strip()):
        tag = names.get(bare.split(" ")[0])
        return (tag and f"{tag}-{word.strip()[3:].upper()}"), False
    return _find_similar(bare, names), True


def _tag_with_territory(plain: str, names: Mapping[str, str]) -> str | None:
    """Return `pt-BR` for `portuguese brazil`, and None if it is no language with a territory."""
    language, _, territory = plain.partition(" ")
    codes = {plain_words(name): code for code, name in Locale("en").territories.items()}
    tag, code = names.get(language), codes.get(territory)
    return f"{tag}-{code}" if tag and code and code.isalpha() else None


def _find_similar(word: str, names: Mapping[str, str]) -> str | None:
    from rapidfuzz import fuzz, process

    if len(word) < _MIN_LENGTH_COMPARED:
        return None
    best = process.extractOne(word, names.keys(), scorer=fuzz.ratio, score_cutoff=_MIN_SIMILARITY)
    return names[best[0]] if best and len(best[0]) >= _MIN_LENGTH_COMPARED else None


@cache
def _tags_by_name(program_languages: tuple[str, ...]) -> dict[str, str]:
    """Return tags by the tag itself, the language's own name, and its name in other languages.

    Where two languages have one name, the English name counts, then the language's own, then the
    program's languages. Tags of two letters are those of ISO 639-1.
    """
    tags = dict(_tags_by_english_name())
    two_letters = [code for code in _names_in("en") if len(code) == 2]
    for code in two_letters:
        tags.setdefault(plain_words(_names_in(code).get(code, "")), code)
    for language in (*program_languages, *_NAMING_LANGUAGES):
        names = _names_in(language.partition("-")[0])
        for code in two_letters:
            tags.setdefault(plain_words(names.get(code, "")), code)
    tags.pop("", None)
    return tags


@cache
def _tags_by_english_name() -> dict[str, str]:
    """Return tags by the English name of their language, and by the tag if it has two letters."""
    tags = dict(_OTHER_NAMES)
    for code, name in _names_in("en").items():
        tags.setdefault(plain_words(name), code.replace("_", "-"))
    tags |= {code: code for code in _names_in("en") if len(code) == 2 and code not in tags}
    return tags


@cache
def _names_in(language: str) -> Mapping[str, str]:
    """Return the names of languages in a language, and none if the CLDR does not know it."""
    try:
        return {str(code): str(name) for code, name in Locale.parse(language).languages.items()}
    except (ValueError, UnknownLocaleError):
        return {}
