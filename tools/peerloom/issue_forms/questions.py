"""What the two forms ask: keys of a record that whoever can read the issue may read too."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from peerloom import schema
from peerloom.model import Audience
from peerloom.records import Program

How = Literal["line", "text", "one of", "several of", "agreed"]

_ORDER: tuple[Audience, ...] = ("public", "members", "coordinators")
# A menu with more entries is no help on a phone; older cohorts take nobody in any more.
_MOST_SKILLS, _MOST_COHORTS = 100, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a form.

    `id` is what a link fills in by, `label` the heading over the answer in the issue, `choices`
    the answers there are to choose from, each with what it means.
    """

    id: str
    label: str
    how: How
    help: str
    example: str = ""
    choices: Mapping[str, str] | None = None
    is_required: bool = False


def is_public(program: Program) -> bool:
    """Whether everybody can read an issue of the program's repository."""
    return program.settings.visibility == "public"


def may_ask(program: Program, kind: str, *keys: str) -> bool:
    """Whether all who can read an issue may read what a key holds."""
    readers: Audience = "public" if is_public(program) else "members"
    return _ORDER.index(schema.audience(kind, keys)) <= _ORDER.index(readers)


def _allowed(kind: str, *keys: str) -> tuple[str, ...]:
    return next(f.allowed for f in schema.fields(kind) if f.path == keys)


def spoken(word: str) -> str:
    """A word of a schema as people say it: `in_person` is `in person`."""
    return word.replace("_", " ")


def check_in(program: Program) -> tuple[Question, ...]:
    """The questions of a check-in, in the order of the form."""
    asked = [question for key, question in _check_in(program) if may_ask(program, "check-in", key)]
    return tuple(asked)


def _check_in(program: Program) -> Iterator[tuple[str, Question]]:
    yield (
        "due",
        Question(
            id="which",
            label="Which check-in",
            how="line",
            help="The link in your reminder fills this in. Leave it empty if only one is due.",
            example="2026-spring/ada-grace/2026-02-09",
        ),
    )
    yield (
        "met",
        Question(
            id="met",
            label="Did you meet?",
            how="one of",
            help="Since the last check-in.",
            choices={"We met": "true", "We did not meet": "false"},
        ),
    )
    yield "meetings", _meetings(program)
    yield (
        "goals",
        Question(
            id="goals",
            label="Where your goals stand",
            how="text",
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
            how="text",
            help="What each of you will do until next time.",
        ),
    )
    yield (
        "next_meeting",
        Question(
            id="next_meeting",
            label="Next meeting",
            how="line",
            help="The day, as year-month-day.",
            example="such as 2026-02-23",
        ),
    )


def _meetings(program: Program) -> Question:
    if not may_ask(program, "check-in", "meetings", "minutes"):
        return Question(
            id="meetings",
            label="On which days you met",
            how="text",
            help="A day a line, as year-month-day.",
            example="such as 2026-02-05",
        )
    ways = ", ".join(spoken(word) for word in _allowed("check-in", "meetings", "setting"))
    return Question(
        id="meetings",
        label="When you met",
        how="text",
        help=f"A meeting a line: the day, and if you like how many minutes, and one of {ways}.",
        example="such as 2026-02-05, 45, remote",
    )


def sign_up(program: Program) -> tuple[Question, ...]:
    """The questions of a sign-up, in the order of the form; their ids are columns of a sheet."""
    asked = [q for key, q in _sign_up(program) if may_ask(program, "participant", key)]
    return tuple(asked)


def _sign_up(program: Program) -> Iterator[tuple[str, Question]]:
    def line(key: str, label: str, help_: str = "", example: str = "") -> tuple[str, Question]:
        return key, Question(id=key, label=label, how="line", help=help_, example=example)

    yield (
        "name",
        Question(
            id="name", label="Your name", how="line", help="As you want it shown.", is_required=True
        ),
    )
    yield line("pronouns", "Your pronouns", "How to speak of you.", "such as she/her")
    yield "cohorts", _cohorts(program)
    yield (
        "cohorts",
        Question(
            id="role",
            label="You would like to be",
            how="one of",
            help="Either is for those who can help in one thing and want to learn another.",
            choices={spoken(w).capitalize(): w for w in _allowed("participant", "cohorts", "role")},
            is_required=True,
        ),
    )
    yield (
        "cohorts",
        Question(
            id="capacity",
            label="How many mentees you can take",
            how="line",
            help="Only if you would like to be a mentor. It may change later.",
            example="such as 2",
        ),
    )
    yield (
        "cohorts",
        Question(
            id="team",
            label="Your team",
            how="line",
            help="Only if you apply together with others: a name that all of you write here.",
        ),
    )
    yield from _skills(program, "skills_offered", "What you can help others with")
    yield from _skills(program, "skills_wanted", "What you want to learn")
    yield (
        "goals",
        Question(
            id="goal",
            label="What you hope for",
            how="text",
            help="One sentence is enough.",
        ),
    )
    yield (
        "about",
        Question(
            id="about",
            label="About you",
            how="text",
            help="What you want others to know about you.",
        ),
    )
    yield line("interests", "Your interests", "Topics that you care about.", "such as open data")
    yield line("languages", "Your languages", "Those in which you can meet.", "such as English")
    zone = program.settings.time_zone
    yield line("time_zone", "Your time zone", "Its name, or a large city in it.", f"such as {zone}")
    yield line("region", "Where you live", "As roughly as you like.")
    yield (
        "availability",
        Question(
            id="availability",
            label="When you are usually free",
            how="text",
            help="A day a line, with hours of a 24-hour clock in your own time zone.",
            example="such as Monday 17:00-19:00",
        ),
    )
    yield "consent", _consent(program)


def _cohorts(program: Program) -> Question:
    newest = sorted(program.cohorts.values(), key=lambda c: (c.starts, c.id), reverse=True)
    return Question(
        id="cohort",
        label="Which cohort",
        how="one of",
        help="The one that you want to take part in.",
        choices={_called(c.name, c.id): c.id for c in newest[:_MOST_COHORTS]},
        is_required=True,
    )


def _called(name: str, id_: str) -> str:
    plain = " ".join(name.replace(",", " ").split())
    return f"{plain} ({id_})"


def _skills(program: Program, key: str, label: str) -> Iterator[tuple[str, Question]]:
    """A menu of the vocabulary, and a line for what is not in it."""
    skills = program.settings.skills
    if 0 < len(skills) <= _MOST_SKILLS:
        # A comma divides the answers of a menu.
        choices = {" ".join(s.name.replace(",", " ").split()): s.id for s in skills}
        yield (
            key,
            Question(id=key, label=label, how="several of", help="", choices=choices),
        )
        label, help_ = f"{label}, in your own words", "What the list above does not have."
    else:
        help_ = "Several with a semicolon between."
    yield key, Question(id=f"{key}_more", label=label, how="line", help=help_)


def _consent(program: Program) -> Question:
    label = "Who may see your page"
    help_ = "You can change this whenever you like, in your own record."
    if is_public(program):
        agreed = {"Everybody may see my page, and this sign-up, which is public.": "public"}
        return Question(
            id="show", label=label, how="agreed", help=help_, choices=agreed, is_required=True
        )
    words = {"Everybody": "public", "The members": "members", "Only coordinators": "coordinators"}
    return Question(
        id="show", label=label, how="one of", help=help_, choices=words, is_required=True
    )
