"""Addresses of other sites, as far as readers can be told to which host each leads.

A link that somebody wrote is only made where this can tell: the rules are those by which browsers
read an address (the WHATWG's URL standard), without the forms that hide a host.
"""

import re
import unicodedata

# To search engines such a link is no recommendation of ours, and it is named as people's own
# (`ugc`: content of users); the other site cannot reach back to the page that it came from.
LINK_REL = "nofollow ugc noopener"

# No user name, backslash or space before the host's end: all of them disguise it.
_ADDRESS = re.compile(
    r"https://([^/?#:@\\\s%]{1,253})(:[0-9]{1,5})?(?:[/?#].*)?", re.IGNORECASE | re.DOTALL
)
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
# A last part that begins with a digit makes a number of the whole, such as 2130706433.
_HOST = re.compile(rf"(?:{_LABEL}\.){{0,60}}(?![0-9]){_LABEL}", re.ASCII)
# Browsers of different ages take these for different letters, and so for different hosts.
_AMBIGUOUS = frozenset("ßς\u200c\u200d")


def find_host(address: str) -> str | None:
    """Return the host of an address on the web, in ASCII; None if no link may lead there.

    That is every address that does not begin with `https://` and a plain host. A host in other
    letters is returned as the name system has it (`xn--…`, RFC 3490), so that none is mistaken
    for another that looks the same.
    """
    match = _ADDRESS.fullmatch(address.strip(" "))
    if match is None:
        return None
    host = _as_ascii(match[1])
    return host if host is not None and len(host) <= 253 and _HOST.fullmatch(host) else None


def split_address(address: str) -> tuple[str, str] | None:
    """Return the host of an address, with its port if it names one, and what comes after.

    The answer is None where `find_host` returns None.
    """
    host = find_host(address)
    match = _ADDRESS.fullmatch(address.strip(" "))
    if host is None or match is None:
        return None
    return host + (match[2] or ""), address.strip(" ")[match.end(2) if match[2] else match.end(1) :]


def _as_ascii(host: str) -> str | None:
    if host.isascii():
        return host.lower()
    if any(c in _AMBIGUOUS or not (c in ".-_" or c.isascii() or _is_letter(c)) for c in host):
        return None
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None


def _is_letter(character: str) -> bool:
    """Whether it is a letter, a mark on one, or a digit, in any script."""
    return unicodedata.category(character)[0] in "LMN"
