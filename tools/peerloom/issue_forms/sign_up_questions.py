"""The questions of the sign-up form."""

from collections.abc import Iterator

from peerloom.issue_forms.question import (
    FormQuestion,
    allowed_words,
    issues_are_public,
    spaced_word,
)
from peerloom.records import Program

# A longer menu is no help on a phone.
_MAX_SKILLS_IN_MENU = 100
# Older cohorts no longer accept sign-ups.
_MAX_COHORTS_IN_MENU = 6


def sign_up_candidates(program: Program) -> Iterator[tuple[str, FormQuestion]]:
    """Yield each question of the sign-up form with the key of the record that it fills."""

    def line_question(
        key: str, label: str, help_: str = "", example: str = ""
    ) -> tuple[str, FormQuestion]:
        return key, FormQuestion(id=key, label=label, format="line", help=help_, example=example)

    yield (
        "name",
        FormQuestion(
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
        FormQuestion(
            id="role",
            label="You would like to be",
            format="one choice",
            help="Choose either if you can help with one thing and want to learn another.",
            choices={
                spaced_word(w).capitalize(): w
                for w in allowed_words("participant", "cohorts", "role")
            },
            is_required=True,
        ),
    )
    yield (
        "cohorts",
        FormQuestion(
            id="capacity",
            label="How many mentees you can take",
            format="line",
            help="Only if you would like to be a mentor. It may change later.",
            example="such as 2",
        ),
    )
    yield (
        "cohorts",
        FormQuestion(
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
        FormQuestion(
            id="goal",
            label="What you hope for",
            format="text",
            help="One sentence is enough.",
        ),
    )
    yield (
        "about",
        FormQuestion(
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
        "languages", "Your languages", "The ones that you could meet in.", "such as English"
    )
    zone = program.settings.time_zone
    yield line_question(
        "time_zone", "Your time zone", "Its name, or a large city in it.", f"such as {zone}"
    )
    yield line_question("region", "Where you live", "As roughly as you like.")
    yield (
        "availability",
        FormQuestion(
            id="availability",
            label="When you are usually free",
            format="text",
            help="One day per line, with hours of a 24-hour clock in your own time zone.",
            example="such as Monday 17:00-19:00",
        ),
    )
    yield "consent", _consent_question(program)


def _cohort_question(program: Program) -> FormQuestion:
    newest = sorted(program.cohorts.values(), key=lambda c: (c.starts, c.id), reverse=True)
    return FormQuestion(
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


def _skill_questions(program: Program, key: str, label: str) -> Iterator[tuple[str, FormQuestion]]:
    """Yield a menu of the vocabulary, unless it is too long, and a line for other skills."""
    skills = program.settings.skills
    if 0 < len(skills) <= _MAX_SKILLS_IN_MENU:
        choices = {_without_commas(skill.name): skill.id for skill in skills}
        yield (
            key,
            FormQuestion(id=key, label=label, format="several choices", help="", choices=choices),
        )
        label, help_ = f"{label}, in your own words", "Anything that is not in the list above."
    else:
        help_ = "Separate several with semicolons."
    yield key, FormQuestion(id=f"{key}_more", label=label, format="line", help=help_)


def _consent_question(program: Program) -> FormQuestion:
    label = "Who may see your page"
    help_ = "You can change this whenever you like, in your own record."
    if issues_are_public(program):
        agreed = {"Everybody may see my page, and this sign-up, which is public.": "public"}
        return FormQuestion(
            id="show",
            label=label,
            format="checkboxes",
            help=help_,
            choices=agreed,
            is_required=True,
        )
    words = {"Everybody": "public", "The members": "members", "Only coordinators": "coordinators"}
    return FormQuestion(
        id="show", label=label, format="one choice", help=help_, choices=words, is_required=True
    )
