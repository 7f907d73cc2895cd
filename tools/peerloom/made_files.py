"""The files that are made from a program: its issue forms, and CODEOWNERS.

Each begins with a mark that holds a digest of the rest, so that a change by hand is noticed. A file
without the mark was written by a person, and is never touched.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from peerloom import bounded_reading, source
from peerloom.changes import Changes
from peerloom.diagnostic import Diagnostic
from peerloom.issue_forms.form_files import form_file_texts
from peerloom.model import Settings
from peerloom.ownership import CODE_OWNERS_PLACES, code_owners_text
from peerloom.records import Program

MADE_RULES = {
    "made-files-are-current": (
        "What is made from the program, such as an issue form, is up to date with it."
    )
}

_MARK = (
    "# Made by 'peerloom renew' from the program, and made again when that changes ({digest}).\n"
    "# To change this file yourself, delete these two lines first.\n"
)
_MARKED = re.compile(r"# Made by 'peerloom renew'[^\n]*\(([0-9a-f]{16})\)\.\n#[^\n]*\n")

# Reads the text of a file by its path in the program; None where there is no such file.
ReadText = Callable[[str], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """What renewing does: new texts by path, and the paths of files that it leaves as they are.

    The `changed_by_hand` were made here and changed since; the `written_by_people` never were made
    here. Only what differs from how it would be made is in any of them.
    """

    changes: Changes
    changed_by_hand: tuple[str, ...] = ()
    written_by_people: tuple[str, ...] = ()


def made_file_texts(program: Program) -> Changes:
    """Return the text of each file that is made from a program, by its path."""
    texts = {
        CODE_OWNERS_PLACES[0]: code_owners_text(_list_owners(program.settings)),
        **form_file_texts(program),
    }
    return {path: _add_mark(text) for path, text in texts.items()}


def _list_owners(settings: Settings) -> str:
    """Return who is asked to look at what runs: coordinators, or else the repository's owner."""
    owner = settings.repository.partition("/")[0]
    return " ".join(f"@{login}" for login in settings.coordinators or (owner,))


def plan_renewal(program: Program, read_text: ReadText, *, replaces: bool = False) -> Renewal:
    """Return what must be written so that everything made from a program is up to date.

    With `replaces`, files that a person changed or wrote are replaced, too.
    """
    changes, changed_by_hand, written_by_people = {}, [], []
    for path, text in made_file_texts(program).items():
        current = read_text(path)
        if current == text or (current is None and _is_elsewhere(path, read_text)):
            continue
        if current is None or replaces or _is_untouched(current):
            changes[path] = text
        elif _MARKED.match(current):
            changed_by_hand.append(path)
        else:
            written_by_people.append(path)
    return Renewal(
        changes=changes,
        changed_by_hand=tuple(changed_by_hand),
        written_by_people=tuple(written_by_people),
    )


def find_stale_files(program: Program, read_text: ReadText) -> Iterator[Diagnostic]:
    """Yield a warning for each file that is there and would be made differently now."""
    renewal = plan_renewal(program, read_text)
    for path in renewal.changes:
        if read_text(path) is not None:
            message = "the file must be up to date with the program that it is made from"
            help_ = "run 'peerloom renew'; on GitHub, the workflow 'check-ins' does"
            yield _warning(path, message, help_)
    for path in renewal.changed_by_hand:
        message = "the file is made from the program and was changed by hand: it is not renewed"
        help_ = (
            "delete its first two lines to keep it as yours, or the file to have it made again by "
            "'peerloom renew'"
        )
        yield _warning(path, message, help_)


def _warning(path: str, message: str, help_: str) -> Diagnostic:
    rule = "made-files-are-current"
    return Diagnostic(path=path, rule=rule, message=message, help=help_, severity="warning")


def list_outdated_workflows(read_text: ReadText) -> list[str]:
    """Return the workflows of a program that are not those of the Peerloom that runs here.

    Nothing is said of a folder that has no toolbox, as none was made for it.
    """
    from peerloom import toolbox  # noqa: PLC0415 - slow to import, and a check needs none of it

    if read_text(f"{toolbox.FOLDER}/version") is None:
        return []
    return [path for path, text in toolbox.workflow_files().items() if read_text(path) != text]


def text_reader(root: Path) -> ReadText:
    """Return what reads the texts of a folder, with line ends as they are made.

    What cannot be read, or is larger than anything made here, is empty, as if a person wrote it.
    """

    def read_text(path: str) -> str | None:
        if not (root / path).exists():
            return None
        try:
            data = bounded_reading.read_at_most(root / path, source.MAX_BYTES)
        except OSError:
            return ""
        return normalize_text(data)

    return read_text


def normalize_text(data: bytes) -> str:
    """Return a file's text with line ends as they are made here, whatever its bytes are."""
    return data.decode("utf-8", "replace").replace("\r\n", "\n")


def _is_elsewhere(path: str, read_text: ReadText) -> bool:
    """Whether CODEOWNERS is at another of the places where GitHub looks for it."""
    is_it = path == CODE_OWNERS_PLACES[0]
    return is_it and any(read_text(other) is not None for other in CODE_OWNERS_PLACES[1:])


def _add_mark(text: str) -> str:
    return _MARK.format(digest=_digest(text)) + text


def _is_untouched(text: str) -> bool:
    """Whether a text is as it was made, maybe by an earlier program or version."""
    mark = _MARKED.match(text)
    return mark is not None and mark[1] == _digest(text[mark.end() :])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
