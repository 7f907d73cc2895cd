"""Stage 2: what the answers of one sign-up mean, by the keys of a participant's record.

A row of a sheet and an issue form are read alike.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from peerloom.intake.answer_notes import AnswerNotes
from peerloom.intake.cleaning import single_line, split_answers
from peerloom.intake.merge_roles import RoleAnswer
from peerloom.intake.own_answers import read_own_answers
from peerloom.intake.read_free_time import read_free_time
from peerloom.intake.read_skill_answers import keep_short_words, read_skill_answers
from peerloom.intake.read_wished_role import read_wished_role
from peerloom.intake.result import ImportNote, ImportOptions
from peerloom.intake.sheet_rows import SheetRow
from peerloom.intake.skill_vocabulary import SkillVocabulary
from peerloom.intake.values.accounts import read_booking_address, read_github_login
from peerloom.intake.values.capacity import read_capacity
from peerloom.intake.values.experience import read_experience_years
from peerloom.intake.values.fillers import is_filler
from peerloom.intake.values.languages import read_languages
from peerloom.intake.values.person_names import join_name, read_full_name, read_pronouns
from peerloom.intake.values.time_zones import read_time_zone
from peerloom.intake.values.yes_no import read_audience, read_yes_no
from peerloom.intake.wordings import AGREEMENT_FIELDS
from peerloom.model import ProgramQuestion
from peerloom.slugs import slug

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
_MAX_SOURCE_LENGTH = 200


def field_for_key(key: str) -> str:
    """Return the field of a sheet that fills a key of a record."""
    return _FIELDS_BY_KEY.get(key, key)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowAnswers:
    """What one row means: values by the keys of a record, a role, and notes on the way there.

    Keys whose question was not answered are missing. `role` is None if the row is refused, or
    left out because a coordinator said that its answer means that. `preferred` and `excluded` hold
    the words for other people, who can be known only after all rows are.
    """

    row: SheetRow
    values: dict[str, Any]
    role: RoleAnswer | None
    notes: tuple[ImportNote, ...]
    is_left_out: bool = False

    @property
    def refusals(self) -> tuple[ImportNote, ...]:
        """The notes because of which the row is not imported."""
        return tuple(note for note in self.notes if note.kind == "refused")


def read_answers(
    row: SheetRow,
    options: ImportOptions,
    vocabulary: SkillVocabulary,
    *,
    answered_on: date | None = None,
    languages: Iterable[str] = (),
    questions: Sequence[ProgramQuestion] = (),
) -> RowAnswers:
    """Read the answers of a row, and count its new skills in `vocabulary`.

    `answered_on` is the day of the answers, if it is known; `languages` are the program's, and
    `questions` those of its own that a sign-up asks.
    """
    answers = _RowReader(row, options, vocabulary, answered_on, tuple(languages)).read()
    own_answers, notes = read_own_answers(row, questions)
    values = answers.values | ({"answers": own_answers} if own_answers else {})
    return replace(answers, values=values, notes=(*answers.notes, *notes))


class _RowReader:
    """Reads one row and collects notes about its answers."""

    def __init__(
        self,
        row: SheetRow,
        options: ImportOptions,
        vocabulary: SkillVocabulary,
        answered_on: date | None,
        languages: tuple[str, ...],
    ) -> None:
        self._row = row
        self._options = options
        self._vocabulary = vocabulary
        self._answered_on = answered_on
        self._languages = languages
        self._answers = AnswerNotes(row)

    def read(self) -> RowAnswers:
        row = self._row
        role = self._read_role()
        name, pronouns = self._read_name()
        values: dict[str, Any] = {
            "name": name,
            "pronouns": read_pronouns(row["pronouns"]) or pronouns,
            "region": self._read_plain("region"),
            "about": "" if is_filler(row["about"]) else row["about"],
            "source": self._read_source(),
            "github": self._answers.read("github", read_github_login),
            "booking_url": self._answers.read("booking_url", read_booking_address),
            "time_zone": self._read_time_zone(),
            "languages": self._read_languages(),
            "availability": read_free_time(self._answers, self._languages),
            "experience_years": self._read_experience(),
        }
        values["skills_offered"], values["also_offers"] = self._read_skills("skills_offered", role)
        values["skills_wanted"], values["also_wants"] = self._read_skills("skills_wanted", role)
        values["interests"] = keep_short_words(
            self._answers, "interests", split_answers(row["interests"])
        )
        values["goals"] = self._read_goals()
        values["consent"] = self._read_consent()
        values["agreements"] = self._read_agreements()
        values["agreed_on"] = self._day_of_answer() if values["agreements"] else None
        values["assumed_consent"] = self._assume_consent()
        # An answered skill question fills both of its lists, one of them perhaps with nothing:
        # words that have come into the vocabulary since must leave the list of other words.
        answered = {key for key in values if field_for_key(key) in SKILL_FIELDS}
        answered = {key for key in answered if row[field_for_key(key)]}
        return RowAnswers(
            row=row,
            values={
                key: value
                for key, value in values.items()
                if value or key in answered or (key == "experience_years" and value == 0)
            },
            role=role,
            notes=tuple(self._answers.notes),
            is_left_out=self._row.is_left_out("role"),
        )

    def _read_plain(self, name: str) -> str:
        text = single_line(self._row.replace_answer(name, self._row[name]))
        return "" if is_filler(text, "place") else text

    def _read_name(self) -> tuple[str, str]:
        """Return the name, first and last name where both are asked, and pronouns beside it."""
        row = self._row
        whole = row.replace_answer("name", row["name"])
        read_parts = join_name(row["first_name"], row["last_name"])
        use_parts = row["last_name"] and (row["first_name"] or not whole)
        read = read_parts if use_parts or not whole else read_full_name(whole)
        if read.certainty == "left_out":
            self._answers.add("refused", "name", read.message)
            return "", ""
        person = self._answers.take(
            "name", whole, read, meaning=read.value.name if read.value else ""
        )
        if person is None:
            self._answers.add("refused", "name", "the row must have a name")
            return "", ""
        return person.name, person.pronouns

    def _read_source(self) -> str:
        """Return where they heard of the program, shortened to what a record may hold."""
        text = self._read_plain("source")
        if len(text) <= _MAX_SOURCE_LENGTH:
            return text
        message = f"the answer is shortened to {_MAX_SOURCE_LENGTH} characters"
        self._answers.add("left_out", "source", message)
        return text[: _MAX_SOURCE_LENGTH - 1].rsplit(" ", 1)[0] + "…"

    def _read_time_zone(self) -> Any:
        if self._row["time_zone"]:
            return self._answers.read(
                "time_zone", lambda text: read_time_zone(text, self._languages)
            )
        if "time_zone" in self._row.headers:
            self._answers.add(
                "remark", "time_zone", "there is no time zone", "ask: meetings need it"
            )
        return None

    def _read_languages(self) -> list[str]:
        text = self._row.replace_answer("languages", self._row["languages"])
        read = read_languages(text, self._languages)
        meaning = ", ".join(read.value or ())
        return self._answers.take("languages", self._row["languages"], read, meaning=meaning) or []

    def _read_experience(self) -> int | None:
        years: int | None = self._answers.read(
            "experience_years", lambda text: read_experience_years(text, self._options.today)
        )
        return years

    def _read_skills(
        self, name: str, role: RoleAnswer | None
    ) -> tuple[list[dict[str, str]], list[str]]:
        return read_skill_answers(
            self._answers, name, role.role if role else None, self._vocabulary
        )

    def _read_goals(self) -> list[dict[str, str]]:
        """Return one goal; a title that is too long is shortened, and stands whole below it."""
        title, detail = single_line(self._row["goal_title"]), self._row["goal"]
        title, detail = ("" if is_filler(text) else text for text in (title, detail))
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

    def _read_consent(self) -> dict[str, str] | None:
        """Return the consent, given on the day of the answer or else today."""
        show = self._answers.read("show", read_audience)
        return self._consent_to(show) if show else None

    def _read_agreements(self) -> dict[str, bool]:
        """Return what else somebody agrees to, and what not, by the parts of a consent."""
        said = {part: self._answers.read(part, read_yes_no) for part in AGREEMENT_FIELDS}
        return {part: answer for part, answer in said.items() if answer is not None}

    def _assume_consent(self) -> dict[str, str] | None:
        """Return what a coordinator says that all agreed to who do not say it themselves."""
        show = self._options.show
        return self._consent_to(show) if show and not self._row["show"] else None

    def _consent_to(self, show: str) -> dict[str, str]:
        return {"given_on": self._day_of_answer(), "show": show}

    def _day_of_answer(self) -> str:
        today = self._options.today
        return min(self._answered_on or today, today).isoformat()

    def _read_role(self) -> RoleAnswer | None:
        if self._row.is_left_out("role"):
            return None
        role = read_wished_role(self._answers, self._options.role)
        capacity = self._answers.read("capacity", read_capacity)
        if role is None:
            return None
        team = "" if is_filler(self._row["team"]) else self._row["team"]
        return RoleAnswer(role=role, team=slug(team) or None, capacity=capacity)


def find_team_id(text: str) -> str | None:
    """Return the id of a team, or None if the text has no letter or digit to make one of."""
    return slug(text) or None
