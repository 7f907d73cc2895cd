"""Roles, in the words in which people wish for one."""

import re

from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import single_line
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
from peerloom.model import Role

ROLES: tuple[Role, ...] = ("mentor", "mentee", "either")
# Each pattern is matched against plain words (no accents, case, punctuation). What it matches is
# taken away before the next one looks, so that `find a mentor` leaves no `mentor` behind.
# The words are those of English, German, Spanish, Portuguese, French, Italian and Dutch.
_MENTOR_WORD = r"(?:mentor(?:s|a|as|es|in|innen|en|i)?|mentor(?: |in |innen )(?:in|innen)|mentrice)"
_ARTICLE = (
    r"(?:(?:a|an|the|my|some|one|un|una|uma|um|une|ein|eine|einen|einer|einem|een|la|el|le|den|"
    r"die|der|good|experienced|senior|peer|new|personal|potential) )*"
)
_SEEK = (
    r"(?:find(?:ing)?|need(?:s|ing)?|want(?:s|ing)?|get(?:ting)?|seek(?:s|ing)?|ha(?:ve|ving)|"
    r"look(?:ing)? for|search(?:ing)? for|(?:be |get |getting |being )?(?:matched|paired) with|"
    r"work with|learn from|"
    r"meet|request(?:ing)?|receive|would like|id like|wish for|match me with|connect with|"
    r"suche?n?|finden?|brauche?n?|mochte|wunsche mir|hatte gern(?:e)?|will|"
    r"buscar?|busco|buscando|encontrar|necesit(?:o|ar)|tener|quiero|quisiera|me gustaria tener|"
    r"procur(?:o|ar|ando)|precis(?:o|ar) de|preciso|quero|gostaria de ter|ter|"
    r"cherche(?:r)?|trouver|besoin d|besoin de|avoir|voudrais|souhaite|recherche(?:r)?|"
    r"cerc(?:o|are)|trovare|zoek(?:en)?|vind(?:en)?|heb nodig)"
)
_TAUGHT = (
    r"(?:to )?(?:be|being|get|getting|to get|receive|receiving|ser|etre|werden|estar) "
    r"(?:mentored|coached|mentorad[oa]|mentoread[oa]|mentorizad[oa]|guid[eo]e?|accompagnee?|"
    r"encadree?|betreut|begleitet|orientad[oa])(?: by(?: (?:someone|somebody|others?))?)?"
    r"|(?:(?:someone|somebody|have|a person|who|to) )*(?:mentors?|guides?|coach(?:es)?) (?:me|us)"
    r"|(?:a |an |some )?mentor for (?:me|myself|us)"
    r"|(?:mentored|gementort|betreut|begleitet) (?:by|werden)|werde(?:n)? (?:betreut|begleitet)"
    r"|(?:receive|receiving|get|getting|want|need|looking for|seeking|recibir|receber|recevoir) "
    r"(?:some )?(?:mentoring|mentorship|mentoria|mentorat|du mentorat|un mentorat)"
)
_SEEKS_MENTEE = (
    rf"(?:{_SEEK}|help(?:ing)?|support(?:ing)?|guid(?:e|ing)|coach(?:ing)?|teach(?:ing)?|advis(?:e|ing)|"
    rf"train(?:ing)?|betreuen?) {_ARTICLE}(?:mentees?|protegee?s?|learners?)"
    r"|(?:mentees?|learners?) (?:gesucht|wanted|needed|sought)"
)
_IS_MENTOR = (
    rf"(?:to )?(?:be|become|becoming|being|act as|serve as|volunteer as|ser|ser|etre|devenir|sein|"
    rf"werden|diventare|essere|worden) {_ARTICLE}{_MENTOR_WORD}\b"
    rf"|{_ARTICLE}{_MENTOR_WORD} (?:werden|sein|worden|zijn)"
    r"|(?:to )?(?:do |offer |offering |provide |providing |give |giving )?(?:the )?"
    r"(?:mentor(?:ing)?) (?:others?|someone|somebody|(?:other )?people|students|newcomers|"
    r"(?:a|an) mentees?|peers)"
    r"|(?:offer|offering|provide|providing|give|giving|ofrecer|oferecer|offrir|biete) "
    r"(?:some )?(?:mentoring|mentorship|mentoria|mentorat|du mentorat|an)"
    r"|mentorear|mentorizar|mentorar|andere (?:betreuen|begleiten)|mentorer"
)
_WANTED = r"(?:gesucht|wanted|needed|seeker|seeking|sought)"
_SEEKS_MENTOR = rf"{_SEEK} {_ARTICLE}{_MENTOR_WORD}\b|{_MENTOR_WORD} {_WANTED}"
_MENTEE_WORD = (
    r"ment(?:ee|oree)(?:s|in|innen)?|mentorad[oa]s?|mentoread[oa]s?|mentorand[oa]s?|mentorees?|"
    r"protegee?s?|learners?|mentorizad[oa]s?|aprendiz|aprendices|mentorati|"
    r"ment[eé]e?s? (?:in|innen)|mentie"
)
_BOTH = re.compile(
    r"\b(?:both|either|any|open to (?:both|either)|whichever|no preference|beide[sn]?|ambos|ambas|"
    r"los dos|las dos|cualquiera|qualquer|tanto faz|les deux|l un ou l autre|lun ou lautre|"
    r"indifferent|egal|entrambi|entrambe|allebei|both roles)\b"
)
_NEGATION = re.compile(
    r"\b(?:no(?! preference)|not|dont|never|neither|no longer|nor|nicht|kein|keine|keinen|ni|"
    r"nunca|nao|pas|jamais|non|geen|niet|unable|cannot|cant|wont|rather than|instead of|except|"
    r"unless|if|but|maybe|perhaps|unsure|depends|than|was|used to|formerly|previously|later|next|"
    r"already|bereits|schon|deja)\b"
)
# `Mentoré` is a mentee, and without its accent looks like a mentor.
_FRENCH_MENTEE = re.compile(r"mentore?\u0301e?s?\b|mentorée?s?\b")
_COUNTERPARTS: dict[Role, Role] = {"mentor": "mentee", "mentee": "mentor", "either": "either"}
# A question about whom somebody looks for, and not about what they want to be.
_LOOKS_FOR = re.compile(
    r"\b(?:looking for|look for|need|seek|seeking|searching for|find|suchst|suchen|buscas|busca|"
    r"cherches|cherchez|procura)\b(?!.*\b(?:be|as|als|como|ser|etre|sein)\b)"
)
_BARE_ROLE = re.compile(
    r"(?:a |an |ein |eine |einen |un |una |une |um |uma )?(?:mentor(?:a|in|s|es)?|mentees?)"
)
# What stands between two roles that somebody takes both of; `mentor to a mentee` is one role.
_SEPARATOR = re.compile(
    r"[,;/&+|\n]|\b(?:and|or|both|either|und|oder|y|o|e|ou|et|beide\w?|ambos)\b"
)
# A wish says no more than these; a job title has other words.
_SMALL_WORDS = frozenset(
    (
        *("i", "id", "im", "am", "would", "like", "want", "wish", "hope", "to", "be", "a", "an"),
        *(
            "the",
            "as",
            "and",
            "or",
            "in",
            "for",
            "me",
            "my",
            "this",
            "program",
            "programme",
            "both",
        ),
        *("cohort", "round", "sign", "up", "signing", "take", "part", "join", "joining", "apply"),
        *(
            "applying",
            "yes",
            "please",
            "happy",
            "can",
            "could",
            "will",
            "also",
            "role",
            "of",
            "too",
        ),
        *("participate", "participating", "interested", "becoming", "become", "being", "it", "is"),
        *("time", "first", "new", "only", "just", "ready", "able", "willing", "open", "looking"),
        *("either", "someone", "somebody", "who", "with", "by", "volunteer", "peer", "love", "one"),
        *("quiero", "quisiera", "me", "gustaria", "ser", "como", "un", "una", "y", "o", "soy"),
        *("participar", "quero", "gostaria", "de", "uma", "um", "e", "ou", "sou", "eu", "na", "en"),
        *("ich", "mochte", "will", "wurde", "gerne", "gern", "als", "ein", "eine", "einen", "und"),
        *("oder", "bin", "teilnehmen", "werden", "sein", "je", "veux", "voudrais", "souhaite"),
        *("etre", "comme", "et", "ou", "suis", "en", "tant", "que", "une", "participer", "devenir"),
        *("voglio", "vorrei", "essere", "sono", "wil", "ik", "graag", "zijn", "worden", "inne"),
        *(
            "at",
            "same",
            "more",
            "experience",
            "experienced",
            "option",
            "preferred",
            "del",
            "do",
            "fine",
            "ok",
        ),
    )
)
# Which side of it somebody wishes for, the word alone does not say.
_MENTORING = re.compile(
    r"\b(?:mentore|mentored|mentoring|mentorship|mentoria|mentorat|tutoring|coaching)\b"
)


