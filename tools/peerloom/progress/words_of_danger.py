"""Words that may speak of danger, harassment, or meaning to hurt oneself.

They find some of what people write, and not all. Where a word has a harmless sense, it is asked
for together with words that speak of people.
"""

import re
import unicodedata
from functools import cache

_PERSON = r"(?:him|her|them|he|she|they|me|us|my (?:\w+ )?(?:mentor|mentee|partner|peer)|people)\b"
# Somebody who does something to the writer, with up to two words in between.
_DOER = r"(?:he|she|they|who|mentor|mentee|partner|peer|and|to|since)(?:['’](?:s|d|ve|ll))?"
_DOES = rf"{_DOER} (?:\w+ ){{0,2}}"
_ABOUT_SOMEBODY = r"(?:he|she|they|him|her|them|his|their|mentor|mentee|partner)\b"
_NOT = r"(?:not|\w+n['’]t|never|cannot)"
_DO_NOT = r"(?:do|did|does)(?: not|n['’]t)"
_AFRAID = r"(?:afraid|scared|frightened|terrified)\b"
_HOME = r"(?:house|home|flat|apartment|door|hotel)\b"
_BODY = (
    r"(?:body|looks|appearance|breasts?|chest|legs?|thighs?|knees?|waist|hips?|butt|hair|neck"
    r"|shoulders?|arms?|hands?|face|skirt|shirt)\b"
)
_PARTNER = r"(?:him|her|my (?:\w+ )?(?:mentor|mentee|partner|peer))\b"
_NAMES = r"(?:names|slurs?|stupid|idiot|ugly|fat|lazy|useless|worthless|slut|whore|bitch)\b"
_REMARKS = r"(?:comment|remark|joke|behavio|touch|message|photo|picture|question|manner|way)"

