"""Sign-up sheets and lists of matches to changes of a program's files."""

from peerloom.intake.notes import Intake, Options, as_text, summary
from peerloom.intake.taking import pairs, people

__all__ = ["Intake", "Options", "as_text", "pairs", "people", "summary"]
