"""The schemas: whole, readable, and the same records as the model's."""

import dataclasses
import types
import typing
from collections.abc import Iterator
from datetime import date
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerloom import schema
from peerloom.audience import includes
from peerloom.kinds import KIND_BY_NAME, KIND_NAMES

# Keys of a record's class that its file says in another way than by a key.
NOT_KEYS = {"training": {"id", "text"}, "page": {"path", "text"}}


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_a_schema_is_valid_2020_12(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema.load_schema(kind))
    assert schema.load_schema(kind)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def _objects(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    inner = node.get("items", node)
    if "object" in inner.get("type", ()):
        yield inner
        for below in inner.get("properties", {}).values():
            yield from _objects(below)


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_every_property_says_what_it_is_and_who_sees_it(kind: str) -> None:
    for node in _objects(schema.load_schema(kind)):
        for name, below in node.get("properties", {}).items():
            assert below["description"].endswith("."), name
            assert below["x-audience"] in ("public", "members", "coordinators"), name


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_unknown_keys_are_refused_at_every_depth(kind: str) -> None:
    for node in _objects(schema.load_schema(kind)):
        assert node["additionalProperties"] is False or "properties" not in node


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_what_is_inside_a_value_is_never_for_more_people_than_the_value(kind: str) -> None:
    for field in schema.list_fields(kind):
        if len(field.path) > 1:
            assert includes(field.audience, schema.audience_of_field(kind, field.path[:-1])), (
                field.path
            )


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_what_not_everybody_sees_may_be_absent(kind: str) -> None:
    for field in schema.list_fields(kind):
        above = schema.audience_of_field(kind, field.path[:-1]) if len(field.path) > 1 else "public"
        if field.audience != above:
            assert not field.is_required, field.path


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_the_model_and_the_schema_name_the_same_record(kind: str) -> None:
    _agree(
        schema.load_schema(kind), KIND_BY_NAME[kind].record_class, kind, NOT_KEYS.get(kind, set())
    )


def _agree(node: dict[str, Any], class_: Any, where: str, without: set[str]) -> None:
    hints = typing.get_type_hints(class_)
    fields = {f.name: f for f in dataclasses.fields(class_) if f.name not in without}
    assert list(fields) and set(fields) == set(node["properties"]), where
    needed = {
        name
        for name, f in fields.items()
        if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
    }
    assert needed == set(node.get("required", ())), where
    for name in fields:
        _agree_type(node["properties"][name], hints[name], f"{where}.{name}")


def _agree_type(node: dict[str, Any], hint: Any, where: str) -> None:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        hints = [arg for arg in args if arg is not type(None)]
        if len(hints) > 1:
            assert len(hints) == len(node["type"]), where
            for name, one in zip(node["type"], hints, strict=True):
                _agree_type({**node, "type": name}, one, where)
            return
        (hint,) = hints
        origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        assert list(args) == node["enum"], where
    elif origin is tuple:
        assert node["type"] == "array", where
        _agree_type(node["items"], args[0], f"{where}[]")
    elif origin is dict:
        assert node["type"] == "object" and "additionalProperties" in node, where
    elif dataclasses.is_dataclass(hint):
        assert node["type"] == "object", where
        _agree(node, hint, where, set())
    elif hint is date:
        assert (node["type"], node["format"]) == ("string", "date"), where
    else:
        named = {str: "string", int: "integer", bool: "boolean", float: "number"}
        assert node["type"] == named[hint], where


_WORDS = st.sampled_from(
    ["ada", "2026-02-09", "2026-02-30", "12:30", "mentor", "public", "", "https://e.org/x", "A B"]
)
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 9)
    | st.floats(-2, 2)
    | _WORDS
    | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def _records(draw: st.DrawFn) -> tuple[str, Any]:
    kind = draw(st.sampled_from(KIND_NAMES))
    names = st.sampled_from([field.path[0] for field in schema.list_fields(kind)]) | _WORDS
    return kind, draw(st.dictionaries(names, _VALUES, max_size=8) | _VALUES)


@given(_records())
def test_the_quick_and_the_thorough_validator_say_the_same(record: tuple[str, Any]) -> None:
    kind, value = record
    assert schema.is_valid(kind, value) == (next(schema.find_problems(kind, value), None) is None)


def _said(kind: str, value: Any) -> list[str]:
    return [f"{p.keys} {p.rule} {p.message} | {p.help}" for p in schema.find_problems(kind, value)]


@pytest.mark.parametrize("key", ["id", "github", "booking_url"])
def test_a_line_break_at_the_end_of_a_word_is_refused_with_a_reason(key: str) -> None:
    record: dict[str, Any] = {"id": "ada", "name": "Ada"}
    record["cohorts"] = [{"cohort": "spring", "role": "mentor"}]
    record |= {key: "https://meet.example.org\n" if key == "booking_url" else "ada\n"}
    assert not schema.is_valid("participant", record)
    assert [problem.keys for problem in schema.find_problems("participant", record)] == [(key,)]


def test_what_is_wrong_is_said_in_words_for_people() -> None:
    ada = {
        "id": "Ada L",
        "nme": "Ada",
        "cohorts": [],
        "consent": {"given_on": "2026-02-30", "show": "publc"},
        "languages": ["en", "en"],
        "skills_offered": "python",
    }
    assert _said("participant", ada) == [
        "('nme',) unknown-key key 'nme' must be one that is known in a participant | "
        "did you mean 'name'?",
        "() missing-key a participant must have the key 'name' | "
        "The name as the person wants it shown.",
        "('cohorts',) too-short 'cohorts' must have at least one entry, and has 0 | ",
        "('consent', 'given_on') bad-format 'given_on' must be a date that exists, "
        "and is '2026-02-30' | write it YEAR-MONTH-DAY, as 2026-02-09",
        "('consent', 'show') not-one-of 'show' must be one of public, members, coordinators, "
        "and is 'publc' | did you mean 'public'?",
        "('id',) bad-format 'id' must be written such as 'ada-lindgren', and is 'Ada L' | "
        "small letters a to z and digits, words joined by single hyphens",
        "('languages', 1) repeated-item 'en' must be in 'languages' only once | delete one",
        "('skills_offered',) wrong-type 'skills_offered' must be a list, "
        "and is the text 'python' | What the person can help others with.",
    ]


def test_a_file_that_is_no_record_is_told_what_it_holds() -> None:
    for value, what in (([1], "a list"), ("hello", "the text 'hello'"), (None, "nothing")):
        assert _said("pair", value) == [
            f"() wrong-type a pair must be a group of keys, and this file holds {what} | "
            "write it as 'key: value' lines; 'peerloom schema pair' shows the keys"
        ]
