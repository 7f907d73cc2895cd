"""Programs of any size, valid and of invented people, the same for the same seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

TODAY = date(2026, 11, 24)
# A day on which cohorts that run are close to their end, and all their check-ins have come.
LATE_IN_THE_RUN = date(2026, 7, 6)
_STARTS = date(2026, 1, 12)
_GIVEN = ("Ada", "Bo", "Cem", "Dee", "Eli", "Fay", "Gus", "Hana", "Ife", "Jun", "Kai", "Lea")
_FAMILY = ("Example", "Okoro", "Lind", "Sato", "Novak", "Reyes", "Haddad", "Moreau", "Tan", "Ruiz")
_PLACES = (
    ("Accra, Ghana", "Africa/Accra"),
    ("Lima, Peru", "America/Lima"),
    ("Pune, India", "Asia/Kolkata"),
    ("Porto, Portugal", "Europe/Lisbon"),
)
_SKILLS = ("python", "statistics", "git", "writing", "teaching", "data-management", "maps", "r")
_VERBS = ("finish", "read", "draft", "test", "ask about", "clean up", "show", "measure")
_THINGS = ("the survey", "a first package", "the map", "chapter two", "our tests", "the talk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What the cohorts of a program are like: closed ones, or such as run.

    Each pair has `answers` check-ins, every other one by the mentor, due every four weeks.
    """

    pairs_of_a_cohort: int = 500
    answers: int = 8
    weeks: int = 24
    is_running: bool = False

    @property
    def files_of_a_pair(self) -> int:
        """Two people, their pair, their check-ins and their answers to the survey."""
        return 5 + self.answers


CLOSED = Shape()


def write(root: Path, files: int, seed: int = 1, shape: Shape = CLOSED) -> int:
    """Puts a program of about `files` files under `root`; how many it has."""
    made = 0
    for path, value in program(files, seed, shape):
        at = root / path
        at.parent.mkdir(parents=True, exist_ok=True)
        at.write_text("\n".join(_lines(value)) + "\n", encoding="utf-8")
        made += 1
    return made


def _lines(value: Any) -> list[str]:
    """A value in YAML's block style; a general writer takes many times as long."""
    if isinstance(value, dict):
        return [line for key, below in value.items() for line in _under(f"{key}:", below)]
    if isinstance(value, list):
        lines = []
        for below in value:
            first, *rest = _lines(below)
            lines += [f"- {first}", *(f"  {line}" for line in rest)]
        return lines
    return [str(value).lower() if isinstance(value, bool) else str(value)]


def _under(key: str, value: Any) -> list[str]:
    if isinstance(value, dict | list):
        return [key, *(f"  {line}" for line in _lines(value))]
    return [f"{key} {_lines(value)[0]}"]


