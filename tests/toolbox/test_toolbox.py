"""The toolbox of a program: locks that cover what Peerloom needs, and the same wheel each time."""

import hashlib
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import folder
from peerloom import __version__
from peerloom.toolbox import FOLDER, LOCK_NAMES, encode_files, is_release, toolbox_files

ROOT = Path(__file__).parents[2]
LOCKS = ROOT / "tools/peerloom/toolbox/locks"
WHEEL = f"peerloom-{__version__}-py3-none-any.whl"
_PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
_EVERYWHERE = [
    *(LOCKS / name for name in LOCK_NAMES),
    *(ROOT / FOLDER / name for name in LOCK_NAMES),
    ROOT / ".github/requirements-release.txt",
]


def _pins(file: Path) -> dict[tuple[str, str], str]:
    """The version of each package, by its name and by the marker of where it is for."""
    lines = file.read_text(encoding="utf-8").replace("\\\n", "").splitlines()
    wanted = [Requirement(line.partition("--hash")[0]) for line in lines if line]
    return {(canonicalize_name(r.name), str(r.marker or "")): str(r.specifier) for r in wanted}


def _needed(requirements: list[str]) -> set[str]:
    """The names of these packages and of all that they need in turn, by what is installed here."""
    found: set[tuple[str, frozenset[str]]] = set()
    waiting = [Requirement(line) for line in requirements]
    while waiting:
        one = waiting.pop()
        name, extras = canonicalize_name(one.name), frozenset(one.extras)
        if (name, extras) in found:
            continue
        found.add((name, extras))
        try:
            lines = requires(name) or []
        except PackageNotFoundError:  # for another platform
            continue
        for needed in map(Requirement, lines):
            known = [{"extra": extra} for extra in ("", *extras)]
            if needed.marker is None or any(needed.marker.evaluate(each) for each in known):
                waiting.append(needed)
    return {name for name, _ in found}


def _extra_requirements(extra: str) -> list[str]:
    lines = _PYPROJECT["optional-dependencies"][extra]
    own = [Requirement(line) for line in lines if line.startswith("peerloom[")]
    others = [line for line in lines if not line.startswith("peerloom[")]
    return others + [
        line for one in own for each in one.extras for line in _extra_requirements(each)
    ]


@pytest.mark.parametrize("name", LOCK_NAMES)
def test_a_lock_covers_what_pyproject_says_and_nothing_else(name: str) -> None:
    extra = LOCK_NAMES[name]
    wanted = [*_PYPROJECT["dependencies"], *(_extra_requirements(extra) if extra else [])]
    assert {package for package, _ in _pins(LOCKS / name)} >= _needed(wanted)
    source = _needed([*wanted, *_build_requirements()])
    assert {package for package, _ in _pins(ROOT / FOLDER / name)} >= source
    pinned = {package for package, _ in _pins(LOCKS / name)}
    # Such as those for Windows alone.
    assert pinned - _needed(wanted) <= {"colorama", "tomli", "typing-extensions"}


def _build_requirements() -> list[str]:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    needed: list[str] = tomllib.loads(text)["build-system"]["requires"]
    return needed


