"""Languages by what their tags begin with: `pt-BR` and `pt` are one."""

from collections.abc import Iterable


def tongue(tag: str) -> str:
    """What a BCP 47 tag begins with, in small letters."""
    return tag.partition("-")[0].casefold()


def tongues(tags: Iterable[str]) -> tuple[str, ...]:
    """The languages of some tags, each once, in their order."""
    return tuple(dict.fromkeys(tongue(tag) for tag in tags))
