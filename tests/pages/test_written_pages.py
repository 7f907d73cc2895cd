"""Written pages: nothing in them acts, in any engine, and what writers are offered stays."""

import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from markdown import Markdown
from playwright.sync_api import Browser, BrowserContext, sync_playwright

import folder
from attacks.hostile_pages import alive
from peerloom import bounds, source
from peerloom.model import Page
from peerloom.pages import mark_pages, render_pages
from peerloom.program import check, load
from peerloom.program.checking import check_changes
from peerloom.review.page_preview import preview_pages
from peerloom.review.pull_request import Change
from peerloom.rules.files import is_page_attachment
from peerloom.sanitizing import page_removals, snippets
from peerloom.sanitizing.cleaning import clean_html, find_removals
from peerloom.site import CannotBuild, build_site, content_security

ROOT = Path(__file__).parents[2]
# Whichever of them runs builds the sites and starts the browser.
pytestmark = pytest.mark.xdist_group("written-pages")
TODAY = date(2026, 3, 1)
ENGINES = ("mkdocs", "zensical")
ALERT = 'onmouseover="alert(1)" tabindex="0" autofocus onfocus="alert(1)"'

# Each page, and the line at which `check` speaks of it; none where it becomes harmless text.
HOSTILE: dict[str, tuple[str, int | None]] = {
    "fence-attributes": (
        f"``` {{ .x {ALERT.replace('autofocus', 'autofocus=1')} }}\nhover\n```",
        3,
    ),
    "code-in-html": ("<div>\n`<script>alert(1)</script>`\n</div>", 4),
    "refresh-in-html": (
        '<div>`<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">`</div>',
        3,
    ),
    "unclosed-fence": ("```\n<script>alert(1)</script>\n```\u00a0", 4),
    "title-with-tag": (f'<div title="<" {ALERT}>x</div>', 3),
    "long-title": (f'<div title="{"a" * 2100}" {ALERT}>x</div>', 3),
    "blanks-in-link": ("[click](                javascript:alert(1))", 3),
    "definition-below": ("[click][zz]\n\n[zz]:\n    javascript:alert(1)", 6),
    "definition-in-quote": ("[click][zz]\n\n> [zz]: javascript:alert(1)", 5),
    "image-button": ('<div><input type="image" src="http://127.0.0.1:9/a.png"></div>', 3),
    "background": ('<table background="http://127.0.0.1:9/b.png"><tr><td>x</td></tr></table>', 3),
    "image-in-two-lines": ("![x\ny](http://127.0.0.1:9/c.png)", 4),
    "image-by-slashes": ("![x](/\\127.0.0.1:9/d.png)", 3),
    "id-of-the-theme": ("x\n{: #__config }", 4),
    "parts-of-the-theme": ('<div data-md-component="search" class="md-overlay">x</div>', 3),
    "diagram-by-script": ('<pre class="mermaid">graph</pre>', 3),
    "form": ('<form action="http://127.0.0.1:9/"><button formaction="javascript:alert(1)">x', 3),
    "style": ("<style>@import 'http://127.0.0.1:9/e.css';</style>", 3),
    "style-attribute": ('<p style="background:url(http://127.0.0.1:9/f.png)">x</p>', 3),
    "svg": ('<svg onload="alert(1)"><script>alert(1)</script></svg>', 3),
    "frame": ('<iframe srcdoc="<script>alert(1)</script>"></iframe>', 3),
    "password": ('<input type="password" name="p">', 3),
    "entities": ("[x](&#106;avascript:alert(1))", 3),
}
# These would be front matter, or a title that a theme prints as it is.
BEHIND = {
    "second-front-matter": "---\ntitle: A\n---\n---\ntitle: <script>a()</script>\n---\n\n# x\n",
    "metadata": 'description: "><script>a()</script>\nauthor: "><img src=x onerror=a()>\n\nx\n',
    "heading-title": "# &lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;\n",
    "heading-in-html": '<h1 markdown="1">a\n&lt;/title&gt;&lt;script&gt;a()&lt;/script&gt;</h1>\n',
    "front-matter-title": '---\ntitle: "</title><script>alert(1)</script>"\n---\n\nx\n',
    "label-of-a-heading": "# a\n\n## b {: data-toc-label='<img src=x onerror=alert(1)>' }\n",
}
BESIDE = {
    "evil.svg": '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "evil.html": "<script>alert(1)</script>",
    "evil.js": "alert(1)",
    "evil.xhtml": "<html/>",
    "more/evil.HTM": "<script>alert(1)</script>",
    "other.markdown": "<script>alert(1)</script>",
}
KEPT = """\
# Everything writers are offered {#top}

=== "First"

    in one tab

=== "Second"

    in another

- [x] done
- [ ] open

A note[^1], an abbreviation HTML, ++ctrl+c++, ==marked==, H~2~O.

[^1]: At the foot.

*[HTML]: a language

!!! note "A box"
    inside

??? tip "A closed box"
    hidden

``` { .python linenums="1" hl_lines="1" title="code.py" }
def shown(): return "<script>"
```

/// figure-caption
What a picture shows.
///

Term
:   what it is

| left | right |
|:-----|------:|
| 1    | 2     |

[a button](join.md){ .md-button } ![a picture](map.png){ width=30 align=right }

A [book](https://book.example/x) in a text.

<div class="grid cards" markdown>

- a card

</div>

<details open><summary>more</summary>here</details>
"""
OFFERED = """\
  - abbr
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - toc:
      permalink: true
  - pymdownx.blocks.caption
  - pymdownx.details
  - pymdownx.highlight:
      anchor_linenums: true
  - pymdownx.keys
  - pymdownx.mark
  - pymdownx.superfences
  - pymdownx.tabbed:
      alternate_style: true
  - pymdownx.tasklist:
      custom_checkbox: true
  - pymdownx.tilde
"""


