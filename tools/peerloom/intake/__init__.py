"""Import of sign-up sheets, and of lists of matches made elsewhere, into a program's files.

A sheet is read before it is believed. Its reading says what each column and answer is taken as,
how sure that is, and which rows are one person; it is shown, accepted and kept. The stages, most
of them a module each:

1. `table`: where the headers are, and which rows hold answers.
2. `read_columns`: which column holds which field; `read_form` adds what the program remembers.
3. `read_answers`: what the answers of a row mean, by the keys of a record; see `values`.
4. `identify_people`: which rows are one person, and whether the program knows them.
5. `merge_sign_up`: what that changes in the person's record; issue forms use it, too.

A list of matches has its own third stage, `read_matches`. `import_people` and `import_pairs` run
the stages, and `import_sheet` checks what comes out of them.
"""

from peerloom.intake.encodings import is_known_encoding
from peerloom.intake.file_type import too_large_message
from peerloom.intake.grid import MAX_SHEET_BYTES, SPLIT_HELP
from peerloom.intake.import_sheet import import_pairs, import_people
from peerloom.intake.output import format_notes, summarize_import
from peerloom.intake.result import AnswerOption, ImportOptions, ImportResult
from peerloom.intake.show_reading import show_questions, show_reading, show_row_counts

__all__ = [
    "MAX_SHEET_BYTES",
    "SPLIT_HELP",
    "AnswerOption",
    "ImportOptions",
    "ImportResult",
    "format_notes",
    "import_pairs",
    "import_people",
    "is_known_encoding",
    "show_questions",
    "show_reading",
    "show_row_counts",
    "summarize_import",
    "too_large_message",
]
