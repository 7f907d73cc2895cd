"""What a report says about what it was made from, so that it can be made again and checked."""

from datetime import date
from typing import Any

from peerloom import __version__
from peerloom.project_urls import find_project_url
from peerloom.provenance import Provenance


def show_provenance(provenance: Provenance, today: date) -> dict[str, Any]:
    """The keys under `provenance`, which name no time and no folder.

    A report with the same ones, of the same cohort, days and audience, has the same bytes.
    `today` is the day up to which things are known.
    """
    has_changes = provenance.has_uncommitted_changes
    return {
        "commit": provenance.commit,
        "uncommitted_changes": None if provenance.commit is None else has_changes,
        "history_missing": None if provenance.commit is None else provenance.lacks_history,
        "today": today.isoformat(),
        "version": __version__,
        "settings": provenance.settings,
        "definitions": find_definitions(),
    }


def find_definitions() -> str:
    """The address of the page that defines each figure of a report."""
    return f"{find_project_url('Documentation') or 'docs'}/figures.md"
