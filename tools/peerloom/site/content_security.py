"""The Content-Security-Policy of a site: one `<meta>` on every page, and what it lets run.

Scripts inside a page run only by their digest. The digests come from pages that hold nobody's
text, made by the same theme: those of the site's own pages would bless whatever somebody had
got into one. A script in a page that is not among them ends the build.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_SCRIPT = re.compile(r"<script(?=[\s/>])([^>]*)>(.*?)</script(?=[\s/>])", re.DOTALL | re.IGNORECASE)
# What no browser runs: data for the theme's own script.
_IS_DATA = re.compile(r"\btype\s*=\s*[\"']?application/(?:ld\+)?json\b", re.IGNORECASE)
_CHARSET = re.compile(r"<meta charset=[\"']?utf-8[\"']?\s*/?>", re.IGNORECASE)
_SHOWN = 60

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
# Zensical's search puts its styles into its own window by a script.
_OF_ENGINES = {"mkdocs": "", "zensical": "style-src-elem 'self' 'unsafe-inline'"}


class UnknownScript(Exception):  # noqa: N818 - it reads as the sentence it is
    """A page would run what nobody knows; the message says which."""


def inline_scripts(html: str) -> Iterator[str]:
    """The scripts that stand in a page and run, each as its browser reads it."""
    for match in _SCRIPT.finditer(html):
        if match[2].strip() and not _IS_DATA.search(match[1]):
            yield match[2]


def scripts_of_site(site: Path) -> frozenset[str]:
    """The scripts that stand in the pages of a site which holds nobody's text."""
    pages = (file.read_text(encoding="utf-8") for file in site.rglob("*.html"))
    return frozenset(script for page in pages for script in inline_scripts(page))


def policy(scripts: Iterable[str], engine: str) -> str:
    """The policy under which these scripts run and no others."""
    digests = sorted({_digest(script) for script in scripts})
    lines = (
        line.format(scripts=" ".join(digests), styles=_OF_ENGINES[engine]).strip()
        for line in _DIRECTIVES
    )
    return "; ".join(line for line in lines if line)


def _digest(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def protect(out: Path, known: frozenset[str], engine: str) -> None:
    """Puts the policy into every page of a site. Raises `UnknownScript`."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(known, engine)}">'
    for file in sorted(out.rglob("*.html")):
        name = file.relative_to(out).as_posix()
        with file.open(encoding="utf-8", newline="") as page:
            html = _protected(name, page.read(), known, meta)
        with file.open("w", encoding="utf-8", newline="") as page:
            page.write(html)


def _protected(name: str, html: str, known: frozenset[str], meta: str) -> str:
    for script in inline_scripts(html):
        if script not in known:
            raise UnknownScript(
                f"'{name}' holds a script that is not the theme's: {script.strip()[:_SHOWN]!r}; "
                "a script of your own belongs in a file of the theme's folder ('custom_dir')"
            )
    at = _CHARSET.search(html)
    if at is None:
        raise UnknownScript(f"'{name}' must have '<meta charset=\"utf-8\">' in its head")
    return f"{html[: at.end()]}{meta}{html[at.end() :]}"


def deepest(out: Path) -> int:
    """How many folders the page of a site is in that is in the most."""
    return max((len(f.relative_to(out).parts) - 1 for f in out.rglob("*.html")), default=0)


def empty_pages(depth: int) -> list[str]:
    """Paths of pages that hold nobody's text, in every depth that a site has."""
    return [f"{'p/' * n}{name}.md" for n in range(depth + 1) for name in ("index", "q")]
