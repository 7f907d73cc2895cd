"""Sign-up sheets and lists of matches to changes of a program's files."""

from peerloom.intake.forms import too_many
from peerloom.intake.notes import Intake, Options, as_text, summary
from peerloom.intake.sheets import MOST_BYTES, SPLIT
from peerloom.intake.taking import pairs, people

__all__ = [
    "MOST_BYTES",
    "SPLIT",
    "Intake",
    "Options",
    "as_text",
    "pairs",
    "people",
    "summary",
    "too_many",
]