def _program(at: Path, files: dict[str, str], settings: str | None = None) -> Path:
    root = folder.write(at, folder.MINIMAL | files)
    text = settings or (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")
    return root


def _with_offered() -> str:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    start, end = text.index("  - admonition"), text.index("plugins:")
    return text[:start] + OFFERED + text[end:]


def _hostile_files() -> dict[str, str]:
    files = {
        f"content/pages/{name}.md": f"# {name}\n\n{text}\n" for name, (text, _) in HOSTILE.items()
    }
    files |= {f"content/pages/{name}.md": text for name, text in BEHIND.items()}
    files |= {f"content/pages/{name}": text for name, text in BESIDE.items()}
    about = "---\ntitle: Listen\nminutes: 5\nroles: [mentor]\n---\n\n# Listen\n\n"
    everything = "\n\n".join(text for text, _ in HOSTILE.values() if "```" not in text)
    return files | {"content/training/listen.md": about + everything + "\n"}


@pytest.fixture(scope="module")
def hostile_sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    at = tmp_path_factory.mktemp("hostile")
    root = _program(at / "program", _hostile_files(), _with_offered())
    return {e: build_site(root, at / e, TODAY, "coordinators", e).out for e in ENGINES}


@pytest.fixture(scope="module")
def kept_sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    at = tmp_path_factory.mktemp("kept")
    root = _program(at / "program", {"content/pages/kept.md": KEPT}, _with_offered())
    (root / "content/pages/map.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return {e: build_site(root, at / e, TODAY, "coordinators", e).out for e in ENGINES}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing; install it: apt-get install chromium chromium-driver"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield launched
        launched.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def serve() -> Iterator[Any]:
    servers = []

    def start(site: Path) -> str:
        handler = functools.partial(_Quiet, directory=str(site))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


_WATCH = """
window.broken = [];
document.addEventListener('securitypolicyviolation',
    e => window.broken.push(e.violatedDirective + ' ' + e.blockedURI));
"""


def _watched(browser: Browser) -> BrowserContext:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(_WATCH)
    return context


def _article(html: str) -> str:
    match = re.search(r"<article.*?</article>", html, re.DOTALL)
    assert match
    return match[0]


@pytest.mark.parametrize("engine", ENGINES)
def test_no_hostile_page_does_anything_in_a_browser(
    hostile_sites: dict[str, Path], browser: Browser, serve: Any, engine: str
) -> None:
    address = serve(hostile_sites[engine])
    page = _watched(browser).new_page()
    done: list[str] = []
    page.on(
        "dialog", lambda dialog: (done.append(f"{page.url} {dialog.message}"), dialog.dismiss())
    )
    page.on("request", lambda request: done.append(request.url))
    for name in [*HOSTILE, *BEHIND, "training/listen"]:
        at = f"{address}/{name}/"
        page.goto(at)
        page.mouse.move(400, 300)
        page.wait_for_timeout(50)
        assert page.url == at
        assert page.evaluate("window.broken") == [], name
        assert page.evaluate("document.querySelectorAll('[id=__config]').length") == 1
    assert [url for url in done if not url.startswith((address, "data:", "blob:"))] == []
    assert [line for line in done if " " in line] == []


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_of_a_hostile_page_is_alive_in_its_html(
    hostile_sites: dict[str, Path], engine: str
) -> None:
    for name in [*HOSTILE, *BEHIND, "training/listen"]:
        html = (hostile_sites[engine] / name / "index.html").read_text(encoding="utf-8")
        article = re.sub(
            r"<(article|/article)[^>]*>|<a [^>]*(class=\"md-|id=\"?__skip)[^>]*>",
            "",
            _article(html),
        )
        assert alive(article) == [], name
        assert "<script>a" not in html
        assert "<img src=x" not in html


@pytest.mark.parametrize("name", HOSTILE)
def test_check_refuses_a_hostile_page_at_its_line(name: str, tmp_path: Path) -> None:
    text, line = HOSTILE[name]
    root = folder.write(tmp_path, folder.MINIMAL | {"content/pages/a.md": f"# {name}\n\n{text}\n"})
    found = check(root, TODAY).diagnostics
    assert line in {d.line for d in found if d.rule == "pages-run-no-code"}
    assert all(d.help for d in found)


@pytest.mark.parametrize("engine", ENGINES)
def test_what_must_not_lie_beside_pages_is_not_in_a_site(
    hostile_sites: dict[str, Path], engine: str
) -> None:
    names = [file.name.lower() for file in hostile_sites[engine].rglob("*")]
    assert [name for name in names if name.startswith(("evil", "other"))] == []


def test_check_refuses_what_must_not_lie_beside_pages(tmp_path: Path) -> None:
    files = {f"content/pages/{name}": text for name, text in BESIDE.items()}
    found = check(folder.write(tmp_path, folder.MINIMAL | files), TODAY).diagnostics
    assert {(d.path.removeprefix("content/pages/"), d.rule) for d in found} == {
        (name, "every-file-is-a-record") for name in BESIDE
    }
    assert is_page_attachment("map.PNG")


def test_mkdocs_alone_cleans_pages_and_gives_the_policy(tmp_path: Path) -> None:
    root = _program(tmp_path / "program", _hostile_files())
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(tmp_path / "site")]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    for name in [*HOSTILE, *BEHIND]:
        html = (tmp_path / "site" / name / "index.html").read_text(encoding="utf-8")
        assert "<script>a" not in html
        assert content_security_of(html)
    assert [f.name for f in (tmp_path / "site").rglob("evil*")] == []
    assert content_security_of((tmp_path / "site/404.html").read_text(encoding="utf-8"))


def test_numbers_of_lines_stay_in_whichever_style_they_are_written() -> None:
    code = '``` python linenums="1"\nx = 1\n```'
    for style in ("table", "inline", "pymdownx-inline"):
        settings = {"pymdownx.highlight": {"linenums_style": style, "anchor_linenums": True}}
        extensions = ["pymdownx.superfences", "pymdownx.highlight"]
        html = Markdown(extensions=extensions, extension_configs=settings).convert(code)
        assert find_removals(html) == (), style


SNIPPETS = {
    "content/pages/part.md": "a part of a page",
    "content/pages/takes.md": (
        '# Takes\n\n--8<-- "content/pages/part.md"\n\n--8<-- "content/program.yml"\n\n'
        '--8<-- "content/pages/../participants/ada.yml"\n\n--8<-- ".git/config"\n\n'
        '--8<-- "glossary.md"\n'
    ),
    "glossary.md": "a word\n\n<script>alert(1)</script>",
    ".git/config": "AUTHORIZATION",
    **{
        f"content/pages/more-{n}.md": f"grows\n\n{10 * takes}"
        for n in range(6)
        for takes in [f'--8<-- "content/pages/more-{n + 1}.md"\n\n']
    },
    "content/pages/more-6.md": "grows",
}


def test_where_pages_may_take_in_files_they_take_in_no_record_and_not_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings = settings.replace("plugins:\n", "  - pymdownx.snippets\nplugins:\n")
    root = _program(tmp_path / "program", SNIPPETS, settings)
    monkeypatch.chdir(root)
    site = build_site(root, tmp_path / "site", TODAY, "public", "mkdocs").out
    html = _article((site / "takes/index.html").read_text(encoding="utf-8"))
    assert "a part of a page" in html and "a word" in html
    assert [w for w in ("time_zone", "github", "AUTHORIZATION", "<script>") if w in html] == []
    grown = (site / "more-0/index.html").read_text(encoding="utf-8")
    assert 10 < grown.count("grows") <= snippets.MAX_SNIPPETS + 1


def test_mkdocs_alone_prints_no_command_of_a_page_s(tmp_path: Path) -> None:
    text = "# A\n\n[x](a##[error]b.md) [y](##[error]) [z](\x9b31mz.md)\n".replace("\x9b", "&#155;")
    root = _program(tmp_path / "program", {"content/pages/a.md": text})
    command = [sys.executable, "-m", "mkdocs", "build", "-d", str(tmp_path / "site")]
    for log in ("true", ""):
        run = subprocess.run(
            command,
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"GITHUB_ACTIONS": log},
        )
        assert "b.md" in run.stderr
        assert "\x9b" not in run.stderr
        assert ("##[" in run.stderr) == (not log)


