"""From a workbook of 64 rows to a checked program, in at most five commands and no edited cell."""

import io
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from openpyxl import Workbook

from sheet_program import NewProgram

SKILLS = ("Python", "Statistics", "Public speaking", "Grant writing", "Community building")
GIVEN = "Ana Bruno Chloe Dmitri Elif Fatima Goran Hana Ines Jonas Kofi Lena Marek Nadia Omar Priya"
FAMILY = "Almeida Brandt Costa Dube Eriksen Ferrari Gomez Horvat Ito Jansen Kaya Lopez"
ZONES = ("Europe/Lisbon", "CET", "UTC+5:30", "Eastern Time (US & Canada)", "São Paulo", "")
START = datetime(2027, 1, 4, 9, tzinfo=UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class Answers:
    """What somebody answered, in their own words."""

    name: str
    is_mentor: bool
    login: str
    zone: str
    skills: tuple[str, ...]
    capacity: str
    country: str
    show: str

    @property
    def mail(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}@example.org"

    def named_skills(self, separator: str, *, are_offered: bool) -> str:
        return separator.join(self.skills) if are_offered == self.is_mentor else ""


def invent_answers() -> list[Answers]:
    """61 people, three of whom answered twice."""
    chance = random.Random(5)
    names = [f"{given} {family}" for given in GIVEN.split() for family in FAMILY.split()]
    people = [
        Answers(
            name=name,
            is_mentor=number % 3 == 0,
            login=chance.choice(["n/a", "", "none", "-", f"{name.split()[0].lower()}{number}"]),
            zone=chance.choice(ZONES),
            skills=tuple(chance.sample(SKILLS, 2)),
            capacity=chance.choice(["1", "2", "1-2", "two"]),
            country=chance.choice(["Portugal", "Germany", "Kenya"]),
            show=chance.choice(["Yes", "No"]),
        )
        for number, name in enumerate(chance.sample(names, 61))
    ]
    again = [replace(people[3], country="Spain"), replace(people[7], show="No"), people[10]]
    return [*people, *again]


def google_forms(answers: list[Answers]) -> list[list[Any]]:
    header = ["Timestamp", "Email Address", "What is your full name?", "I want to be"]
    header += ["GitHub username (if you have one)", "Where are you based?"]
    header += ["What time zone are you in?", "What can you help others with?"]
    header += ["What would you like to learn?", "How many mentees can you take on?"]
    header += ["Age group", "How did you hear about us?", "May we show your profile on the site?"]
    rows = [
        [
            *(START + timedelta(hours=n), a.mail, a.name),
            *("a mentor" if a.is_mentor else "a mentee", a.login, a.country, a.zone),
            *(a.named_skills(", ", are_offered=True), a.named_skills(", ", are_offered=False)),
            *(a.capacity if a.is_mentor else "", "25-34", "A friend", a.show),
        ]
        for n, a in enumerate(answers)
    ]
    return [header, *rows]


def microsoft_forms(answers: list[Answers]) -> list[list[Any]]:
    header = ["ID", "Start time", "Completion time", "Email", "Name", "What is your full name?"]
    header += ["How would you like to take part?", "GitHub username", "Your work email address"]
    header += ["In which country do you live?", "Time zone", "Skills you can offer"]
    header += ["Skills you want to learn", "How many mentees can you take?", "Job title or role"]
    header += ["May we show your profile?"]
    rows = [
        [
            *(n + 1, START + timedelta(hours=n), START + timedelta(hours=n, minutes=7)),
            *("anonymous", "", a.name),
            *("I'd like to be a mentor" if a.is_mentor else "I'd like to find a mentor", a.login),
            *(a.mail, a.country, a.zone, a.named_skills(";", are_offered=True)),
            *(a.named_skills(";", are_offered=False), a.capacity if a.is_mentor else ""),
            *("Senior advisor", a.show),
        ]
        for n, a in enumerate(answers)
    ]
    return [header, *rows]


def lime_survey(answers: list[Answers]) -> list[list[Any]]:
    header = ["Response ID", "Date submitted", "Last page", "Start language", "Seed"]
    header += ["name. What is your full name?", "mail. Email address"]
    header += ["role. Do you want to be a mentor or a mentee?", "git. GitHub username"]
    header += [f"offer. Skills you can offer [{skill}]" for skill in SKILLS]
    header += [f"learn. Skills you want to learn [{skill}]" for skill in SKILLS]
    header += ["show. May we show your profile?", "free. Availability [Monday]"]

    def ticks(said: Answers, *, are_offered: bool) -> list[str]:
        is_asked = said.is_mentor == are_offered
        return ["Yes" if skill in said.skills and is_asked else "No" for skill in SKILLS]

    rows = [
        [
            *(n + 5, f"{START + timedelta(hours=n)}", 3, "en", 123456 + n, a.name, a.mail),
            *("Mentor" if a.is_mentor else "Mentee", a.login),
            *(*ticks(a, are_offered=True), *ticks(a, are_offered=False), a.show, "18:00-20:00"),
        ]
        for n, a in enumerate(answers)
    ]
    return [header, *rows]


FORMS: dict[str, Callable[[list[Answers]], list[list[Any]]]] = {
    "google": google_forms,
    "microsoft": microsoft_forms,
    "limesurvey": lime_survey,
}


@pytest.mark.parametrize("form", FORMS)
def test_a_workbook_of_sixty_four_rows_goes_in(program: NewProgram, form: str) -> None:
    book = Workbook()
    for row in FORMS[form](invent_answers()):
        book.worksheets[0].append(row)
    path = program.root.parent / f"{form}.xlsx"
    data = io.BytesIO()
    book.save(data)
    path.write_bytes(data.getvalue())
    command = ("import", str(path), "--cohort", "spring", "--today", "2027-01-20")
    ran = program.run(*command)  # the second command; the first made the program
    assert "64 rows below the headers: 61 taken, 3 joined" in ran.err
    if ran.code:
        assert len([line for line in ran.err.splitlines() if line.startswith("  1. ")]) == 1
        ran = program.run(*command, "--accept")
    assert (ran.code, ran.out) == (0, "61 people: 61 new\n")
    checked = program.run("check", "--today", "2027-01-20")
    assert checked.code == 0
    people = program.people()
    assert len(people) == 61
    assert not any("Age" in str(person) or "advisor" in str(person) for person in people.values())
    assert program.run(*command).out == "61 people: 61 unchanged\n"
