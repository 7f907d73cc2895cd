"""Links to other sites in what people wrote: each shows its host, and recommends nothing."""

import re
from html import unescape

from peerloom.web_addresses import LINK_REL, find_host

# As cleaning writes it: small letters, every value in double quotes and none of them inside.
_TAG = re.compile(r'<a((?: [a-z-]+="[^"]*")*)>|</a>')
_HREF = re.compile(r' href="([^"]*)"')
_ANY_TAG = re.compile(r"<[^<>]*>")


def show_hosts(html: str) -> str:
    """Return cleaned HTML in which every link to another site is followed by that site's host.

    The host is left out where the words of the link are its address, or where it follows
    already, as on a page that was made with `Here.external_link`.
    """
    made = []
    done = 0
    open_links: list[tuple[str, int]] = []
    for tag in _TAG.finditer(html):
        made.append(html[done : tag.start()])
        done = tag.end()
        if tag[0] != "</a>":
            address = _find_address(tag[1])
            open_links.append((address, tag.end()))
            made.append(f'<a{tag[1]} rel="{LINK_REL}">' if find_host(address) else tag[0])
            continue
        address, begins = open_links.pop() if open_links else ("", tag.start())
        made.append(tag[0] + _host_to_add(address, html[begins : tag.start()], html[done:][:300]))
    return "".join((*made, html[done:]))


def _find_address(attributes: str) -> str:
    match = _HREF.search(attributes)
    return unescape(match[1]) if match else ""


def _host_to_add(address: str, words: str, after: str) -> str:
    """Return the host in brackets, or nothing where it is shown already."""
    host = find_host(address)
    shown = f" ({host})"
    if host is None or after.startswith(shown):
        return ""
    return "" if _is_address(unescape(_ANY_TAG.sub("", words)), address) else shown


def _is_address(words: str, address: str) -> bool:
    """Whether the words of a link are where it leads, with or without its `https://`."""
    plain = words.strip()
    return plain in (address, address.removeprefix("https://"), address.rstrip("/"))