def test_a_folder_of_the_programs_own_theme_is_found_by_zensical(tmp_path: Path) -> None:
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings = settings.replace("name: material", "name: material\n  custom_dir: theme")
    own = '{% extends "base.html" %}{% block scripts %}{{ super() }}<script>ours()</script>'
    files = {"theme/main.html": f"{own}{{% endblock %}}", "content/pages/.gitkeep": ""}
    root = _program(tmp_path / "program", files, settings)
    html = (
        build_site(root, tmp_path / "site", TODAY, "public", "zensical").out / "index.html"
    ).read_text()
    assert "<script>ours()</script>" in html
    assert content_security._hash_script("ours()") in content_security_of(html)


def test_zensical_reads_no_picture_into_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = _program(tmp_path / "program", {"content/pages/.gitkeep": ""})
    (root / "content/pages/map.png").write_bytes(b"picture")
    read = Path.read_bytes

    def read_no_picture(path: Path) -> bytes:
        assert path.suffix != ".png"
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", read_no_picture)
    site = build_site(root, tmp_path / "site", TODAY, "public", "zensical").out
    with (site / "map.png").open("rb") as picture:
        assert picture.read() == b"picture"


def content_security_of(html: str) -> str:
    """The policy of a page, which must stand before everything that it is to hold."""
    match = re.search(
        r'<head>\s*<meta charset="?utf-8"?>'
        r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">',
        html,
    )
    return match[1] if match else ""


