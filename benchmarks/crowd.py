"""A cohort of invented people in memory, any number of them, the same for the same seed."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import get_args

from peerloom.model import (
    Aim,
    Cohort,
    Consent,
    Day,
    FreeTime,
    Level,
    Membership,
    Participant,
    Role,
    Settings,
    Skill,
    SkillLevel,
)
from peerloom.records import Program

COHORT, TODAY = "run", date(2026, 1, 10)
_STARTS, _WEEKS = date(2026, 1, 12), 24
_SKILLS = (
    *("Python", "R", "Julia", "Rust", "C++", "SQL", "Git", "Shell scripting", "Containers"),
    *("Statistics", "Bayesian inference", "Machine learning", "Deep learning", "Time series"),
    *("Causal inference", "Survey design", "Interviewing", "Qualitative coding", "Text mining"),
    *("Data management", "Data cleaning", "Data visualization", "Metadata", "Open data"),
    *("Maps and GIS", "Remote sensing", "Image analysis", "Signal processing", "Simulation"),
    *("Genomics", "Proteomics", "Microscopy", "Ecology", "Epidemiology", "Clinical trials"),
    *("Neuroscience", "Psychology", "Linguistics", "Economics", "History", "Archaeology"),
    *("Teaching", "Curriculum design", "Public speaking", "Writing", "Grant writing"),
    *("Peer review", "Publishing", "Project management", "Community building", "Fundraising"),
    *("Open source", "Testing", "Web development", "Accessibility", "Documentation", "Design"),
    *("Leadership", "Career planning", "Negotiation", "Work abroad", "Time management"),
)
_METHODS = (
    *("mixed models", "random forests", "field notes", "long interviews", "satellite images"),
    *("old newspapers", "sensor logs", "single cells", "open textbooks", "citizen reports"),
    *("sound recordings", "network graphs", "household panels", "museum archives", "lab robots"),
    *("court records", "street photographs", "water samples", "patient diaries", "code reviews"),
)
_FIELDS = (
    *("coral reefs", "rural clinics", "city buses", "language loss", "soil health", "wheat rust"),
    *("school meals", "malaria", "sea ice", "bird song", "housing costs", "sleep", "migration"),
    *("rare diseases", "solar cells", "road safety", "forest fires", "folk music", "trade law"),
    *("infant speech", "river floods", "bee colonies", "public libraries", "ancient grain"),
    *("bone growth", "air quality", "voting", "plastic waste", "star clusters", "seed banks"),
)
_DO = (
    *("finish", "plan", "publish", "test", "present", "rewrite", "document", "share", "start"),
    *("defend", "translate", "clean up", "speed up", "teach", "fund", "review"),
)
_WHAT = (
    *("a first package", "a thesis chapter", "a workshop", "a data set", "a survey", "a dashboard"),
    *("a proposal", "a poster", "a course", "a reading group", "a pipeline", "a preprint"),
    *("a web page", "a pilot study", "a talk", "a handbook"),
)
_WHY = (
    *("before the summer", "with people from other fields", "so that others can use it"),
    *("and find out what to do next", "without losing the thread", "as my group has no one for it"),
    *("for a talk in spring", "and learn how others work", "because my funding ends"),
    *("and be less alone with it", "in a language that all understand", "on two days a week"),
)
# Region, time zone, and what is spoken there.
_PLACES = (
    *(("Lagos, Nigeria", "Africa/Lagos", "en"), ("Accra, Ghana", "Africa/Accra", "en")),
    *(("Nairobi, Kenya", "Africa/Nairobi", "en"), ("Dakar, Senegal", "Africa/Dakar", "fr")),
    *(("Lima, Peru", "America/Lima", "es"), ("Puebla, Mexico", "America/Mexico_City", "es")),
    *(("Recife, Brazil", "America/Recife", "pt"), ("Boston, USA", "America/New_York", "en")),
    *(("Oakland, USA", "America/Los_Angeles", "en"), ("Quebec, Canada", "America/Toronto", "fr")),
    *(("Pune, India", "Asia/Kolkata", "en"), ("Osaka, Japan", "Asia/Tokyo", "ja")),
    *(("Bandung, Indonesia", "Asia/Jakarta", "id"), ("Amman, Jordan", "Asia/Amman", "ar")),
    *(("Porto, Portugal", "Europe/Lisbon", "pt"), ("Lyon, France", "Europe/Paris", "fr")),
    *(("Leipzig, Germany", "Europe/Berlin", "de"), ("Leeds, UK", "Europe/London", "en")),
    *(("Turku, Finland", "Europe/Helsinki", "fi"), ("Perth, Australia", "Australia/Perth", "en")),
)
# Syllables of words that nobody has heard before, so that no two write the same.
_BEGINS = (
    "b",
    "br",
    "ch",
    "d",
    "f",
    "g",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "st",
    "t",
    "v",
)
_MIDDLES, _ENDS = (
    ("a", "e", "i", "o", "u", "ai", "ea", "ou"),
    ("", "n", "r", "s", "t", "l", "nd", "ng"),
)
_HOURS = (8, 9, 10, 12, 14, 16, 17, 18, 19)


def make_program(mentees: int, mentors: int, seed: int = 1) -> Program:
    """A program with one cohort, with this number of mentees and of mentors."""
    people = [
        *(_make_person(f"mentee-{n:06}", "mentee", seed) for n in range(mentees)),
        *(_make_person(f"mentor-{n:06}", "mentor", seed) for n in range(mentors)),
    ]
    settings = Settings(
        name="A program to measure",
        repository="measure/program",
        visibility="private",
        time_zone="UTC",
        languages=("en",),
        skills=tuple(Skill(id=_make_id(name), name=name) for name in _SKILLS),
    )
    ends = _STARTS + timedelta(weeks=_WEEKS)
    cohort = Cohort(id=COHORT, name="A run", starts=_STARTS, ends=ends)
    return Program(
        settings=settings,
        cohorts={COHORT: cohort},
        participants={person.id: person for person in people},
    )


def _make_id(name: str) -> str:
    return name.casefold().replace(" ", "-").replace("+", "p")


def _make_person(id_: str, role: Role, seed: int) -> Participant:
    chance = random.Random(f"{seed} {id_}")
    region, zone, language = chance.choice(_PLACES)
    languages = dict.fromkeys((language, *(["en"] if chance.random() < 0.9 else [])))
    is_mentor = role == "mentor"
    skills = tuple(
        SkillLevel(skill=_make_id(name), level=chance.choice(get_args(Level)))
        for name in _choose_some(chance, _SKILLS, 2, 6 if is_mentor else 4)
    )
    free = tuple(_make_phrase(chance) for _ in range(chance.randint(0, 2)))
    return Participant(
        id=id_,
        name=id_.replace("-", " ").title(),
        cohorts=(
            Membership(
                cohort=COHORT, role=role, capacity=chance.randint(1, 3) if is_mentor else None
            ),
        ),
        about=_make_about(chance) if is_mentor or chance.random() < 0.5 else None,
        region=region,
        time_zone=zone,
        languages=tuple(languages),
        experience_years=chance.randint(5, 25) if is_mentor else chance.randint(0, 8),
        skills_offered=skills if is_mentor else (),
        skills_wanted=() if is_mentor else skills,
        also_offers=free if is_mentor else (),
        also_wants=() if is_mentor else free,
        interests=_choose_some(chance, _FIELDS, 0, 3),
        goals=() if is_mentor else (_make_goal(chance),),
        availability=tuple(_make_free_time(chance) for _ in range(chance.randint(1, 4))),
        consent=Consent(given_on=TODAY - timedelta(days=chance.randint(0, 20)), show="members"),
    )


def _choose_some(
    chance: random.Random, words: Sequence[str], least: int, most: int
) -> tuple[str, ...]:
    """Several of some words, the first of them more often than the last."""
    wanted = chance.randint(least, most)
    found: dict[str, None] = {}
    while len(found) < wanted:
        found[words[int(len(words) * chance.random() ** 1.5)]] = None
    return tuple(found)


def _make_phrase(chance: random.Random) -> str:
    return f"{chance.choice(_METHODS)} on {chance.choice(_FIELDS)}"


def _make_goal(chance: random.Random) -> Aim:
    title = f"{chance.choice(_DO)} {chance.choice(_WHAT)} on {chance.choice(_FIELDS)}"
    detail = f"I work with {chance.choice(_METHODS)} and want to get on {chance.choice(_WHY)}."
    return Aim(title=title.capitalize(), detail=detail, cohort=COHORT)


def _make_about(chance: random.Random) -> str:
    works = f"I work on {chance.choice(_FIELDS)} with {chance.choice(_METHODS)}."
    helps = f"Last year I had to {chance.choice(_DO)} {chance.choice(_WHAT)} {chance.choice(_WHY)}."
    words = _make_words()
    own = (words[int(len(words) * chance.random() ** 3)] for _ in range(chance.randint(6, 14)))
    return f"{works} {helps} {' '.join(own).capitalize()}."


@cache
def _make_words() -> tuple[str, ...]:
    """Some thousand words of one to three syllables, the first of which are used most."""
    chance = random.Random("words")
    parts = (_BEGINS, _MIDDLES, _ENDS)
    made = (
        "".join(chance.choice(p) for _ in range(chance.randint(1, 3)) for p in parts)
        for _ in range(8_000)
    )
    return tuple(dict.fromkeys(made))


def _make_free_time(chance: random.Random) -> FreeTime:
    begins = chance.choice(_HOURS)
    ends = f"{begins + chance.randint(1, 4):02}:00"
    return FreeTime(day=chance.choice(get_args(Day)), starts=f"{begins:02}:00", ends=ends)
