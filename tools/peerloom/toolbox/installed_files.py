"""The files of Peerloom as it runs here, by their paths in a wheel.

Of an installed wheel they are listed in its RECORD, which pip writes. Of a checkout, hatchling
knows them: it is the build backend of the project, and `make` installs it.
"""

import base64
import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from importlib.metadata import Distribution, PackageNotFoundError, PackagePath, distribution
from pathlib import Path

from peerloom.toolbox.errors import CannotMakeWheel

_PACKAGE = Path(__file__).parents[1]
_CHECKOUT = _PACKAGE.parents[1]
_BUILD_WHEEL = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
# Of the folder about the installation, what every installer keeps; all else tells of this computer.
_KEPT_ABOUT = ("METADATA", "entry_points.txt", "licenses/")


def read_installed_files() -> dict[str, bytes]:
    """Return the content of each file that a wheel of Peerloom needs, by its path there.

    The wheel's own WHEEL and RECORD are left out: they describe the wheel that will be made.
    Raises `CannotMakeWheel`, also if a file is not as it was installed.
    """
    files = _read_checkout() if is_checkout() else _read_installed_wheel()
    return {path: data for path, data in sorted(files.items()) if _is_kept(path)}


def is_checkout() -> bool:
    """Whether Peerloom runs from its source, and not from an installed wheel."""
    return not (_PACKAGE / "schemas").is_dir() and (_CHECKOUT / "pyproject.toml").is_file()


def workflows_folder() -> Path:
    """Return the folder that has the workflows: that of the checkout, or that in the wheel."""
    return _CHECKOUT / ".github/workflows" if is_checkout() else _PACKAGE / "workflows"


def _is_kept(path: str) -> bool:
    folder, _, name = path.partition("/")
    if folder.endswith(".dist-info"):
        return name.startswith(_KEPT_ABOUT)
    return folder == "peerloom" and not path.endswith(".pyc")


def _read_checkout() -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", _BUILD_WHEEL, folder]
        run = subprocess.run(  # noqa: S603 - our own command, no text of anybody's in it
            command, cwd=_CHECKOUT, capture_output=True, text=True, check=False
        )
        wheels = list(Path(folder).glob("*.whl"))
        if run.returncode != 0 or not wheels:
            last = (run.stderr.strip().splitlines() or ["no wheel was made"])[-1]
            raise CannotMakeWheel(
                f"no wheel can be made of the checkout of Peerloom: {last}\n"
                "  help: install what its developers need: pip install -e '.[dev]'"
            )
        with zipfile.ZipFile(wheels[0]) as wheel:
            return {name: wheel.read(name) for name in wheel.namelist()}


def _read_installed_wheel() -> dict[str, bytes]:
    installed = _find_distribution()
    return {
        path.as_posix(): _read_as_installed(path)
        for path in installed.files or ()
        if _is_kept(path.as_posix())
    }


def _find_distribution() -> Distribution:
    """Return what the installer wrote about the package that is running."""
    try:
        found = distribution("peerloom")
    except PackageNotFoundError:
        found = None
    own = PackagePath("peerloom/__init__.py")
    if found is None or own not in (found.files or ()):
        raise CannotMakeWheel(_explain("nothing tells which files belong to it"))
    return found


def _read_as_installed(path: PackagePath) -> bytes:
    """Return the file's bytes if they have the digest that RECORD has for them."""
    try:
        data = Path(str(path.locate())).read_bytes()
    except OSError as error:
        raise CannotMakeWheel(_explain(f"'{path}' cannot be read")) from error
    if path.hash is not None and path.hash.mode == "sha256" and path.hash.value != digest(data):
        raise CannotMakeWheel(_explain(f"'{path}' was changed since it was installed"))
    return data


def _explain(reason: str) -> str:
    return (
        f"no wheel can be made of the installed Peerloom: {reason}\n"
        "  help: install it again: with pipx, 'pipx reinstall peerloom'; in a program's folder, "
        "'python -m pip install --force-reinstall --require-hashes --only-binary :all: "
        "--requirement .peerloom/requirements.txt'"
    )


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file as RECORD writes it, in URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def distribution_folder(files: Mapping[str, bytes]) -> str:
    """Return the name of the folder about the installation, such as `peerloom-1.0.dist-info`."""
    return next(path.partition("/")[0] for path in files if path.endswith(".dist-info/METADATA"))
