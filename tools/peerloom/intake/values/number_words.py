"""Numbers in figures and in words."""

import re

from peerloom.intake.values.wording import unify_dashes, without_accents

# From zero to twelve, in English, German, Spanish, Portuguese and French, without accents.
_WORDS_BY_NUMBER: tuple[str, ...] = (
    "zero null cero nil none keine keinen ninguno ninguna nenhum nenhuma aucun aucune",
    "one ein eine einen eins einer un una uno um uma une single",
    "two zwei dos dois duas deux",
    "three drei tres trois",
    "four vier cuatro quatro quatre",
    "five funf cinco cinq",
    "six sechs seis",
    "seven sieben siete sete sept",
    "eight acht ocho oito huit",
    "nine neun nueve nove neuf",
    "ten zehn diez dez dix",
    "eleven elf once onze",
    "twelve zwolf doce doze douze",
    "thirteen",
    "fourteen",
    "fifteen quince quinze",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty zwanzig veinte vinte vingt",
)
_NUMBERS = {
    word: number for number, words in enumerate(_WORDS_BY_NUMBER) for word in words.split()
} | {"thirty": 30, "forty": 40}
_TOKEN = re.compile(r"(?<![\w.])-?\d{1,6}(?:[.,]\d{1,2})?(?![\w])|(?<![\w])[^\W\d_]+")
# A unit that follows a number without a space, as in `10yrs`; `20s` and `2nd` are no numbers.
_UNIT_BEHIND = re.compile(r"(?<=\d)(?=(?:years?|yrs?|y|jahre|j|anos|ans|mentees?|x)\b)")


def find_numbers(text: str) -> list[float]:
    """Return the numbers in `text`, in figures or words, in their order.

    A hyphen between two numbers, as in `1-2`, is no minus.
    """
    plain = re.sub(r"(?<=\d)\s*-\s*(?=\d)", " to ", unify_dashes(without_accents(text)))
    plain = _UNIT_BEHIND.sub(" ", plain)
    found = []
    for token in _TOKEN.findall(plain):
        if token in _NUMBERS:
            found.append(float(_NUMBERS[token]))
        elif token[-1].isdigit():
            found.append(float(token.replace(",", ".")))
    return found
