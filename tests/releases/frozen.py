"""The frozen programs, unpacked for a test."""

import io
import zipfile
from pathlib import Path

FOLDER = Path(__file__).parent


def list_frozen() -> list[str]:
    """The names of all frozen programs: a version each, and more where it wrote several forms."""
    return sorted(file.stem for file in FOLDER.glob("*.zip"))


def read_frozen(name: str) -> dict[str, bytes]:
    """The files of a frozen program by path."""
    with zipfile.ZipFile(io.BytesIO((FOLDER / f"{name}.zip").read_bytes())) as archive:
        return {path: archive.read(path) for path in archive.namelist()}


def unpack_frozen(name: str, root: Path) -> Path:
    """Write a frozen program into a folder, which is returned."""
    for path, data in read_frozen(name).items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return root
