"""Pages at the former addresses of pairs, which lead on to where the pairs are now.

They are HTML and no Markdown, so that they are in no menu and in no search.
"""

import posixpath
from dataclasses import replace

from markupsafe import Markup, escape

from peerloom.audience import visible_program
from peerloom.model import Audience, Pair
from peerloom.records import Program
from peerloom.site_map import page_path
from peerloom.text.names import people_names
from peerloom.text.translation import current_locale
from peerloom.text.translation import gettext as _

_PAGE = Markup("""\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={address}">
<link rel="canonical" href="{address}">
<link rel="stylesheet" href="{sheet}">
<title>{names}</title>
</head>
<body class="pl-redirect">
<p>{sentence}</p>
</body>
</html>
""")
_SHEET = "assets/peerloom.css"


def render_redirects(
    program: Program, audience: Audience, *, has_folders: bool = True
) -> dict[str, bytes]:
    """A page for each former id of a pair, by its path in the built site.

    Only those are made that the audience could see under that id and may see now. `has_folders`
    says whether the site's addresses end with a folder, as `use_directory_urls` of MkDocs does.
    """
    redirects: dict[str, bytes] = {}
    if not any(pair.former for pair in program.pairs.values()):
        return redirects
    seen = visible_program(program, audience)
    for pair in seen.pairs.values():
        names = people_names(seen.participants, pair.people)
        for former in pair.former:
            old = _address(replace(pair, id=former.id), has_folders=has_folders)
            new = _address(pair, has_folders=has_folders)
            redirects[old] = _render_redirect(old, new, names)
    return redirects


def _address(pair: Pair, *, has_folders: bool) -> str:
    """The path of the file in the site's folder that holds the page of a pair."""
    path = page_path("pair", pair).removesuffix(".md")
    return f"{path}/index.html" if has_folders else f"{path}.html"


def _render_redirect(old: str, new: str, names: str) -> bytes:
    folder = posixpath.dirname(old)
    address = posixpath.relpath(new, folder).removesuffix("index.html")
    link = Markup('<a href="{}">{}</a>').format(address, names)
    page = _PAGE.format(
        language=current_locale().replace("_", "-"),
        address=address,
        sheet=posixpath.relpath(_SHEET, folder),
        names=names,
        sentence=escape(_("This page has moved: {page}")).format(page=link),
    )
    return page.encode()
