"""What a column's header asks for, as people word it."""

import re
from collections.abc import Mapping

from rapidfuzz import fuzz

from peerloom.intake.texts import folded

# Each field with the words that headers use for it, without signs and in lower case.
PEOPLE: dict[str, tuple[str, ...]] = {
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
    "about": ("about", "about you", "bio", "biography", "tell us about yourself"),
    "show": (
        *("consent", "show my profile", "public profile", "may we show your profile"),
        *("who may see your profile",),
    ),
}
PAIRS: dict[str, tuple[str, ...]] = {
    "team": ("project", "team", "project id", "group"),
    "mentor": ("mentor", "mentors", "mentor id", "mentor name"),
    "mentee": ("mentee", "mentees", "mentee id", "mentee name"),
    "status": ("status", "outcome", "result"),
    "reason": ("reason", "end reason", "why it ended"),
    "started_on": ("started on", "start date", "started"),
    "ended_on": ("ended on", "end date", "ended"),
}
# Questions in somebody's own words, by what they speak of; the first that fits.
_ASKED_AS: tuple[tuple[str, re.Pattern[str]], ...] = (
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
_ALIKE = 90
_LONG_ENOUGH = 6
# How sure it is that a column is a field: said so, the very words, among words, near the words.
SAID, EXACT, WITHIN, NEAR = range(4)


def recognized(header: str, known: Mapping[str, tuple[str, ...]]) -> tuple[str, int] | None:
    """The field that a header asks for, and how sure that is: the lower the number, the surer."""
    words = _words(header)
    for name, headers in known.items():
        if words in headers or words == name.replace("_", " "):
            return name, EXACT
    for name, asked in _ASKED_AS:
        if name in known and asked.search(words):
            return name, WITHIN
    within = [
        (len(phrase), name)
        for name, headers in known.items()
        for phrase in headers
        if len(phrase) >= _LONG_ENOUGH - 2 and re.search(rf"\b{re.escape(phrase)}\b", words)
    ]
    if within:
        return max(within)[1], WITHIN
    near = [
        (fuzz.ratio(words, phrase), name)
        for name, headers in known.items()
        for phrase in headers
        if len(phrase) >= _LONG_ENOUGH
    ]
    score, name = max(near)
    return (name, NEAR) if score >= _ALIKE else None


def _words(header: str) -> str:
    """A header without signs and asides: `What's your name?` is `what is your name`."""
    plain = re.sub(r"\(.*?\)|\[.*?\]", "", folded(header))
    plain = re.sub(r"(?<=what)[’'`]?s\b", " is", plain)
    return " ".join(re.sub(r"[\W_]+", " ", re.sub(r"[’'`]", "", plain)).split())
