"""Fillers: what people write into a cell that must not be empty, and that is no answer."""

import re
from typing import Literal

from peerloom.intake.values.wording import plain_words, remove_invisible

# identity: ids, logins, mail addresses. name: what people are called; `Null` and `Na` are names.
# place: where people live, and `NO` is Norway. closed: yes/no questions and choices, where `no` and
# `none` are answers. number: where `none` may be a zero. text: everything else.
ColumnKind = Literal["identity", "name", "place", "closed", "number", "text"]

# English, Spanish, Portuguese, German, French, Italian, Dutch, Polish, in plain words.
_EMPTY_IN_ANY_COLUMN = frozenset(
    (
        *(
            "n a",
            "na",
            "not applicable",
            "not available",
            "tbd",
            "tba",
            "tbc",
            "tbh",
            "todo",
            "x x",
        ),
        *("to be decided", "to be determined", "to be confirmed", "to be announced", "pending"),
        *("unknown", "not known", "not sure", "unsure", "dont know", "i dont know", "idk", "dunno"),
        *("prefer not to say", "rather not say", "no answer", "no response", "blank", "empty"),
        *("see above", "as above", "same as above", "ditto", "not yet", "later", "no idea"),
        *("no aplica", "no aplicable", "n d", "no se", "no lo se", "desconocido"),
        *("por definir", "pendiente", "sin respuesta", "sin definir", "prefiero no decirlo"),
        *("nao se aplica", "nao aplicavel", "nao sei", "a definir", "desconhecido", "sem resposta"),
        *("prefiro nao dizer", "k a", "keine angabe", "keine angaben", "weiss nicht"),
        *("ich weiss nicht", "weiss ich nicht", "unbekannt", "entfallt", "nicht zutreffend"),
        *("trifft nicht zu", "keine antwort", "noch offen", "noch unklar", "folgt"),
        *("non applicable", "sans objet", "s o", "n c", "non communique", "inconnu"),
        *("je ne sais pas", "a preciser", "a confirmer", "pas de reponse", "sans reponse"),
        *("non lo so", "non applicabile", "nvt", "n v t", "niet van toepassing"),
        *("weet ik niet", "nie dotyczy", "nie wiem", "brak", "nincs", "nem tudom", "nemam"),
        *("neni", "nemam ucet", "ingen", "inget", "ei ole", "yok", "tidak ada", "belum ada"),
    )
)
_NOTHING = frozenset(
    (
        *("none", "nil", "null", "nothing", "nothing yet", "none yet", "no one", "nobody", "nan"),
        *("ninguno", "ninguna", "ningun", "nada", "nenhum", "nenhuma", "nenhuns", "nenhumas"),
        *("kein", "keine", "keiner", "keines", "keins", "keinen", "nichts", "noch keine", "leer"),
        *("aucun", "aucune", "rien", "neant", "nessuno", "nessuna", "niente", "geen", "niets"),
        *("zadne", "zaden", "sin datos", "sem dados", "void", "undefined"),
    )
)
_REFUSAL = frozenset(
    (
        *("no", "nope", "non", "nein", "nao", "nah", "nee", "nie", "not", "no tengo", "nao tenho"),
        *("i dont have one", "dont have one", "dont have", "i dont have", "do not have", "havent"),
        *("i do not have one", "no account", "no github", "no github account", "not on github"),
        *("i dont have a github account", "i dont have an account", "i dont use github", "not yet"),
        *("no tengo cuenta", "no tengo github", "nao tenho conta", "nao tenho github"),
        *("habe ich nicht", "habe keinen", "hab ich nicht", "kein account", "kein konto"),
        *("kein github", "nicht vorhanden", "noch nicht", "pas de compte", "je nen ai pas"),
        *("pas encore", "je nai pas", "i have none", "have none", "no email", "no e mail"),
        *("false", "n", "no id"),
    )
)
# No answer where people write freely, and one to be asked about where they choose.
_UNDECIDED = frozenset(
    (
        *("not sure", "unsure", "dont know", "i dont know", "idk", "not yet", "later", "no idea"),
        *("no se", "no lo se", "nao sei", "weiss nicht", "ich weiss nicht", "weiss ich nicht"),
        *("noch offen", "noch unklar", "je ne sais pas", "non lo so", "weet ik niet", "nie wiem"),
    )
)


def is_filler(text: str, column: ColumnKind = "text") -> bool:
    """Whether `text` says nothing in a column of this kind; an empty text does not.

    `No` is a filler for a GitHub login and an answer to a yes/no question.
    """
    visible = remove_invisible(text).strip()
    words = plain_words(visible)
    if not words:
        return not any(character.isalnum() for character in visible) and not _has_symbol(visible)
    if column == "name":
        return words in (_EMPTY_IN_ANY_COLUMN - {"na"}) | {"none", "nobody"}
    if column == "place" and visible == "NO":
        return False
    if column == "closed" and words in _UNDECIDED:
        return False
    if column == "identity" and re.fullmatch("x{1,3}", words):
        return True
    is_open = column in ("identity", "place", "text")
    return words in _EMPTY_IN_ANY_COLUMN or (is_open and words in _NOTHING | _REFUSAL)


def _has_symbol(text: str) -> bool:
    """Whether a text without letters may still be an answer, such as a tick or an emoji."""
    return any(ord(character) > 0x2100 or character in "+#✓×" for character in text)
