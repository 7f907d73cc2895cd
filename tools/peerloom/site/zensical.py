"""Builds a site with Zensical, which runs no plugin: it finds the pages as files."""

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from peerloom import bounded_reading, pages, source
from peerloom.missing_extras import explain_missing_extra
from peerloom.model import Audience
from peerloom.pages.redirects import render_redirects
from peerloom.records import Program
from peerloom.rules.files import is_page_attachment
from peerloom.sanitizing import NAME as SANITIZING
from peerloom.sanitizing.page_marks import new_token
from peerloom.site import content_security
from peerloom.site.build_folder import BuildFolder, CannotBuild
from peerloom.site_map import build_menu
from peerloom.site_settings import SettingsDocument, parse_settings
from peerloom.site_settings.document import is_false, read_text
from peerloom.site_settings.editing import (
    add_extension,
    add_items,
    dump_settings,
    resolve_relative_paths,
    set_values,
)


def build_with_zensical(
    root: Path,
    program: Program,
    out: Path,
    today: date,
    audience: Audience,
    build_folder: BuildFolder,
) -> None:
    """Build the site of a program whose settings have been checked. Raises `CannotBuild`."""
    if shutil.which("zensical", path=str(Path(sys.executable).parent)) is None:
        raise CannotBuild(explain_missing_extra("zensical"))
    token = new_token()
    settings = _adapt_settings(root, token)
    with_menu = settings
    if settings.value("nav") is None:
        with_menu = set_values(settings, {("nav",): build_menu(program, audience)})
    named = settings.value("use_directory_urls")
    has_folders = named is None or not is_false(named)
    made = _mark_pages(program, today, audience, token)
    beside = render_redirects(program, audience, has_folders=has_folders) | made
    files: dict[str, bytes | Path] = {**_find_attached_files(root), **beside, **pages.read_assets()}
    site = _run_zensical(build_folder, "all", with_menu, files)
    empty = dict.fromkeys(
        content_security.list_empty_pages(content_security.find_greatest_depth(site)), b"#"
    )
    without_menu = set_values(settings, {("nav",): None})
    bare = _run_zensical(build_folder, "bare", without_menu, empty | pages.read_assets())
    try:
        content_security.add_policy(site, content_security.find_site_scripts(bare), "zensical")
    except content_security.UnknownScript as error:
        raise CannotBuild(str(error)) from error
    shutil.copytree(site, out, dirs_exist_ok=True)


def _mark_pages(program: Program, today: date, audience: Audience, token: str) -> dict[str, bytes]:
    """Return each page of the site, marked for cleaning, as an engine reads it from a file."""
    marked = pages.mark_pages(program, pages.render_pages(program, today, audience), token)
    return {path: text.encode() for path, text in marked.items()}


def _adapt_settings(root: Path, token: str) -> SettingsDocument:
    """Return the settings of a site for Zensical, which runs in another folder."""
    document, _ = parse_settings(
        bounded_reading.read_at_most(root / "mkdocs.yml", source.MAX_BYTES)
    )
    if document is None:  # it was changed while the site was built
        raise CannotBuild("mkdocs.yml cannot be used; 'peerloom check' says why")
    values: dict[tuple[str, ...], Any] = {
        ("docs_dir",): "docs",
        ("site_dir",): "site",
        ("plugins",): ["search"],
    }
    inherited = read_text(document.value("INHERIT"))
    if inherited is not None:
        values[("INHERIT",)] = str(root / inherited)
    own = read_text(document.value("theme", "custom_dir"))
    if own is not None:
        values[("theme", "custom_dir")] = str(root / own)
    adapted = add_items(
        set_values(resolve_relative_paths(document, root), values),
        "extra_css",
        [*pages.read_assets()],
    )
    return add_extension(adapted, SANITIZING, {"token": token})


def _find_attached_files(root: Path) -> dict[str, Path]:
    """Return the files among the written pages that may be in a site, by their paths there."""
    folder = root / "content" / "pages"
    found = {file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*"))}
    return {
        path: file for path, file in found.items() if file.is_file() and is_page_attachment(path)
    }


def _run_zensical(
    build_folder: BuildFolder,
    name: str,
    settings: SettingsDocument,
    files: Mapping[str, bytes | Path],
) -> Path:
    """Return the folder of the site that Zensical builds from these files. Raises `CannotBuild`."""
    folder = build_folder.make_folder(name)
    for path, data in files.items():
        at = folder / "docs" / path
        at.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(data, Path):  # of any size, and never in memory
            shutil.copyfile(data, at)
        else:
            at.write_bytes(data)
    (folder / "mkdocs.yml").write_text(dump_settings(settings), encoding="utf-8")
    command = [sys.executable, "-m", "zensical", "build", "--clean"]
    # While Zensical runs, the folder stays locked, even if this process is killed.
    kept_open = () if sys.platform == "win32" else (build_folder.lock,)
    run = subprocess.run(  # noqa: S603 - our own command, no text of anybody's in it
        command, cwd=folder, capture_output=True, text=True, check=False, pass_fds=kept_open
    )
    if run.returncode != 0 or not (folder / "site" / "index.html").exists():
        reason = _last_words(f"{run.stdout}{run.stderr}")
        raise CannotBuild(f"Zensical could not build the site:\n{reason}")
    return folder / "site"


def _last_words(output: str) -> str:
    """Return what an engine said when it failed, without the way through its own code."""
    lines = [line for line in output.splitlines() if line.strip(" ^~\t")]
    if '  File "' not in output:
        return "\n".join(lines)
    named = [line for line in lines if re.match(r"[A-Za-z][\w.]*(: |$)", line)]
    return f"{(named or lines)[-1]}\n  help: look at what mkdocs.yml says of what is named there"
