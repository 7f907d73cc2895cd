"""The summary that a built site has of itself: its audience and its number of pages."""

from pathlib import Path
from typing import Annotated

import msgspec

from peerloom import bounded_reading
from peerloom.model import Audience
from peerloom.site.build_folder import SITE_MARK, CannotBuild

_LONGEST_SUMMARY = 1000


class SiteSummary(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The audience of a site, and how many pages it has."""

    audience: Audience
    pages: Annotated[int, msgspec.Meta(ge=0)]


def count_pages(site: Path) -> int:
    """Return the number of pages in the folder of a site."""
    return sum(1 for _ in site.rglob("*.html"))


def write_summary(summary: SiteSummary, site: Path) -> None:
    """Write the summary of a site into its folder."""
    (site / SITE_MARK).write_bytes(msgspec.json.encode(summary) + b"\n")


def refuse_fewer_pages(summary: SiteSummary, out: Path) -> None:
    """Raise `CannotBuild` for a site without pages, or with fewer than half of those in `out`.

    A site for another audience has other pages and is not compared.
    """
    if summary.pages == 0:
        raise CannotBuild("the build made no page, and nothing is replaced; --force replaces it")
    before = _count_previous_pages(out, summary.audience)
    if 2 * summary.pages < before:
        raise CannotBuild(
            f"the build made {summary.pages:,} of the {before:,} pages that are in '{out}', which "
            "stay as they are; if fewer than half of them is right, run it again with --force"
        )


def _count_previous_pages(out: Path, audience: Audience) -> int:
    """Return the number of pages in the old site, or 0 if it is for another audience."""
    try:
        data = bounded_reading.read_at_most(out / SITE_MARK, _LONGEST_SUMMARY)
        last = msgspec.json.decode(data, type=SiteSummary)
    except FileNotFoundError:
        return 0
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):  # written by an earlier version
        return count_pages(out)
    return last.pages if last.audience == audience else 0
