"""Reads from a program's folder what an upgrade looks at, and writes nothing."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from peerloom import __version__, bounded_reading, source
from peerloom.changes.paths import may_be_upgraded
from peerloom.filenames import folders_above
from peerloom.github_names import WORKFLOWS_FOLDER
from peerloom.ownership import CODE_OWNERS_PLACES
from peerloom.program import load
from peerloom.program.tree import Folder
from peerloom.toolbox import FOLDER as TOOLBOX
from peerloom.toolbox import LOCK_NAMES, encode_files, is_release, machinery_files
from peerloom.toolbox.written_files import (
    BESIDE,
    WRITTEN_FILE,
    DamagedArchive,
    WrittenFiles,
    unpack_written_files,
    written_by_version,
)
from peerloom.upgrading.migrations.migration import FactDays
from peerloom.upgrading.program_version import CannotUpgrade
from peerloom.upgrading.renewal import MachineryFiles

_FORM_FOLDER = ".github/ISSUE_TEMPLATE"
# Where files lie that Peerloom makes, and so where one may have been moved to.
_FOLDERS = (WORKFLOWS_FOLDER, ".github", ".devcontainer", ".vscode", TOOLBOX)
_TOOLBOX_FILE = re.compile(r"version|requirements(?:-[a-z]+)?\.txt|peerloom-[\w.+-]+\.whl")
_MAX_BYTES = 64 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class UpgradeInput:
    """All that an upgrade depends on.

    `start` and `installed` are versions. `content` has every file under `content/` and
    `mkdocs.yml`, `made` the files that are made from a program, and `made_before` the paths of
    those that the version before made. `fact_days` are the days that Git's history tells of facts
    that records do not date. With `restores`, what somebody deleted is written again.
    Without `may_change_workflows`, workflows stay as they are.
    """

    start: str
    installed: str
    machinery: MachineryFiles
    content: Mapping[str, bytes]
    made: Mapping[str, bytes]
    made_before: frozenset[str]
    today: date
    fact_days: FactDays = field(default_factory=dict)
    restores: bool = False
    may_change_workflows: bool = True


def read_upgrade_input(root: Path, versions: tuple[str, str], today: date) -> UpgradeInput:
    """Return what an upgrade of the program in a folder depends on.

    `versions` are the one to upgrade from and the installed one. Raises `CannotUpgrade` and
    `CannotMakeWheel`.
    """
    start, installed = versions
    written = _read_written_files(root, start)
    made = {*_list_files(root, _FORM_FOLDER), *CODE_OWNERS_PLACES}
    return UpgradeInput(
        start=start,
        installed=installed,
        machinery=read_machinery(root, written, _new_machinery(root)),
        content=read_content(root),
        made={path: data for path in made if (data := _read_file(root, path)) is not None},
        made_before=frozenset(path for path in written.texts if _is_made_from_program(path)),
        today=today,
    )


def _new_machinery(root: Path) -> dict[str, bytes]:
    """Return what the installed Peerloom writes into the program. Raises `CannotMakeWheel`.

    A program whose locks name a release of a package index goes on installing from there, if the
    installed Peerloom is a release. Where the wheel is lost, it is not taken for such a program.
    """
    from_index = _installs_from_index(root) and is_release(__version__)
    cohorts = load(root).program.cohorts.values()
    newest = max(cohorts, key=lambda cohort: (cohort.starts, cohort.id), default=None)
    return encode_files(machinery_files(newest.id if newest else "", from_index=from_index))


def _installs_from_index(root: Path) -> bool:
    locks = (_read_file(root, f"{TOOLBOX}/{name}") or b"" for name in LOCK_NAMES)
    return any(re.search(rb"^peerloom==", lock, re.MULTILINE) for lock in locks)


def read_content(root: Path) -> dict[str, bytes]:
    """Return every file under `content/` and the site's settings; what cannot be read is left out.

    `peerloom check` reports that.
    """
    folder = Folder(root)
    contents = {}
    for path in (*folder.list_files().files, "mkdocs.yml"):
        try:
            contents[path] = folder.read(path)
        except OSError:
            continue
    return contents


def as_texts(contents: Mapping[str, bytes]) -> dict[str, str]:
    """Return the YAML among some files as text; what is no text is left out."""
    texts = {}
    for path, data in contents.items():
        if path.endswith(".yml") and len(data) <= source.MAX_BYTES:
            try:
                texts[path] = data.decode("utf-8")
            except UnicodeDecodeError:
                continue
    return texts


def read_machinery(root: Path, written: WrittenFiles, new: Mapping[str, bytes]) -> MachineryFiles:
    """Return what a program has of what Peerloom makes. Raises `CannotUpgrade`.

    `written` has what the version before wrote, and `new` what the installed one writes.
    """
    named = {*new, *written.texts, *written.unmerged}
    # Whatever else lies there is somebody's own.
    beside = frozenset(path for path in _list_files(root, BESIDE) if path in named)
    around = (path for folder in _FOLDERS for path in _list_files(root, folder, is_deep=False))
    toolbox = _list_files(root, TOOLBOX, is_deep=False)
    current = {}
    for path in {*new, *written.texts, *around, *(f"{BESIDE}/{path}" for path in beside)}:
        data = _read_file(root, path)
        if data is not None:
            current[path] = data
    # What the toolbox held before is deleted if nothing takes its place.
    known = {p: text for p, text in written.texts.items() if not _is_made_from_program(p)}
    texts = {**{path: b"" for path in toolbox if _is_of_the_toolbox(path)}, **known}
    return MachineryFiles(
        current=current,
        written=WrittenFiles(texts=texts, unmerged=written.unmerged),
        new=new,
        beside=beside,
    )


def _is_made_from_program(path: str) -> bool:
    return path.startswith(f"{_FORM_FOLDER}/") or path in CODE_OWNERS_PLACES


def _is_of_the_toolbox(path: str) -> bool:
    """Whether a file of the folder is one that some version of Peerloom puts there."""
    return bool(_TOOLBOX_FILE.fullmatch(path.removeprefix(f"{TOOLBOX}/")))


def _read_written_files(root: Path, version: str) -> WrittenFiles:
    archive = _read_file(root, WRITTEN_FILE)
    if archive is None:
        return written_by_version(version, root)
    try:
        return _without_others(unpack_written_files(archive))
    except DamagedArchive:
        raise CannotUpgrade(
            f"'{WRITTEN_FILE}' is damaged, so that it is not known what you have changed since\n"
            "  help: take it back from Git; or delete it and run this again, and what differs will "
            f"lie in '{BESIDE}', for you to merge"
        ) from None


def _without_others(written: WrittenFiles) -> WrittenFiles:
    """Return what was written without what no version writes, whoever put it into the archive."""

    def select(texts: Mapping[str, bytes]) -> dict[str, bytes]:
        return {path: text for path, text in texts.items() if _is_machinery(path)}

    return WrittenFiles(texts=select(written.texts), unmerged=select(written.unmerged))


def _is_machinery(path: str) -> bool:
    is_own = path.startswith("content/") or path == "mkdocs.yml"
    return may_be_upgraded(path) and not is_own


def _read_file(root: Path, path: str) -> bytes | None:
    """Return a file's bytes, or None if there is none. Raises `CannotUpgrade`."""
    for part in (*folders_above(path), path):
        if (root / part).is_symlink():
            raise CannotUpgrade(
                f"'{part}' is a symbolic link, and an upgrade follows none\n"
                "  help: put the file or folder itself where the link is, and run this again"
            )
    if not (root / path).exists():
        return None
    try:
        return bounded_reading.read_at_most(root / path, _MAX_BYTES)
    except OSError:
        raise CannotUpgrade(
            f"'{path}' must be a file that can be read\n"
            "  help: move away what is there, and run this again"
        ) from None


def _list_files(root: Path, folder: str, *, is_deep: bool = True) -> Iterable[str]:
    """Yield the files in a folder; those of `.peerloom/new` as the paths that they are for."""
    top = root / folder
    pattern = "**/*" if is_deep else "*"
    for file in sorted(top.glob(pattern)):
        if file.is_file() and not file.is_symlink():
            yield file.relative_to(top if folder == BESIDE else root).as_posix()
