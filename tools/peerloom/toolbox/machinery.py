"""All that a program gets from Peerloom, and that no person writes."""

from peerloom.toolbox.toolbox_files import toolbox_files
from peerloom.toolbox.workflows import workflow_files

_IGNORED = ".gitignore"


def machinery_files(*, from_index: bool = False) -> dict[str, str | bytes]:
    """Return the content of each file that is the same in every program, by its path there.

    `peerloom init` writes them, and `peerloom upgrade` renews them. The issue forms are not among
    them, because they are made from the program's settings. Raises `CannotMakeWheel`.
    """
    return {
        _IGNORED: "site/\n.*-building/\n.peerloom-journal/\n",
        **toolbox_files(from_index=from_index),
        **workflow_files(),
    }
