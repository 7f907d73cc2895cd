"""GitHub's expressions, as far as conditions and concurrency groups of workflows use them."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>\d+)|(?P<sign>==|!=|&&|\|\||[()!,])"
    r"|(?P<name>[A-Za-z_][\w.*-]*))"
)
_EMBEDDED = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_LITERALS = {"true": True, "false": False, "null": None}


def evaluate_expression(expression: str, contexts: Mapping[str, Any]) -> Any:
    """The value of an expression; `contexts` holds `github`, `needs` and `vars` as nested mappings.

    What is not there is null, as on GitHub. Raises `ValueError` for what this does not know, so
    that no condition is quietly taken for true.
    """
    text = expression.strip()
    whole = re.fullmatch(r"\$\{\{(.*)\}\}", text, re.DOTALL)
    return _Parser(whole[1] if whole else text, contexts).parse_whole()


def fill_in_expressions(text: str, contexts: Mapping[str, Any]) -> str:
    """A text in which each `${{ … }}` is replaced by its value."""
    return _EMBEDDED.sub(lambda m: _as_text(evaluate_expression(m[1], contexts)), text)


def is_truthy(value: Any) -> bool:
    """Whether GitHub takes a value for true: all but false, 0, '' and null."""
    return value not in (False, 0, "", None)


class _Parser:
    """Recursive descent over the tokens of one expression: or, and, comparison, not, operand."""

    def __init__(self, text: str, contexts: Mapping[str, Any]) -> None:
        self._tokens = [*_split_tokens(text), ("end", "")]
        self._contexts = contexts

    def parse_whole(self) -> Any:
        value = self._parse_or()
        if self._tokens[0][0] != "end":
            raise ValueError(f"unexpected '{self._tokens[0][1]}' in an expression")
        return value

    def _take(self, sign: str) -> bool:
        is_next = self._tokens[0] == ("sign", sign)
        if is_next:
            self._tokens.pop(0)
        return is_next

    def _parse_or(self) -> Any:
        value = self._parse_and()
        while self._take("||"):
            other = self._parse_and()
            value = value if is_truthy(value) else other
        return value

    def _parse_and(self) -> Any:
        value = self._parse_comparison()
        while self._take("&&"):
            other = self._parse_comparison()
            value = other if is_truthy(value) else value
        return value

    def _parse_comparison(self) -> Any:
        value = self._parse_not()
        for sign in ("==", "!="):
            if self._take(sign):
                return _are_equal(value, self._parse_not()) == (sign == "==")
        return value

    def _parse_not(self) -> Any:
        return not is_truthy(self._parse_not()) if self._take("!") else self._parse_operand()

    def _parse_operand(self) -> Any:
        if self._take("("):
            value = self._parse_or()
            if not self._take(")"):
                raise ValueError("a ')' is missing in an expression")
            return value
        kind, word = self._tokens.pop(0)
        if kind == "text":
            return word[1:-1].replace("''", "'")
        if kind == "number":
            return int(word)
        if kind == "name" and self._take("("):
            return self._call(word)
        if kind == "name":
            return _LITERALS[word] if word in _LITERALS else _find(word, self._contexts)
        raise ValueError(f"unexpected '{word}' in an expression")

    def _call(self, name: str) -> Any:
        arguments = []
        while not self._take(")"):
            arguments.append(self._parse_or())
            self._take(",")
        if name not in _FUNCTIONS:
            raise ValueError(f"the function '{name}' is not known here")
        return _FUNCTIONS[name](*arguments)


@cache
def _split_tokens(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(_match_tokens(text))


def _match_tokens(text: str) -> Iterator[tuple[str, str]]:
    start = 0
    while text[start:].strip():
        found = _TOKEN.match(text, start)
        if found is None or found.lastgroup is None:
            raise ValueError(f"'{text[start:]}' cannot be read as an expression")
        yield found.lastgroup, found[found.lastgroup]
        start = found.end()


def _find(name: str, contexts: Mapping[str, Any]) -> Any:
    """The value at a dotted path; `*` stands for each entry of a list."""
    head, _, rest = name.partition(".")
    value = contexts.get(head)
    for key in rest.split(".") if rest else ():
        if key == "*":
            continue
        if isinstance(value, list | tuple):
            value = [each.get(key) for each in value]
        else:
            value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _as_text(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _are_equal(one: Any, other: Any) -> bool:
    """Texts are compared without regard to case; values of two types are compared as numbers."""
    if isinstance(one, str) and isinstance(other, str):
        return one.casefold() == other.casefold()
    if type(one) is type(other):
        return bool(one == other)
    return _as_number(one) == _as_number(other)


def _as_number(value: Any) -> float:
    if value is None or value == "":
        return 0.0
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")


def _contains(whole: Any, part: Any) -> bool:
    if isinstance(whole, list | tuple):
        return any(_are_equal(each, part) for each in whole)
    return _as_text(part).casefold() in _as_text(whole).casefold()


def _starts_with(text: Any, start: Any) -> bool:
    return _as_text(text).casefold().startswith(_as_text(start).casefold())


# In a simulated run every job succeeds, and no run is cancelled between two jobs.
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "always": lambda: True,
    "cancelled": lambda: False,
    "contains": _contains,
    "failure": lambda: False,
    "startsWith": _starts_with,
    "success": lambda: True,
}
