"""Answers to yes/no questions, and who may see somebody's record."""

import re

from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import single_line
from peerloom.intake.values.answer import (
    NO_ANSWER,
    AnswerValue,
    ask_meaning,
    certain_value,
)
from peerloom.intake.values.fillers import is_filler
from peerloom.intake.values.wording import plain_words, remove_invisible
from peerloom.model import Audience

# English, Spanish, Portuguese, German, French, Italian, Dutch, Polish, in plain words.
_YES = frozenset(
    (
        *(
            "yes",
            "y",
            "true",
            "yeah",
            "yep",
            "yup",
            "sure",
            "of course",
            "definitely",
            "absolutely",
        ),
        *("ok", "okay", "agree", "agreed", "i agree", "i do", "i consent", "i accept", "accepted"),
        *("certainly", "yes please", "yes i agree", "yes i do", "yes i consent", "yes of course"),
        *("please do", "happy to", "id love to", "fine", "fine with me", "with pleasure"),
        *("si", "claro", "por supuesto", "de acuerdo", "acepto", "estoy de acuerdo", "verdadero"),
        *("si claro", "si por favor", "sim", "com certeza", "concordo", "aceito", "verdadeiro"),
        *("ja", "ja gerne", "gerne", "klar", "einverstanden", "ja klar", "stimme zu", "wahr"),
        *("ich stimme zu", "ja bitte", "naturlich", "selbstverstandlich", "oui", "bien sur"),
        *("d accord", "daccord", "jaccepte", "oui bien sur", "oui jaccepte", "vrai", "volontiers"),
        *("certo", "va bene", "accetto", "vero", "graag", "akkoord", "tak", "oczywiscie", "zgoda"),
    )
)
_NO = frozenset(
    (
        *("no", "n", "false", "nope", "nah", "never", "not at all", "no thanks", "no thank you"),
        *("i disagree", "disagree", "i do not", "i dont", "no i do not", "no i dont", "not really"),
        *("id rather not", "rather not", "please dont", "please do not", "i do not agree"),
        *("i dont agree", "i do not consent", "i dont consent", "declined", "not agreed"),
        *("no gracias", "falso", "no acepto", "nunca", "nao", "nao obrigado", "nao obrigada"),
        *("nao aceito", "nein", "nein danke", "falsch", "niemals", "lieber nicht", "nicht"),
        *("nicht einverstanden", "non", "non merci", "pas du tout", "faux", "jamais", "je refuse"),
        *("no grazie", "mai", "nee", "nee bedankt", "onwaar", "nie", "nie dziekuje"),
    )
)
_YES_SIGNS = frozenset("✓✔☑✅👍🙂😀➕")
_NO_SIGNS = frozenset("✗✘❌☒👎✖🚫")
_UNDECIDED = re.compile(
    r"\b(?:maybe|perhaps|depends|possibly|not sure|quiza|quizas|tal vez|depende|talvez|vielleicht|"
    r"kommt drauf an|peut etre|ca depend|forse|misschien|moze|but|if|only|except|unless|pero|mas|"
    r"aber|mais|nur|solo|seulement)\b"
)
_MEMBERS = re.compile(
    r"\b(?:(?:other )?members?|participants?|mentors and mentees|inside|internal(?:ly)?|within|"
    r"mitglieder(?:n)?|teilnehmende[nr]?|intern|miembros|participantes|membros|membres)\b"
)
_COORDINATORS = re.compile(
    r"\b(?:coordinat(?:or|ors|ion)|organi[sz]ers?|organi[sz]ing team|staff|private(?:ly)?|"
    r"program (?:team|staff)|admins?|koordination|coordinador(?:es)?|coordenador(?:es)?)\b"
)
_PUBLIC = re.compile(
    r"\b(?:public(?:ly)?|everybody|everyone|anyone|anybody|open to all|whole world|offentlich|"
    r"alle|publico|todos|publiquement|tout le monde)\b"
)
_GROUPS: tuple[tuple[Audience, re.Pattern[str]], ...] = (
    ("members", _MEMBERS),
    ("coordinators", _COORDINATORS),
    ("public", _PUBLIC),
)
_WORDS_OF_EVERYBODY = frozenset(
    (
        *("yes", "public", "publicly", "everybody", "everyone", "anyone", "anybody", "to", "for"),
        *(
            "can",
            "may",
            "see",
            "it",
            "my",
            "profile",
            "the",
            "please",
            "on",
            "website",
            "site",
            "be",
        ),
        *("visible", "make", "show", "shown", "is", "fine", "ok", "open", "all", "whole", "world"),
        *("internet", "web", "offentlich", "alle", "ja", "fur", "publico", "todos", "si", "sim"),
        *("publiquement", "tout", "le", "monde", "oui", "a", "this", "listed", "sure", "happy"),
    )
)
_NOBODY = frozenset(
    {"nobody", "no one", "only me", "niemand", "nadie", "ninguem", "personne", "just me"}
)
_RESTRICTED = re.compile(
    r"\b(?:not|no|dont|never|nicht|nein|kein|nunca|nao|pas|jamais|without|but|except|unless|aber|"
    r"pero|mas|mais|if)\b"
)
# After `no`, these say yes, or nothing.
_WORDS_AFTER_NO = frozenset(
    [
        "problem",
        "problems",
        "objection",
        "objections",
        "preference",
        "worries",
        "issue",
        "issues",
        "opinion",
        "idea",
    ]
)
_NEGATED = re.compile(r"\b(?:not|no|dont|never|nicht|nein|kein|nunca|nao|pas|jamais|without)\b")