def program(files: int, seed: int = 1, shape: Shape = CLOSED) -> Iterator[tuple[str, Any]]:
    """Each file's path and value."""
    chance = random.Random(seed)
    pairs = max(1, files // shape.files_of_a_pair)
    cohorts = [f"run-{n + 1}" for n in range((pairs - 1) // shape.pairs_of_a_cohort + 1)]
    yield "content/program.yml", _settings()
    yield "content/surveys/before-and-after.yml", _survey()
    for cohort in cohorts:
        yield f"content/cohorts/{cohort}.yml", _cohort(cohort, shape)
    for number in range(pairs):
        yield from _pair(chance, number, cohorts[number // shape.pairs_of_a_cohort], shape)


def _settings() -> dict[str, Any]:
    return {
        "name": "A program to measure",
        "repository": "measure/program",
        "visibility": "private",
        "time_zone": "UTC",
        "languages": ["en"],
        "skills": [{"id": skill, "name": skill.title()} for skill in _SKILLS],
    }


def _cohort(id_: str, shape: Shape) -> dict[str, Any]:
    return {
        "id": id_,
        "name": id_.replace("-", " ").title(),
        "starts": _STARTS.isoformat(),
        "ends": (_STARTS + timedelta(weeks=shape.weeks)).isoformat(),
        "check_ins": {"every_weeks": 4, "grace_days": 7, "answers": "both"},
        "surveys": ["before-and-after"],
    }


def _survey() -> dict[str, Any]:
    scale = {"lowest": 1, "highest": 5, "labels": ["not at all", "fully"]}
    texts = ("I know whom to ask.", "I can do what my work asks of me.", "I know my next step.")
    items = [
        {"id": f"item-{n}", "text": text, "kind": "scale", "scale": scale}
        for n, text in enumerate(texts, start=1)
    ]
    waves = ["before", "after"]
    return {"id": "before-and-after", "title": "Before and after", "items": items, "waves": waves}


def _pair(
    chance: random.Random, number: int, cohort: str, shape: Shape
) -> Iterator[tuple[str, Any]]:
    mentor, mentee = f"mentor-{number}", f"mentee-{number}"
    pair = f"{mentor}-{mentee}"
    for id_, role, key in ((mentor, "mentor", "offered"), (mentee, "mentee", "wanted")):
        person = _participant(chance, id_, role, key, cohort)
        yield f"content/participants/{id_}.yml", person
    agreed = _agreed(chance, pair, cohort, mentor, mentee)
    yield f"content/pairs/{cohort}/{pair}.yml", agreed | _status(shape)
    for answer in range(shape.answers):
        who = (mentor, mentee)[answer % 2]
        due = _STARTS + timedelta(weeks=4 * (answer // 2 + 1))
        path = f"content/check-ins/{cohort}/{pair}/{due}-{who}.yml"
        yield path, _check_in(chance, cohort, pair, due, who)
    for role in ("mentor", "mentee"):
        code = f"{role}-{chance.getrandbits(40):010x}"
        yield (
            f"content/responses/before-and-after/{cohort}/{code}.yml",
            _response(chance, cohort, code, role),
        )


def _participant(
    chance: random.Random, id_: str, role: str, key: str, cohort: str
) -> dict[str, Any]:
    region, zone = chance.choice(_PLACES)
    return {
        "id": id_,
        "name": f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}",
        "about": f"I {chance.choice(_VERBS)} {chance.choice(_THINGS)}, and like to talk about it.",
        "region": region,
        "cohorts": [{"cohort": cohort, "role": role}],
        f"skills_{key}": [{"skill": skill} for skill in chance.sample(_SKILLS, 3)],
        "languages": ["en"],
        "time_zone": zone,
        "consent": {"given_on": "2025-12-20", "show": "public", "quote": True},
        "availability": [{"day": "tuesday", "starts": "14:00", "ends": "17:00"}],
    }


def _agreed(
    chance: random.Random, id_: str, cohort: str, mentor: str, mentee: str
) -> dict[str, Any]:
    goal = f"{chance.choice(_VERBS)} {chance.choice(_THINGS)}"
    return {
        "id": id_,
        "cohort": cohort,
        "mentor": mentor,
        "mentee": mentee,
        "started_on": _STARTS.isoformat(),
        "goals": [{"id": "first", "title": goal.capitalize(), "set_on": "2026-01-20"}],
    }


def _status(shape: Shape) -> dict[str, Any]:
    if shape.is_running:
        return {"status": "active"}
    ended_on = (_STARTS + timedelta(weeks=shape.weeks)).isoformat()
    return {"status": "completed", "ended_on": ended_on, "end_reason": "term_over"}


def _check_in(chance: random.Random, cohort: str, pair: str, due: date, who: str) -> dict[str, Any]:
    return {
        "cohort": cohort,
        "pair": pair,
        "due": due.isoformat(),
        "participant": who,
        "answered_on": (due + timedelta(days=chance.randint(-2, 3))).isoformat(),
        "met": True,
        "meetings": [{"on": (due - timedelta(days=5)).isoformat(), "minutes": 60}],
        "ratings": {"useful": chance.randint(3, 5), "relationship": chance.randint(3, 5)},
        "goals": [{"goal": "first", "level": chance.randint(-1, 1)}],
        "next_steps": f"{chance.choice(_VERBS)} {chance.choice(_THINGS)} before we meet again",
    }


def _response(chance: random.Random, cohort: str, code: str, role: str) -> dict[str, Any]:
    answers = {f"item-{n}": chance.randint(1, 5) for n in range(1, 4)}
    wave = {"wave": "before", "answered_on": "2026-01-14", "answers": answers}
    return {
        "survey": "before-and-after",
        "cohort": cohort,
        "code": code,
        "role": role,
        "waves": [wave],
    }
