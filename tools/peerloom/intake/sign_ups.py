"""What one row of a sign-up sheet says, by the keys of a record."""

from typing import Any

from peerloom.diagnostic import quoted
from peerloom.intake import values
from peerloom.intake.columns import Entry
from peerloom.intake.merge_sign_up import RoleAnswer
from peerloom.intake.notes import Note, Options, Said
from peerloom.intake.skills import Vocabulary
from peerloom.intake.texts import answers, folded, one_line

SKILLS = ("skills_offered", "skills_wanted")
# The column from which a key comes, where it has another name.
COLUMN_OF = {
    "also_offers": "skills_offered",
    "also_wants": "skills_wanted",
    "goals": "goal",
    "cohorts": "role",
    "consent": "show",
}
_TITLE = 300
_WORD = 200


def read(
    entry: Entry, options: Options, vocabulary: Vocabulary
) -> tuple[dict[str, Any], RoleAnswer | None, list[Note]]:
    """What a row says by key of a record, its part in the cohort, and notes."""
    notes: list[Note] = []

    def told(name: str, said: Said) -> Any:
        if said.kind:
            notes.append(entry.note(said.kind, name, said.message, said.help))
        return said.value

    name = _name(entry)
    if not name:
        notes.append(entry.note("refused", "name", "the row must have a name"))
    said: dict[str, Any] = {"name": name}
    for key in ("pronouns", "region"):
        said[key] = one_line(entry[key])
    said["about"] = entry["about"]
    said["github"] = told("github", _github(entry["github"]))
    said["time_zone"] = told("time_zone", _time_zone(entry))
    said["languages"], unknown = values.languages(entry["languages"])
    notes += [
        entry.note("left_out", "languages", f"{quoted(word)} must be the name of a language")
        for word in unknown
    ]
    for offers, also in (("skills_offered", "also_offers"), ("skills_wanted", "also_wants")):
        said[offers], said[also] = _skills(entry, offers, vocabulary, notes)
    said["interests"] = _short(entry, "interests", answers(entry["interests"]), notes)
    said["goals"] = _goals(entry, options.cohort)
    said["consent"] = told("show", _consent(entry, options))
    role = told("role", _role(entry, options))
    capacity = told("capacity", values.capacity(entry["capacity"])) if entry["capacity"] else None
    team = values.team(entry["team"]) or None
    answer = RoleAnswer(role=role, team=team, capacity=capacity) if role else None
    # A column that is answered fills both its lists, if one with nothing: words that have come
    # into the vocabulary since leave the list of those that were not in it.
    filled = {key for key, column in COLUMN_OF.items() if column in SKILLS and entry[column]}
    filled |= {column for column in SKILLS if entry[column]}
    return {key: value for key, value in said.items() if value or key in filled}, answer, notes


def _name(entry: Entry) -> str:
    whole = one_line(entry["name"])
    parts = one_line(f"{entry['first_name']} {entry['last_name']}")
    return parts if entry["last_name"] and (entry["first_name"] or not whole) else whole or parts


def _github(text: str) -> Said:
    login = values.github(text) if text else None
    if login or not text or folded(text) in ("no", "none", "n/a", "na", "-"):
        return Said(login)
    return Said(None, "left_out", f"{quoted(one_line(text))} must be a login on GitHub")


def _time_zone(entry: Entry) -> Said:
    if entry["time_zone"]:
        return values.time_zone(entry["time_zone"])
    if "time_zone" in entry.columns:
        return Said(
            None, "remark", "there is no time zone", "ask: meetings are hard to set without"
        )
    return Said(None)


def _skills(
    entry: Entry, name: str, vocabulary: Vocabulary, notes: list[Note]
) -> tuple[list[dict[str, str]], list[str]]:
    known: dict[str, dict[str, str]] = {}
    other: list[str] = []
    for answer in vocabulary.answers(entry[name]):
        said = vocabulary.understood(answer)
        if said.kind:
            notes.append(entry.note(said.kind, name, said.message, said.help))
        if said.value is None:
            other.append(answer)
        else:
            known.setdefault(said.value["skill"], said.value)
    other = _short(entry, name, other, notes)
    vocabulary.say_unknown(other)
    return list(known.values()), other


def _short(entry: Entry, name: str, words: list[str], notes: list[Note]) -> list[str]:
    """Words that are short enough for a list; of the others it is said that they are not."""
    for word in words:
        if len(word) > _WORD:
            message = f"one of several answers must have at most {_WORD} characters, "
            message += f"and {quoted(word[:40] + '…')} has {len(word)}"
            notes.append(entry.note("left_out", name, message, "put a ';' between answers"))
    return [one_line(word) for word in words if len(word) <= _WORD]


def _goals(entry: Entry, cohort: str) -> list[dict[str, str]]:
    title, detail = one_line(entry["goal_title"]), entry["goal"]
    if not title and not detail:
        return []
    if not title:
        title = one_line(detail)
        detail = detail if len(title) > _TITLE or "\n" in detail else ""
    if len(title) > _TITLE:
        detail = (
            f"{title}\n\n{detail}".strip() if detail and entry["goal_title"] else detail or title
        )
        title = title[: _TITLE - 1].rsplit(" ", 1)[0] + "…"
    goal = {"title": title, "detail": detail, "cohort": cohort}
    return [{key: value for key, value in goal.items() if value}]


def _consent(entry: Entry, options: Options) -> Said:
    shown = values.show(entry["show"]) if entry["show"] else options.show
    if entry["show"] and shown is None:
        message = f"{quoted(one_line(entry['show']))} must be yes, members or no"
        help_ = "until it is one of them, only coordinators see this person"
        return Said(None, "left_out", message, help_)
    if shown is None:
        return Said(None)
    on = min(values.day(entry["answered"]) or options.today, options.today)
    return Said({"given_on": on.isoformat(), "show": shown})


def _role(entry: Entry, options: Options) -> Said:
    if not entry["role"] and options.role:
        return Said(options.role)
    role = values.role(entry["role"])
    if role:
        return Said(role)
    message = "the row must say mentor, mentee or either"
    if entry["role"]:
        message = f"{quoted(one_line(entry['role']))} must be mentor, mentee or either"
    return Said(None, "refused", message)
