"""The questions of the check-in form."""

from collections.abc import Iterator

from peerloom.issue_forms.question import FormQuestion, allowed_words, may_ask, spaced_word
from peerloom.records import Program
from peerloom.text.phrases import list_words


def check_in_candidates(program: Program) -> Iterator[tuple[str, FormQuestion]]:
    """Yield each question of the check-in form with the key of the record that it fills."""
    yield (
        "due",
        FormQuestion(
            id="which",
            label="Which check-in",
            format="line",
            help="The link in your reminder fills this in. Leave it empty if only one is due.",
            example="2026-spring/ada-grace/2026-02-09",
        ),
    )
    yield (
        "met",
        FormQuestion(
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
        FormQuestion(
            id="goals",
            label="Where your goals stand",
            format="text",
            help="One goal per line: its id, a colon, and a step from -2 (much less than hoped) to "
            "+2 (much more), 0 is as hoped. You may add a few words. Leave out what has not moved.",
            example="such as write-tests: +1 the first ten are written",
        ),
    )
    yield (
        "next_steps",
        FormQuestion(
            id="next_steps",
            label="Next steps",
            format="text",
            help="What each of you will do before next time.",
        ),
    )
    yield (
        "next_meeting",
        FormQuestion(
            id="next_meeting",
            label="Next meeting",
            format="line",
            help="The day, as year-month-day.",
            example="such as 2026-02-23",
        ),
    )


def _meetings_question(program: Program) -> FormQuestion:
    if not may_ask(program, "check-in", "meetings", "minutes"):
        return FormQuestion(
            id="meetings",
            label="On which days you met",
            format="text",
            help="One day per line, as year-month-day.",
            example="such as 2026-02-05",
        )
    ways = list_words(
        spaced_word(word) for word in allowed_words("check-in", "meetings", "setting")
    )
    return FormQuestion(
        id="meetings",
        label="When you met",
        format="text",
        help=f"One meeting per line: the day and, if you like, the minutes, and one of {ways}.",
        example="such as 2026-02-05, 45, remote",
    )
