"""How many pages a site has and for whom, and whether a new one may take its place."""

from pathlib import Path
from typing import Annotated

import msgspec

from peerloom import bounded
from peerloom.model import Audience
from peerloom.site.workplace import MARK, CannotBuild

_LONGEST_MARK = 1000


class Made(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a build made."""

    audience: Audience
    pages: Annotated[int, msgspec.Meta(ge=0)]


def count_pages(site: Path) -> int:
    """How many pages are in a site's folder."""
    return sum(1 for _ in site.rglob("*.html"))


def note_made(made: Made, site: Path) -> None:
    """Write into a site what it is."""
    (site / MARK).write_bytes(msgspec.json.encode(made) + b"\n")


def refuse_too_few(made: Made, out: Path) -> None:
    """Raises `CannotBuild` for no page, and for fewer than half of those that `out` has.

    A site for others has others' pages, and is not compared.
    """
    if made.pages == 0:
        raise CannotBuild("the build made no page, and nothing is replaced; --force replaces it")
    before = _pages_before(out, made.audience)
    if 2 * made.pages < before:
        raise CannotBuild(
            f"the build made {made.pages:,} of the {before:,} pages that are in '{out}', which "
            "stay as they are; if fewer than half of them is right, run it again with --force"
        )


def _pages_before(out: Path, audience: Audience) -> int:
    """How many pages the old site has, as far as it is known to be for the same readers."""
    try:
        last = msgspec.json.decode(bounded.read(out / MARK, _LONGEST_MARK), type=Made)
    except FileNotFoundError:
        return 0
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):  # an earlier version's
        return count_pages(out)
    return last.pages if last.audience == audience else 0
