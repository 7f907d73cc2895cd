"""Whole sheets in random layouts: which columns, under which headers, in which order and bytes."""

import csv
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from peerloom.intake.values.calendar_names import WEEKDAYS
from peerloom.intake.wordings import PEOPLE_FIELDS
from random_sheets import wordings
from random_sheets.people import KnownPerson, invent_people

_Writer = Callable[[KnownPerson, wordings.Style], str]
_OPTIONAL: dict[str, _Writer] = {
    "github": wordings.write_github,
    "time_zone": wordings.write_zone,
    "languages": wordings.write_languages,
    "skills_offered": lambda person, style: wordings.write_skills(person.offered, style),
    "skills_wanted": lambda person, style: wordings.write_skills(person.wanted, style),
    "availability": wordings.write_hours,
    "capacity": lambda p, s: wordings.write_number(p.capacity, s, ("", "", " mentees", " max")),
    "experience_years": lambda p, s: wordings.write_number(p.years, s, ("", "", " years", "+")),
    "show": lambda person, style: wordings.write_closed("show", person.show, style),
}
# Columns that are nobody's field, and what people answer in them.
_STRANGE: dict[str, tuple[str, ...]] = {
    "Age group": ("25-34", "35-44", "45-54"),
    "How did you hear about us?": ("Newsletter", "A friend", "Mastodon", "Mentor"),
    "Is English your first language?": ("Yes", "No"),
    "Which programming languages do you use?": ("Python", "R, Python", "None"),
    "Topics you do NOT want to mentor on": ("Statistics", "Python", "-"),
    "Job title or role": ("Senior Policy Advisor", "Analyst", "Mentor coordinator"),
    "Line manager's name": ("Ada Example", "Bo Example"),
    "Company name": ("Acme", "Example Ltd"),
    "Do you have any questions about the program?": ("No", "When does it start?", ""),
}
_ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "utf-16")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSheet:
    """A sheet's bytes, the people behind it, and which fields it has columns for."""

    data: bytes
    people: tuple[KnownPerson, ...]
    fields: frozenset[str]
    headers: dict[str, str]
    cells: dict[tuple[str, str], str]


def write_sheet(seed: int, rows: int = 8) -> WrittenSheet:
    """Return a random sheet of some people, a few of whom answered twice."""
    chance = random.Random(seed)
    style = wordings.invent_style(chance)
    people = invent_people(chance, rows)
    columns = _choose_columns(chance, style)
    headers = {f: _write_header(f, chance) if f in PEOPLE_FIELDS else f for f in columns}
    chance.shuffle(names := [*columns, *chance.sample(sorted(_STRANGE), chance.randrange(0, 4))])
    answered = sorted([*_older_answers(chance, people), *people], key=lambda p: p.answered)
    lines = [[headers.get(name, name) for name in names]]
    cells: dict[tuple[str, str], str] = {}
    for person in answered:
        line = [_write_cell(name, person, style, columns) for name in names]
        lines.append(line)
        cells |= {(person.name, name): cell for name, cell in zip(names, line, strict=True)}
    return WrittenSheet(
        data=_write_csv(lines, chance),
        people=tuple(people),
        fields=frozenset(field if field in PEOPLE_FIELDS else "availability" for field in columns),
        headers=headers,
        cells=cells | _join_grid(people, headers, cells),
    )


def _join_grid(
    people: Sequence[KnownPerson], headers: dict[str, str], cells: dict[tuple[str, str], str]
) -> dict[tuple[str, str], str]:
    """Return the cells of a grid as one answer of each person."""
    grid = [header for header in headers if header not in PEOPLE_FIELDS]
    if not grid:
        return {}
    return {(p.name, "availability"): "".join(cells[p.name, h] for h in grid) for p in people}


def _choose_columns(chance: random.Random, style: wordings.Style) -> dict[str, _Writer]:
    """Return what writes the cells of each column, by its field or, in a grid, by its header."""
    columns: dict[str, _Writer] = {"role": wordings.write_role, "mail": lambda p, _: p.mail}
    columns["answered"] = lambda person, style: style.write_moment(person.answered)
    if style.names == "parts":
        columns |= {"first_name": lambda p, _: p.given, "last_name": lambda p, _: p.family}
    else:
        columns["name"] = wordings.write_name
    optional = sorted(_OPTIONAL)
    columns |= {name: _OPTIONAL[name] for name in chance.sample(optional, len(optional) - 2)}
    if "availability" in columns and chance.random() < 0.3:
        del columns["availability"]
        question = chance.choice(PEOPLE_FIELDS["availability"]).capitalize()
        for day in WEEKDAYS:
            columns[f"{question} [{day.capitalize()}]"] = _write_hours_on(day)
    return columns


def _write_hours_on(day: str) -> _Writer:
    def write(person: KnownPerson, style: wordings.Style) -> str:
        clock = style.choose_closed("clock", "", ("24", "12", "h"))
        said = [wordings.write_range(hours, clock) for hours in person.hours if hours.day == day]
        return style.choose_closed("between hours", "", ("; ", ", ", "\n")).join(said)

    return write


def _write_header(field: str, chance: random.Random) -> str:
    header = chance.choice(PEOPLE_FIELDS[field])
    return chance.choice((header, header.capitalize(), header.title(), f"{header.capitalize()}?"))


def _write_cell(
    name: str, person: KnownPerson, style: wordings.Style, columns: dict[str, _Writer]
) -> str:
    return columns[name](person, style) if name in columns else style.chance.choice(_STRANGE[name])


# What an earlier answer may have said otherwise. Lists are not among it: they grow together.
_CHANGING = ("time_zone", "capacity", "years", "show")


def _older_answers(chance: random.Random, people: Sequence[KnownPerson]) -> list[KnownPerson]:
    """Return earlier answers of some of the people, which are not to be believed any more.

    What is not answered the second time stays, so that such answers are the same in both.
    """
    others = invent_people(chance, len(people))
    return [
        replace(
            person,
            answered=person.answered - timedelta(days=1 + chance.randrange(3)),
            **{k: getattr(other, k) for k in _CHANGING if getattr(person, k) is not None},
        )
        for person, other in zip(people, others, strict=True)
        if chance.random() < 0.1
    ]


def _write_csv(lines: list[list[str]], chance: random.Random) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=chance.choice((",", ",", ";", "\t")))
    writer.writerows(lines)
    return text.getvalue().encode(chance.choice(_ENCODINGS))
