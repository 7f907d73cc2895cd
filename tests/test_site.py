"""The site: whole, the same twice, in place of an old one only when it is whole."""

import hashlib
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import folder
from peerloom.pages import assets, pages
from peerloom.program import load
from peerloom.site import CannotBuild, build

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 24)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    root = folder.write(tmp_path / "a program", folder.MINIMAL)
    shutil.copy(ROOT / "mkdocs.yml", root)
    return root


def _digest(site: Path) -> dict[str, str]:
    return {
        file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(site.rglob("*"))
        if file.is_file()
    }


def test_two_builds_give_the_same_bytes(small: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        build(small, tmp_path / name, TODAY, "coordinators", "mkdocs")
    assert _digest(tmp_path / "one") == _digest(tmp_path / "two")


def test_every_page_of_the_shipped_program_is_in_its_site_without_a_warning(
    tmp_path: Path,
) -> None:
    built = build(ROOT, tmp_path / "site", TODAY, "coordinators", "mkdocs")
    made = pages(load(ROOT).program, TODAY, "coordinators")
    assert {_html(path) for path in made} <= _digest(built.out).keys()


def _html(path: str) -> str:
    stem = path.removesuffix(".md").removesuffix("index")
    return f"{stem.rstrip('/')}/index.html".lstrip("/")


def test_mkdocs_alone_gives_the_public_site(small: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q"]
    command += ["-d", str(tmp_path / "alone")]
    (small / "content/pages").mkdir()
    run = subprocess.run(command, cwd=small, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    build(small, tmp_path / "ours", TODAY, "public", "mkdocs")
    ours = {name for name in _digest(tmp_path / "ours") if name.endswith(".html")}
    assert ours == {name for name in _digest(tmp_path / "alone") if name.endswith(".html")}


def test_zensical_builds_the_same_set_of_pages(small: Path, tmp_path: Path) -> None:
    build(small, tmp_path / "mkdocs", TODAY, "members", "mkdocs")
    build(small, tmp_path / "zensical", TODAY, "members", "zensical")
    names = [
        {name for name in _digest(tmp_path / engine) if name.endswith("index.html")}
        for engine in ("mkdocs", "zensical")
    ]
    assert names[0] == names[1]
    page = (tmp_path / "zensical/pairs/spring/ada-grace/index.html").read_text()
    assert "Publish a first package" in page


def test_no_record_itself_is_in_the_site(small: Path, tmp_path: Path) -> None:
    build(small, tmp_path / "site", TODAY, "coordinators", "mkdocs")
    files = _digest(tmp_path / "site")
    assert not [name for name in files if name.endswith((".yml", ".yaml", ".md", ".j2"))]


def test_a_build_that_fails_leaves_the_old_site(small: Path, tmp_path: Path) -> None:
    build(small, tmp_path / "site", TODAY, "public", "mkdocs")
    before = _digest(tmp_path / "site")
    (small / "content/participants/ada.yml").write_text("id: 'open\n")
    with pytest.raises(CannotBuild, match=r"content/participants/ada\.yml:1:5: not-yaml"):
        build(small, tmp_path / "site", TODAY, "public", "mkdocs")
    assert _digest(tmp_path / "site") == before
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".site")] == []


def test_a_folder_of_somebody_is_not_replaced(small: Path, tmp_path: Path) -> None:
    mine = folder.write(tmp_path / "mine", {"letter.txt": "dear"})
    with pytest.raises(CannotBuild, match="must be a new or empty folder, or hold a site"):
        build(small, mine, TODAY, "public", "mkdocs")
    assert (mine / "letter.txt").read_text() == "dear"


def test_a_page_written_by_hand_takes_the_place_of_a_made_one(small: Path, tmp_path: Path) -> None:
    folder.write(small, {"content/pages/join.md": "# Come in\n\nThe door is open.\n"})
    build(small, tmp_path / "site", TODAY, "public", "mkdocs")
    assert "The door is open." in (tmp_path / "site/join/index.html").read_text()


def test_the_site_names_no_other_host_for_the_browser_to_ask(tmp_path: Path) -> None:
    site = build(ROOT, tmp_path / "site", TODAY, "public", "mkdocs").out
    loads = re.compile(r"<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)=\"?(https?:)?//")
    for file in site.rglob("*.html"):
        # A link says where a page is, and is followed only by a reader.
        text = re.sub(r"<link rel=\"?(canonical|next|prev)[^>]*>", "", file.read_text())
        assert loads.search(text) is None, file
    for name in assets():
        assert b"url(" not in (site / name).read_bytes()


def test_build_says_what_it_built_and_where_to_look(small: Path) -> None:
    command = [sys.executable, "-m", "peerloom", "build", "--today", "2026-03-01"]
    run = subprocess.run(command, cwd=small, capture_output=True, text=True, check=False)
    assert run.stdout == (
        "built 14 pages for everybody in site\n"
        "look at them: open site/index.html, or run peerloom serve\n"
    )
    assert run.stderr == ""
