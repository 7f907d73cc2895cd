"""Stage 2: what the answers of one sign-up mean, by the keys of a participant's record.

A row of a sheet and an issue form are read alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from peerloom.diagnostic import quoted
from peerloom.intake import parsing
from peerloom.intake.cleaning import fold_text, single_line, split_answers
from peerloom.intake.merge_sign_up import RoleAnswer
from peerloom.intake.own_answers import read_own_answers
from peerloom.intake.read_columns import SheetRow
from peerloom.intake.result import ImportNote, ImportOptions, ParsedAnswer
from peerloom.intake.skill_vocabulary import SkillVocabulary
from peerloom.model import ProgramQuestion

SKILL_FIELDS = ("skills_offered", "skills_wanted")
# Keys of a record whose field in a sheet has another name.
_FIELDS_BY_KEY = {
    "also_offers": "skills_offered",
    "also_wants": "skills_wanted",
    "goals": "goal",
    "cohorts": "role",
    "consent": "show",
}
# What the schema of participants allows.
_MAX_TITLE_LENGTH = 300
_MAX_WORD_LENGTH = 200
_NO_LOGIN = ("no", "none", "n/a", "na", "-")


def field_for_key(key: str) -> str:
    """Return the field of a sheet that fills a key of a record."""
    return _FIELDS_BY_KEY.get(key, key)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowAnswers:
    """What one row means: values by the keys of a record, a role, and notes on the way there.

    Keys whose question was not answered are missing. `role` is None if the row is refused.
    """

    row: SheetRow
    values: dict[str, Any]
    role: RoleAnswer | None
    notes: tuple[ImportNote, ...]

    @property
    def refusals(self) -> tuple[ImportNote, ...]:
        """The notes because of which the row is not imported."""
        return tuple(note for note in self.notes if note.kind == "refused")


def read_answers(
    row: SheetRow,
    options: ImportOptions,
    vocabulary: SkillVocabulary,
    questions: Sequence[ProgramQuestion] = (),
) -> RowAnswers:
    """Read the answers of a row, and count its new skills in `vocabulary`.

    `questions` are those of the program's own that a sign-up asks.
    """
    answers = _RowReader(row, options, vocabulary).read()
    own_answers, notes = read_own_answers(row, questions)
    if not own_answers and not notes:
        return answers
    values = answers.values | ({"answers": own_answers} if own_answers else {})
    return replace(answers, values=values, notes=(*answers.notes, *notes))


class _RowReader:
    """Reads one row and collects notes about its answers."""

    def __init__(self, row: SheetRow, options: ImportOptions, vocabulary: SkillVocabulary) -> None:
        self._row = row
        self._options = options
        self._vocabulary = vocabulary
        self._notes: list[ImportNote] = []

    def read(self) -> RowAnswers:
        row = self._row
        values: dict[str, Any] = {
            "name": self._read_name(),
            "pronouns": single_line(row["pronouns"]),
            "region": single_line(row["region"]),
            "about": row["about"],
            "source": self._read_source(),
            "github": self._value("github", self._parse_login()),
            "time_zone": self._value("time_zone", self._parse_time_zone()),
            "languages": self._read_languages(),
        }
        values["skills_offered"], values["also_offers"] = self._read_skills("skills_offered")
        values["skills_wanted"], values["also_wants"] = self._read_skills("skills_wanted")
        values["interests"] = self._short_words("interests", split_answers(row["interests"]))
        values["goals"] = self._read_goals()
        values["consent"] = self._value("show", self._parse_consent())
        role = self._read_role()
        # An answered skill question fills both of its lists, one of them perhaps with nothing:
        # words that have come into the vocabulary since must leave the list of other words.
        answered = {key for key in values if field_for_key(key) in SKILL_FIELDS}
        answered = {key for key in answered if row[field_for_key(key)]}
        return RowAnswers(
            row=row,
            values={key: value for key, value in values.items() if value or key in answered},
            role=role,
            notes=tuple(self._notes),
        )

    def _note(self, kind: Any, name: str, message: str, help_: str = "") -> None:
        self._notes.append(self._row.note(kind, name, message, help_))

    def _value(self, name: str, parsed: ParsedAnswer) -> Any:
        """Return what a field's answer means, and note what is not plain about it."""
        if parsed.kind:
            self._note(parsed.kind, name, parsed.message, parsed.help)
        return parsed.value

    def _read_name(self) -> str:
        """Return the name: first and last name where both are asked, else the whole one."""
        row = self._row
        whole = single_line(row["name"])
        parts = single_line(f"{row['first_name']} {row['last_name']}")
        use_parts = row["last_name"] and (row["first_name"] or not whole)
        name = parts if use_parts else whole or parts
        if not name:
            self._note("refused", "name", "the row must have a name")
        return name

    def _read_source(self) -> str:
        """Return where they heard of the program, shortened to what a record may hold."""
        text = single_line(self._row["source"])
        if len(text) <= _MAX_WORD_LENGTH:
            return text
        self._note(
            "left_out", "source", f"the answer is shortened to {_MAX_WORD_LENGTH} characters"
        )
        return text[: _MAX_WORD_LENGTH - 1].rsplit(" ", 1)[0] + "…"

    def _parse_login(self) -> ParsedAnswer:
        text = self._row["github"]
        login = parsing.parse_github_login(text) if text else None
        if login or not text or fold_text(text) in _NO_LOGIN:
            return ParsedAnswer(login)
        message = f"{quoted(single_line(text))} must be a login on GitHub"
        return ParsedAnswer(None, "left_out", message)

    def _parse_time_zone(self) -> ParsedAnswer:
        if self._row["time_zone"]:
            return parsing.parse_time_zone(self._row["time_zone"])
        if "time_zone" in self._row.headers:
            help_ = "ask: meetings are hard to set without"
            return ParsedAnswer(None, "remark", "there is no time zone", help_)
        return ParsedAnswer(None)

    def _read_languages(self) -> list[str]:
        tags, unknown = parsing.parse_languages(self._row["languages"])
        for word in unknown:
            self._note("left_out", "languages", f"{quoted(word)} must be the name of a language")
        return tags

    def _read_skills(self, name: str) -> tuple[list[dict[str, str]], list[str]]:
        """Return the skills of the vocabulary that are named, and the other words."""
        known: dict[str, dict[str, str]] = {}
        others: list[str] = []
        for answer in self._vocabulary.split_skills(self._row[name]):
            skill = self._value(name, self._vocabulary.find_skill(answer))
            if skill is None:
                others.append(answer)
            else:
                known.setdefault(skill["skill"], skill)
        others = self._short_words(name, others)
        self._vocabulary.count_new_skills(others)
        return list(known.values()), others

    def _short_words(self, name: str, words: list[str]) -> list[str]:
        """Return the words that are short enough for a list, and note those that are not."""
        for word in words:
            if len(word) > _MAX_WORD_LENGTH:
                message = f"one of several answers must have at most {_MAX_WORD_LENGTH} characters,"
                message += f" and {quoted(word[:40] + '…')} has {len(word)}"
                self._note("left_out", name, message, "put a ';' between answers")
        return [single_line(word) for word in words if len(word) <= _MAX_WORD_LENGTH]

    def _read_goals(self) -> list[dict[str, str]]:
        """Return one goal; a title that is too long is shortened, and stands whole below it."""
        title, detail = single_line(self._row["goal_title"]), self._row["goal"]
        if not title and not detail:
            return []
        if not title:
            title = single_line(detail)
            detail = detail if len(title) > _MAX_TITLE_LENGTH or "\n" in detail else ""
        if len(title) > _MAX_TITLE_LENGTH:
            has_both = detail and self._row["goal_title"]
            detail = f"{title}\n\n{detail}".strip() if has_both else detail or title
            title = title[: _MAX_TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"
        goal = {"title": title, "detail": detail, "cohort": self._options.cohort}
        return [{key: value for key, value in goal.items() if value}]

    def _parse_consent(self) -> ParsedAnswer:
        """Return the consent, given on the day of the answer or else today."""
        text, today = self._row["show"], self._options.today
        audience = parsing.parse_audience(text) if text else self._options.show
        if text and audience is None:
            message = f"{quoted(single_line(text))} must be yes, members or no"
            help_ = "until it is one of them, only coordinators see this person"
            return ParsedAnswer(None, "left_out", message, help_)
        if audience is None:
            return ParsedAnswer(None)
        given_on = min(parsing.parse_date(self._row["answered"]) or today, today)
        return ParsedAnswer({"given_on": given_on.isoformat(), "show": audience})

    def _read_role(self) -> RoleAnswer | None:
        role = self._value("role", self._parse_role())
        text = self._row["capacity"]
        capacity = self._value("capacity", parsing.parse_capacity(text)) if text else None
        if role is None:
            return None
        team = parsing.parse_team_id(self._row["team"])
        return RoleAnswer(role=role, team=team, capacity=capacity)

    def _parse_role(self) -> ParsedAnswer:
        text = self._row["role"]
        role = parsing.parse_role(text) if text else self._options.role
        if role:
            return ParsedAnswer(role)
        message = "the row must say mentor, mentee or either"
        if text:
            message = f"{quoted(single_line(text))} must be mentor, mentee or either"
        return ParsedAnswer(None, "refused", message)
