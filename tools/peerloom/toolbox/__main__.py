"""`python -m peerloom.toolbox DIR` writes the wheel of the Peerloom that runs into a folder.

The release of Peerloom is this wheel, so that programs know its hash without asking an index.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from peerloom.toolbox.errors import CannotMakeWheel
from peerloom.toolbox.installed_files import read_installed_files
from peerloom.toolbox.wheel import make_wheel


def main(arguments: Sequence[str]) -> None:
    """Write the wheel into the folder that the arguments name."""
    (folder,) = map(Path, arguments)
    try:
        wheel = make_wheel(read_installed_files())
    except CannotMakeWheel as error:
        sys.exit(f"peerloom: {error}")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / wheel.name).write_bytes(wheel.data)


if __name__ == "__main__":
    main(sys.argv[1:])
