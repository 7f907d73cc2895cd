"""Records spoiled at random: in their bytes, their lines, their words and their structure."""

import copy
import re
from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import Any

from peerloom import source

HOSTILE_WORDS = (
    *("", "~", "null", "true", "no", "-", "?", ":", "*x", "&x", "!x", "!!set", "%x", "@x", "`x`"),
    *("|", ">", ">-", "[", "]", "{", "}", "[[[", "{a: {b: [", "{}", "[]", "''", '"', "'open", "#"),
    *("0", "-1", "010", "1e999", ".inf", ".nan", "0x7fffffffffffffff", "9" * 40, "1.5", "12:30"),
    *("0001-01-01", "9999-12-31", "2026-02-29", "2026-02-30", "0000-00-00", "2026-10-22"),
    *("../../etc/passwd", "/", ".", "a/b", "CON", "a" * 300, "x" * 4000, "ab " * 900),
    *("<script>alert(1)</script>", "{{ 7*7 }}", "{% raw %}", "![x](http://x.example/x.png)"),
    *("[x](javascript:alert(1))", "@everyone", "::error::owned", "%0A::error::", '"\\e[31m"'),
    *('"\\0"', '"\\ud800"', '"\\u202e"', "😀", "العربية", "ı", "ﬀ", "e\u0301", "\u00a0", "\u3000"),
    *("---", "...", "<<", "<<: *x", "=", "key: value", "a: b: c", "Europe/Nowhere", "../UTC", "x-"),
)
HOSTILE_NAMES = (
    *("UPPER.yml", ".yml", ".md", "..yml", "a b.yml", "😀.yml", "e\u0301.yml", "é.yml", "x.yaml"),
    *("x\n::error::owned.yml", "\x1b[31m.yml", "x" * 240 + ".yml", "$(x).yml", "{{ x }}.md"),
    *("notes.txt", "2026-13-45-nobody.yml", "\udcff.yml", "\u202ex.md", "con.yml", "%0A.yml"),
)
_HOSTILE_BYTES = (
    *(b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc0\xaf", b"\x1b[31m", b"\x85", b"\t"),
    *(b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xae", b"\r", b"\r\n", b"\n\n", b"\x7f", b"\x0c"),
    *(b"---\n", b"...\n", b"%YAML 9.9\n", b"\xf0\x9f\x98\x80", b"\xf4\x90\x80\x80", b"#", b": "),
)
_HOSTILE_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 10**14, 10**40, 0.5, -2.5, 1e300, "", " ", "\n", [], {}, [None]),
    *([[]], [{}], {"": None}, {"a": {"b": [1]}}, ["x"] * 400, {str(n): n for n in range(300)}),
)

_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATES = (
    *("0001-01-01", "0001-01-01", "9999-12-31", "9999-12-31", "9999-12-30", "2024-02-29"),
    *("2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-10-22", "2026-06-28"),
    *("2026-01-01", "2026-06-30", "2026-09-24", "2026-10-08", "2026-12-31", "1970-01-01"),
)

# What other records hold, by the keys that lead there, such as `pairs.goals.id`.
Pool = dict[str, list[Any]]


def pool_of(values: Iterable[tuple[str, Any]]) -> Pool:
    """What all these records hold; with each goes the folder of its kind."""
    pool: Pool = {}
    for kind, value in values:
        for holder, key, name in _places(value, kind):
            pool.setdefault(name, []).append(holder[key])
    return pool


def spoiled(data: bytes, kind: str, pool: Pool, random: Random) -> bytes:
    """The bytes of a record after one to three mutations."""
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        if random.random() < 0.5:
            data = _structure(data, kind, pool, random)
        else:
            data = random.choice((_bytes, _lines, _words))(data, random)
    return data


def spoil_text(data: bytes, random: Random) -> bytes:
    """The bytes of any file after one to three mutations of its bytes, lines or words."""
    for _ in range(random.choice((1, 1, 2, 3))):
        data = random.choice((_bytes, _lines, _words))(data, random)
    return data


def _bytes(data: bytes, random: Random) -> bytes:
    start = random.randrange(len(data) + 1)
    end = min(len(data), start + random.choice((0, 1, 1, 3, 20, 400)))
    other = random.randrange(len(data) + 1)
    kind = random.randrange(6)
    if kind == 0 and start < len(data):
        return data[:start] + bytes([data[start] ^ 1 << random.randrange(8)]) + data[start + 1 :]
    if kind == 1:
        return data[:start] + data[end:]
    if kind == 2:
        return data[:start]
    if kind == 3:
        return data[:other] + data[start:end] + data[other:]
    if kind == 4:
        return data[:start] + random.randbytes(random.choice((1, 2, 8))) + data[start:]
    return data[:start] + random.choice(_HOSTILE_BYTES) + data[end:]


def _lines(data: bytes, random: Random) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    at, other = random.randrange(len(lines)), random.randrange(len(lines))
    indent = b" " * random.choice((1, 2, 2, 3, 4, 60))
    changes: tuple[Callable[[], Any], ...] = (
        lambda: lines.pop(at),
        lambda: lines.insert(other, lines[at]),
        lambda: lines.insert(other, lines.pop(at)),
        lambda: lines.__setitem__(at, indent + lines[at]),
        lambda: lines.__setitem__(at, lines[at].lstrip(b" ")),
        lambda: lines.__setitem__(at, lines[at].rstrip(b"\n")),
        lambda: lines.__setitem__(at, lines[at].rstrip(b"\n") + b" " * 200 + b"\n"),
        lambda: lines.__setitem__(slice(at, other), lines[at:other] * random.choice((0, 2, 40))),
        lambda: lines.__setitem__(slice(None), [line[:-1] + b"\r\n" for line in lines]),
    )
    random.choice(changes)()
    return b"".join(lines)


def _words(data: bytes, random: Random) -> bytes:
    """One value, one key or one list entry becomes a word that means something to somebody."""
    lines = data.split(b"\n")
    at = random.randrange(len(lines))
    word = random.choice(HOSTILE_WORDS).encode()
    key, colon, value = lines[at].partition(b":")
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip(b" -"))]
    lines[at] = random.choice(
        (
            key + colon + b" " + word,
            key + colon + value + word,
            indent + word + colon + value,
            indent + word,
            lines[at][: len(lines[at]) // 2] + word + lines[at][len(lines[at]) // 2 :],
        )
    )
    return b"\n".join(lines)


def _structure(data: bytes, kind: str, pool: Pool, random: Random) -> bytes:
    head, body = source.front_matter(data)
    value = source.parse(head or data).value
    if not isinstance(value, dict | list) or not value:
        return _words(data, random)
    if random.random() < 0.4:
        _change(value, random)
    else:
        _misplace(value, kind, pool, random)
    new = source.dump(value).encode("utf-8", "replace")
    return b"---\n" + new + b"---\n" + body if head else new


def _change(root: Any, random: Random) -> None:
    """Changes one place of a value, chosen at random at any depth."""
    places = list(_places(root))
    holder, key, _name = random.choice(places)
    other, other_key, _name = random.choice(places)
    there, elsewhere = copy.deepcopy(holder[key]), copy.deepcopy(other[other_key])
    kind = random.randrange(8)
    if kind == 0:
        del holder[key]
    elif kind == 1:
        holder[key] = copy.deepcopy(random.choice(_HOSTILE_VALUES))
    elif kind == 2:
        holder[key] = random.choice(HOSTILE_WORDS)
    elif kind == 3:
        holder[key], other[other_key] = elsewhere, there
    elif kind == 4:
        holder[key] = random.choice(([there], {"x": there}, [there, there]))
    elif kind == 5:
        holder[key] = _nested(there)
    elif isinstance(holder, list):
        holder.insert(0, there)
    else:
        holder[random.choice(HOSTILE_WORDS)] = holder.pop(key) if kind == 6 else there


def _misplace(root: Any, kind: str, pool: Pool, random: Random) -> None:
    """Puts values where their shape is right and what they say is not."""
    for _ in range(random.choice((1, 1, 2, 4))):
        places = [place for place in _places(root, kind) if _is_telling(place[0][place[1]])]
        if not places:
            return
        holder, key, name = random.choice(places)
        there = holder[key]
        if isinstance(holder, dict) and random.random() < 0.3:
            above = name.rpartition(".")[0]
            beside = [other for other in pool if other.rpartition(".")[0] == above] or [name]
            other = random.choice(beside)
            holder[other.rpartition(".")[2]] = copy.deepcopy(random.choice(pool.get(other, [0])))
        elif isinstance(there, str) and _DATE.fullmatch(there):
            holder[key] = random.choice(_DATES)
        elif type(there) is int:
            holder[key] = random.choice((there - 1, there + 1, 0, 1, 5, 50, -there))
        elif name in pool:
            holder[key] = copy.deepcopy(random.choice(pool[name]))


def _is_telling(value: Any) -> bool:
    """Whether rules look at it: it is not free text."""
    return not isinstance(value, str) or " " not in value


def _nested(value: Any) -> Any:
    for _ in range(60):
        value = [value]
    return value


def _places(value: Any, name: str = "") -> Iterator[tuple[Any, Any, str]]:
    """Each container in a value, with each of its keys or indexes, and the keys to there."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(items):
        below = f"{name}.{key}" if isinstance(key, str) else name
        yield value, key, below
        if isinstance(inner, dict | list):
            yield from _places(inner, below)
