"""Import of sign-up sheets, and of lists of matches made elsewhere, into a program's files.

A sheet of sign-ups goes through four stages, a module each:

1. `read_columns`: which column holds which field, and each row's answers by field.
2. `read_answers`: what those answers mean, by the keys of a record.
3. `identify_people`: which rows are one person, and whether the program knows them.
4. `merge_sign_up`: what that changes in the person's record; issue forms use it, too.

A list of matches has its own second stage, `read_matches`. `import_people` and `import_pairs` run
the stages, and `import_sheet` checks what comes out of them.
"""

from peerloom.intake.file_type import too_large_message
from peerloom.intake.grid import MAX_SHEET_BYTES, SPLIT_HELP
from peerloom.intake.import_sheet import import_pairs, import_people
from peerloom.intake.output import format_notes, summarize_import
from peerloom.intake.result import ImportOptions, ImportResult

__all__ = [
    "MAX_SHEET_BYTES",
    "SPLIT_HELP",
    "ImportOptions",
    "ImportResult",
    "format_notes",
    "import_pairs",
    "import_people",
    "summarize_import",
    "too_large_message",
]