# Threats, harassment, and being put down for who one is.
_THREATS = (
    r"(?:harass|stalk|unsafe|intimidat|bully|bullied|blackmail|extort|violen|assault)",
    r"threaten\w*\b(?! (?:\w+ )?validity)",
    rf"threats? (?:to|against|from|by) {_PERSON}",
    r"m[ai][kd]\w+ (?:\w+ )?threats?\b",
    r"threats\b(?! to (?:\w+ )?validity)",
    r"a threat(?:[.!,;]|$)",
    r"(?:am|i['’]m|feel|felt|are|is) (?:\w+ )?in danger\b(?! of)|physical danger\b",
    r"sexis|racis|racial (?:slur|remark|joke|comment)|homophob|transphob|slurs?\b",
    r"discriminat(?:ed|es|ing|ion)\b(?! (?:between|task|performance|threshold))",
    r"humiliat|insult\w* me\b|mock\w* me\b|behav\w+ inappropriately\b",
    rf"(?:degrading|inappropriate) {_REMARKS}|call(?:s|ed|ing)? me (?:an? )?(?:\w+ )?{_NAMES}",
    rf"{_DOES}(?:yell|shout|scream|swear|swore)\w* at (?:me|us)\b",
    r"(?:was|got|been|being) (?:yelled|shouted|screamed|sworn) at\b",
    r"report me to\b|deport(?:ed|ation)?\b|ask\w* me for money\b|demand\w* money\b",
)
# Nearness that somebody does not want.
_NEARNESS = (
    r"sexual|(?:me for|have|had|having|want\w*) sex\b|sex with\b|nudes?\b|naked\b(?! eye)",
    r"porn|underwear\b|without (?:a|his|her) shirt\b|flirt|hit(?:s|ting)? on me\b",
    r"kiss\w* me\b|grop(?:e|ed|es|ing)\b|fondl|molest|rap(?:e|ed|ing|ist)\b",
    r"keeps? making advances\b|(?:unwanted|unwelcome) advances\b|advances (?:on|towards|at) me\b",
    rf"(?:comment|remark|joke)\w* (?:\w+ )?(?:about|on) my (?:\w+ )?{_BODY}",
    rf"(?:hand|arm)s? (?:on|around|under|up|down) (?:my (?:\w+ )?{_BODY}|me\b)",
    rf"touch\w* my (?:\w+ )?{_BODY}",
    rf"follow(?:s|ed|ing) me (?:home|around|everywhere|to my (?:\w+ )?{_HOME})",
    rf"(?:turn|show)(?:s|ed) up (?:\w+ )?(?:at|in|outside) my (?:\w+ )?{_HOME}",
    rf"(?:wait|stand|stood)\w* (?:\w+ )?(?:outside|in front of|before) my (?:\w+ )?{_HOME}",
    rf"(?:photo|picture|image|message|call)s? (?:that )?(?:i|she|he|they) {_DO_NOT} want",
    r"keeps? sending me (?:photo|picture|image|video)s? of (?:him|her|them)sel",
    rf"{_NOT} (?:stop|quit) (?:texting|calling|messaging|contacting|writing to|phoning) me\b",
    rf"{_NOT} leave me alone\b|(?:he|she|they) {_NOT} let me (?:leave|go|out)\b|lock\w* me in\b",
    rf"{_NOT} want to (?:be|meet|go) (?:\w+ ){{0,3}}alone with {_PERSON}",
    rf"{_NOT} (?:\w+ )?comfortable (?:\w+ ){{0,3}}(?:with|around|near) {_PARTNER}",
    rf"uncomfortable (?:\w+ ){{0,3}}(?:with|around|near) {_PARTNER}",
)
# Being hurt, or meaning to hurt oneself.
_HURT = (
    r"abus(?!e of notation)|(?:hurt|beats?|slap\w*|punch\w*|chok\w*|strangl\w*) me\b(?! to)",
    rf"{_DOES}(?:hit|hits|hitting|touch\w*|grab\w*|kick\w*|shov\w*) me\b(?! an?\b)",
    r"push\w* me (?:\w+ )?(?:against|down|onto|into|off|to the)\b|spat (?:at|on) me\b",
    r"thr[eo]w\w* (?:\w+ ){1,3}at me\b",
    r"suici|self[- ]?harm|kill\w* (?:my|him|her|them)sel",
    r"(?:want\w*|going|threat\w*|tr(?:y|ies|ied|ying)) to kill me\b",
    r"(?:hurt\w*|cut(?:ting)?) myself\b(?! (?:some|off|a)\b)",
    r"end(?:ing)? (?:my life|it all)\b|tak(?:e|ing) my (?:own )?life\b|want to die\b",
    rf"{_NOT} want to (?:live|be alive|wake up|go on living)\b|better off (?:dead|without me)\b",
    r"no (?:reason|point) (?:to|in) (?:live|living|life)\b|overdos",
    r"(?:fear|afraid) for (?:my|her|his|their|our) (?:life|safety)",
)
# Being afraid of somebody, and not of a deadline.
_FEAR = (
    rf"{_AFRAID} (?:of|by|when|around|with|because of) (?:\w+ )?{_PERSON}",
    rf"{_AFRAID} (?:(?:that )?(?:he|she|they|my (?:\w+ )?(?:mentor|mentee|partner|peer))\b)",
    rf"{_AFRAID}(?:[.!,;]|$)|{_AFRAID} (?:of )?(?:meeting|being|to (?:meet|be|go|see|say no))\b",
    rf"{_ABOUT_SOMEBODY}[^.!?\n]{{0,40}}\b(?:scare|frighten|terrif)\w* (?:me|us)\b",
    r"(?:he|she|they) (?:is|are|was|were|can be) (?:\w+ )?(?:scary|frightening|terrifying)\b",
    r"(?:feel\w*|felt|am|i'm|was|be|being) (?:\w+ )?not (?:\w+ )?safe\b",
    rf"{_NOT} (?:\w+ )?(?:feel|feeling|felt) (?:\w+ )?safe\b",
    r"not (?:\w+ )?safe (?:with|around|near|alone|when|at home)\b",
)
_OTHER_LANGUAGES = (
    r"(?:bedroh|belästig|gewalt|gemobbt|mobbing|amenaz|acos|menac|harc[eè]l|ameaç|assédi|minacc)",
    r"(?:sui[zc]id|missbrauch|vergewaltig|selbstmord|schlägt mich|umbringen|estupr|stupr)",
    r"(?:violación|violaç|rassis|diskriminier)",
    r"angst vor (?:ihm|ihr|meine)|miedo (?:de|a) (?:él|ella|mi)|medo (?:dele|dela|d[oa] me)",
    r"peur de (?:lui|elle|mon|ma)|paura di (?:lui|lei)",
    r"(?:miedo|medo|peur|paura|angst)(?:[.!,;]|$)",
)


def speaks_of_danger(text: str) -> bool:
    """Whether a text has words that may speak of danger."""
    # Accents may be stored apart from their letters.
    return _danger_pattern().search(unicodedata.normalize("NFC", text)) is not None


@cache
def _danger_pattern() -> re.Pattern[str]:
    """All of the words in one pattern, compiled when the first text is read.

    That takes as long as a quick command does, and few commands read what people wrote.
    """
    # Each of them starts with a word.
    words = (*_THREATS, *_NEARNESS, *_HURT, *_FEAR, *_OTHER_LANGUAGES)
    return re.compile(rf"\b(?:{'|'.join(words)})", re.IGNORECASE | re.MULTILINE)