@pytest.mark.parametrize("engine", ENGINES)
def test_every_page_has_one_policy_that_lets_nobodys_script_run(
    hostile_sites: dict[str, Path], engine: str
) -> None:
    site = hostile_sites[engine]
    policies = {content_security_of(f.read_text(encoding="utf-8")) for f in site.rglob("*.html")}
    assert len(policies) == 1
    (policy,) = policies
    assert policy.startswith("default-src 'none'; script-src 'self' 'sha256-")
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.partition("style-src")[0]
    assert content_security._hash_script("alert(1)") not in policy


@pytest.mark.parametrize("engine", ENGINES)
def test_what_extensions_make_stays_and_works(
    kept_sites: dict[str, Path], browser: Browser, serve: Any, engine: str
) -> None:
    page = _watched(browser).new_page()
    page.goto(f"{serve(kept_sites[engine])}/kept/")
    there = (
        *(".tabbed-set input[type=radio]", ".task-list-item input[type=checkbox][disabled]"),
        *("sup > a.footnote-ref", ".footnote li a.footnote-backref", "abbr[title]", ".keys kbd"),
        *("mark", "sub", ".admonition.note", "details.tip > summary", ".highlight .linenos"),
        *(".highlight .hll", ".highlight .k", "dl dd", "a.md-button", "img[width='30']"),
        *(".grid.cards li", "details[open]", "h1#top", "a.headerlink", "#__figure-caption_1"),
    )
    article = page.locator("article, .md-content")
    assert [one for one in there if article.locator(one).count() == 0] == []
    cell = article.locator("td").filter(has_text=re.compile("^2$"))
    assert cell.evaluate("cell => getComputedStyle(cell).textAlign") in ("right", "-webkit-right")
    page.get_by_text("Second", exact=True).click()
    assert article.get_by_text("in another").is_visible()
    assert not article.get_by_text("in one tab").is_visible()
    assert page.evaluate("window.broken") == []


