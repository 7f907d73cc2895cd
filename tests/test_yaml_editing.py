"""What a person wrote stays as it was written, wherever a command changes one value in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerloom import source
from peerloom.yaml_editing import CannotEdit, set_values, set_values_or_rewrite

TEXT = """\
# The pair of spring.
id:   ada-bo      # by hand
languages:  # the first one they prefer
  - en   # daily
    # and for texts
  - pt
summary: A long text that
  somebody wrapped
  by hand   # keep

weights: {skills: 2,  goals: 1.50}  # from the last cohort
defaults:
    capacity: 3     # four spaces
    # of a circle
    circle_size: {at_least: 3}

aims: [ one,  two ]
notes: |
  first

  second

empty:    # to fill
# The end.
"""


@pytest.mark.parametrize(
    ("keys", "value", "old", "new"),
    [
        (("id",), "ada-cem", "id:   ada-bo ", "id:   ada-cem "),
        (("id",), "no: colon", "ada-bo  ", "'no: colon'  "),
        (("languages",), ["en", "pt", "fr"], "  - pt\n", "  - pt\n  - fr\n"),
        (
            ("languages",),
            ["fr"],
            "  - en   # daily\n    # and for texts\n  - pt\n",
            "  - fr\n",
        ),
        (
            ("languages",),
            "en",
            "languages:  # the first one they prefer\n"
            "  - en   # daily\n    # and for texts\n  - pt\n",
            "languages: en  # the first one they prefer\n",
        ),
        (
            ("summary",),
            "Short.",
            "A long text that\n  somebody wrapped\n  by hand",
            "Short.",
        ),
        (
            ("summary",),
            "One.\nTwo.\n",
            "A long text that\n  somebody wrapped\n  by hand   # keep\n",
            "|   # keep\n  One.\n  Two.\n",
        ),
        (("weights", "goals"), 2.25, "goals: 1.50", "goals: 2.25"),
        (("weights", "time"), 4, "goals: 1.50}", "goals: 1.50, time: 4}"),
        (("weights",), {"skills": 2, "goals": 3}, "goals: 1.50", "goals: 3"),
        (("weights",), {"goals": 3}, "{skills: 2,  goals: 1.50}", "{goals: 3}"),
        (("defaults", "capacity"), 4, "capacity: 3 ", "capacity: 4 "),
        (
            ("defaults", "grace"),
            {"days": 5},
            "{at_least: 3}\n",
            "{at_least: 3}\n    grace:\n      days: 5\n",
        ),
        (("defaults", "circle_size", "at_most"), 9, "at_least: 3", "at_least: 3, at_most: 9"),
        (("defaults", "capacity"), None, "    capacity: 3     # four spaces\n", ""),
        (("aims",), ["one", "two", "a, b"], "[ one,  two ]", "[one, two, 'a, b']"),
        (("notes",), "third\n", "|\n  first\n\n  second\n", "|\n  third\n"),
        (("notes",), "third", "|\n  first\n\n  second\n", "third\n"),
        (("empty",), True, "empty:    # to fill\n", "empty: true    # to fill\n"),
        (("empty", "a", "b"), 1, "    # to fill\n", "    # to fill\n  a:\n    b: 1\n"),
        (("last",), ["x"], "# The end.\n", "# The end.\nlast:\n  - x\n"),
        (("last", "inner"), "x", "# The end.\n", "# The end.\nlast:\n  inner: x\n"),
        (("languages",), None, TEXT[TEXT.index("languages") : TEXT.index("summary")], ""),
        (("languages",), ["en", "pt"], "", ""),
        (("absent",), None, "", ""),
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_one_value_changes_and_all_else_stays_as_written(
    keys: tuple[str, ...], value: object, old: str, new: str, line_break: str
) -> None:
    assert not old or TEXT.count(old) == 1
    text = TEXT.replace("\n", line_break)
    expected = TEXT.replace(old, new).replace("\n", line_break) if old else text
    assert set_values(text, {keys: value}) == expected


def test_a_key_is_added_to_an_entry_of_a_list_and_its_neighbors_stay() -> None:
    text = "goals:\n  - id: a  # first\n    by: ada\n  # the second\n  - {id: b}\n"
    assert set_values(text, {("goals", 0, "day"): "today", ("goals", 1, "day"): "later"}) == (
        "goals:\n  - id: a  # first\n    by: ada\n    day: today\n"
        "  # the second\n  - {id: b, day: later}\n"
    )


@pytest.mark.parametrize("keys", [("goals", 2, "on"), ("name", 0, "on"), ("goals", 0)])
def test_a_value_goes_into_no_entry_that_is_not_there(keys: tuple[str | int, ...]) -> None:
    with pytest.raises(CannotEdit):
        set_values("name: x\ngoals:\n  - id: a\n  - id: b\n", {keys: "today"})


def test_a_text_without_a_last_line_break_gets_one_before_a_new_key() -> None:
    assert set_values("name: Ada", {("region",): "Faro"}) == "name: Ada\nregion: Faro\n"
    assert set_values("", {("region",): "Faro"}) == "region: Faro\n"
    assert set_values("# nothing yet\n", {("a", "b"): 1}) == "# nothing yet\na:\n  b: 1\n"


def test_several_values_are_set_at_once() -> None:
    new = set_values("a: 1  # one\n", {("a",): 2, ("b", "c"): 3, ("b", "d"): [4]})
    assert new == "a: 2  # one\nb:\n  c: 3\n  d:\n    - 4\n"


@pytest.mark.parametrize(
    "text",
    ["{a: 1}\n...\n# end\n", "- a\n", "a: [\n", "b: !x 1\n", "a: text\n", "a: 1\n---\nb: 2\n"],
)
def test_what_cannot_be_edited_is_refused(text: str) -> None:
    with pytest.raises(CannotEdit):
        set_values(text, {("a", "b", "c"): 2})


def test_what_is_written_in_an_unusual_way_is_written_anew_where_that_is_wanted() -> None:
    text = "a: 1  # one\nb: 2\n...\n"
    with pytest.raises(CannotEdit):
        set_values(text, {("c",): 3})
    assert set_values_or_rewrite(text, {("c",): 3, ("b",): None}) == "a: 1\nc: 3\n"


_words = st.text("abc:#-'\"{}[], \n|>&*!%@é😀", max_size=12) | st.sampled_from(["", "no", "~", "1"])
_keys = st.sampled_from(["a", "b", "c: d", "e#", "'f'"])
_values = st.recursive(
    st.booleans() | st.integers(-9, 9) | _words | st.text("ab ", min_size=70, max_size=120),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)
_records = st.dictionaries(_keys, _values, min_size=1, max_size=4)
_paths = st.lists(_keys, min_size=1, max_size=3).map(tuple)


def _entry(key: str, value: object, flow: bool) -> str:
    if flow:
        return source.dump_inline({key: value})[1:-1] + "  # beside\n"
    text = source.dump({key: value})
    return text.removesuffix("...\n") if text.endswith("\n...\n") else text


@given(_records, st.dictionaries(_paths, _values, min_size=1, max_size=3), st.booleans())
def test_a_text_says_what_it_was_to_say_and_keeps_its_outer_comments(
    record: dict[str, object], changes: dict[tuple[str, ...], object], flow: bool
) -> None:
    lines = [
        f"# about {number}\n{_entry(key, value, flow)}"
        for number, (key, value) in enumerate(record.items())
    ]
    text = "".join(lines)
    try:
        new = set_values(text, changes)
    except CannotEdit:
        # Only where a change goes below something that is no group, or leaves one without keys.
        assert any(len(keys) > 1 for keys in changes)
        return
    for number in range(len(record)):
        assert f"# about {number}\n" in new
    for keys, value in list(changes.items())[-1:]:
        found = source.parse(new.encode()).value
        for key in keys:
            found = found[key]
        assert found == value
