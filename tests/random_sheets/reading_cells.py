"""Reading cells back one by one, and counting what became of each answer."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from peerloom.intake.skill_vocabulary import SkillVocabulary
from peerloom.intake.values.accounts import read_github_login, read_mail_address
from peerloom.intake.values.answer import AnswerValue
from peerloom.intake.values.capacity import read_capacity
from peerloom.intake.values.date_order import find_date_order
from peerloom.intake.values.experience import read_experience_years
from peerloom.intake.values.free_hours import read_free_hours
from peerloom.intake.values.languages import read_languages
from peerloom.intake.values.meeting_settings import read_meeting_setting
from peerloom.intake.values.person_names import read_full_name
from peerloom.intake.values.roles import read_role
from peerloom.intake.values.skills import read_skills
from peerloom.intake.values.time_zones import read_time_zone
from peerloom.intake.values.timestamps import read_timestamp
from peerloom.intake.values.yes_no import read_audience
from peerloom.intake.values.zone_names import zone_offsets
from random_sheets import wordings
from random_sheets.people import SKILLS, KnownPerson, invent_people

Outcome = str  # right, guessed rightly, asked, left out, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One answer: what was written, what was meant, and what was read."""

    field: str
    text: str
    meant: Any
    read: AnswerValue[Any]

    @property
    def outcome(self) -> Outcome:
        """What became of the answer."""
        value = _comparable(self.read.value)
        if self.read.certainty == "certain":
            return "right" if value == _comparable(self.meant) else "wrong"
        if self.read.certainty == "guess":
            return "guessed" if value == _comparable(self.meant) else "wrongly guessed"
        return "asked" if self.read.certainty == "ask" else "left out"


def _comparable(value: Any) -> Any:
    """Return a value in the form in which two are compared: zones by the time they keep."""
    if isinstance(value, str) and ("/" in value or value == "UTC"):
        return zone_offsets(value)
    return tuple(value) if isinstance(value, list | tuple) else value


_VOCABULARY = SkillVocabulary(SKILLS)


def _read_skill_ids(text: str) -> AnswerValue[tuple[str, ...]]:
    read = read_skills(text, _VOCABULARY)
    if read.value is None:
        return AnswerValue(value=(), certainty=read.certainty)
    ids = tuple(sorted(skill["skill"] for skill in read.value.known))
    return AnswerValue(value=(*ids, *read.value.others), certainty=read.certainty)


def write_and_read(seed: int, rows: int = 8) -> list[Cell]:
    """Return the answers of one random sheet, each written and read back."""
    chance = random.Random(seed)
    style = wordings.invent_style(chance)
    people = invent_people(chance, rows)
    return [*_read_moments(people, style), *(c for p in people for c in _read_person(p, style))]


def _read_moments(people: list[KnownPerson], style: wordings.Style) -> list[Cell]:
    texts = [style.write_moment(person.answered) for person in people]
    order = find_date_order(texts)
    cells = []
    for person, text in zip(people, texts, strict=True):
        read: AnswerValue[datetime] = read_timestamp(text, order, UTC)
        if order.certainty == "guess":
            read = AnswerValue(value=read.value, certainty="guess")
        exact = ":" in text and text.count(":") > 1
        meant = person.answered if exact else person.answered.replace(second=0)
        cells.append(Cell(field="answered", text=text, meant=meant, read=read))
    return cells


def _read_person(person: KnownPerson, style: wordings.Style) -> list[Cell]:
    """Return the answers of one person, each read alone."""
    today = datetime(2027, 3, 1, tzinfo=UTC).date()
    written: tuple[tuple[str, str, Any, Callable[[str], AnswerValue[Any]]], ...] = (
        ("name", wordings.write_name(person, style), person.name, _read_name),
        ("role", wordings.write_role(person, style), person.role, read_role),
        ("github", wordings.write_github(person, style), person.github, read_github_login),
        ("mail", person.mail, person.mail, read_mail_address),
        ("time_zone", wordings.write_zone(person, style), person.time_zone, read_time_zone),
        (
            "languages",
            wordings.write_languages(person, style),
            person.languages,
            lambda text: read_languages(text, (style.language,)),
        ),
        (
            "skills_offered",
            wordings.write_skills(person.offered, style),
            tuple(sorted(person.offered)),
            _read_skill_ids,
        ),
        (
            "hours",
            wordings.write_hours(person, style),
            person.hours or None,
            lambda text: read_free_hours(text, (style.language,)),
        ),
        (
            "capacity",
            wordings.write_number(person.capacity, style, ("", "", " mentees", " max")),
            person.capacity,
            read_capacity,
        ),
        (
            "years",
            wordings.write_number(person.years, style, ("", "", " years", "+")),
            person.years,
            lambda text: read_experience_years(text, today),
        ),
        ("show", wordings.write_closed("show", person.show, style), person.show, read_audience),
        (
            "setting",
            wordings.write_closed("setting", person.setting, style),
            person.setting,
            _read_setting,
        ),
    )
    return [Cell(field=f, text=text, meant=m, read=read(text)) for f, text, m, read in written]


def _read_setting(text: str) -> AnswerValue[Any]:
    return read_meeting_setting(text)


def _read_name(text: str) -> AnswerValue[str]:
    read = read_full_name(text)
    return AnswerValue(value=read.value and read.value.name, certainty=read.certainty)


def count_outcomes(cells: list[Cell]) -> Counter[Outcome]:
    """Return how many answers became what, of those that say something."""
    return Counter(cell.outcome for cell in cells if cell.text)
