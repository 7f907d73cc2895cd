"""A wheel of Peerloom: the same bytes from the same files, wherever and whenever it is made.

The format is that of the specification "Binary distribution format" of the Python Packaging
Authority: a ZIP archive with a RECORD that names every file with its digest and size.
"""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from peerloom.toolbox.installed_files import digest, distribution_folder

# The earliest time that a ZIP archive can hold.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
# A plain file that its owner may change and everybody may read.
_MODE = 0o100644 << 16
_UNIX = 3
_WHEEL = "Wheel-Version: 1.0\nGenerator: peerloom\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wheel:
    """A wheel: its file's name and its bytes."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal, as locks have it."""
        return hashlib.sha256(self.data).hexdigest()


def make_wheel(files: Mapping[str, bytes]) -> Wheel:
    """Return the wheel of these files, each by its path in it.

    Nothing is compressed, as other versions of zlib would compress to other bytes; Git compresses
    what it stores. Order, times, permissions and the system are fixed.
    """
    about = distribution_folder(files)
    contents = dict(sorted(files.items())) | {f"{about}/WHEEL": _WHEEL.encode()}
    contents[f"{about}/RECORD"] = _render_record(contents, f"{about}/RECORD").encode()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as wheel:
        for path, data in contents.items():
            wheel.writestr(describe_entry(path), data)
    return Wheel(
        name=f"{about.removesuffix('.dist-info')}-py3-none-any.whl", data=archive.getvalue()
    )


def describe_entry(path: str) -> zipfile.ZipInfo:
    """Return the header of a file in an archive, the same whenever and on whatever system."""
    entry = zipfile.ZipInfo(path, _NO_TIME)
    entry.create_system = _UNIX
    entry.external_attr = _MODE
    return entry


def _render_record(files: Mapping[str, bytes], own_path: str) -> str:
    lines = [f"{path},sha256={digest(data)},{len(data)}" for path, data in files.items()]
    return "\n".join([*lines, f"{own_path},,", ""])
