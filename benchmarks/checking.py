"""`peerloom check` against `check-jsonschema` on the same schemas and files, and its growth."""

import sys
import tempfile
from collections.abc import Iterable, Iterator
from math import log
from pathlib import Path
from statistics import linear_regression, median

from benchmarks import synthetic
from benchmarks.timing import seconds
from peerloom import schema
from peerloom.kinds import kind_of_path

SIZES = (1_300, 13_000, 130_000)
# check-jsonschema takes minutes for more, and nothing is claimed of more.
COMPARED = 13_000
COLD, WARM, EXPONENT = 10, 50, 1.1
# An argument list has a limit, and check-jsonschema takes its files as arguments.
_FILES_OF_A_CALL = 10_000


def report(sizes: Iterable[int] = SIZES, runs: int = 3) -> Iterator[str]:
    """A line for each thing measured."""
    cold: dict[int, float] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="peerloom bench ") as folder:
            root = Path(folder) / "program"
            files = synthetic.write(root, size)
            ours = [(_cold(root, folder), _warm(root, folder)) for _ in range(runs)]
            cold[files], warm = (median(times) for times in zip(*ours, strict=True))
            line = f"check, {files:,} files: cold {cold[files]:.2f} s, again {warm:.3f} s"
            if size > COMPARED:
                yield f"{line}; check-jsonschema is not run at this size"
                continue
            theirs = median(_check_jsonschema(root) for _ in range(1 if size >= COMPARED else runs))
            yield (
                f"{line}, check-jsonschema {theirs:.1f} s: cold {theirs / cold[files]:.1f} times "
                f"as fast (at least {COLD} at {COMPARED:,}), again {theirs / warm:.0f} times "
                f"(at least {WARM} at {COMPARED:,})"
            )
    if len(cold) > 1:
        logs = [(log(files), log(took)) for files, took in cold.items()]
        slope = linear_regression(*zip(*logs, strict=True)).slope
        yield f"check from cold grows with the exponent {slope:.2f} (at most {EXPONENT})"


def _ours(root: Path, cache: Path) -> float:
    command = [sys.executable, "-m", "peerloom", "-C", str(root), "check"]
    command += ["--today", synthetic.TODAY.isoformat()]
    return seconds(command, root, XDG_CACHE_HOME=str(cache))


def _cold(root: Path, folder: str) -> float:
    with tempfile.TemporaryDirectory(dir=folder) as cache:
        return _ours(root, Path(cache))


def _warm(root: Path, folder: str) -> float:
    cache = Path(folder) / "cache"
    if not cache.exists():
        _ours(root, cache)
    return _ours(root, cache)


def _check_jsonschema(root: Path) -> float:
    by_kind: dict[str, list[str]] = {}
    for path in sorted((root / "content").rglob("*.yml")):
        kind = kind_of_path(path.relative_to(root).as_posix())
        assert kind is not None
        by_kind.setdefault(kind, []).append(str(path))
    return sum(
        seconds(
            [
                *(sys.executable, "-m", "check_jsonschema", "--schemafile"),
                *(str(schema.schema_folder() / f"{kind}.json"), *files[at : at + _FILES_OF_A_CALL]),
            ],
            root,
        )
        for kind, files in by_kind.items()
        for at in range(0, len(files), _FILES_OF_A_CALL)
    )
