"""How a sheet is read, as text for a coordinator: at most one screen for twenty columns."""

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from peerloom.diagnostic import quoted
from peerloom.intake.grid import column_letters
from peerloom.intake.reading import AnswerReading, ColumnReading, Reading, RowCounts
from peerloom.intake.wordings import UNWANTED
from peerloom.text.escaping.terminal import printable
from peerloom.text.phrases import count_noun, list_words

_HEADER_WIDTH = 42
_LONGEST_HEADER = 90
_FIELD_WIDTH = 16
_SAMPLE_WIDTH = 22
_MOST_COLUMNS = 40
_MOST_ANSWERS = 6
_MOST_LISTED = 3
_MOST_ROWS = 12
_MOST_JOINED = 2


def show_reading(reading: Reading, *, has_details: bool = False, has_samples: bool = True) -> str:
    """Return how a sheet is read: a line for each column, then answers, people and decisions.

    Samples are what people wrote, mail addresses among them: a log that others read has none.
    """
    columns = reading.columns
    if not has_samples:
        columns = tuple(replace(column, samples=()) for column in columns)
    lines = [_headline(reading), *_column_lines(columns, has_details=has_details)]
    lines += _closed_answers(reading.answers, has_details=has_details)
    lines += _people_lines(reading, has_details=has_details)
    return "".join(f"{printable(line)}\n" for line in lines)


def _headline(reading: Reading) -> str:
    parts = [f"{len(reading.columns)} columns"]
    if reading.worksheet:
        parts.append(f"worksheet {quoted(reading.worksheet)}")
    if reading.encoding:
        parts.append(reading.encoding)
    if reading.date_order:
        parts.append(f"dates with the {reading.date_order}")
    if reading.time_zone:
        parts.append(f"times of {reading.time_zone}")
    known = f", as {reading.remembered} says" if reading.remembered else ""
    return f"how the sheet is read ({list_words(parts)}){known}:"


def _column_lines(columns: tuple[ColumnReading, ...], *, has_details: bool) -> Iterator[str]:
    taken = [column for column in columns if column.is_taken]
    left_out = [column for column in columns if not column.is_taken]
    limit = len(columns) if has_details else _MOST_COLUMNS
    longest = max((len(column.label) for column in columns), default=0)
    width = min(longest, _HEADER_WIDTH)
    for column in [*taken, *left_out][:limit]:
        header = column.label if has_details else _shorten(column.label, _LONGEST_HEADER)
        field = str(column.field) if column.is_taken else UNWANTED
        sure = (
            column.certainty
            if column.why in ("", "known header")
            else (f"{column.certainty}: {column.why}")
        )
        kept = None if has_details else _SAMPLE_WIDTH
        samples = " | ".join(quoted(_shorten(s, kept or len(s))) for s in column.samples)
        letters = column_letters(column.place)
        yield f"  {letters:<3}{header:<{width}}  {field:<{_FIELD_WIDTH}} {sure}  {samples}".rstrip()
    if len(columns) > limit:
        yield f"  and {len(columns) - limit} more columns; --details shows all"


