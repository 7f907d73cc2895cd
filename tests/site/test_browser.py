"""The built site in a real browser: nobody else is asked, everybody can read it."""

import functools
import http.server
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from peerloom.site import Engine, build_site

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)
PAIR = "pairs/2026-autumn/amara-uzma/"
PAGES = (
    "",
    "join/",
    "calendar/",
    "people/",
    "people/amara-okafor/",
    "cohorts/2026-autumn/",
    "cohorts/2026-spring/report/",
    PAIR,
    "circles/2026-autumn/mentors-table/",
    "training/goals-with-five-steps/",
    "resources/",
    "attention/",
    "reference/records/",
    "guidelines/coordinators/",
)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    out = tmp_path_factory.mktemp("browser") / "site"
    build_site(ROOT, out, TODAY, "coordinators", "mkdocs")
    with _serve(out) as address:
        yield address


@contextmanager
def _serve(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing; install it: apt-get install chromium chromium-driver"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_every_kind_of_page_and_no_other_host_is_asked(
    site: str, browser: Browser, scheme: Any
) -> None:
    page = browser.new_context(
        color_scheme=scheme, viewport={"width": 1280, "height": 900}
    ).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    wrong = []
    for path in PAGES:
        answer = page.goto(f"{site}/{path}")
        assert answer is not None, path
        assert answer.ok, path
        for found in Axe().run(page).response["violations"]:
            if found["impact"] in ("serious", "critical"):
                nodes = [node["html"][:160] for node in found["nodes"][:3]]
                wrong.append((path, found["id"], nodes))
    assert wrong == []
    assert [url for url in asked if not url.startswith((site, "data:", "blob:"))] == []


def test_nothing_is_wider_than_a_small_phone(site: str, browser: Browser) -> None:
    page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    for path in PAGES:
        page.goto(f"{site}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_a_name_is_found_by_the_search(site: str, browser: Browser) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(site)
    page.click(".md-search__input")
    page.keyboard.type("Tomáš")
    page.wait_for_selector(".md-search-result__link[href*='tomas-dvorak']", timeout=15000)


def _list_teal(site: Path) -> set[str]:
    """The values of every color that a site has only where it is teal, as browsers say them."""
    sheets = [*site.rglob("palette.*.css"), *site.rglob("peerloom.css")]
    css = "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    blocks = re.findall(r"([^{}]*\bteal\b[^{}]*)\{([^{}]*)\}", css)
    found = {hex_ for _, block in blocks for hex_ in re.findall(r"#([0-9a-f]{6})\b", block)}
    return {f"rgb({int(h[:2], 16)}, {int(h[2:4], 16)}, {int(h[4:], 16)})" for h in found}


# Every color of every element and of what is before and after it.
_COLORS = """() => {
  const keys = ["color", "backgroundColor", "fill", "stroke", "borderTopColor", "borderLeftColor",
    "borderBottomColor", "borderRightColor", "outlineColor", "textDecorationColor", "boxShadow"];
  const found = new Set();
  for (const element of document.querySelectorAll("*"))
    for (const part of [null, "::before", "::after", "::marker"]) {
      const style = getComputedStyle(element, part);
      for (const key of keys)
        for (const color of (style[key] || "").match(/rgb[a(][^)]*/g) || [])
          found.add(color + ")");
    }
  return [...found];
}"""


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_the_colors_are_those_that_the_settings_name_and_no_others(
    engine: Engine, tmp_path: Path, browser: Browser
) -> None:
    root = tmp_path / "program"
    shutil.copytree(ROOT / "content", root / "content")
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    is_found = {}
    for primary in ("teal", "indigo"):
        (root / "mkdocs.yml").write_text(settings.replace("primary: teal", f"primary: {primary}"))
        out = tmp_path / primary
        build_site(root, out, TODAY, "coordinators", engine)
        teal = _list_teal(out)
        assert len(teal) >= 5
        colors: set[str] = set()
        with _serve(out) as address:
            for scheme in ("light", "dark"):
                page = browser.new_page(color_scheme=scheme)
                for path in ("", PAIR):
                    page.goto(f"{address}/{path}")
                    colors.update(page.evaluate(_COLORS))
                page.close()
        is_found[primary] = bool(colors & teal)
    assert is_found == {"teal": True, "indigo": False}
