"""Writes the frozen program of the installed version."""

import sys
import tempfile
from pathlib import Path

from releases.freezing import freeze_program, pack


def main() -> None:
    """Write `tests/releases/NAME.zip`, NAME being the version's."""
    target = Path(__file__).with_name(f"{sys.argv[1]}.zip")
    if target.exists():
        sys.exit(f"{target.name} is frozen: no later version changes it")
    with tempfile.TemporaryDirectory() as place:
        target.write_bytes(pack(freeze_program(Path(place))))
    print(f"{target.name}: {target.stat().st_size:,} bytes")


main()
