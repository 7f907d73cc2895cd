"""`python -m benchmarks [NAME …]`: measures, and prints each ratio beside what it may be."""

import os
import platform
import sys
from collections.abc import Callable, Iterator

from benchmarks import (
    asking,
    building,
    checking,
    following,
    installing,
    matching,
    minutes,
    reading_sheets,
    rendering,
    serving,
    trouble,
)

PARTS: dict[str, Callable[[], Iterator[str]]] = {
    "check": checking.report,
    "follow": following.report,
    "build": building.report,
    "render": rendering.report,
    "serve": serving.report,
    "ask": asking.report,
    "match": matching.report,
    "sheet": reading_sheets.report,
    "install": installing.report,
    "minutes": minutes.report,
    "trouble": trouble.report,
}


def main() -> None:
    """Runs the parts named, or all."""
    names = sys.argv[1:] or list(PARTS)
    wrong = [name for name in names if name not in PARTS]
    if wrong:
        sys.exit(f"there is no benchmark '{wrong[0]}'; they are: {', '.join(PARTS)}")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"{cores} cores, Python {platform.python_version()}, {platform.system()}")
    for name in names:
        for line in PARTS[name]():
            print(line, flush=True)


if __name__ == "__main__":
    main()
