"""Reading YAML: what a person wrote is what the program gets, or it is refused with its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerloom import source
from peerloom.source import Flaw, Parsed


@pytest.mark.parametrize(
    "written",
    [
        "12:30",
        "no",
        "010",
        "1.10",
        "2026-02-30",
        "2026-02-09",
        "1e3",
        "0x1f",
        "+1",
        "1_000",
        "yes",
        ".5",
        "-0",
    ],
)
def test_a_plain_word_stays_what_the_person_wrote(written: str) -> None:
    assert source.parse(f"key: {written}\n".encode()) == Parsed({"key": written}, ())


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("null", None),
        ("~", None),
        ("", None),
        ("true", True),
        ("false", False),
        ("0", 0),
        ("-12", -12),
        ("2.5", 2.5),
    ],
)
def test_only_the_plainest_forms_are_more_than_text(written: str, value: object) -> None:
    parsed = source.parse(f"key: {written}\n".encode())
    assert parsed == Parsed({"key": value}, ())
    assert type(parsed.value["key"]) is type(value)


REFUSED = {
    "duplicate key": (b"a: 1\nb: 2\na: 3\n", [(3, 1, "duplicate-key")]),
    "anchor and alias": (b"a: &x 1\nb: *x\n", [(1, 4, "no-anchors"), (2, 4, "no-aliases")]),
    "tag": (b"a: !!python/name:os.system x\n", [(1, 4, "no-tags")]),
    "own tag": (b"a: !secret x\n", [(1, 4, "no-tags")]),
    "second document": (b"a: 1\n---\nb: 2\n", [(2, 1, "one-document")]),
    "tab": (b"a:\n\tb: 1\n\tc: 2\n", [(2, 1, "no-tabs"), (3, 1, "no-tabs")]),
    "byte-order mark": (b"\xef\xbb\xbfa: 1\n", [(1, 1, "no-byte-order-mark")]),
    "windows text": (b"name: Zo\xeb\n", [(1, 9, "not-utf-8")]),
    "utf-16": ("a: 1\n".encode("utf-16"), [(1, 1, "not-utf-8")]),
    "too large": (b"a: " + b"x" * 256 * 1024, [(1, 1, "too-large")]),
    "too deep": (b"a: " + b"[" * 100, [(1, 43, "too-deep")]),
    "nul": (b"a: x\x00y\n", [(1, 5, "no-control-characters")]),
    "escape sequence": (b"a: \x1b[31mred\n", [(1, 4, "no-control-characters")]),
    "bidirectional control": ("a: x\u202ey\n".encode(), [(1, 5, "no-bidi-controls")]),
    "escaped bidirectional control": (b'a: "x\\u202ey"\n', [(1, 4, "no-bidi-controls")]),
    "colon in a text": (b"a: first: second\n", [(1, 9, "not-yaml")]),
    "entry below an empty list": (b"a: []\n# like\n  - b: 1\n", [(3, 3, "not-yaml")]),
    "entry in line with an empty list": (b"a: [ ] # none\r\n- b\r\n", [(2, 1, "not-yaml")]),
    "open quote": (b"a: 'never closed\nb: 2\n", [(1, 4, "not-yaml")]),
    "key that is a list": (b"? [a, b]\n: c\n", [(1, 3, "not-yaml")]),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_could_mislead_is_refused_at_its_place(case: str) -> None:
    data, expected = REFUSED[case]
    parsed = source.parse(data)
    assert parsed.value is None
    assert [flaw[:3] for flaw in parsed.flaws] == expected


def test_a_flaw_says_what_must_hold_and_what_to_do() -> None:
    assert source.parse(b"a: 1\na: 2\n").flaws == (
        Flaw(
            2,
            1,
            "duplicate-key",
            "key 'a' must be here only once",
            "keep the one that is right and delete the other",
        ),
    )


def test_entries_below_an_empty_list_are_told_from_other_mistakes() -> None:
    (flaw,) = source.parse(b"skills: []\n#  - id: sql\n  - id: python\n").flaws
    assert flaw.message == "an entry must not stand below '[]', which says that the list is empty"
    assert flaw.help == "delete the '[]' above, so that its line ends with the colon"


def test_a_billion_laughs_costs_no_more_events_than_it_has_lines() -> None:
    lines = [b"a0: &a0 [lol, lol]"] + [
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]".encode() for n in range(1, 9)
    ]
    parsed = source.parse(b"\n".join(lines) + b"\n")
    assert parsed.value is None
    assert len(parsed.flaws) == 9 + 8 * 9
    assert {flaw.rule for flaw in parsed.flaws} == {"no-anchors", "no-aliases"}


def test_every_value_and_key_has_its_place() -> None:
    found = source.locate_values(b"a: 1\nb:\n  - c: 2\n    d: [x, y]\n  - 3\n")
    assert found["a",] == ((1, 4), (1, 1))
    assert found["b", 0, "c"] == ((3, 8), (3, 5))
    assert found["b", 0, "d", 1] == ((4, 12), (4, 12))
    assert found["b", 1] == ((5, 5), (5, 5))


def test_front_matter_ends_at_its_second_line_of_dashes() -> None:
    data = b"---\ntitle: A\n---\n\n# Text\n\n---\n\nmore\n"
    assert source.front_matter(data) == (b"---\ntitle: A\n", b"\n# Text\n\n---\n\nmore\n")
    assert source.front_matter(b"# No front matter\n") == (b"", b"# No front matter\n")


_texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp"]) | st.just("\n")
)
_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | _texts,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(_texts.filter(lambda t: "\n" not in t and len(t) < 60), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(_values)
def test_what_is_dumped_is_read_back(value: object) -> None:
    assert source.parse(source.dump({"key": value}).encode()) == Parsed({"key": value}, ())


@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda t: t.encode("utf-8", "surrogatepass"))
)
def test_no_bytes_raise_and_every_flaw_lies_inside_the_file(data: bytes) -> None:
    parsed = source.parse(data)
    lines = data.count(b"\n") + data.count(b"\r") + 1
    assert all(1 <= flaw.line <= lines and flaw.column >= 1 for flaw in parsed.flaws)
    source.locate_values(data)
