"""The questions of the two forms.

A form asks only for keys of a record that everybody who can read the issue may read as well.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from peerloom import schema
from peerloom.audience import includes, readers
from peerloom.records import Program

FormKind = Literal["check-in", "sign-up"]
FORM_KINDS: tuple[FormKind, ...] = ("check-in", "sign-up")

AnswerFormat = Literal["line", "text", "one choice", "several choices", "checkboxes"]

# A longer menu is no help on a phone.
_MAX_SKILLS_IN_MENU = 100
# Older cohorts no longer accept sign-ups.
_MAX_COHORTS_IN_MENU = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a form.

    `id` is the name by which a link fills in the answer; in the sign-up form it is also a field
    of a sheet. `label` is the heading above the answer in the issue, `choices` the possible
    answers, each with what it means.
    """

    id: str
    label: str
    format: AnswerFormat
    help: str
    example: str = ""
    choices: Mapping[str, str] | None = None
    is_required: bool = False


def form_questions(kind: FormKind, program: Program) -> tuple[Question, ...]:
    """Return the questions of a form in their order."""
    if kind == "check-in":
        record_kind, candidates = "check-in", _check_in_candidates(program)
    else:
        record_kind, candidates = "participant", _sign_up_candidates(program)
    return tuple(question for key, question in candidates if may_ask(program, record_kind, key))


def issues_are_public(program: Program) -> bool:
    """Whether everybody can read an issue of the program's repository."""
    return readers(program) == "public"


def may_ask(program: Program, kind: str, *keys: str) -> bool:
    """Whether everybody who can read an issue may read what a record holds under these keys."""
    return includes(readers(program), schema.audience(kind, keys))


def spaced_word(word: str) -> str:
    """Return a word of a schema as people write it: `in_person` is `in person`."""
    return word.replace("_", " ")


def _allowed_words(kind: str, *keys: str) -> tuple[str, ...]:
    return next(field.allowed for field in schema.fields(kind) if field.path == keys)


def _check_in_candidates(program: Program) -> Iterator[tuple[str, Question]]:
    """Yield each question of the check-in form with the key of the record that it fills."""
    yield (
        "due",
        Question(
            id="which",
            label="Which check-in",
            format="line",
            help="The link in your reminder fills this in. Leave it empty if only one is due.",
            example="2026-spring/ada-grace/2026-02-09",
        ),
    )
    yield (
        "met",
        Question(
            id="met",
            label="Did you meet?",
            format="one choice",
            help="Since the last check-in.",
            choices={"We met": "true", "We did not meet": "false"},
        ),
    )
    yield "meetings", _meetings_question(program)
    yield (
        "goals",
        Question(
            id="goals",
            label="Where your goals stand",
            format="text",
            help="A goal a line: its id, a colon, and a step from -2 (much less than hoped) over 0 "
            "(as hoped) to +2 (much more). A few words may follow. Leave out what has not moved.",
            example="such as write-tests: +1 the first ten are written",
        ),
    )
    yield (
        "next_steps",
        Question(
            id="next_steps",
            label="Next steps",
            format="text",
            help="What each of you will do until next time.",
        ),
    )
    yield (
        "next_meeting",
        Question(
            id="next_meeting",
            label="Next meeting",
            format="line",
            help="The day, as year-month-day.",
            example="such as 2026-02-23",
        ),
    )


def _meetings_question(program: Program) -> Question:
    if not may_ask(program, "check-in", "meetings", "minutes"):
        return Question(
            id="meetings",
            label="On which days you met",
            format="text",
            help="A day a line, as year-month-day.",
            example="such as 2026-02-05",
        )
    ways = ", ".join(
        spaced_word(word) for word in _allowed_words("check-in", "meetings", "setting")
    )
    return Question(
        id="meetings",
        label="When you met",
        format="text",
        help=f"A meeting a line: the day, and if you like how many minutes, and one of {ways}.",
        example="such as 2026-02-05, 45, remote",
    )