@pytest.mark.parametrize("engine", ENGINES)
def test_a_link_to_another_site_shows_its_host_in_whichever_engine(
    kept_sites: dict[str, Path], engine: str
) -> None:
    html = (kept_sites[engine] / "kept/index.html").read_text(encoding="utf-8")
    link = (
        'A <a href="https://book.example/x" rel="nofollow ugc noopener">book</a> (book.example) in'
    )
    assert link in html


@pytest.mark.parametrize("engine", ENGINES)
def test_a_site_works_under_its_policy(
    kept_sites: dict[str, Path], browser: Browser, serve: Any, engine: str
) -> None:
    address = serve(kept_sites[engine])
    page = _watched(browser).new_page()
    for path in ("", "kept/", "people/", "pairs/spring/ada-grace/", "404.html"):
        page.goto(f"{address}/{path}")
        page.wait_for_timeout(100)
        assert page.evaluate("window.broken") == [], path
    page.goto(f"{address}/kept/")
    shades = "document.body.getAttribute('data-md-color-scheme')"
    assert page.evaluate(shades) == "default"
    page.locator("label.md-header__button[title^='Switch']:visible").first.click()
    page.wait_for_function(f"{shades} === 'slate'")
    page.reload()
    assert page.evaluate(shades) == "slate"
    page.keyboard.press("/")
    page.wait_for_timeout(500)
    page.keyboard.type("Grace")
    page.locator("a[href*='people/grace']").locator("visible=true").last.wait_for(timeout=15000)
    assert page.evaluate("window.broken") == []
    page.goto(f"{address}/people/")
    page.locator("article a[href*='ada']").first.click()
    page.wait_for_url("**/people/ada/")


def test_a_script_that_nobody_knows_ends_the_build(tmp_path: Path) -> None:
    (tmp_path / "hook.py").write_text(
        "def on_page_content(html, page, config, files):\n"
        "    return html + '<script>surprise()</script>' if page.file.name == 'join' else html\n"
    )
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8") + "hooks: [../hook.py]\n"
    root = _program(tmp_path / "program", {"content/pages/.gitkeep": ""}, settings)
    with pytest.raises(CannotBuild, match=r"'join/index.html' holds a script that is not the"):
        build_site(root, tmp_path / "site", TODAY, "public", "mkdocs")
    assert not (tmp_path / "site").exists()