def read_role(text: str, question: str = "") -> AnswerValue[Role]:
    """Return the role that an answer wishes for.

    `I need a mentor` is mentee, `be a mentor` is mentor, and both, either way round, is either. A
    job title is no role, and an answer with a negation or a condition is asked for. The `question`
    tells whether a bare `a mentor` is somebody who is looked for: then it is a mentee's answer.
    """
    if is_filler(text, "text"):
        return NO_ANSWER
    shown = quoted(single_line(text))
    words = plain_words(_FRENCH_MENTEE.sub("mentee", text.casefold()))
    roles, rest = _find_roles(words)
    message = f"{shown} must say whether this is a mentor, a mentee or either"
    is_unclear = len(roles) > 1 and not _SEPARATOR.search(text.casefold())
    if is_unclear or _is_conditional(words, roles):
        return ask_meaning(message, ROLES)
    if not roles:
        return leave_out(f"{shown} must be mentor, mentee or either, and names none of them")
    if _LOOKS_FOR.search(plain_words(question)) and _BARE_ROLE.fullmatch(words):
        roles = {_COUNTERPARTS[role] for role in roles}
    role: Role = "either" if len(roles) > 1 or "either" in roles else next(iter(roles))
    unknown = [word for word in rest.split() if word not in _SMALL_WORDS]
    if not unknown:
        return certain_value(role)
    if len(unknown) <= _most_unknown(words, role):
        return guessed_value(role, f"{shown} is read as {role}")
    return ask_meaning(message, ROLES)


