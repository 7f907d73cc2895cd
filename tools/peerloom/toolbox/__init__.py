"""What Peerloom, and no person, writes into a program: toolbox, workflows and Codespace.

The toolbox is the folder `.peerloom/`: the version, a lock for each set of workflows, and the wheel
of Peerloom itself. Whoever has a clone of the program can install from it what the program runs
with, on any platform, and gets the same bytes each time.
"""

from peerloom.toolbox.devcontainer import devcontainer_files
from peerloom.toolbox.errors import CannotMakeWheel
from peerloom.toolbox.locks import LOCK_NAMES
from peerloom.toolbox.machinery import machinery_files
from peerloom.toolbox.toolbox_files import FOLDER, is_release, toolbox_files
from peerloom.toolbox.workflows import workflow_files
from peerloom.toolbox.written_files import WRITTEN_FILE, encode_files, pack_written_files

__all__ = [
    "FOLDER",
    "LOCK_NAMES",
    "WRITTEN_FILE",
    "CannotMakeWheel",
    "devcontainer_files",
    "encode_files",
    "is_release",
    "machinery_files",
    "pack_written_files",
    "toolbox_files",
    "workflow_files",
]
