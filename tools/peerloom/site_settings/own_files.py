"""Files and folders that `mkdocs.yml` names: whether they are where a site takes them from."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import yaml

from peerloom.diagnostic import quoted
from peerloom.site_settings.document import SettingsDocument, find_entry, read_text
from peerloom.site_settings.installed import find_theme_folder

# Files of other kinds among the written pages are left out of a site.
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingFile:
    """A file that is named and not there: where it is named, what must hold, and what to do."""

    node: yaml.Node
    message: str
    help: str


def find_missing_files(
    document: SettingsDocument, root: Path, theme: str | None
) -> Iterator[MissingFile]:
    """Yield what the settings name and what is not there, in the folder of a program."""
    own_folder = document.value("theme", "custom_dir")
    own_name = read_text(own_folder)
    if own_folder is not None and own_name is not None and not (root / own_name).is_dir():
        message = f"the folder {quoted(own_name)} must be there: 'custom_dir' names it"
        yield MissingFile(node=own_folder, message=message, help="make it, or correct its name")
    for node, name in _list_named_files(document):
        if not _is_there(name, root, own_name, theme):
            yield _missing_file(node, name, own_name)
    folder = find_theme_folder(theme) if theme == "material" else None
    folders = [] if folder is None else [folder, *([root / own_name] if own_name else [])]
    for node, path in _list_theme_parts(document) if folders else ():
        if not any((each / path).is_file() for each in folders):
            message = f"the theme must have {quoted(str(node.value))}, which is named here"
            yield MissingFile(node=node, message=message, help="correct its name, or take it out")
    for node, name in _list_hooks(document):
        if not (root / name).is_file():
            message = f"the file {quoted(name)} must be there: 'hooks' names it"
            yield MissingFile(node=node, message=message, help="correct its name, or take it out")


def _list_named_files(document: SettingsDocument) -> Iterator[tuple[yaml.Node, str]]:
    """Yield each file that pages of the site load, with the node that names it."""
    nodes = [document.value("theme", "logo"), document.value("theme", "favicon")]
    for key in ("extra_css", "extra_javascript"):
        listed = document.value(key)
        nodes += listed.value if isinstance(listed, yaml.SequenceNode) else []
    for each in nodes:
        path = find_entry(each, "path") if each is not None else None  # a script with its type
        node = path[1] if path else each
        name = read_text(node)
        if node is not None and name and "://" not in name and not name.startswith("//"):
            yield node, name.partition("?")[0].partition("#")[0]


def _list_theme_parts(document: SettingsDocument) -> Iterator[tuple[yaml.Node, str]]:
    """Yield each icon and language of the theme, with the path of the file that it stands for."""
    icons = document.value("theme", "icon")
    nodes = [value for _, value in icons.value] if isinstance(icons, yaml.MappingNode) else []
    palette = document.value("theme", "palette")
    for scheme in palette.value if isinstance(palette, yaml.SequenceNode) else [palette]:
        toggle = find_entry(scheme, "toggle") if scheme is not None else None
        found = find_entry(toggle[1], "icon") if toggle else None
        nodes += [found[1]] if found else []
    for node in nodes:
        if name := read_text(node):
            yield node, f".icons/{name}.svg"
    language = document.value("theme", "language")
    if language is not None and (name := read_text(language)):
        yield language, f"partials/languages/{name}.html"


def _list_hooks(document: SettingsDocument) -> Iterator[tuple[yaml.Node, str]]:
    listed = document.value("hooks")
    for node in listed.value if isinstance(listed, yaml.SequenceNode) else []:
        if name := read_text(node):
            yield node, name


def _is_there(name: str, root: Path, own_folder: str | None, theme: str | None) -> bool:
    """Whether a site would have a file: from its changed theme, the theme, or beside its pages."""
    relative = name.lstrip("/")
    if own_folder is not None and (root / own_folder / relative).is_file():
        return True
    is_picture = PurePosixPath(name).suffix.lower() in _PICTURES
    if is_picture and (root / "content/pages" / relative).is_file():
        return True
    folder = find_theme_folder(theme) if theme else None
    return folder is not None and (folder / relative).is_file()


def _missing_file(node: yaml.Node, name: str, own_folder: str | None) -> MissingFile:
    is_picture = PurePosixPath(name).suffix.lower() in _PICTURES
    own = own_folder or "theme"
    place = f"'{own}/{name.lstrip('/')}'"
    if own_folder is None:
        place += f" (with 'custom_dir: {own}' under 'theme')"
    places = f"'content/pages/{name.lstrip('/')}' or {place}" if is_picture else place
    message = f"the file {quoted(name)} must be there: pages of the site load it"
    return MissingFile(node=node, message=message, help=f"put it at {places}, or take it out")
