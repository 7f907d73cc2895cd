"""What the answers of closed questions are taken as, and which answers need a decision."""

from collections import Counter
from collections.abc import Iterable, Sequence

from peerloom.intake.cleaning import fold_text, single_line
from peerloom.intake.read_answers import RowAnswers
from peerloom.intake.reading import AnswerReading
from peerloom.intake.result import ImportNote
from peerloom.intake.wordings import UNWANTED


def list_answers(answered_rows: Sequence[RowAnswers]) -> tuple[AnswerReading, ...]:
    """Return the different answers of closed questions, and all that need a decision."""
    notes = [note for answers in answered_rows for note in answers.notes]
    uncertain = list_uncertain_answers(notes)
    named = {(answer.column, fold_text(answer.answer)) for answer in uncertain}
    certain = [
        answer
        for answer in _list_closed_answers(answered_rows)
        if (answer.column, fold_text(answer.answer)) not in named
    ]
    return (*certain, *uncertain)


def list_uncertain_answers(notes: Iterable[ImportNote]) -> tuple[AnswerReading, ...]:
    """Return the answers that were guessed or are asked for, each once, by column."""
    counts: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], ImportNote] = {}
    for note in notes:
        if note.kind in ("guessed", "asked") and note.answer:
            key = (note.column or "", fold_text(note.answer))
            counts[key] += 1
            first.setdefault(key, note)
    return tuple(
        AnswerReading(
            column=key[0],
            answer=single_line(note.answer),
            meaning=note.meaning if note.kind == "guessed" else UNWANTED,
            certainty="guessed" if note.kind == "guessed" else "open",
            people=counts[key],
            message=note.message,
            choices=note.choices,
        )
        for key, note in first.items()
    )


def _list_closed_answers(answered_rows: Sequence[RowAnswers]) -> list[AnswerReading]:
    counts: Counter[tuple[str, str, str]] = Counter()
    for answers in answered_rows:
        row = answers.row
        role = answers.role.role if answers.role else ""
        confirmed = row.parts.get("role", ())
        said = row["role"] or (confirmed[0][1] if len(confirmed) == 1 else "")
        if said and role:
            counts[row.headers["role"], single_line(said), role] += 1
        elif said and answers.is_left_out:
            counts[row.headers["role"], single_line(said), UNWANTED] += 1
        consent = answers.values.get("consent")
        if row["show"] and consent:
            counts[row.headers["show"], single_line(row["show"]), consent["show"]] += 1
    return [
        AnswerReading(
            column=column, answer=answer, meaning=meaning, certainty="certain", people=people
        )
        for (column, answer, meaning), people in counts.most_common()
    ]
