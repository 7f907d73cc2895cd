"""The site: whole, the same twice, in place of an old one only when it is whole."""

import hashlib
import re
import shutil
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest

import folder
from peerloom.pages import read_assets, render_pages
from peerloom.pages.anchors import read_anchors
from peerloom.program import load
from peerloom.site import CannotBuild, Engine, build_site
from peerloom.site.build_folder import open_build_folder, open_served_folder
from peerloom.site_settings.colors import ACCENT_COLORS, PRIMARY_COLORS
from peerloom.site_settings.installed import find_theme_folder
from run_peerloom import run_peerloom

ROOT = Path(__file__).parents[2]
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
        build_site(small, tmp_path / name, TODAY, "coordinators", "mkdocs")
    assert _digest(tmp_path / "one") == _digest(tmp_path / "two")


def test_every_page_of_the_shipped_program_is_in_its_site_without_a_warning(
    tmp_path: Path,
) -> None:
    built = build_site(ROOT, tmp_path / "site", TODAY, "coordinators", "mkdocs")
    made = render_pages(load(ROOT).program, TODAY, "coordinators")
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
    build_site(small, tmp_path / "ours", TODAY, "public", "mkdocs")
    ours = {name for name in _digest(tmp_path / "ours") if name.endswith(".html")}
    assert ours == {name for name in _digest(tmp_path / "alone") if name.endswith(".html")}


def test_zensical_builds_the_same_set_of_pages(small: Path, tmp_path: Path) -> None:
    build_site(small, tmp_path / "mkdocs", TODAY, "members", "mkdocs")
    build_site(small, tmp_path / "zensical", TODAY, "members", "zensical")
    names = [
        {name for name in _digest(tmp_path / engine) if name.endswith("index.html")}
        for engine in ("mkdocs", "zensical")
    ]
    assert names[0] == names[1]
    page = (tmp_path / "zensical/pairs/spring/ada-grace/index.html").read_text()
    assert "Publish a first package" in page


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_the_former_address_of_a_pair_leads_on_under_the_same_policy(
    small: Path, tmp_path: Path, engine: Engine
) -> None:
    pair = "content/pairs/spring/ada-grace.yml"
    former = "former:\n  - id: ada-eve\n    people: [ada, grace]\n    status: active\n"
    folder.write(small, {pair: folder.MINIMAL[pair] + former})
    build_site(small, tmp_path / "site", TODAY, "public", engine)
    page = (tmp_path / "site/pairs/spring/ada-eve/index.html").read_text()
    assert 'content="0; url=../ada-grace/"' in page
    assert "Content-Security-Policy" in page
    assert "ada-eve" not in (tmp_path / "site/sitemap.xml").read_text()
    (search,) = (tmp_path / "site").rglob("search*.json")
    assert "ada-eve" not in search.read_text()


def test_no_record_itself_is_in_the_site(small: Path, tmp_path: Path) -> None:
    build_site(small, tmp_path / "site", TODAY, "coordinators", "mkdocs")
    files = _digest(tmp_path / "site")
    assert not [name for name in files if name.endswith((".yml", ".yaml", ".md", ".j2"))]


def test_a_build_that_fails_leaves_the_old_site(small: Path, tmp_path: Path) -> None:
    build_site(small, tmp_path / "site", TODAY, "public", "mkdocs")
    before = _digest(tmp_path / "site")
    (small / "content/participants/ada.yml").write_text("id: 'open\n")
    with pytest.raises(CannotBuild, match=r"content/participants/ada\.yml:1:5: not-yaml"):
        build_site(small, tmp_path / "site", TODAY, "public", "mkdocs")
    assert _digest(tmp_path / "site") == before
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".site")] == []


def test_a_folder_of_somebody_is_not_replaced(small: Path, tmp_path: Path) -> None:
    mine = folder.write(tmp_path / "mine", {"letter.txt": "dear"})
    with pytest.raises(CannotBuild, match="must be a new or empty folder, or hold a site"):
        build_site(small, mine, TODAY, "public", "mkdocs")
    assert (mine / "letter.txt").read_text() == "dear"


