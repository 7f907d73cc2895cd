"""A program as of a day: every record in the state that it had then, by its dated facts.

`docs/as-of.md` says for users which fact dates what. Code that shows or counts something takes a
program that is already as of its day; commands and the plugin rewind once, where they begin.
"""

from peerloom.as_of.evidence import first_evidence
from peerloom.as_of.missing_days import MissingDay, find_missing_days
from peerloom.as_of.program import program_as_of
from peerloom.as_of.records_day import newest_day_in_records

__all__ = [
    "MissingDay",
    "find_missing_days",
    "first_evidence",
    "newest_day_in_records",
    "program_as_of",
]