def _shorten(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _closed_answers(answers: Iterable[AnswerReading], *, has_details: bool) -> Iterator[str]:
    """Yield a line for each closed question: its answers and what they are taken as."""
    certain = [answer for answer in answers if answer.certainty == "certain"]
    for column, group in groupby(sorted(certain, key=lambda a: a.column), key=lambda a: a.column):
        those = list(group)
        limit = len(those) if has_details else _MOST_ANSWERS
        said = [
            f"{quoted(_shorten(a.answer, 40))} → {_meaning(a.meaning)} ({a.people})"
            for a in those[:limit]
        ]
        more = f", and {len(those) - limit} more" if len(those) > limit else ""
        yield f"  answers to {quoted(_shorten(column, 40))}: {list_words(said)}{more}"


def _meaning(meaning: str) -> str:
    return "left out" if meaning == UNWANTED else meaning


def _people_lines(reading: Reading, *, has_details: bool) -> Iterator[str]:
    if not reading.people:
        return
    limit = len(reading.joined) if has_details else _MOST_JOINED
    yield from (f"  {reason}" for reason in reading.joined[:limit])
    if len(reading.joined) > limit:
        yield f"  and {len(reading.joined) - limit} more people with several rows"
    if reading.without_login:
        verb = "has" if reading.without_login == 1 else "have"
        yield f"  {reading.without_login:,} of {reading.people:,} people {verb} no GitHub account"


def show_questions(reading: Reading, *, has_details: bool = False) -> str:
    """Return what has to be accepted or said before the sheet goes in, numbered."""
    questions = [*_column_questions(reading.guessed_columns, has_details=has_details)]
    questions += _answer_questions(reading.uncertain_answers, has_details=has_details)
    questions += _person_questions(reading, has_details=has_details)
    questions += reading.other_guesses
    if not questions:
        return ""
    lines = ["is this right?"]
    for number, question in enumerate(questions, start=1):
        first, *rest = question.split("\n")
        lines += [f"  {number}. {first}", *(f"     {line}" for line in rest)]
    return "".join(f"{printable(line)}\n" for line in lines)


def _column_questions(columns: tuple[ColumnReading, ...], *, has_details: bool) -> Iterator[str]:
    """Yield a question for each field that columns are guessed to hold."""
    in_order = sorted(columns, key=lambda column: str(column.field))
    for field, group in groupby(in_order, key=lambda column: str(column.field)):
        labels = [quoted(column.label) for column in group]
        limit = len(labels) if has_details else _MOST_LISTED
        more = f" and {len(labels) - limit} more" if len(labels) > limit else ""
        yield f"{list_words(labels[:limit])}{more} as {_describe_field(field)}"


_FIELDS_IN_WORDS = {
    "skill": "topics: what a mentor offers, and a mentee wants (skill)",
    "github": "the GitHub login (github)",
    "mail": "the mail address (mail)",
    "answered": "when somebody answered (answered)",
    "show": "who may see somebody (show)",
    "quote": "whether somebody may be quoted (quote)",
    "pictured": "whether pictures of somebody may be shown (pictured)",
    "counted": "whether figures may count somebody (counted)",
    "about": "what people say about themselves (about)",
    "preferred": "whom somebody would like to be matched with (preferred)",
    "excluded": "whom somebody must not be matched with (excluded)",
    "capacity": "how many mentees a mentor takes (capacity)",
    "availability": "when somebody is free (availability)",
}


def _describe_field(field: str) -> str:
    plain = f"the {field.replace('_', ' ')} ({field})" if "_" in field else f"the {field}"
    return _FIELDS_IN_WORDS.get(field, plain)


def _answer_questions(answers: tuple[AnswerReading, ...], *, has_details: bool) -> Iterator[str]:
    """Yield a question for each column with answers that need a decision."""
    key = lambda answer: (answer.column, answer.certainty)  # noqa: E731 - used twice, here only
    for (column, certainty), group in groupby(sorted(answers, key=key), key=key):
        those = list(group)
        limit = len(those) if has_details else _MOST_LISTED
        shown = [_describe_answer(answer) for answer in those[:limit]]
        more = f", and {len(those) - limit} more (--details)" if len(those) > limit else ""
        question = quoted(_shorten(column, 50))
        if certainty == "guessed":
            yield f"answers to {question} taken as: {'; '.join(shown)}{more}"
            continue
        first = those[0]
        meaning = next((c for c in first.choices if c != UNWANTED), "MEANING")
        example = shlex.quote(f"{column}: {first.answer} = {meaning}")
        yield (
            f"answers to {question} left out, as it is not clear what they mean: "
            f"{'; '.join(shown)}{more}\nto say it: --answer {example}"
        )


def _describe_answer(answer: AnswerReading) -> str:
    said = quoted(_shorten(answer.answer, 40))
    if answer.certainty == "guessed":
        return f"{said} → {_shorten(answer.meaning, 60)}"
    choices = [_meaning(choice) for choice in answer.choices[:3]]
    return f"{said} ({' or '.join(choices)}?)" if choices else said


def _person_questions(reading: Reading, *, has_details: bool) -> Iterator[str]:
    """Yield a question for rows that may be one person's, and one for those that likely are not."""
    for are_same in (True, False):
        those = [q for q in reading.questions if q.are_likely_same == are_same]
        if not those:
            continue
        limit = len(those) if has_details else _MOST_LISTED
        shown = [question.message for question in those[:limit]]
        more = [f"and {len(those) - limit} more (--details)"] if len(those) > limit else []
        title = "one person each time" if are_same else "different people each time"
        if len(those) == 1:
            title = "one person" if are_same else "different people"
        option = "--different-people" if are_same else "--same-person"
        rows = [question.rows for question in those if len(question.rows) > 1]
        hints = (
            [f"to say otherwise: {option} {','.join(map(str, rows[0][:_MOST_ROWS]))}"]
            if rows
            else []
        )
        yield "\n".join([f"{title}, though", *shown, *more, *hints])


def show_row_counts(rows: RowCounts) -> str:
    """Return what became of the rows: `64 rows: 62 taken, 1 joined, 1 not imported`."""
    counts = (
        (rows.taken, "taken"),
        (rows.joined, "joined to another of the same person"),
        (rows.refused, "not imported"),
        (rows.left_out, "left out, as you said"),
        (rows.hidden, "hidden and left out"),
        (rows.headers_again, "the headers again"),
        (rows.totals, "totals"),
        (rows.empty, "empty"),
    )
    parts = list_words(f"{count:,} {what}" for count, what in counts if count)
    total = count_noun(rows.total, "row")
    return f"{total} below the headers: {parts}\n" if rows.total else ""