@pytest.mark.parametrize("file", _EVERYWHERE, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_lock_says_what_the_constraints_say(file: Path) -> None:
    constraints = {
        (name, version) for (name, _), version in _pins(ROOT / "constraints.txt").items()
    }
    assert {(name, version) for (name, _), version in _pins(file).items()} <= constraints


@pytest.mark.parametrize("file", _EVERYWHERE, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_line_of_a_lock_has_hashes_and_none_names_a_host(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"https?:|index|#|/", text)
    for line in text.replace("\\\n", "").splitlines():
        assert re.fullmatch(r"[a-z0-9.-]+==\S+(?: ; .+?)?(?:\s+--hash=sha256:[0-9a-f]{64})+", line)


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
@pytest.mark.parametrize("python", ["3.11.0", "3.11.9", "3.12.0", "3.13.0", "3.14.0"])
def test_a_lock_has_one_version_of_each_package_on_every_platform(
    platform: str, python: str
) -> None:
    system = {
        "sys_platform": platform,
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
        "python_full_version": python,
        "python_version": ".".join(python.split(".")[:2]),
    }
    for name in LOCK_NAMES:
        lines = (LOCKS / name).read_text(encoding="utf-8").replace("\\\n", "").splitlines()
        wanted = [Requirement(line.partition("--hash")[0]) for line in lines]
        here = [one.name for one in wanted if one.marker is None or one.marker.evaluate(system)]
        assert len(here) == len(set(here))
        # Newer versions of Python bring what it adds to older ones.
        assert {one.name for one in wanted} - set(here) <= {"typing-extensions"}


@pytest.fixture(scope="module")
def toolbox() -> dict[str, str | bytes]:
    return toolbox_files()


def test_the_toolbox_holds_the_version_the_locks_and_the_wheel(
    toolbox: dict[str, str | bytes],
) -> None:
    names = (".gitattributes", ".gitignore", "version", *LOCK_NAMES, WHEEL)
    assert set(toolbox) == {f"{FOLDER}/{name}" for name in names}
    assert toolbox[f"{FOLDER}/version"] == f"{__version__}\n"
    wheel = toolbox[f"{FOLDER}/{WHEEL}"]
    assert isinstance(wheel, bytes)
    for name in LOCK_NAMES:
        lock = str(toolbox[f"{FOLDER}/{name}"])
        line = f"./{FOLDER}/{WHEEL} \\\n    --hash=sha256:{hashlib.sha256(wheel).hexdigest()}\n"
        assert line in lock
        assert lock.endswith((LOCKS / name).read_text(encoding="utf-8"))
        assert not re.search(r"https?:|-index", lock)


def test_a_release_that_an_index_has_is_named_by_the_same_hash(
    toolbox: dict[str, str | bytes],
) -> None:
    files = toolbox_files(from_index=True)
    assert set(files) == set(toolbox) - {f"{FOLDER}/{WHEEL}"}
    for name in LOCK_NAMES:
        carried, named = toolbox[f"{FOLDER}/{name}"], files[f"{FOLDER}/{name}"]
        assert str(carried).replace(f"./{FOLDER}/{WHEEL}", f"peerloom=={__version__}") == named


@pytest.mark.parametrize("settings", [["core.autocrlf=true"], []])
def test_git_keeps_every_byte_of_the_toolbox_whatever_it_was_told(
    toolbox: dict[str, str | bytes], tmp_path: Path, settings: list[str]
) -> None:
    """As on Windows, and with what some have for all of their repositories."""
    root, clone, ignored = tmp_path / "root", tmp_path / "clone", tmp_path / "ignored"
    # The first bytes of the wheel are enough, as they are all that Git guesses from.
    files = encode_files(toolbox | {f"{FOLDER}/written.zip": b"PK"})
    folder.write(root, {path: data[:9000] for path, data in files.items()})
    folder.write(root, {".gitattributes": "* text eol=crlf\n", ".gitignore": "*.txt\nversion\n"})
    ignored.write_text("*.whl\n*.zip\n", encoding="utf-8")
    who = ["user.name=ada", "user.email=ada@example.org"]
    told = [*settings, *who, f"core.excludesFile={ignored}"]
    git = ["git", *(word for each in told for word in ("-c", each))]
    for command in (["init", "-q"], ["add", "--all"], ["commit", "-qm", "Begin"]):
        subprocess.run([*git, *command], cwd=root, check=True)
    subprocess.run([*git, "clone", "-q", str(root), str(clone)], check=True)
    there = {path.name: path.read_bytes() for path in (clone / FOLDER).iterdir()}
    assert there == {path.name: path.read_bytes() for path in (root / FOLDER).iterdir()}
    assert len(there) == len(toolbox) + 1


@pytest.mark.parametrize(
    ("version", "is_one"),
    [("0.2.0", True), ("1.0rc1", True), ("0.2.0.dev0", False), ("0.2.0+ours", False)],
)
def test_only_a_release_can_be_on_an_index(version: str, is_one: bool) -> None:
    assert is_release(version) is is_one


def _install(wheel: Path, folder: Path) -> Path:
    command = ["install", "--quiet", "--no-deps", "--target", str(folder), str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", *command], check=True)
    return folder


_MAKE = "import sys; from peerloom.toolbox.__main__ import main; main(sys.argv[1:])"


def _make(folder: Path, installed: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Make a wheel of this checkout, or of what is installed in a folder."""
    own = {} if installed is None else {"PYTHONPATH": str(installed)}
    return subprocess.run(
        [sys.executable, "-c", _MAKE, str(folder)],
        env=os.environ | own,
        cwd=folder.parent,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the checkout."""
    folder = tmp_path_factory.mktemp("made") / "wheel"
    run = _make(folder)
    assert run.returncode == 0, run.stderr
    return folder / WHEEL


def test_the_wheel_is_the_same_made_of_a_checkout_of_itself_or_of_a_backend_s_wheel(
    made: Path, tmp_path: Path, toolbox: dict[str, str | bytes]
) -> None:
    assert made.read_bytes() == toolbox[f"{FOLDER}/{WHEEL}"]
    build = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, str(tmp_path)], cwd=ROOT, check=True)
    assert (tmp_path / WHEEL).read_bytes() != made.read_bytes()
    for number, wheel in enumerate((made, tmp_path / WHEEL)):
        installed = _install(wheel, tmp_path / f"lib{number}")
        again = _make(tmp_path / f"again{number}", installed)
        assert again.returncode == 0, again.stderr
        assert (tmp_path / f"again{number}" / WHEEL).read_bytes() == made.read_bytes()


def test_the_wheel_tells_nothing_of_the_computer_that_made_it(made: Path) -> None:
    with zipfile.ZipFile(made) as wheel:
        entries = wheel.infolist()
        assert {(e.date_time, e.external_attr, e.create_system) for e in entries} == {
            ((1980, 1, 1, 0, 0, 0), 0o100644 << 16, 3)
        }
        texts = b"".join(wheel.read(entry) for entry in entries)
    assert str(ROOT).encode() not in texts and b"direct_url" not in texts
    names = {entry.filename.partition("/")[2] for entry in entries if "dist-info" in entry.filename}
    assert names == {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}


def test_no_wheel_is_made_of_files_that_were_changed_since_they_were_installed(
    made: Path, tmp_path: Path
) -> None:
    installed = _install(made, tmp_path / "lib")
    with (installed / "peerloom/slugs.py").open("a", encoding="utf-8") as file:
        file.write("# mine\n")
    run = _make(tmp_path / "again", installed)
    assert run.returncode == 1
    assert "'peerloom/slugs.py' was changed since it was installed" in run.stderr
    assert "Traceback" not in run.stderr
    (installed / "peerloom/slugs.py").unlink()
    run = _make(tmp_path / "again", installed)
    assert "'peerloom/slugs.py' cannot be read" in run.stderr
    assert not (tmp_path / "again").exists()


def test_pip_refuses_a_wheel_that_was_tampered_with(made: Path, tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    digest = hashlib.sha256(made.read_bytes()).hexdigest()
    (tmp_path / FOLDER / WHEEL).write_bytes(made.read_bytes().replace(b"Peerloom", b"Peerl00m"))
    (tmp_path / "lock.txt").write_text(f"./{FOLDER}/{WHEEL} --hash=sha256:{digest}\n")
    options = ["--no-deps", "--target", "lib", "--require-hashes", "--requirement", "lock.txt"]
    run = subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", *options],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert "someone may have tampered with them" in run.stderr
    assert not (tmp_path / "lib").exists()


# What is read before anything is installed has to write it out; all else asks pyproject.toml.
_WRITTEN_OUT = re.compile(
    r"(?:git\+|git clone )https://github\.com/([\w-]+/[\w.-]+)|HOME_OF_PEERLOOM: (\S+)"
)
_READ_BEFORE_INSTALLING = [ROOT / "README.md", *sorted((ROOT / ".github/workflows").glob("*.yml"))]


def test_where_peerloom_is_at_home_comes_from_pyproject_alone() -> None:
    """The program that this repository shows lives there too, and says so in its own settings."""
    urls = _PYPROJECT["urls"]
    home = urls["Source"]
    assert all(url == home or url.startswith(f"{home}/") for url in urls.values())
    repository = home.removeprefix("https://github.com/")
    command = ["git", "grep", "--files-with-matches", "--fixed-strings", repository]
    found = subprocess.run(
        [*command, "--", ".", ":!tests"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    others = set(found.stdout.splitlines()) - {"pyproject.toml", "content/program.yml"}
    assert others <= {str(file.relative_to(ROOT)) for file in _READ_BEFORE_INSTALLING}
    for file in _READ_BEFORE_INSTALLING:
        for pair in _WRITTEN_OUT.findall(file.read_text(encoding="utf-8")):
            assert "".join(pair) == repository, file
