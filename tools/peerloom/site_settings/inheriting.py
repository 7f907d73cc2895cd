"""Another file of settings that `mkdocs.yml` is completed by, with its key `INHERIT`."""

from pathlib import Path

import yaml

from peerloom import bounded_reading, source
from peerloom.diagnostic import quoted
from peerloom.site_settings.document import SettingsDocument, parse_settings, read_text
from peerloom.source import Flaw

_KEY = "INHERIT"
_MAX_FILES = 5


def find_inheriting_flaw(document: SettingsDocument, root: Path) -> tuple[yaml.Node, Flaw] | None:
    """Return why the files that settings inherit from cannot be used, and the node to blame.

    They are read as closely as the settings are, because MkDocs does what their tags say.
    """
    node = document.value(_KEY)
    if node is None:
        return None
    file, current = root / "mkdocs.yml", document
    for _ in range(_MAX_FILES):
        name = read_text(current.value(_KEY))
        if not name or not (file.parent / name).is_file():
            what = "the name of a file of settings that is there"
            return node, Flaw(1, 1, "", f"'{_KEY}' must be {what}", "correct it, or take it out")
        file = file.parent / name
        read, flaws = _read_file(file)
        if read is None:
            return node, _quote_flaw(name, flaws[0])
        if read.value(_KEY) is None:
            return None
        current = read
    message = f"'{_KEY}' must lead to at most {_MAX_FILES} files, and not back to itself"
    return node, Flaw(1, 1, "", message, "write the settings into one file, and take it out")


def _read_file(file: Path) -> tuple[SettingsDocument | None, tuple[Flaw, ...]]:
    try:
        return parse_settings(bounded_reading.read_at_most(file, source.MAX_BYTES))
    except bounded_reading.FileTooLarge as error:
        return None, (source.size_flaw(error.size),)
    except OSError:
        return None, (Flaw(1, 1, "", "the file must be readable", "check its permissions"),)


def _quote_flaw(name: str, flaw: Flaw) -> Flaw:
    message = f"in the inherited file {quoted(name)}, line {flaw.line}: {flaw.message}"
    return Flaw(1, 1, "", message, flaw.help)
