"""What people are called: title, name and pronouns in one cell or in several."""

import re
import unicodedata
from dataclasses import dataclass

from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import single_line
from peerloom.intake.values.answer import (
    NO_ANSWER,
    AnswerValue,
    certain_value,
    guessed_value,
    leave_out,
)
from peerloom.intake.values.fillers import is_filler
from peerloom.intake.values.wording import plain_words

MAX_NAME_LENGTH = 200
_TITLES = (
    r"(?:dr|prof|professor|mr|mrs|ms|mx|sr|sra|srta|dra|profa|mme|mlle|mag|dipl-ing|ing|rev|engr|"
    r"dott|dott\.ssa)"
)
_TITLE = re.compile(
    rf"(?:{_TITLES}\.(?:\s*-?\s*(?:med|rer|nat|ing|phil|jur|h\.?\s?c)\.)*\s*|"
    r"(?:Dr|Prof|Professor|Mr|Mrs|Ms|Mx|Miss|Herr|Frau|Sr|Sra|Dra|Mme|Mlle)\s+)",
    re.IGNORECASE,
)
# After a comma, or `PhD` at the end: `MD Rahman` is a name.
_DEGREE = re.compile(
    r"(?:,\s*(?:Ph\.?\s?D|M\.?Sc|B\.?Sc|M\.?A|B\.?A|MBA|M\.?D|MPH|PMP|Esq|Dr|RN)\.?(?=\s*(?:,|$)))+|"
    r"\s+(?:PhD|Ph\.D\.)$"
)
_PRONOUN_WORDS = (
    r"(?:she|her|hers|he|him|his|they|them|theirs|ze|zir|xe|xem|it|its|any|ella|el|él|elle|elles|"
    r"elu|ela|ele|dela|dele|sie|ihr|er|ihm|ihn|iel|il|elle|lui|they/them|hen|hän|onle|dey|ask)"
)
_PRONOUNS = re.compile(
    rf"[\s,|–-]*[(\[]?\s*(?:pronouns?:?\s*)?({_PRONOUN_WORDS}(?:\s*[/,|]\s*{_PRONOUN_WORDS})+|"
    rf"{_PRONOUN_WORDS} (?:pronouns))\s*[)\]]?\s*$",
    re.IGNORECASE,
)
_SINGLE_PRONOUN = re.compile(rf"\s*[(\[]\s*({_PRONOUN_WORDS})\s*[)\]]\s*$", re.IGNORECASE)
_ZERO_WIDTH = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_JOINERS = re.compile("[\u200c\u200d]")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """A name without its title and degrees, and the pronouns that stood beside it."""

    name: str
    pronouns: str = ""


def read_full_name(text: str) -> AnswerValue[PersonName]:
    """Return the name in a cell that may also hold a title, degrees and pronouns.

    `Lindgren, Ada` is a guess at `Ada Lindgren`. A mail address, a link and a filler are no name.
    """
    cleaned = clean_name(text)
    if is_filler(cleaned, "name"):
        return NO_ANSWER
    rest, pronouns = _split_pronouns(cleaned)
    name = _DEGREE.sub("", _strip_titles(rest)).strip(" ,;")
    name = re.sub(r",\s*(?=(?:Jr|Sr|II|III|IV)\b\.?$)", " ", name)
    shown = quoted(single_line(text))
    if not any(character.isalpha() for character in name) or re.search(r"@\S+\.|://", name):
        return leave_out(f"{shown} must be a person's name")
    if len(name) > MAX_NAME_LENGTH:
        return leave_out(f"{shown} must be a name of at most {MAX_NAME_LENGTH} characters")
    family, comma, given = name.partition(",")
    if comma and "," not in given and given.strip():
        turned = f"{given.strip()} {family.strip()}"
        value = PersonName(name=turned, pronouns=pronouns)
        return guessed_value(value, f"{shown} is read as {quoted(turned)}")
    return certain_value(PersonName(name=name, pronouns=pronouns))


def join_name(first: str, last: str) -> AnswerValue[PersonName]:
    """Return the name made of a given and a family name, each in a cell of its own.

    Fillers in either cell are left away.
    """
    parts = [clean_name(part) for part in (first, last)]
    known = [part for part in parts if not is_filler(part, "name")]
    if not known:
        return NO_ANSWER
    whole, both = known[0], " ".join(known)
    if len(known) == 2 and plain_words(known[0]).endswith(" " + plain_words(known[1])):
        return read_full_name(whole)  # the first cell holds the whole name already
    return read_full_name(both.replace(",", " "))


def clean_name(text: str) -> str:
    """Return a name in composed letters, without emoji and characters that cannot be seen.

    Joiners stay where a script writes with them, as Persian and Hindi do.
    """
    visible = _ZERO_WIDTH.sub("", unicodedata.normalize("NFC", text))
    if not any(ord(character) > 0x0600 and character.isalpha() for character in visible):
        visible = _JOINERS.sub("", visible)
    kept = "".join(character for character in visible if not _is_pictogram(character))
    return single_line(kept)


def _is_pictogram(character: str) -> bool:
    is_skin_tone = "\U0001f3fb" <= character <= "\U0001f3ff"
    is_symbol = unicodedata.category(character) in ("So", "Cs", "Co") or is_skin_tone
    return is_symbol or character == "\ufe0f"


def _split_pronouns(name: str) -> tuple[str, str]:
    """Return a name and the pronouns that stand at its end."""
    for pattern in (_PRONOUNS, _SINGLE_PRONOUN):
        match = pattern.search(name)
        if match and name[: match.start()].strip():
            return name[: match.start()].strip(" ,"), read_pronouns(match[1])
    return name, ""


def _strip_titles(name: str) -> str:
    """Return a name without the titles before it, as long as a name is left."""
    match = _TITLE.match(name)
    while match and name[match.end() :].strip():
        name = name[match.end() :].strip()
        match = _TITLE.match(name)
    return name


def read_pronouns(text: str) -> str:
    """Return pronouns on one line, with a slash between them: `She / Her` is `she/her`."""
    if is_filler(text):
        return ""
    plain = single_line(text).strip("()[] ")
    if re.fullmatch(rf"{_PRONOUN_WORDS}(?:\s*[/,|]\s*{_PRONOUN_WORDS})*", plain, re.IGNORECASE):
        return re.sub(r"\s*[/,|]\s*", "/", plain.casefold())
    return plain
