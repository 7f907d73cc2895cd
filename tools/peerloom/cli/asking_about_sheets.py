"""The questions of `peerloom import` in a terminal, about what a sheet does not say surely."""

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from peerloom.cli.printing import ask, say, says_yes
from peerloom.diagnostic import quoted

if TYPE_CHECKING:
    from peerloom.intake import AnswerOption, ImportOptions, ImportResult
    from peerloom.intake.reading import AnswerReading, PersonQuestion


# Of more answers without a likely meaning nobody is asked: they are no choice, but free text.
_MOST_ASKED = 10


def ask_how_to_read_file(
    result: "ImportResult", options: "ImportOptions"
) -> "ImportOptions | None":
    """The options with the worksheet or encoding that was missing, or None if none was."""
    note = next((note for note in result.notes if note.asks_for), None)
    if note is None:
        return None
    say(f"{note.message}; {note.help}")
    for number, choice in enumerate(note.choices, start=1):
        say(f"  {number}. {choice}")
    chosen = note.choices[int(ask("  number", kind=click.IntRange(1, len(note.choices)))) - 1]
    if note.asks_for == "worksheet":
        return replace(options, worksheet=chosen)
    return replace(options, encoding=chosen)


def ask_about_sheet(result: "ImportResult", options: "ImportOptions") -> "ImportOptions | None":
    """The options with what somebody answered and accepted, or None if the reading is wrong.

    Asked for first is what has no likely meaning, then who is who, then whether all else is right.
    """
    reading = result.reading
    assert reading is not None
    still_open = [answer for answer in reading.answers if answer.certainty == "open"]
    answers = [_ask_for_meaning(answer) for answer in still_open[:_MOST_ASKED]]
    if len(still_open) > _MOST_ASKED:
        say(f"{len(still_open) - _MOST_ASKED} more such answers are left out; --details shows them")
    decided = [(_ask_whether_same(question), question.rows) for question in reading.questions]
    same = tuple(frozenset(rows) for are_same, rows in decided if are_same)
    different = tuple(frozenset(rows) for are_same, rows in decided if not are_same)
    if not says_yes("is the rest right? (y, or n to write nothing)"):
        return None
    return replace(
        options,
        answers=(*options.answers, *(answer for answer in answers if answer)),
        same_person=(*options.same_person, *same),
        different_people=(*options.different_people, *different),
        accepts_guesses=True,
    )


def _ask_for_meaning(answer: "AnswerReading") -> "AnswerOption | None":
    from peerloom.intake import AnswerOption

    choices = ", ".join("- (left out)" if c == "-" else c for c in answer.choices)
    one_of = f" [{choices}]" if choices else ""
    say(f"{quoted(answer.column)}: what does {quoted(answer.answer)} mean? (Enter to leave it out)")
    meaning = str(ask(f"  meaning{one_of}", default="")).strip()
    return AnswerOption(answer.column, answer.answer, meaning) if meaning else None


def _ask_whether_same(question: "PersonQuestion") -> bool:
    say(question.message)
    return says_yes("  are they one person? (y or n)")
