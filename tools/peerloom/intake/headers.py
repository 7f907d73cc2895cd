"""What a column's header asks for: a known wording, a likely one, or nothing of ours.

A header is certain only as a whole (`wordings.py`). A word in it is never enough: *Age group* is no
group, *Job title or role* no role, and *Skills you do not want to teach* is not its opposite.
"""

import re
from dataclasses import dataclass
from typing import Literal

from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import fold_text
from peerloom.intake.header_words import (
    LONGEST_HEADER,
    bracketed_option,
    header_with_brackets,
    plain_header,
    words_in_brackets,
)
from peerloom.intake.wordings import PAIR_FIELDS, PEOPLE_FIELDS, HeaderWordings
from peerloom.intake.words_for_others import names_somebody_else

_POLITE = re.compile(
    r"^(?:please )?(?:(?:kindly )?(?:enter|give|provide|state|select|choose|indicate|write|type|"
    r"specify|tell|list|add|confirm|share|pick|describe) (?:us )?|please )"
)
_ASKING = re.compile(
    r"^(?:what is|what are|whats|which is|which are|was ist|wie ist|wie lautet|wie heisst|cual es|"
    r"cuales son|quel est|quelle est|quels sont|quelles sont|qual e|quais sao) "
)
_POSSESSIVE = re.compile(
    r"^(?:your|my|the|their|a|dein|deine|deinen|ihr|ihre|mein|meine|tu|tus|su|sus|mi|votre|vos|"
    r"ton|ta|tes|mon|mes|le|la|les|el|los|seu|sua|seus|suas|meu|o|os|as|der|die|das) "
)
_NEGATED = re.compile(
    r"\b(?:not|dont|doesnt|cannot|cant|never|without|avoid|except|least|rather not|unable|"
    r"no longer|"
    r"nicht|kein|keine|keinen|ohne|nunca|sin|nao|sem|ne|pas|sans|jamais|uncomfortable|dislike|"
    r"unwilling|neither|nor|exclude|excluding|weder|unavailab\w*|busy|blocked|off limits|away|"
    r"hide|hidden|private|anonymous\w*|unlisted|opt out|old|former\w*|given up)\b"
)
# Words because of which a question is about something that no field holds.
_OTHER_QUESTION = re.compile(
    r"\bage\b|\bhear\b|\bheard\b|\bfind out about\b|\bjob\b|\bemployer\b|\bemployed\b|\bcompany\b|"
    r"\borgani[sz]ation\b|\bmanager\b|\bsupervisor\b|\bline manager|\bprogramming\b|\bcoding\b|"
    r"\btools?\b|\bsoftware\b|\bunderrepresented\b|\bgender\b|\bethnic\w*|\bdisabilit\w*|\bdiet\w*|"
    r"\baccessib\w*|\bemergency\b|\bphone\b|\bbirth\w*|\bquestions?\b|\bcomments?\b|\bfeedback\b|"
    r"\bfirst language\b|\bnative\b|\bmother tongue\b|\bprevious\w*|\bbefore\b|\bever\b|\bsize\b|"
    r"\blinkedin\b|\btwitter\b|\bwebsite\b|\borcid\b|\bdegree\b|\bstudents?\b|\bschool\b|"
    r"\buniversity\b|\binstitution\b|\bdepartment\b|\bfaculty\b|\bdivision\b|\bstart language\b|"
    r"\brefer\w*|\bip address\b|\bconduct\b|\bprivacy\b|\bnewsletter\b|\bconfirm\w*|\brate\b|"
    r"\bpermission\b|\bt ?shirt\b|"
    r"\bhow (?:confident|satisfied|comfortable|likely|often|much)\b|\bcurrent role\b|\bseniority\b|"
    r"^do you have\b|\bhave you\b|\bdid you\b|\blast (?:time|year|round)\b|"
    r"\balter\b|\bedad\b|\bidade\b|\bberuf\w*|\bfirma\b|\bempresa\b|\bentreprise\b|\bgeschlecht\b"
)
# Questions that are likely about a field. They are looked at only where nothing above speaks
# against it, in this order, and each needs answers that fit.
_LIKELY: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("capacity", re.compile(r"\bhow many\b.*\bmentees\b|\bmentees\b.*\b(?:how many|number|max)")),
    (
        "preferred",
        re.compile(r"\b(?:choice|preferred|preference|prefer)\b.*\b(?:mentor|mentee)s?\b"),
    ),
    ("preferred", re.compile(r"\b(?:mentor|mentee)\b.*\b(?:choice|preference)\b")),
    (
        "role",
        re.compile(
            r"\bmentor\b.*\bor\b.*\bmentee\b|\bmentee\b.*\bor\b.*\bmentor\b|"
            r"\b(?:want|like|wish|apply\w*|sign\w* up|join\w*|take part|participate)\b.*"
            r"\b(?:as|be)\b|"
            r"\brole\b.*\bprogram"
        ),
    ),
    ("experience_years", re.compile(r"\byears?\b.*\bexperience\b")),
    ("time_zone", re.compile(r"\btime ?zones?\b|\bzeitzone\b|\bfuso\b|\bfuseau\b")),
    (
        "github",
        re.compile(r"\bgithub\b.*\b(?:user ?name|login|handle|account|profile|id|url|link)"),
    ),
    ("github", re.compile(r"\b(?:user ?name|login|handle|account|profile|link)\b.*\bgithub$")),
    ("mail", re.compile(r"\be ?mails?\b")),
    ("availability", re.compile(r"\b(?:availab\w*|free)\b.*|\bwhen can you\b")),
    ("languages", re.compile(r"\blanguages?\b.*\bspeak|\bspeak\b.*\blanguages?\b|\bspoken\b")),
    ("goal", re.compile(r"\b(?:goals?|achieve|accomplish|hope)\b")),
    (
        "skills_offered",
        re.compile(
            r"\b(?:skills?|topics?|areas?|what|subjects?)\b.*"
            r"\b(?:offer|teach|share|contribute|help others|mentor others|mentor in|mentor on)\b"
            r"|\bwhich\b.*\b(?:teach|mentor others|mentor in|mentor on|help others)\b"
        ),
    ),
    (
        "skills_wanted",
        re.compile(
            r"\b(?:skills?|topics?|areas?|subjects?)\b.*"
            r"\b(?:learn|want|wish|improve|develop|gain|need|grow|seek|looking)\b"
            r"|\b(?:what|which)\b.*\blearn\b"
        ),
    ),
    (
        "show",
        re.compile(r"\b(?:show|publish|display)\w*\b.*\b(?:profile|name|site|website|public)"),
    ),
    ("region", re.compile(r"\b(?:country|city)\b.*\b(?:live|based|located|reside)|\bbased in\b")),
    ("about", re.compile(r"\babout (?:yourself|you|me)\b|\bbio\b")),
    ("pronouns", re.compile(r"\bpronouns\b")),
    ("interests", re.compile(r"\binterest(?:s|ed)\b|\bkeywords\b")),
    (
        "name",
        re.compile(
            r"^(?!.*\b(?:mentor|mentee|parent|guardian|partner|pet|project|team|file|user|account|"
            r"contact|friend|colleague)s? name).*\bname$|^name\b.*\b(?:shown|badge|you)\b"
        ),
    ),
)
_LIKELY_PAIRS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("mentee", re.compile(r"\bmentee\b")),
    ("mentor", re.compile(r"\bmentor\b")),
)
# Yes/no questions about one role.
_KNOWN_ROLE_QUESTION = re.compile(
    r"(?:do you want|would you like|are you willing|do you wish|i would like|i want) to "
    r"(?:be|become|sign up as|take part as|join as|apply as|participate as|volunteer as) "
    r"(?:a )?(?:mentor|mentee)"
    r"|(?:are you (?:signing up|applying|registering) as )?(?:a )?(?:mentor|mentee)"
    r"|i (?:want|would like) to (?:mentor|be mentored)|(?:be|become) a (?:mentor|mentee)"
)
# Two headers are close if this share of their letters, in percent, is the same (Indel ratio).
_MIN_SIMILARITY = 90
# Shorter words are compared only as a whole: `tz` is close to too much else.
_MIN_LENGTH_CLOSE = 6