def test_a_script_of_the_programs_own_theme_is_known(tmp_path: Path) -> None:
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings = settings.replace("name: material", "name: material\n  custom_dir: theme")
    script = "<script>ours()</script>"
    override = (
        f'{{% extends "base.html" %}}{{% block scripts %}}{{{{ super() }}}}{script}{{% endblock %}}'
    )
    root = _program(
        tmp_path / "program",
        {"content/pages/.gitkeep": "", "theme/main.html": override},
        settings,
    )
    site = build_site(root, tmp_path / "site", TODAY, "public", "mkdocs").out
    html = (site / "join/index.html").read_text(encoding="utf-8")
    assert script in html
    assert content_security._hash_script("ours()") in content_security_of(html)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_mark_of_our_pages_is_in_no_site_and_no_other_mark_counts(
    engine: str, tmp_path: Path
) -> None:
    old = "<!-- made by peerloom 0123456789abcdef0123456789abcdef -->\n<script>alert(1)</script>\n"
    root = _program(tmp_path / "program", {"content/pages/a.md": old})
    site = build_site(root, tmp_path / "site", TODAY, "public", engine).out
    assert "<script>alert" not in (site / "a/index.html").read_text(encoding="utf-8")
    said = b"".join(f.read_bytes() for f in site.rglob("*") if f.is_file())
    marks = set(re.findall(rb"made by peerloom ([0-9a-f]*)", said))
    assert marks <= {b"0123456789abcdef0123456789abcdef"}
    assert b"written by hand --" not in said


def test_a_build_cleans_pages_whatever_mkdocs_yml_says_of_the_extension(tmp_path: Path) -> None:
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    told = "  - peerloom.sanitizing:\n      token: ''\n"
    for number, text in enumerate((settings, settings.replace("  - admonition\n", told))):
        for engine in ENGINES:
            root = _program(
                tmp_path / f"p{number}", {"content/pages/a.md": "<b onclick=x>y</b>\n"}, text
            )
            site = build_site(root, tmp_path / f"{number}{engine}", TODAY, "public", engine).out
            assert "onclick" not in (site / "a/index.html").read_text(encoding="utf-8")
            pair = (site / "pairs/spring/ada-grace/index.html").read_text(encoding="utf-8")
            assert "<svg" in pair


def test_served_pages_are_cleaned_too_when_they_change(tmp_path: Path) -> None:
    from peerloom.site.serving import _LiveSite

    root = _program(tmp_path / "program", {"content/pages/a.md": "# A\n"})
    live = _LiveSite(root, tmp_path / "out", TODAY, "public", "http://127.0.0.1:1/", lambda _: None)
    live.build_all()
    (root / "content/pages/a.md").write_text("# A\n\n<b onclick=x>bold</b>\n")
    live.update()
    html = (tmp_path / "out/a/index.html").read_text(encoding="utf-8")
    assert "<b>bold</b>" in html
    assert "onclick" not in html


def test_a_shipped_page_loses_nothing() -> None:
    program = load(ROOT).program
    for record in [*program.pages.values(), *program.training.values()]:
        assert page_removals.find_page_removals(record.text) == ()


def test_cleaning_twice_changes_nothing_more() -> None:
    for text, _ in HOSTILE.values():
        assert clean_html(clean_html(text)) == clean_html(text)


def test_a_preview_shows_what_people_wrote_as_they_wrote_it(tmp_path: Path) -> None:
    before = load(folder.write(tmp_path, folder.MINIMAL)).program
    text = '# A\n\nplain\n\n<b onclick="x">y</b> and [a link](javascript:alert(1))\n\n<svg></svg>\n'
    after = replace(before, pages={"a.md": Page(path="a.md", text=text)})
    change = Change(path="content/pages/a.md", manner="new")
    (look,) = preview_pages(before, after, [change], TODAY, "public")
    assert look.lines == tuple(line for line in text.splitlines() if line)


