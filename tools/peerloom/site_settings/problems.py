"""What is wrong in `mkdocs.yml`: everything at once, each with its line."""

import html
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import yaml

from peerloom import bounded_reading, source
from peerloom.diagnostic import Diagnostic, did_you_mean, quoted
from peerloom.model import Settings
from peerloom.site_settings import installed, own_files
from peerloom.site_settings.colors import ACCENT_COLORS, CUSTOM, PRIMARY_COLORS
from peerloom.site_settings.document import (
    Entry,
    SettingsDocument,
    find_entry,
    is_known,
    is_nothing,
    list_named,
    parse_settings,
    place_of,
    read_text,
)
from peerloom.site_settings.inheriting import find_inheriting_flaw
from peerloom.site_settings.value_types import find_wrong_values
from peerloom.source import Flaw

FILE = "mkdocs.yml"
PAGES_FOLDER = "content/pages"


def find_settings_problems(root: Path, settings: Settings) -> tuple[Diagnostic, ...]:
    """Return every problem of the site's settings in a program's folder, in order.

    There is none where the folder has no `mkdocs.yml`, which only building a site needs.
    """
    if not (root / FILE).exists():
        return ()
    try:
        document, flaws = parse_settings(
            bounded_reading.read_at_most(root / FILE, source.MAX_BYTES)
        )
    except bounded_reading.FileTooLarge as error:
        return (_flaw_diagnostic(source.size_flaw(error.size)),)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        message = f"the file must be readable, and the system says: {reason}"
        return (_flaw_diagnostic(Flaw(1, 1, "", message, "check what it is, and its permissions")),)
    if document is None:
        return tuple(map(_flaw_diagnostic, flaws))
    return tuple(sorted(_find_problems(document, root, settings)))


def _flaw_diagnostic(flaw: Flaw) -> Diagnostic:
    return Diagnostic(
        path=FILE,
        line=flaw.line,
        column=flaw.column,
        rule="site-settings-are-yaml",
        message=flaw.message,
        help=flaw.help,
    )


def _find_problems(
    document: SettingsDocument, root: Path, settings: Settings
) -> Iterator[Diagnostic]:
    yield from _check_inheriting(document, root)
    yield from _check_types(document)
    yield from _check_name(document, settings)
    yield from _check_fit(document)
    yield from _check_plugins(document)
    yield from _check_extensions(document)
    yield from _check_theme(document)
    yield from _check_colors(document)
    yield from _check_own_files(document, root)


def _problem(where: yaml.Node, rule: str, message: str, help_: str) -> Diagnostic:
    line, column = place_of(where)
    return Diagnostic(path=FILE, line=line, column=column, rule=rule, message=message, help=help_)


def _check_inheriting(document: SettingsDocument, root: Path) -> Iterator[Diagnostic]:
    if found := find_inheriting_flaw(document, root):
        node, flaw = found
        yield _problem(node, "site-files-exist", flaw.message, flaw.help)


def _check_types(document: SettingsDocument) -> Iterator[Diagnostic]:
    for wrong in find_wrong_values(document):
        yield _problem(wrong.node, "site-settings-have-their-types", wrong.message, wrong.help)


def _check_name(document: SettingsDocument, settings: Settings) -> Iterator[Diagnostic]:
    """A site without a name, or whose name is not the program's."""
    found = document.entry("site_name")
    if found is None or is_nothing(found[1]):
        if not document.is_inheriting:
            where = found[0] if found else document.root
            message = "the site must have a name, 'site_name'"
            help_ = f"write it there: site_name: {settings.name or 'Our mentoring'}"
            yield _problem(where, "site-settings-fit-the-program", message, help_)
        return
    name = read_text(found[1])
    if name is not None and settings.name and _plain(name) != _plain(settings.name):
        message = f"the site is called {quoted(name)}, and the program {quoted(settings.name)}"
        help_ = "write the same name here and in content/program.yml"
        warning = _problem(found[1], "site-name-is-the-program-name", message, help_)
        yield replace(warning, severity="warning")


def _plain(name: str) -> str:
    """A name as readers see it: themes print what is written, with its references resolved."""
    return " ".join(html.unescape(name).split())