def test_a_page_written_by_hand_takes_the_place_of_a_made_one(small: Path, tmp_path: Path) -> None:
    folder.write(small, {"content/pages/join.md": "# Come in\n\nThe door is open.\n"})
    build_site(small, tmp_path / "site", TODAY, "public", "mkdocs")
    assert "The door is open." in (tmp_path / "site/join/index.html").read_text()


def test_the_site_names_no_other_host_for_the_browser_to_ask(tmp_path: Path) -> None:
    site = build_site(ROOT, tmp_path / "site", TODAY, "public", "mkdocs").out
    loads = re.compile(r"<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)=\"?(https?:)?//")
    for file in site.rglob("*.html"):
        # A link says where a page is, and is followed only by a reader.
        text = re.sub(r"<link rel=\"?(canonical|next|prev)[^>]*>", "", file.read_text())
        assert loads.search(text) is None, file
    for name in read_assets():
        assert b"url(" not in (site / name).read_bytes()


def test_build_says_what_it_built_and_where_to_look(small: Path) -> None:
    run = _built(small)
    assert run.stdout == (
        "built 16 pages for everybody in site\n"
        "look at them: open site/index.html, or run peerloom serve\n"
    )
    assert run.stderr == (
        "peerloom: figures of a closed check-in date are not in the site\n"
        "  help: run peerloom publish, and build the site again\n"
    )


def _with_pages(root: Path, count: int) -> Path:
    """A program whose site has at least so many pages."""
    texts = {f"content/pages/notes/n{number}.md": "# A note\n" for number in range(count)}
    return folder.write(root, texts)


@pytest.fixture(scope="module")
def site_with_pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The coordinators' site of a small program with twenty pages, to be copied."""
    at = tmp_path_factory.mktemp("pages")
    root = _with_pages(folder.write(at / "program", folder.MINIMAL), 20)
    shutil.copy(ROOT / "mkdocs.yml", root)
    return build_site(root, at / "site", TODAY, "coordinators", "mkdocs").out


def _without_pages(root: Path) -> None:
    shutil.rmtree(root / "content/pages")


