"""Invented people, of whom everything that a sheet may hold is known."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from peerloom.intake.values.calendar_names import WEEKDAYS
from peerloom.model import Audience, FreeTime, MeetingSetting, Role, Skill

GIVEN = (
    *("Ada", "Bo", "Çiğdem", "Dmitrij", "Élodie", "Fiona", "Grace", "Håkon", "Ines", "Jürgen"),
    *("Kofi", "Łucja", "María José", "Nils", "Oyelaran", "Priya", "Quentin", "Ruža", "Søren"),
    *("Thảo", "Uma", "Véronique", "Wanjiru", "Xiuying", "Yusuf", "Zoë", "Index", "Null", "Sun"),
)
FAMILY = (
    *(
        "Lindgren",
        "O’Neil",
        "Núñez",
        "Öst",
        "Kowalska",
        "van der Berg",
        "Example",
        "Sato",
        "Adeyemi",
    ),
    *(
        "Fernandes",
        "Müller",
        "Dubois",
        "Li",
        "Nguyễn",
        "Petrović",
        "Haddad",
        "Mayer-Schmidt",
        "April",
    ),
)
SKILLS = (
    Skill(id="python", name="Python"),
    Skill(id="r", name="R"),
    Skill(id="statistics", name="Statistics", aliases=("stats",)),
    Skill(id="data-design", name="Data, design and code"),
    Skill(id="ci-cd", name="CI/CD"),
    Skill(id="soft-skills", name="Communication & soft skills", aliases=("soft skills",)),
    Skill(id="public-speaking", name="Public speaking"),
    Skill(id="grant-writing", name="Grant writing", aliases=("writing grants", "proposals")),
    Skill(id="careers", name="Career planning (academia, industry)"),
    Skill(id="c-plus-plus", name="C++"),
)
ZONES = (
    *("Europe/Lisbon", "Europe/London", "Europe/Berlin", "America/New_York", "Asia/Kolkata"),
    *("America/Los_Angeles", "America/Sao_Paulo", "Africa/Nairobi", "Asia/Tokyo"),
)
LANGUAGES = ("en", "de", "es", "fr", "pt", "pl", "ja", "ar", "no", "sw")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """What one person answered; None and empty where they did not."""

    given: str
    family: str
    pronouns: str
    github: str | None
    mail: str
    role: Role
    answered: datetime
    time_zone: str | None
    languages: tuple[str, ...]
    offered: tuple[str, ...]
    wanted: tuple[str, ...]
    hours: tuple[FreeTime, ...]
    capacity: int | None
    years: int | None
    show: Audience | None
    setting: MeetingSetting | None

    @property
    def name(self) -> str:
        """The whole name."""
        return f"{self.given} {self.family}"


def invent_people(chance: random.Random, count: int) -> list[KnownPerson]:
    """Return people of different names, in the order in which they answered."""
    names = chance.sample([(given, family) for given in GIVEN for family in FAMILY], count)
    start = datetime(2027, 1, 1, 8, tzinfo=UTC) + timedelta(days=chance.randrange(0, 40))
    moments = sorted(start + timedelta(minutes=chance.randrange(60 * 24 * 20)) for _ in names)
    return [_invent_person(chance, *name, at) for name, at in zip(names, moments, strict=True)]


def _invent_person(
    chance: random.Random, given: str, family: str, answered: datetime
) -> KnownPerson:
    login = f"{given[0]}{family}".lower().encode("ascii", "ignore").decode().replace(" ", "-")
    role = chance.choice(("mentor", "mentee", "mentee", "either"))
    return KnownPerson(
        given=given,
        family=family,
        pronouns=chance.choice(("she/her", "he/him", "they/them", "")),
        github=f"{login.strip('-') or 'x'}{chance.randrange(100, 999)}" if _often(chance) else None,
        mail=f"{login.strip('-') or 'x'}.{chance.randrange(10, 9999)}@example.org",
        role=role,
        answered=answered,
        time_zone=chance.choice(ZONES) if _often(chance) else None,
        languages=tuple(chance.sample(LANGUAGES, chance.randrange(1, 4))),
        offered=_invent_skills(chance) if role != "mentee" else (),
        wanted=_invent_skills(chance) if role != "mentor" else (),
        hours=_invent_hours(chance) if _often(chance) else (),
        capacity=chance.randrange(1, 5) if role != "mentee" and _often(chance) else None,
        years=chance.randrange(0, 30) if _often(chance) else None,
        show=chance.choice(("public", "members", "coordinators")) if _often(chance) else None,
        setting=chance.choice(("remote", "in_person", "hybrid")) if _often(chance) else None,
    )


def _often(chance: random.Random) -> bool:
    return chance.random() < 0.8


def _invent_skills(chance: random.Random) -> tuple[str, ...]:
    return tuple(skill.id for skill in chance.sample(SKILLS, chance.randrange(1, 4)))


def _invent_hours(chance: random.Random) -> tuple[FreeTime, ...]:
    hours = []
    for day in sorted(chance.sample(range(7), chance.randrange(1, 4))):
        starts = chance.randrange(8, 20)
        ends = min(starts + chance.randrange(1, 4), 23)
        hours.append(FreeTime(day=WEEKDAYS[day], starts=f"{starts:02}:00", ends=f"{ends:02}:00"))
    return tuple(hours)
