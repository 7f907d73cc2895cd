"""Stage 2: what the answers of one sign-up mean, by the keys of a participant's record.

A row of a sheet and an issue form are read alike.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import single_line, split_answers
from peerloom.intake.fitting import is_tick
from peerloom.intake.merge_sign_up import RoleAnswer
from peerloom.intake.result import ImportNote, ImportOptions, NoteKind, ParsedAnswer
from peerloom.intake.sheet_rows import SheetRow
from peerloom.intake.skill_vocabulary import SkillVocabulary
from peerloom.intake.values.accounts import read_github_login
from peerloom.intake.values.answer import NO_ANSWER, AnswerValue, Certainty
from peerloom.intake.values.calendar_names import WEEKDAYS
from peerloom.intake.values.capacity import read_capacity
from peerloom.intake.values.experience import read_experience_years
from peerloom.intake.values.fillers import is_filler
from peerloom.intake.values.free_hours import read_days, read_free_hours, write_free_hours
from peerloom.intake.values.languages import read_languages
from peerloom.intake.values.person_names import join_name, read_full_name, read_pronouns
from peerloom.intake.values.roles import read_role, read_role_confirmation
from peerloom.intake.values.skills import split_skills
from peerloom.intake.values.time_zones import read_time_zone
from peerloom.intake.values.yes_no import read_audience
from peerloom.intake.wordings import SKILL_COLUMN, UNWANTED
from peerloom.model import FreeTime, Role
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
_MAX_WORD_LENGTH = 200
_NOTE_KINDS: Mapping[Certainty, NoteKind] = {
    "certain": "remark",
    "guess": "guessed",
    "ask": "asked",
    "left_out": "left_out",
}


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
) -> RowAnswers:
    """Read the answers of a row, and count its new skills in `vocabulary`.

    `answered_on` is the day of the answers, if it is known, and `languages` are the program's.
    """
    return _RowReader(row, options, vocabulary, answered_on, tuple(languages)).read()


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
        self._notes: list[ImportNote] = []

    def read(self) -> RowAnswers:
        row = self._row
        role = self._read_role()
        name, pronouns = self._read_name()
        values: dict[str, Any] = {
            "name": name,
            "pronouns": read_pronouns(row["pronouns"]) or pronouns,
            "region": self._read_plain("region"),
            "about": "" if is_filler(row["about"]) else row["about"],
            "github": self._read("github", read_github_login),
            "time_zone": self._read_time_zone(),
            "languages": self._read_languages(),
            "availability": self._read_free_hours(),
            "experience_years": self._read_experience(),
        }
        values["skills_offered"], values["also_offers"] = self._read_skills("skills_offered", role)
        values["skills_wanted"], values["also_wants"] = self._read_skills("skills_wanted", role)
        values["interests"] = self._short_words("interests", split_answers(row["interests"]))
        values["goals"] = self._read_goals()
        values["consent"] = self._read_consent()
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
            notes=tuple(self._notes),
            is_left_out=self._row.is_left_out("role"),
        )

    def _note(self, kind: NoteKind, name: str, message: str, help_: str = "") -> None:
        self._notes.append(self._row.note(kind, name, message, help_))

    def _take(self, name: str, text: str, read: AnswerValue[Any], *, meaning: str = "") -> Any:
        """Return what an answer means, and note what a coordinator should know or decide."""
        if read.message:
            self._notes.append(
                self._row.note(
                    _NOTE_KINDS[read.certainty],
                    name,
                    read.message,
                    answer=text if read.certainty in ("guess", "ask") else "",
                    meaning=meaning or (str(read.value) if read.certainty == "guess" else ""),
                    choices=tuple(_meaning_in_words(choice) for choice in read.choices),
                )
            )
        return read.value

    def _read(self, name: str, reader: Any) -> Any:
        text = self._row.replace_answer(name, self._row[name])
        return self._take(name, self._row[name], reader(text)) if text else None

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
            self._note("refused", "name", read.message)
            return "", ""
        person = self._take("name", whole, read, meaning=read.value.name if read.value else "")
        if person is None:
            self._note("refused", "name", "the row must have a name")
            return "", ""
        return person.name, person.pronouns

    def _read_time_zone(self) -> Any:
        if self._row["time_zone"]:
            return self._read("time_zone", lambda text: read_time_zone(text, self._languages))
        if "time_zone" in self._row.headers:
            self._note("remark", "time_zone", "there is no time zone", "ask: meetings need it")
        return None

    def _read_languages(self) -> list[str]:
        text = self._row.replace_answer("languages", self._row["languages"])
        read = read_languages(text, self._languages)
        meaning = ", ".join(read.value or ())
        return self._take("languages", self._row["languages"], read, meaning=meaning) or []

    def _read_experience(self) -> int | None:
        years: int | None = self._read(
            "experience_years", lambda text: read_experience_years(text, self._options.today)
        )
        return years

    def _read_free_hours(self) -> list[dict[str, str]]:
        """Return the hours of the week that are free, from one answer or one for each day."""
        hours: dict[tuple[str, str, str], None] = {}
        for option, text in self._row.parts.get("availability", ()):
            answer = self._row.replace_answer("availability", text)
            if not answer:
                continue
            read = self._read_hours_under(option, answer)
            for free in (
                self._take("availability", text, read, meaning=write_free_hours(read.value or ()))
                or ()
            ):
                hours[free.day, free.starts, free.ends] = None
        ordered = sorted(hours, key=lambda free: (WEEKDAYS.index(free[0]), *free[1:]))
        return [{"day": day, "starts": starts, "ends": ends} for day, starts, ends in ordered]

    def _read_hours_under(self, option: str, text: str) -> AnswerValue[list[FreeTime]]:
        """Return the hours in an answer under a day, under a slot of hours, or under neither."""
        days = read_days(option, self._languages).value or []
        if len(days) == 1:
            return read_free_hours(text, self._languages, days[0])
        named_days = read_days(text, self._languages).value
        if named_days and read_free_hours(f"Monday {option}", self._languages).value:
            return read_free_hours(f"{text} {option}", self._languages)
        if is_tick(text) and read_free_hours(option, self._languages).value:
            return read_free_hours(option, self._languages)
        return read_free_hours(text, self._languages)

    def _read_skills(
        self, name: str, role: RoleAnswer | None
    ) -> tuple[list[dict[str, str]], list[str]]:
        """Return the skills of the vocabulary that are named, and the other words."""
        known: dict[str, dict[str, str]] = {}
        others: list[str] = []
        whole = self._row.replace_answer(name, self._row[name])
        answers = [] if is_filler(whole) else split_skills(whole, self._vocabulary)
        for answer in [*answers, *self._ticked_topics(name, role)]:
            accepted = self._row.replace_answer(name, answer)
            if not accepted:
                continue
            skill = self._value(name, answer, self._vocabulary.find_skill(accepted))
            if skill is None:
                others.append(accepted)
            else:
                known.setdefault(skill["skill"], skill)
        others = self._short_words(name, others)
        self._vocabulary.count_new_skills(others)
        return list(known.values()), others

    def _value(self, name: str, answer: str, parsed: ParsedAnswer) -> Any:
        if parsed.kind:
            meaning = _skill_in_words(parsed.value)
            note = self._row.note(
                parsed.kind, name, parsed.message, parsed.help, answer=answer, meaning=meaning
            )
            self._notes.append(note)
        return parsed.value

    def _ticked_topics(self, name: str, role: RoleAnswer | None) -> list[str]:
        """Return the topics with a tick that somebody of this role offers or wants."""
        topics = self._row.parts.get(SKILL_COLUMN, ())
        ticked = [topic for topic, text in topics if is_tick(text, topic)]
        if role and role.role == "either" and ticked and name == "skills_offered":
            message = "whether these topics are offered or wanted is not said"
            help_ = "add them to the record by hand, for somebody who would be either"
            self._note("left_out", SKILL_COLUMN, message, help_)
        fits = {"mentor": "skills_offered", "mentee": "skills_wanted"}
        return ticked if role and fits.get(role.role) == name else []

    def _short_words(self, name: str, words: list[str]) -> list[str]:
        """Return the words that are short enough for a list, and note those that are not."""
        for word in words:
            if len(word) > _MAX_WORD_LENGTH:
                message = f"one of several answers must have at most {_MAX_WORD_LENGTH} characters,"
                message += f" and {quoted(word[:40] + '…')} has {len(word)}"
                self._note("left_out", name, message, "put a ';' between answers")
        words = [single_line(word) for word in words if len(word) <= _MAX_WORD_LENGTH]
        return [word for word in words if not is_filler(word)]

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
        show = self._read("show", read_audience)
        show = show or (None if self._row["show"] else self._options.show)
        if show is None:
            return None
        today = self._options.today
        given_on = min(self._answered_on or today, today)
        return {"given_on": given_on.isoformat(), "show": show}

    def _read_role(self) -> RoleAnswer | None:
        if self._row.is_left_out("role"):
            return None
        role = self._find_role()
        capacity = self._read("capacity", read_capacity)
        if role is None:
            return None
        team = "" if is_filler(self._row["team"]) else self._row["team"]
        return RoleAnswer(role=role, team=slug(team) or None, capacity=capacity)

    def _find_role(self) -> Role | None:
        text = self._row.replace_answer("role", self._row["role"])
        asked = self._row.parts.get("role", ())
        if asked and not text:
            return self._find_confirmed_role(asked)
        question = self._row.headers.get("role", "")
        read = read_role(text, question) if text else NO_ANSWER
        if read.value is None and read.certainty == "left_out":
            self._note("refused", "role", read.message)
            return None
        role: Role | None = self._take("role", self._row["role"], read)
        if role is None and not read.is_answer:
            role = self._options.role
        if role is None:
            self._note("refused", "role", "the row must say mentor, mentee or either")
        return role

    def _find_confirmed_role(self, asked: tuple[tuple[str, str], ...]) -> Role | None:
        """Return the role from yes and no to one question for each role, or to one alone."""
        texts = [(role, self._row.replace_answer("role", text)) for role, text in asked]
        by_role = {
            role: read_role_confirmation("yes" if is_tick(text) else text, role)  # type: ignore[arg-type]
            for role, text in texts
        }
        if len(asked) > 1:
            said = {role for role, read in by_role.items() if read.value == role}
            if len(said) > 1:
                return "either"
            if said:
                return next(iter(said))
            self._note("refused", "role", "the row must say yes to one of the roles")
            return None
        ((_, original),) = asked
        text = texts[0][1]
        named = read_role(text)
        read = (
            named if named.certainty == "certain" and named.value else next(iter(by_role.values()))
        )
        role: Role | None = self._take("role", original, read)
        role = role or (self._options.role if not read.is_answer else None)
        if role is None:
            self._note("refused", "role", "the row must say mentor, mentee or either")
        return role


def _meaning_in_words(choice: Any) -> str:
    return UNWANTED if choice is None else str(choice)


def _skill_in_words(skill: Any) -> str:
    """Return a skill of the vocabulary as somebody could have written it: `python (expert)`."""
    if not skill:
        return ""
    return f"{skill['skill']} ({skill['level']})" if skill.get("level") else str(skill["skill"])


def find_team_id(text: str) -> str | None:
    """Return the id of a team, or None if the text has no letter or digit to make one of."""
    return slug(text) or None