def _built(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return run_peerloom("build", "--today", "2026-03-01", *options, at=root)


def test_fewer_than_half_of_the_last_pages_replace_nothing_unless_it_is_forced(small: Path) -> None:
    assert _built(_with_pages(small, 20)).returncode == 0
    before = _digest(small / "site")
    _without_pages(small)
    run = _built(small)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == (
        f"peerloom: the build made 16 of the 36 pages that are in '{small / 'site'}', which stay "
        "as they are; if fewer than half of them is right, run it again with --force\n"
    )
    assert _digest(small / "site") == before
    assert _built(small, "--force").returncode == 0
    assert "notes/n1/index.html" not in _digest(small / "site")
    assert _built(small).returncode == 0


def test_a_site_for_fewer_readers_may_have_fewer_pages(
    small: Path, tmp_path: Path, site_with_pages: Path
) -> None:
    site = shutil.copytree(site_with_pages, tmp_path / "site")
    assert build_site(small, site, TODAY, "public", "mkdocs").pages == 16
    assert (site / ".peerloom-site").read_text() == '{"audience":"public","pages":16}\n'


@pytest.mark.parametrize("mark", ["", "{", '{"audience":"nobody","pages":1}', "[" * 5000])
def test_of_a_site_whose_mark_says_nothing_the_pages_are_counted(
    small: Path, tmp_path: Path, site_with_pages: Path, mark: str
) -> None:
    site = shutil.copytree(site_with_pages, tmp_path / "site")
    (site / ".peerloom-site").write_text(mark)
    with pytest.raises(CannotBuild, match="made 16 of the 37 pages"):
        build_site(small, site, TODAY, "public", "mkdocs")


def test_a_build_that_made_no_page_replaces_nothing(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("peerloom.site.building._build_with_mkdocs", lambda *_: None)
    with pytest.raises(CannotBuild, match="the build made no page, and nothing is replaced"):
        build_site(small, tmp_path / "site", TODAY, "public", "mkdocs")
    assert not (tmp_path / "site").exists()


def test_two_builds_of_one_site_at_once_are_one_build_and_a_sentence(
    small: Path, tmp_path: Path
) -> None:
    with (
        open_build_folder(tmp_path / "site"),
        pytest.raises(CannotBuild, match=r"another run makes a site in .* wait until it has ended"),
    ):
        build_site(small, tmp_path / "site", TODAY, "public", "mkdocs")
    build_site(small, tmp_path / "site", TODAY, "public", "mkdocs")


def test_git_sees_nothing_of_a_build_that_was_killed(small: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=small, check=True)
    with open_build_folder(small / "elsewhere") as place:
        (place.make_folder("new") / "index.html").write_text("half a page")
        command = ["git", "status", "--porcelain", "--untracked-files=all"]
        run = subprocess.run(command, cwd=small, capture_output=True, text=True, check=True)
    assert "elsewhere" not in run.stdout


def test_a_site_that_cannot_be_put_in_place_leaves_the_old_one(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = build_site(small, tmp_path / "site", TODAY, "public", "mkdocs").out
    before = _digest(site)
    rename = Path.rename

    def refused(self: Path, target: Path) -> Path:
        if self.name.startswith("new-"):
            raise PermissionError(13, "Permission denied", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(CannotBuild, match="the site cannot be built: permission denied"):
        build_site(small, site, TODAY, "public", "mkdocs")
    assert _digest(site) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a program", "site"]


def test_a_served_folder_whose_run_was_killed_is_removed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left = folder.write(tmp_path / "peerloom-12345678", {"lock": "", "site-1/index.html": "old"})
    left.chmod(0o700)
    theirs = folder.write(tmp_path / "peerloom-checkout", {"letter.txt": "dear"})
    with open_served_folder() as one, open_served_folder() as other:
        assert one.is_dir()
        assert other.is_dir()
        assert not left.exists()
        assert theirs.is_dir()
    assert [path.name for path in tmp_path.glob("peerloom-*")] == ["peerloom-checkout"]


def test_a_settings_file_too_large_to_be_one_is_not_read(small: Path, tmp_path: Path) -> None:
    with (small / "mkdocs.yml").open("ab") as file:
        file.truncate(2 * 1024**3)
    for engine in ("mkdocs", "zensical"):
        with pytest.raises(CannotBuild, match=r"mkdocs.yml: file of 2,147,483,648 bytes must have"):
            build_site(small, tmp_path / "site", TODAY, "public", engine)


DEAD = "# About\n\n[a](gone.md), [b](#gone) and [c](people/index.md#gone)\n"


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_each_engine_refuses_dead_links_with_the_same_lines(
    small: Path, tmp_path: Path, engine: Engine
) -> None:
    folder.write(small, {"content/pages/about.md": DEAD})
    with pytest.raises(CannotBuild) as refused:
        build_site(small, tmp_path / "site", TODAY, "public", engine)
    lines = [line for line in str(refused.value).splitlines() if line.startswith("content/")]
    assert [line.split(" ")[:2] for line in lines] == [
        ["content/pages/about.md:3:5:", "links-between-pages-work"],
        ["content/pages/about.md:3:19:", "links-lead-to-anchors"],
        ["content/pages/about.md:3:34:", "links-lead-to-anchors"],
    ]
    assert not (tmp_path / "site").exists()


def test_the_anchors_that_a_check_knows_are_those_of_both_engines(
    small: Path, tmp_path: Path
) -> None:
    text = "# Über uns & *mehr*\n\n## A `b` c\n\n## A `b` c\n\n## In short {#short}\n"
    folder.write(small, {"content/pages/about.md": text})
    loaded = load(small).program
    known = read_anchors(loaded, TODAY, "public", frozenset({"about.md"}))["about.md"]
    assert known == {"uber-uns-mehr", "a-b-c", "a-b-c_1", "short"}
    engines: tuple[Engine, ...] = ("mkdocs", "zensical")
    for engine in engines:
        build_site(small, tmp_path / engine, TODAY, "public", engine)
        html = (tmp_path / engine / "about/index.html").read_text(encoding="utf-8")
        made = re.findall(r'<h[1-6][^>]* id="([^"]+)"', html)
        assert known.issuperset(made) and len(made) >= 4


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_settings_with_tags_of_mkdocs_build_a_site(
    small: Path, tmp_path: Path, engine: Engine
) -> None:
    settings = (small / "mkdocs.yml").read_text(encoding="utf-8")
    emoji = "material.extensions.emoji"
    tags = f"  - pymdownx.emoji:\n      emoji_index: !!python/name:{emoji}.twemoji\n"
    tags += f"      emoji_generator: !!python/name:{emoji}.to_svg\n"
    text = settings.replace("markdown_extensions:\n", f"markdown_extensions:\n{tags}")
    text += "extra:\n  generator: !ENV [NO_SUCH_VARIABLE, false]\n"
    (small / "mkdocs.yml").write_text(text, encoding="utf-8")
    folder.write(small, {"content/pages/about.md": "# About\n\nWe :heart: it.\n"})
    build_site(small, tmp_path / "site", TODAY, "public", engine)
    page = (tmp_path / "site/about/index.html").read_text(encoding="utf-8")
    assert "We :heart:" not in page and "twemoji" in page


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_settings_that_inherit_and_name_relative_folders_build_a_site(
    small: Path, tmp_path: Path, engine: Engine
) -> None:
    (small / "mkdocs.yml").rename(small / "base.yml")
    extensions = "{pymdownx.snippets: {base_path: !relative $config_dir}}"
    text = f"INHERIT: base.yml\nsite_name: Ours\nmarkdown_extensions: {extensions}\n"
    text += "docs_dir: content/pages\nplugins: [search, peerloom]\n"
    (small / "mkdocs.yml").write_text(text, encoding="utf-8")
    build_site(small, tmp_path / "site", TODAY, "public", engine)
    assert (tmp_path / "site/index.html").exists()


def test_what_a_hook_raises_is_said_in_words(small: Path, tmp_path: Path) -> None:
    (small / "hook.py").write_text("def on_config(config):\n    raise RuntimeError('boom')\n")
    settings = (small / "mkdocs.yml").read_text(encoding="utf-8")
    (small / "mkdocs.yml").write_text(f"{settings}hooks: [hook.py]\n", encoding="utf-8")
    with pytest.raises(CannotBuild, match="stopped the site: RuntimeError: boom"):
        build_site(small, tmp_path / "site", TODAY, "public", "mkdocs")


def test_the_colors_that_a_check_knows_are_those_of_the_theme() -> None:
    folder_of_theme = find_theme_folder("material")
    assert folder_of_theme is not None
    (sheet,) = (folder_of_theme / "assets/stylesheets").glob("palette.*.min.css")
    css = sheet.read_text(encoding="utf-8")
    for key, known in (("primary", PRIMARY_COLORS), ("accent", ACCENT_COLORS)):
        named = set(re.findall(rf"\[data-md-color-{key}=\"?([a-z-]+)\"?\]", css))
        assert {color.replace(" ", "-") for color in known} == named


def test_each_engine_is_capped_below_a_version_that_nobody_has_tried() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    needed = [*project["dependencies"], *(each for extra in extras for each in extra)]
    for engine in ("mkdocs", "mkdocs-material", "zensical"):
        (requirement,) = (each for each in needed if re.match(rf"{engine}[<>=]", each))
        assert ",<" in requirement, requirement
