"""The questions of the check-in form."""

from collections.abc import Iterator

from peerloom.issue_forms.question import FormQuestion, allowed_words, may_ask
from peerloom.records import Program
from peerloom.text.phrases import list_words
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

_SETTINGS = {"remote": mark("remote"), "in_person": mark("in person"), "hybrid": mark("hybrid")}


def name_settings() -> dict[str, str]:
    """Return the ways to meet as people write them, each with its word in the schema."""
    return {_(_SETTINGS[word]): word for word in allowed_words("check-in", "meetings", "setting")}


def check_in_candidates(program: Program) -> Iterator[tuple[str, FormQuestion]]:
    """Yield each question of the check-in form with the key of the record that it fills."""
    yield (
        "due",
        FormQuestion(
            id="which",
            label=_("Which check-in"),
            format="line",
            help=_("The link in your reminder fills this in. Leave it empty if only one is due."),
            example="2026-spring/ada-grace/2026-02-09",
        ),
    )
    yield (
        "met",
        FormQuestion(
            id="met",
            label=_("Did you meet?"),
            format="one choice",
            help=_("Since the last check-in."),
            choices={_("We met"): "true", _("We did not meet"): "false"},
        ),
    )
    yield "meetings", _meetings_question(program)
    yield (
        "goals",
        FormQuestion(
            id="goals",
            label=_("Where your goals stand"),
            format="text",
            help=_(
                "One goal per line: its id, a colon, and a step from -2 (much less than hoped) to "
                "+2 (much more), 0 is as hoped. You may add a few words. Leave out what has not "
                "moved."
            ),
            example=_("such as write-tests: +1 the first ten are written"),
        ),
    )
    yield (
        "next_steps",
        FormQuestion(
            id="next_steps",
            label=_("Next steps"),
            format="text",
            help=_("What each of you will do before next time."),
        ),
    )
    yield (
        "next_meeting",
        FormQuestion(
            id="next_meeting",
            label=_("Next meeting"),
            format="line",
            help=_("The day, as year-month-day."),
            example=_("such as 2026-02-23"),
        ),
    )


def _meetings_question(program: Program) -> FormQuestion:
    if not may_ask(program, "check-in", "meetings", "minutes"):
        return FormQuestion(
            id="meetings",
            label=_("On which days you met"),
            format="text",
            help=_("One day per line, as year-month-day."),
            example=_("such as 2026-02-05"),
        )
    ways = list_words(name_settings())
    return FormQuestion(
        id="meetings",
        label=_("When you met"),
        format="text",
        help=_(
            "One meeting per line: the day and, if you like, the minutes, and one of {ways}."
        ).format(ways=ways),
        example=_("such as 2026-02-05, 45, remote"),
    )
