"""Recognizing which field a column header asks for, however people word it."""

import re
from collections.abc import Mapping
from enum import IntEnum

from rapidfuzz import fuzz

from peerloom.intake.cleaning import fold_text

# The fields of a sheet, each with the words that headers use for it, in lower case and without
# punctuation.
HeaderWords = Mapping[str, tuple[str, ...]]
PEOPLE_FIELDS: HeaderWords = {
    "id": ("id", "participant id", "person id"),
    "name": ("name", "full name", "your name", "preferred name", "what is your name"),
    "first_name": ("first name", "given name", "forename"),
    "last_name": ("last name", "family name", "surname"),
    "pronouns": ("pronouns", "your pronouns"),
    "github": ("github", "github username", "github login", "github handle", "github account"),
    "mail": ("email", "e mail", "email address", "e mail address", "mail", "username"),
    "answered": ("timestamp", "submitted at", "submission date", "completion time"),
    "role": (
        *("role", "your role", "mentor or mentee", "i want to be", "i would like to be"),
        *("sign up as", "signing up as", "join as", "i am signing up as", "take part as"),
    ),
    "region": (
        *("region", "country", "location", "city", "where are you based"),
        *("where do you live", "country of residence"),
    ),
    "time_zone": ("time zone", "timezone", "your time zone", "tz"),
    "languages": ("languages", "language", "languages you speak", "languages spoken"),
    "skills_offered": (
        *("skills offered", "skills you can offer", "skills you offer", "expertise"),
        *("what can you offer", "what can you teach", "areas of expertise"),
        *("what can you help others with", "skills", "your skills"),
    ),
    "skills_wanted": (
        *("skills wanted", "skills you want", "skills you want to learn", "learning interests"),
        *("what would you like to learn", "what do you want to learn", "skills to learn"),
    ),
    "goal_title": ("goal title", "title of your goal", "project title"),
    "goal": (
        *("goal", "goals", "your goal", "what do you hope for", "what do you hope to achieve"),
        *("what do you want to achieve",),
    ),
    "interests": ("interests", "keywords", "topics", "areas of interest"),
    "capacity": (
        *("capacity", "how many mentees can you take", "number of mentees", "max mentees"),
        *("how many mentees",),
    ),
    "team": ("team", "project", "project id", "group"),
    "source": ("source",),
    "about": ("about", "about you", "bio", "biography", "tell us about yourself"),
    "show": (
        *("consent", "show my profile", "public profile", "may we show your profile"),
        *("who may see your profile",),
    ),
}
PAIR_FIELDS: HeaderWords = {
    "team": ("project", "team", "project id", "group"),
    "mentor": ("mentor", "mentors", "mentor id", "mentor name"),
    "mentee": ("mentee", "mentees", "mentee id", "mentee name"),
    "status": ("status", "outcome", "result"),
    "reason": ("reason", "end reason", "why it ended"),
    "started_on": ("started on", "start date", "started"),
    "ended_on": ("ended on", "end date", "ended"),
}
# Patterns for questions in whole sentences; the first that matches counts.
_QUESTION_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("role", re.compile(r"\bmentor\b.*\bmentee\b|\bmentee\b.*\bmentor\b")),
    ("goal", re.compile(r"\b(?:goals?|achieve|accomplish|hope)\b")),
    (
        "skills_offered",
        re.compile(
            r"\b(?:skills?|topics?|areas?|what)\b.*\b(?:offer|teach|share|contribute|help others)\b"
        ),
    ),
    (
        "skills_wanted",
        re.compile(
            r"\b(?:skills?|topics?|areas?)\b.*"
            r"\b(?:learn|want|wish|improve|develop|gain|need|grow|seek|looking)\b"
            r"|\bwhat\b.*\blearn\b"
        ),
    ),
)
# Two headers are close if this share of their letters, in percent, is the same (Indel ratio).
_MIN_SIMILARITY = 90
# Shorter words are compared only as a whole: `tz` is close to too much else.
_MIN_LENGTH_CLOSE = 6
_MIN_LENGTH_WITHIN = 4


class Certainty(IntEnum):
    """How sure it is that a column holds a field; the lower, the surer."""

    MAPPED = 0  # a coordinator said so
    EXACT = 1  # the header is one of the field's words
    WITHIN = 2  # the header contains one of them, or is a question about the field
    CLOSE = 3  # the header is spelled nearly like one of them


def recognize_header(header: str, fields: HeaderWords) -> tuple[str, Certainty] | None:
    """Return the field that a header asks for and how sure that is, or None for no field."""
    words = plain_words(header)
    for name, phrases in fields.items():
        if words in phrases or words == name.replace("_", " "):
            return name, Certainty.EXACT
    for name, pattern in _QUESTION_PATTERNS:
        if name in fields and pattern.search(words):
            return name, Certainty.WITHIN
    phrases_with_names = [(phrase, name) for name, those in fields.items() for phrase in those]
    contained = [
        (len(phrase), name)
        for phrase, name in phrases_with_names
        if len(phrase) >= _MIN_LENGTH_WITHIN and re.search(rf"\b{re.escape(phrase)}\b", words)
    ]
    if contained:  # the longest phrase says most: `time zone` rather than `time`
        return max(contained)[1], Certainty.WITHIN
    similarity, name = max(
        (fuzz.ratio(words, phrase), name)
        for phrase, name in phrases_with_names
        if len(phrase) >= _MIN_LENGTH_CLOSE
    )
    return (name, Certainty.CLOSE) if similarity >= _MIN_SIMILARITY else None


def plain_words(header: str) -> str:
    """Return a header without punctuation and brackets: `What's your name?` → `what is …`."""
    plain = re.sub(r"\(.*?\)|\[.*?\]", "", fold_text(header))
    plain = re.sub(r"(?<=what)[’'`]?s\b", " is", plain)
    return " ".join(re.sub(r"[\W_]+", " ", re.sub(r"[’'`]", "", plain)).split())