def _sign_up_candidates(program: Program) -> Iterator[tuple[str, Question]]:
    """Yield each question of the sign-up form with the key of the record that it fills."""

    def line_question(
        key: str, label: str, help_: str = "", example: str = ""
    ) -> tuple[str, Question]:
        return key, Question(id=key, label=label, format="line", help=help_, example=example)

    yield (
        "name",
        Question(
            id="name",
            label="Your name",
            format="line",
            help="As you want it shown.",
            is_required=True,
        ),
    )
    yield line_question("pronouns", "Your pronouns", "How to speak of you.", "such as she/her")
    yield "cohorts", _cohort_question(program)
    yield (
        "cohorts",
        Question(
            id="role",
            label="You would like to be",
            format="one choice",
            help="Either is for those who can help in one thing and want to learn another.",
            choices={
                spaced_word(w).capitalize(): w
                for w in _allowed_words("participant", "cohorts", "role")
            },
            is_required=True,
        ),
    )
    yield (
        "cohorts",
        Question(
            id="capacity",
            label="How many mentees you can take",
            format="line",
            help="Only if you would like to be a mentor. It may change later.",
            example="such as 2",
        ),
    )
    yield (
        "cohorts",
        Question(
            id="team",
            label="Your team",
            format="line",
            help="Only if you apply together with others: a name that all of you write here.",
        ),
    )
    yield from _skill_questions(program, "skills_offered", "What you can help others with")
    yield from _skill_questions(program, "skills_wanted", "What you want to learn")
    yield (
        "goals",
        Question(
            id="goal",
            label="What you hope for",
            format="text",
            help="One sentence is enough.",
        ),
    )
    yield (
        "about",
        Question(
            id="about",
            label="About you",
            format="text",
            help="What you want others to know about you.",
        ),
    )
    yield line_question(
        "interests", "Your interests", "Topics that you care about.", "such as open data"
    )
    yield line_question(
        "languages", "Your languages", "Those in which you can meet.", "such as English"
    )
    zone = program.settings.time_zone
    yield line_question(
        "time_zone", "Your time zone", "Its name, or a large city in it.", f"such as {zone}"
    )
    yield line_question("region", "Where you live", "As roughly as you like.")
    yield (
        "availability",
        Question(
            id="availability",
            label="When you are usually free",
            format="text",
            help="A day a line, with hours of a 24-hour clock in your own time zone.",
            example="such as Monday 17:00-19:00",
        ),
    )
    yield "consent", _consent_question(program)


def _cohort_question(program: Program) -> Question:
    newest = sorted(program.cohorts.values(), key=lambda c: (c.starts, c.id), reverse=True)
    return Question(
        id="cohort",
        label="Which cohort",
        format="one choice",
        help="The one that you want to take part in.",
        choices={_cohort_choice(c.name, c.id): c.id for c in newest[:_MAX_COHORTS_IN_MENU]},
        is_required=True,
    )


def _cohort_choice(name: str, id_: str) -> str:
    return f"{_without_commas(name)} ({id_})"


def _without_commas(name: str) -> str:
    """Return a name as a choice of a menu: GitHub separates the chosen ones by commas."""
    return " ".join(name.replace(",", " ").split())


def _skill_questions(program: Program, key: str, label: str) -> Iterator[tuple[str, Question]]:
    """Yield a menu of the vocabulary, unless it is too long, and a line for other skills."""
    skills = program.settings.skills
    if 0 < len(skills) <= _MAX_SKILLS_IN_MENU:
        choices = {_without_commas(skill.name): skill.id for skill in skills}
        yield (
            key,
            Question(id=key, label=label, format="several choices", help="", choices=choices),
        )
        label, help_ = f"{label}, in your own words", "What the list above does not have."
    else:
        help_ = "Several with a semicolon between."
    yield key, Question(id=f"{key}_more", label=label, format="line", help=help_)


def _consent_question(program: Program) -> Question:
    label = "Who may see your page"
    help_ = "You can change this whenever you like, in your own record."
    if issues_are_public(program):
        agreed = {"Everybody may see my page, and this sign-up, which is public.": "public"}
        return Question(
            id="show",
            label=label,
            format="checkboxes",
            help=help_,
            choices=agreed,
            is_required=True,
        )
    words = {"Everybody": "public", "The members": "members", "Only coordinators": "coordinators"}
    return Question(
        id="show", label=label, format="one choice", help=help_, choices=words, is_required=True
    )
