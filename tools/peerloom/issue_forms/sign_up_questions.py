"""The questions of the sign-up form."""

from collections.abc import Iterator

from peerloom.issue_forms.question import (
    FormQuestion,
    allowed_words,
    issues_are_public,
)
from peerloom.records import Program
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

# A longer menu is no help on a phone.
_MAX_SKILLS_IN_MENU = 100
# Older cohorts no longer accept sign-ups.
_MAX_COHORTS_IN_MENU = 6
_ROLE_CHOICES = {"mentor": mark("Mentor"), "mentee": mark("Mentee"), "either": mark("Either")}


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
            label=_("Your name"),
            format="line",
            help=_("As you want it shown."),
            is_required=True,
        ),
    )
    yield line_question(
        "pronouns", _("Your pronouns"), _("How to speak of you."), _("such as she/her")
    )
    yield "cohorts", _cohort_question(program)
    yield (
        "cohorts",
        FormQuestion(
            id="role",
            label=_("You would like to be"),
            format="one choice",
            help=_("Choose either if you can help with one thing and want to learn another."),
            choices={
                _(_ROLE_CHOICES[w]): w for w in allowed_words("participant", "cohorts", "role")
            },
            is_required=True,
        ),
    )
    yield (
        "cohorts",
        FormQuestion(
            id="capacity",
            label=_("How many mentees you can take"),
            format="line",
            help=_("Only if you would like to be a mentor. It may change later."),
            example=_("such as 2"),
        ),
    )
    yield (
        "cohorts",
        FormQuestion(
            id="team",
            label=_("Your team"),
            format="line",
            help=_("Only if you apply together with others: a name that all of you write here."),
        ),
    )
    yield from _skill_questions(program, "skills_offered", _("What you can help others with"))
    yield from _skill_questions(program, "skills_wanted", _("What you want to learn"))
    yield (
        "goals",
        FormQuestion(
            id="goal",
            label=_("What you hope for"),
            format="text",
            help=_("One sentence is enough."),
        ),
    )
    yield (
        "about",
        FormQuestion(
            id="about",
            label=_("About you"),
            format="text",
            help=_("What you want others to know about you."),
        ),
    )
    yield line_question(
        "interests",
        _("Your interests"),
        _("Topics that you care about."),
        _("such as open data"),
    )
    yield line_question(
        "languages",
        _("Your languages"),
        _("The ones that you could meet in."),
        _("such as English"),
    )
    zone = program.settings.time_zone
    yield line_question(
        "time_zone",
        _("Your time zone"),
        _("Its name, or a large city in it."),
        _("such as {zone}").format(zone=zone),
    )
    yield line_question("region", _("Where you live"), _("As roughly as you like."))
    yield (
        "availability",
        FormQuestion(
            id="availability",
            label=_("When you are usually free"),
            format="text",
            help=_("One day per line, with hours of a 24-hour clock in your own time zone."),
            example=_("such as Monday 17:00-19:00"),
        ),
    )
    yield line_question(
        "booking_url",
        _("Your booking link"),
        _("Only if you have a page on which the other of your pair can book a meeting with you."),
        _("such as {address}").format(address="https://meet.example.org/ada"),
    )
    yield "consent", _agreements_question()
    yield "consent", _consent_question(program)


def _cohort_question(program: Program) -> FormQuestion:
    newest = sorted(program.cohorts.values(), key=lambda c: (c.starts, c.id), reverse=True)
    return FormQuestion(
        id="cohort",
        label=_("Which cohort"),
        format="one choice",
        help=_("The one that you want to take part in."),
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
        label = _("{question}, in your own words").format(question=label)
        help_ = _("Anything that is not in the list above.")
    else:
        help_ = _("Separate several with semicolons.")
    yield key, FormQuestion(id=f"{key}_more", label=label, format="line", help=help_)


def _agreements_question() -> FormQuestion:
    words = {
        _("What I say about the program may be quoted with my name."): "quote",
        _("Pictures of me may be shown."): "pictured",
        _("Figures that others than coordinators read leave me out."): "uncounted",
    }
    return FormQuestion(
        id="agreed",
        label=_("What else you agree to"),
        format="checkboxes",
        help=_("Tick what you like, or nothing. You can withdraw it in your own record."),
        choices=words,
    )


def _consent_question(program: Program) -> FormQuestion:
    label = _("Who may see your page")
    help_ = _("You can change this whenever you like, in your own record.")
    if issues_are_public(program):
        agreed = {_("Everybody may see my page, and this sign-up, which is public."): "public"}
        return FormQuestion(
            id="show",
            label=label,
            format="checkboxes",
            help=help_,
            choices=agreed,
            is_required=True,
        )
    words = {
        _("Everybody"): "public",
        _("The members"): "members",
        _("Only coordinators"): "coordinators",
    }
    return FormQuestion(
        id="show", label=label, format="one choice", help=help_, choices=words, is_required=True
    )