def _is_conditional(words: str, roles: set[Role]) -> bool:
    """Whether an answer takes back the role that it names, or names mentoring and no role."""
    return bool((_NEGATION if roles else _MENTORING).search(words))


def _most_unknown(words: str, role: Role) -> int:
    """Return how many words a likely wish may hold that say nothing of a role.

    A single `mentor` in a longer title may be a job; a wish in a sentence says more.
    """
    is_sentence = re.search(r"\b(?:i|id|im|ich|je|quiero|quero|to|want|need|find|be)\b", words)
    return 6 if is_sentence or role != "mentor" else 1


def _find_roles(words: str) -> tuple[set[Role], str]:
    """Return the roles that plain words name, and the words that named none."""
    roles: set[Role] = set()
    rest = words
    steps: tuple[tuple[str, Role], ...] = (
        (_TAUGHT, "mentee"),
        (_SEEKS_MENTEE, "mentor"),
        (_IS_MENTOR, "mentor"),
        (_SEEKS_MENTOR, "mentee"),
        (_MENTEE_WORD, "mentee"),
        (_MENTOR_WORD, "mentor"),
    )
    for pattern, role in steps:
        rest, count = re.subn(rf"\b(?:{pattern})(?!\w)", " ", rest)
        if count:
            roles.add(role)
    if _BOTH.search(rest):
        roles.add("either")
    rest = _BOTH.sub(" ", rest)
    if not roles and re.fullmatch(r"(?:a )?peers?(?: mentoring)?", words):
        return {"either"}, ""
    return roles, rest


def read_role_confirmation(text: str, asked: Role) -> AnswerValue[Role]:
    """Return the role where the question itself names one: `Do you want to be a mentor?`.

    Yes is the role that was asked for. What no means (the other role, or nobody who takes part)
    is asked for.
    """
    decided = decide_yes_no(text)
    if decided is True:
        return certain_value(asked)
    if decided is None and is_filler(text, "closed"):
        return NO_ANSWER
    other: Role = "mentee" if asked == "mentor" else "mentor"
    shown = quoted(single_line(text))
    if decided is None:
        named = read_role(text)
        if named.value is not None:
            return named
        return ask_meaning(f"{shown} must be yes or no", (asked, other))
    message = f"{shown} to a question about being a {asked} must mean a {other}, or nobody"
    return ask_meaning(message, (other, None))
