"""The Content-Security-Policy of a site: one `<meta>` on every page, and what it allows.

A script inside a page runs only if its digest is in the policy. The digests are those of empty
pages made by the same theme; digests of the site's own pages would also allow any script that
somebody had smuggled into one. A page with a script that is not among them ends the build.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_SCRIPT = re.compile(r"<script(?=[\s/>])([^>]*)>(.*?)</script(?=[\s/>])", re.DOTALL | re.IGNORECASE)
# Data for the theme's own script, which no browser runs.
_IS_DATA = re.compile(r"\btype\s*=\s*[\"']?application/(?:ld\+)?json\b", re.IGNORECASE)
_CHARSET = re.compile(r"<meta charset=[\"']?utf-8[\"']?\s*/?>", re.IGNORECASE)
_LONGEST_SHOWN = 60

_DIRECTIVES = (
    "default-src 'none'",
    "script-src 'self' {scripts}",
    "style-src 'self'",
    "{styles}",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
)
# The search of Zensical adds its styles by a script.
_ENGINE_STYLES = {"mkdocs": "", "zensical": "style-src-elem 'self' 'unsafe-inline'"}


class UnknownScript(Exception):  # noqa: N818 - it reads as the sentence it is
    """A page has a script that is not the theme's; the message says which."""


def find_inline_scripts(html: str) -> Iterator[str]:
    """Yield the scripts inside a page that a browser would run, each as the browser reads it."""
    for match in _SCRIPT.finditer(html):
        if match[2].strip() and not _IS_DATA.search(match[1]):
            yield match[2]


def find_site_scripts(site: Path) -> frozenset[str]:
    """Return the scripts inside the pages of a site that was made of empty pages."""
    pages = (file.read_text(encoding="utf-8") for file in site.rglob("*.html"))
    return frozenset(script for page in pages for script in find_inline_scripts(page))


def make_policy(scripts: Iterable[str], engine: str) -> str:
    """Return the policy that allows these scripts, and no others, inside pages."""
    digests = sorted({_hash_script(script) for script in scripts})
    lines = (
        line.format(scripts=" ".join(digests), styles=_ENGINE_STYLES[engine]).strip()
        for line in _DIRECTIVES
    )
    return "; ".join(line for line in lines if line)


def _hash_script(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def add_policy(out: Path, known: frozenset[str], engine: str) -> None:
    """Put the policy into every page of a site. Raises `UnknownScript`."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{make_policy(known, engine)}">'
    for file in sorted(out.rglob("*.html")):
        name = file.relative_to(out).as_posix()
        with file.open(encoding="utf-8", newline="") as page:
            html = _insert_policy(name, page.read(), known, meta)
        with file.open("w", encoding="utf-8", newline="") as page:
            page.write(html)


def _insert_policy(name: str, html: str, known: frozenset[str], meta: str) -> str:
    for script in find_inline_scripts(html):
        if script not in known:
            raise UnknownScript(
                f"'{name}' holds a script that is not the theme's: "
                f"{script.strip()[:_LONGEST_SHOWN]!r}; "
                "a script of your own belongs in a file of the theme's folder ('custom_dir')"
            )
    at = _CHARSET.search(html)
    if at is None:
        raise UnknownScript(f"'{name}' must have '<meta charset=\"utf-8\">' in its head")
    return f"{html[: at.end()]}{meta}{html[at.end() :]}"


def find_greatest_depth(out: Path) -> int:
    """Return in how many folders the most deeply nested page of a site is."""
    return max((len(f.relative_to(out).parts) - 1 for f in out.rglob("*.html")), default=0)


def list_empty_pages(depth: int) -> list[str]:
    """Return paths for empty pages, one for each depth that a site has."""
    return [f"{'p/' * n}{name}.md" for n in range(depth + 1) for name in ("index", "q")]
