"""A workbook of sign-ups by people who do not exist, as a form on the web would save it."""

import random
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from openpyxl import Workbook

PEOPLE = 64
_GIVEN = (
    *("Adaeze", "Bashir", "Camila", "Dmitri", "Elif", "Farouk", "Greta", "Haruto"),
    *("Ioana", "Jabari", "Katya", "Lorenzo", "Meera", "Nikolai", "Odalys", "Paavo"),
    *("Quilla", "Rashida", "Sefa", "Tereza", "Ulrike", "Viktor", "Winona", "Yusra"),
)
_FAMILY = (
    *("Achterberg", "Baptista", "Castellan", "Dragomir", "Eberhardt", "Fontaine", "Grimaldi"),
    *("Hallström", "Iwamoto", "Jankowski", "Kowalczyk", "Lindholm", "Mbeki", "Novotný"),
    *("Oyelaran", "Petrescu", "Quispe", "Rautio", "Szabó", "Tavares"),
)
_SKILLS = ("Python", "R", "Statistics", "Git", "Writing papers", "Giving talks")
_ZONES = ("Europe/Lisbon", "Europe/Berlin", "Africa/Lagos", "America/Lima")
_HEADERS = (
    *("Timestamp", "Name", "Role", "I can help with", "I want to learn", "Languages"),
    *("Time zone", "How many mentees can you take?", "Who may see my profile"),
)


def write_workbook(file: Path, seed: int, today: date) -> None:
    """Write the answers of `PEOPLE` invented people, half of them mentors; same seed, same people.
    They signed up in the four weeks before `today`.

    """
    chance = random.Random(seed)
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Form responses"
    sheet.append(_HEADERS)
    names = [f"{given} {family}" for given in _GIVEN for family in _FAMILY]
    sent = datetime.combine(today - timedelta(days=28), time(9), UTC)
    for number, name in enumerate(chance.sample(names, PEOPLE)):
        sent += timedelta(minutes=chance.randint(3, 300))
        is_mentor = number % 2 == 0
        skills = ", ".join(chance.sample(_SKILLS, 2))
        sheet.append(
            (
                sent.strftime("%Y-%m-%d %H:%M:%S"),
                name,
                "Mentor" if is_mentor else "Mentee",
                skills if is_mentor else "",
                "" if is_mentor else skills,
                chance.choice(("English", "English, Portuguese", "English, German")),
                chance.choice(_ZONES),
                chance.choice((1, 2)) if is_mentor else "",
                "Members",
            )
        )
    workbook.save(file)