def read_yes_no(text: str) -> AnswerValue[bool]:
    """Return what an answer to a yes/no question says.

    An answer with a condition (`yes, but …`, `depends`) is neither, and asked for.
    """
    shown = quoted(single_line(text))
    if is_filler(text, "closed"):
        return NO_ANSWER
    decided = decide_yes_no(text)
    if decided is not None:
        return certain_value(decided)
    return ask_meaning(f"{shown} must be yes or no", (True, False))


def decide_yes_no(text: str) -> bool | None:
    """Return True for a plain yes, False for a plain no, and None for anything else."""
    signs = {character for character in remove_invisible(text) if not character.isspace()}
    if signs and signs <= _YES_SIGNS:
        return True
    if signs and signs <= _NO_SIGNS:
        return False
    words = plain_words(text)
    if words in _YES:
        return True
    if words in _NO:
        return False
    if _UNDECIDED.search(words):
        return None
    return _decide_by_beginning(words)


def _decide_by_beginning(words: str) -> bool | None:
    """Return what a sentence after a plain yes or no says, unless it takes it back."""
    first, _, rest = words.partition(" ")
    if re.search(r"\b(?:yes|si|sim|ja|oui|no|nao|nein|non)\b", rest):
        return None
    if first in ("yes", "si", "sim", "ja", "oui") and not _NEGATED.search(rest):
        return True
    if first in ("no", "nao", "nein", "non") and rest.split(" ")[0] not in _WORDS_AFTER_NO:
        return None if _NEGATED.search(rest) else False
    return None


def read_audience(text: str) -> AnswerValue[Audience]:
    """Return who may see somebody's record: `yes` is everybody, `no` is coordinators alone.

    A refusal is never read as anything wider, whatever else an answer says.
    """
    if is_filler(text, "closed"):
        return NO_ANSWER
    words = plain_words(text)
    if words in _NOBODY:
        return certain_value("coordinators")
    decided = decide_yes_no(text)
    groups = [audience for audience, pattern in _GROUPS if pattern.search(words)]
    audience: Audience | None = None
    if not groups and decided is not None:
        audience = "public" if decided else "coordinators"
    elif groups and decided is not False and not _RESTRICTED.search(words):
        is_narrow = groups == ["members", "coordinators"]
        audience = groups[0] if len(groups) == 1 or is_narrow else None
        if audience == "public" and not set(words.split()) <= _WORDS_OF_EVERYBODY:
            audience = None  # `everyone in my team` is not everybody
    if audience is not None:
        return certain_value(audience)
    message = f"{quoted(single_line(text))} must be yes, members or no"
    return ask_meaning(message, ("coordinators", "members", "public"))
