"""All that a program gets from Peerloom, and that no person writes."""

from peerloom.toolbox.devcontainer import devcontainer_files
from peerloom.toolbox.ignored_files import ignored_files_text
from peerloom.toolbox.toolbox_files import toolbox_files
from peerloom.toolbox.workflows import workflow_files


def machinery_files(cohort: str, *, from_index: bool = False) -> dict[str, str | bytes]:
    """Return the content of each file that makes a program run, by its path there.

    `peerloom init` writes them, and `peerloom upgrade` renews them. `cohort` is the one that tasks
    suggest. The issue forms are not among them, because they are made from the program's settings.
    Raises `CannotMakeWheel`.
    """
    return {
        ".gitignore": ignored_files_text(),
        **toolbox_files(from_index=from_index),
        **workflow_files(),
        **devcontainer_files(cohort),
    }
