"""The versions of Peerloom, and what is new in each, in the words of those who run programs."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from packaging.version import Version

from peerloom import source


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A version, and what is new in it: sentences in Markdown without a final line break."""

    version: str
    news: tuple[str, ...]


@cache
def list_releases() -> tuple[Release, ...]:
    """Return all versions, oldest first, as `news.yml` lists them."""
    text = files("peerloom.upgrading").joinpath("news.yml").read_bytes()
    return tuple(
        Release(version=str(entry["version"]), news=tuple(entry["news"]))
        for entry in source.parse(text).value
    )


def release_versions() -> tuple[str, ...]:
    """Return the number of each version, oldest first."""
    return tuple(release.version for release in list_releases())


def news_since(version: str, installed: str) -> tuple[Release, ...]:
    """Return the releases after a version, up to the installed one; none if it is this one."""
    if version == installed:
        return ()
    first, last = Version(version), Version(Version(installed).base_version)
    return tuple(r for r in list_releases() if first < Version(r.version) <= last)