SLOW = {
    "<div>" * 12_000: "elements must be at most 60 deep inside each other",
    "[" * 12_000: "at most 20 brackets must be open at once",
    "<a " * 12_000: "at most 20 tags must lack their '>'",
    "[a](" * 30: "at most 20 brackets must be open at once",
    "# a\n" * 301: "a page must have at most 300 headings",
    "a\n---\n" * 301: "a page must have at most 300 underlines and rules",
    "!!! a\n" * 151: "a page must have at most 150 boxes and tabs",
    "```\n" * 201: "a page must have at most 200 fences of code",
    "*[a]: b\n" * 151: "a page must have at most 150 abbreviations",
    "[^a]: b\n\n" * 401: "a page must have at most 400 footnotes and addresses by name",
    "[TOC]\n\n" * 11: "a page must have at most 10 tables of contents",
    ">" * 13 + " a": "quotes must be nested at most 12 deep",
    " " * 101 + "a": "a line must be indented by at most 100 spaces",
    "`" * 21: "a fence of code must have at most 20 marks",
    "word " * 3_300: "a blank line must come after at most 16,000 characters",
    "<b>a</b>\n\n" * 751: "a page must have at most 1,500 tags",
    "`a` " * 501: "a blank line must come after at most 1,000 backquotes",
    "+ " * 2_000 + "a": "a line must begin at most 12 lists",
    "a\n: b\n" * 400: "a blank line must come after at most 60 definitions",
    ("[" * 19 + "\n\u00a0\n") * 200: "at most 20 brackets must be open at once",
    "~a " * 301: "a page must have at most 300 '~' and '^'",
}


@pytest.mark.parametrize("text", SLOW, ids=[text[:8].strip() for text in SLOW])
def test_what_takes_too_long_is_refused_at_its_line_by_check_and_by_build(
    text: str, tmp_path: Path
) -> None:
    page = f"---\ntitle: Long\n---\n\nfirst\n\n{text}\n"
    root = _program(tmp_path / "program", {"content/pages/a.md": page})
    found = check(root, TODAY).diagnostics
    assert SLOW[text] in {d.message for d in found}
    assert {d.rule for d in found} == {"page-too-elaborate"}
    assert all(d.line >= 7 for d in found)
    with pytest.raises(CannotBuild, match="page-too-elaborate"):
        build_site(root, tmp_path / "site", TODAY, "public", "mkdocs")


@pytest.mark.parametrize(
    "text", ["- " * 40, "* " * 40, "- a\n\n    - b\n\n" * 40, "a\n: b\n\n" * 200]
)
def test_a_rule_of_many_marks_a_list_and_a_glossary_are_within_the_bounds(text: str) -> None:
    assert bounds.find_elaborate_parts(text.encode()) == ()


def test_a_page_that_is_too_large_is_refused(tmp_path: Path) -> None:
    root = folder.write(tmp_path, folder.MINIMAL)
    text = "A sentence.\n\n" * 5_100
    (found,) = check_changes(root, {"content/pages/a.md": text}, TODAY).diagnostics
    assert found.rule == "page-too-large"
    assert found.message == "a page of 66,300 bytes must have at most 65,536"


def test_the_shipped_pages_are_far_within_the_bounds() -> None:
    for file in (*(ROOT / "content").rglob("*.md"), *(ROOT / "docs").rglob("*.md")):
        assert bounds.find_elaborate_parts(source.front_matter(file.read_bytes())[1]) == (), file


def test_the_pages_of_one_build_and_of_another_have_different_marks() -> None:
    program = load(ROOT).program
    made = render_pages(program, TODAY, "public", frozenset({"index.md", "about.md"}))
    one, other = (mark_pages(program, made, token) for token in ("a" * 32, "b" * 32))
    assert one["index.md"] != other["index.md"]
    assert one["about.md"] == other["about.md"]