HeaderCertainty = Literal["known", "likely", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderMeaning:
    """What a header asks for, how sure that is, and why; `rank` orders a field's wordings.

    `option` is what stands in brackets behind a question: `Availability [Monday]`.
    """

    field: str | None
    certainty: HeaderCertainty
    why: str
    rank: int = 0
    option: str = ""


def interpret_header(header: str, fields: HeaderWordings) -> HeaderMeaning:
    """Return the field that a header asks for, if any."""
    option = bracketed_option(header)
    own, known = _find_own_question(header, fields), _find_known(header, fields)
    if own:
        why = f"a question of the program's own, and perhaps {quoted(known[0])}" if known else ""
        return HeaderMeaning(
            field=own,
            certainty="likely" if known else "known",
            why=why or "known header",
            option=option,
        )
    if known:
        name, rank = known
        return HeaderMeaning(
            field=name, certainty="known", why="known header", rank=rank, option=option
        )
    words = f"{plain_header(header)} {words_in_brackets(header)}".strip()
    why_none = _reason_against_any_field(header, words, fields)
    if why_none:
        return HeaderMeaning(field=None, certainty="none", why=why_none)
    likely = _LIKELY if "role" in fields else _LIKELY_PAIRS
    for name, pattern in likely:
        if name in fields and pattern.search(plain_header(header)):
            return HeaderMeaning(
                field=name, certainty="likely", why="likely question", option=option
            )
    close = _find_close(plain_header(header), fields)
    if close:
        return HeaderMeaning(
            field=close, certainty="likely", why="spelled nearly so", option=option
        )
    return HeaderMeaning(field=None, certainty="none", why="no field of a record")


def _reason_against_any_field(header: str, words: str, fields: HeaderWordings) -> str:
    """Return why a header asks for no field at all, whatever words are in it; empty if it may."""
    if _NEGATED.search(words):
        return "asks for what is not so"
    # A list of matches asks about nobody but other people.
    is_about_others = "role" in fields and names_somebody_else(header[:LONGEST_HEADER])
    return "asks for something else" if is_about_others or _OTHER_QUESTION.search(words) else ""


def _is_own(name: str) -> bool:
    """Whether a field is a question of the program's own."""
    return name not in PEOPLE_FIELDS and name not in PAIR_FIELDS


def _find_own_question(header: str, fields: HeaderWordings) -> str | None:
    """Return the program's own question that a header is a wording of, even a negated one."""
    for words in (fold_text(header), header_with_brackets(header), *_shorter_forms(header)):
        for name, wordings in fields.items():
            if _is_own(name) and words in wordings:
                return name
    return None


def _find_known(header: str, fields: HeaderWordings) -> tuple[str, int] | None:
    """Return the field of which the whole header is a known wording, and the wording's rank."""
    for words in _shorter_forms(header):
        for name, wordings in fields.items():
            if _is_own(name):
                continue
            if words in wordings:
                return name, wordings.index(words)
            if words == name.replace("_", " "):
                return name, 0
    if "role" in fields and _KNOWN_ROLE_QUESTION.fullmatch(plain_header(header)):
        return "role", 0
    numbered = re.fullmatch(
        r"(mentee)s? [0-9]{1,2}(?: (name|id|email|e mail))?", plain_header(header)
    )
    return (numbered[1], 0) if numbered and numbered[1] in fields else None


def _shorter_forms(header: str) -> list[str]:
    """Return a header in plain words, and without what is said only to be polite."""
    if _NEGATED.search(words_in_brackets(header)):
        return []
    words = plain_header(header)
    forms = [words]
    for pattern in (_POLITE, _ASKING, _POSSESSIVE):
        words = pattern.sub("", words)
        forms.append(words)
    return list(dict.fromkeys(form for form in forms if form))


def _find_close(words: str, fields: HeaderWordings) -> str | None:
    from rapidfuzz import fuzz, process

    if len(words) < _MIN_LENGTH_CLOSE:
        return None
    by_wording = {
        wording: name
        for name, wordings in fields.items()
        for wording in wordings
        if len(wording) >= _MIN_LENGTH_CLOSE
    }
    near = process.extractOne(
        words, by_wording.keys(), scorer=fuzz.ratio, score_cutoff=_MIN_SIMILARITY
    )
    return by_wording[near[0]] if near else None