def _check_fit(document: SettingsDocument) -> Iterator[Diagnostic]:
    """Settings with which no program's pages would be in the site."""
    rule = "site-settings-fit-the-program"
    plugins = document.entry("plugins")
    is_unknown = document.is_inheriting if plugins is None else not is_known(plugins[1])
    names = [name for name, _ in list_named(plugins[1])] if plugins else []
    if "peerloom" not in names and not is_unknown:
        message = "'peerloom' must be listed under 'plugins': it makes the pages of the program"
        help_ = "add the line '  - peerloom' below 'plugins:'"
        yield _problem(plugins[0] if plugins else document.root, rule, message, help_)
    folder = document.entry("docs_dir")
    if folder is None:
        if not document.is_inheriting:
            message = f"'docs_dir' must be {PAGES_FOLDER}, where a program has its written pages"
            help_ = f"add the line: docs_dir: {PAGES_FOLDER}"
            yield _problem(document.root, rule, message, help_)
        return
    written = read_text(folder[1])
    if written is not None and Path(written) != Path(PAGES_FOLDER):
        message = f"'docs_dir' must be {PAGES_FOLDER}, and is {quoted(written)}"
        help_ = f"written pages and the pictures beside them belong there: docs_dir: {PAGES_FOLDER}"
        yield _problem(folder[1], rule, message, help_)


_INSTALL = (
    "take it out, or install it wherever the site is built; workflows install what .peerloom lists"
)


def _check_plugins(document: SettingsDocument) -> Iterator[Diagnostic]:
    theme = _theme_name(document)
    for name, node in list_named(document.value("plugins")):
        known = installed.list_plugins(theme) if name not in installed.USUAL_PLUGINS else ()
        if name not in installed.USUAL_PLUGINS and name not in known:
            message = f"the plugin {quoted(name)} must be installed"
            help_ = did_you_mean(name, {*known, *installed.USUAL_PLUGINS}) or _INSTALL
            yield _problem(node, "site-plugins-are-installed", message, help_)


def _check_extensions(document: SettingsDocument) -> Iterator[Diagnostic]:
    for name, node in list_named(document.value("markdown_extensions")):
        if not installed.is_extension(name):
            message = f"the extension of Markdown {quoted(name)} must be installed"
            help_ = did_you_mean(name, installed.list_extensions()) or _INSTALL
            yield _problem(node, "site-plugins-are-installed", message, help_)


def _theme_name(document: SettingsDocument) -> str | None:
    theme = document.value("theme")
    if isinstance(theme, yaml.MappingNode):
        theme = document.value("theme", "name")
    return read_text(theme)


def _check_theme(document: SettingsDocument) -> Iterator[Diagnostic]:
    name = _theme_name(document)
    theme = document.entry("theme")
    if theme and isinstance(theme[1], yaml.MappingNode) and not document.is_inheriting:
        named = document.value("theme", "name")
        if named is None or (is_known(named) and not name):
            message, help_ = "the theme must have a name", "add a line 'name: material' below it"
            yield _problem(theme[0], "site-theme-is-installed", message, help_)
    if name is None or name in installed.USUAL_THEMES:
        return
    known = installed.list_themes()
    if name not in known:
        node = document.value("theme", "name") or document.value("theme")
        assert node is not None
        message = f"the theme {quoted(name)} must be installed"
        yield _problem(
            node, "site-theme-is-installed", message, did_you_mean(name, known) or _INSTALL
        )


def _check_colors(document: SettingsDocument) -> Iterator[Diagnostic]:
    """Colors that the theme Material does not have; its pages would have its usual ones."""
    if _theme_name(document) != "material":
        return
    palette = document.value("theme", "palette")
    schemes = palette.value if isinstance(palette, yaml.SequenceNode) else [palette]
    for key, known in (("primary", PRIMARY_COLORS), ("accent", ACCENT_COLORS)):
        for scheme in schemes:
            found = find_entry(scheme, key) if scheme is not None else None
            if found and (problem := _check_color(found, key, known)):
                yield problem


def _check_color(found: Entry, key: str, known: tuple[str, ...]) -> Diagnostic | None:
    color = read_text(found[1])
    if color is None or color.replace("-", " ") in {*known, CUSTOM}:
        return None
    own = f"; or '{CUSTOM}', and its values in a style sheet of yours"
    help_ = did_you_mean(color.casefold(), known) or f"the theme has: {', '.join(known)}{own}"
    message = f"'{key}' must be a color that the theme has, and is {quoted(color)}"
    return replace(_problem(found[1], "site-colors-exist", message, help_), severity="warning")


def _check_own_files(document: SettingsDocument, root: Path) -> Iterator[Diagnostic]:
    """Files and folders that are named and are not where a site takes them from."""
    for flaw in own_files.find_missing_files(document, root, _theme_name(document)):
        yield _problem(flaw.node, "site-files-exist", flaw.message, flaw.help)
