"""The content folder to records and diagnostics; the only reader of the tree."""

from peerloom.program.checking import Checked, check, check_changes
from peerloom.program.loading import Loaded, load

__all__ = ["Checked", "Loaded", "check", "check_changes", "load"]
