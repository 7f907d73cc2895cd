"""The allowlist: what the HTML of a page that people wrote may contain. The rest is removed."""

import re
from collections.abc import Mapping

from peerloom.web_addresses import find_host

# Text, lists, tables, pictures and boxes. Of form fields only what tabs and tasks consist of.
ELEMENTS = frozenset(
    (
        *(
            "a",
            "abbr",
            "address",
            "article",
            "aside",
            "b",
            "bdi",
            "bdo",
            "blockquote",
            "br",
            "caption",
            "cite",
        ),
        *(
            "code",
            "col",
            "colgroup",
            "dd",
            "del",
            "details",
            "dfn",
            "div",
            "dl",
            "dt",
            "em",
            "figcaption",
        ),
        *("figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img"),
        *("input", "ins", "kbd", "label", "li", "mark", "ol", "p", "pre", "q", "rp", "rt"),
        *(
            "ruby",
            "s",
            "samp",
            "section",
            "small",
            "span",
            "strong",
            "sub",
            "summary",
            "sup",
            "table",
            "tbody",
        ),
        *("td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr"),
    )
)
# Elements that go with all that is in them.
DROPPED_WITH_CONTENT = frozenset({"script", "style"})

_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "*": frozenset({"id", "class", "title", "lang", "dir", "markdown", "data-search-exclude"}),
    "a": frozenset({"href", "name", "target", "download"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "details": frozenset({"open"}),
    "div": frozenset({"align", "data-tabs"}),
    "img": frozenset({"src", "alt", "width", "height", "align", "loading"}),
    "input": frozenset({"type", "checked", "disabled", "name"}),
    "label": frozenset({"for"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "type", "reversed"}),
    "p": frozenset({"align"}),
    "span": frozenset({"data-linenos"}),
    "td": frozenset({"align", "colspan", "rowspan"}),
    "th": frozenset({"align", "colspan", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
    "tr": frozenset({"align"}),
}
ATTRIBUTES: dict[str, set[str]] = {tag: set(names) for tag, names in _ATTRIBUTES.items()}

SCHEMES = frozenset({"https"})

# What the extensions for code, tabs and captions make; any other name of this form is the theme's.
_MADE_NAME = re.compile(
    r"__(?:codelineno-[\w-]{1,80}|span-[\w-]{1,80}|tabbed_[0-9]{1,6}(?:_[0-9]{1,6})?"
    r"|(?:[a-z]{1,20}-)?caption(?:_[0-9]{1,6}){1,6})",
    re.ASCII,
)
_MADE_GROUP = re.compile(r"__tabbed_[0-9]{1,6}", re.ASCII)
_TABS = re.compile(r"[0-9]{1,6}:[0-9]{1,6}", re.ASCII)
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\u2060\ufeff]+")
_SCHEME = re.compile(r"[^/?#\\]*?:")
_FIELD = re.compile(r"<input((?: [a-z]+=\"[^\"<>]*\")*)>")

# Of the theme's own classes, those that are there for writers to use.
_OPEN_CLASSES = ("md-button", "md-tag", "md-typeset__")
# Their scripts load more from elsewhere, or take the place for their own.
_ACTIVE_CLASSES = frozenset({"mermaid"})


def allowed_value(tag: str, name: str, value: str) -> str | None:
    """Return as much of an attribute's value as may stay, or None if it must be removed."""
    if name == "class":
        kept = [word for word in value.split() if is_open_class(word)]
        return " ".join(kept) if kept or not value.strip() else None
    return value if _may_stay(tag, name, value) else None


def is_open_class(word: str) -> bool:
    """Whether writers may use a class: not those by which the theme's scripts find their parts."""
    return word not in _ACTIVE_CLASSES and (
        not word.startswith("md-") or word.startswith(_OPEN_CLASSES)
    )


def _may_stay(tag: str, name: str, value: str) -> bool:
    if name in ("href", "src"):
        return _is_beside(value) or (name == "href" and find_host(value) is not None)
    if name in ("id", "for"):
        return _is_open_name(value)
    if name == "name":
        made = _MADE_GROUP if tag == "input" else _MADE_NAME
        return made.fullmatch(value) is not None
    if name == "data-tabs":
        return _TABS.fullmatch(value) is not None
    return name != "target" or value == "_blank"


def _find_scheme(url: str) -> str | None:
    """Return the scheme of an address as a browser reads it, or None if it is relative."""
    match = _SCHEME.match(_UNSEEN.sub("", url))
    return match[0][:-1].lower() if match else None


def _is_beside(url: str) -> bool:
    """Whether an address leads to a file of this site."""
    plain = _UNSEEN.sub("", url).replace("\\", "/")
    return not plain.startswith("//") and _find_scheme(plain) is None


def _is_open_name(value: str) -> bool:
    return not value.strip().startswith("__") or _MADE_NAME.fullmatch(value) is not None


def remove_loose_fields(html: str) -> str:
    """Return sanitized HTML without form fields, except those of tabs and task lists."""
    return _FIELD.sub(lambda match: match[0] if _is_field_of_extension(match[1]) else "", html)


def _is_field_of_extension(attributes: str) -> bool:
    found = dict(re.findall(r' ([a-z]+)="([^"]*)"', attributes))
    if found.get("type") == "radio":
        return "name" in found and "id" in found
    return found.get("type") == "checkbox" and found.keys() <= {"type", "disabled", "checked"}
