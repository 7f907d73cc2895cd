"""The JSON Schemas of records; no other module validates the shape of a record."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from peerloom.diagnostic import did_you_mean, quoted
from peerloom.kinds import KIND_BY_NAME
from peerloom.model import AUDIENCES, Audience, OwnAnswer, ProgramQuestion
from peerloom.program_questions import answers_as_json, answers_schema, keeps_answers
from peerloom.source import Keys
from peerloom.text.phrases import count_noun, join_choices, list_words

Questions = tuple[ProgramQuestion, ...]

# What must hold for the shape of a record, in Markdown, by the id that a problem carries.
SCHEMA_RULES: dict[str, str] = {
    "missing-key": "A record has every key that its kind needs.",
    "unknown-key": "A record has only keys that its kind knows.",
    "wrong-type": "A value is what its key is for: a text, a number, a list, a group of keys.",
    "not-one-of": "Where a few words are allowed, the value is one of them.",
    "bad-format": "An id, a date, an hour, an address or a login is written as such.",
    "too-short": "What is there is not empty, and a list has as many entries as it needs.",
    "too-long": "A text or a list is no longer than its kind allows.",
    "out-of-range": "A number is neither smaller nor larger than it can be.",
    "repeated-item": "A list has each entry only once.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A value that its schema does not allow. `keys` lead to the value, or to its key if `on_key`.

    `message` and `help` may quote what only an `audience` may read; `outline` quotes nothing.
    """

    keys: Keys
    rule: str
    message: str
    help: str = ""
    on_key: bool = False
    audience: Audience = "public"
    outline: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaField:
    """A property of a schema at any depth. `path` has only names, and no indexes of lists."""

    path: tuple[str, ...]
    description: str
    type: str
    is_required: bool
    audience: Audience
    examples: tuple[Any, ...] = ()
    allowed: tuple[str, ...] = ()


def schema_folder() -> Path:
    """Return the folder of the schemas, in the installed package or beside the sources."""
    package = Path(__file__).parent
    installed = package / "schemas"
    return installed if installed.is_dir() else package.parents[1] / "schemas"


@cache
def load_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a kind of record."""
    value: dict[str, Any] = json.loads(
        (schema_folder() / f"{kind}.json").read_text(encoding="utf-8")
    )
    return value


@lru_cache(maxsize=64)
def schema_with_answers(kind: str, questions: Questions) -> dict[str, Any]:
    """The JSON Schema of a kind in a program that has questions of its own about it."""
    root = load_schema(kind)
    if not questions or not keeps_answers(kind):
        return root
    answers = {**root["properties"]["answers"], **answers_schema(questions)}
    return {**root, "properties": {**root["properties"], "answers": answers}}


def leave_out_unwritten_lists(kind: str, value: Any) -> Any:
    """Return a program's settings without the lists after whose key nothing is written.

    A new program has such keys, so that their entries can be pasted below them. Values of other
    kinds are returned as they are.
    """
    if kind != "program" or not isinstance(value, dict):
        return value
    known = load_schema(kind)["properties"]
    return {
        key: inner
        for key, inner in value.items()
        if inner is not None or known.get(key, {}).get("type") != "array"
    }


@cache
def _quick_validator(kind: str) -> Callable[[Any], bool]:
    return _make_quick_validator(load_schema(kind))


@lru_cache(maxsize=64)
def _quick_answers_validator(questions: Questions) -> Callable[[Any], bool]:
    return _make_quick_validator(answers_schema(questions))


def _make_quick_validator(root: dict[str, Any]) -> Callable[[Any], bool]:
    import jsonschema_rs  # noqa: PLC0415 - a run that finds nothing new never needs it

    validator = jsonschema_rs.Draft202012Validator(root, validate_formats=True)
    is_valid_: Callable[[Any], bool] = validator.is_valid
    return is_valid_


def is_valid(kind: str, value: Any) -> bool:
    """Whether a value is valid by the schema of its kind; fast, but without the reasons."""
    return _quick_validator(kind)(value)


def are_valid_answers(answers: Mapping[str, OwnAnswer], questions: Questions) -> bool:
    """Whether answers are what the program's questions ask for. Fast, and without the reasons."""
    return not answers or _quick_answers_validator(questions)(answers_as_json(answers))


@lru_cache(maxsize=64)
def _thorough_validator(kind: str, questions: Questions) -> Any:
    from jsonschema import Draft202012Validator, FormatChecker, validators  # noqa: PLC0415

    formats = FormatChecker(formats=())
    formats.checks("date")(_is_date)
    extend: Any = validators.extend  # it has no types
    strict = extend(Draft202012Validator, {"pattern": _find_mismatch})
    return strict(schema_with_answers(kind, questions), format_checker=formats)


def _find_mismatch(_: Any, pattern: str, text: Any, __: Any) -> Iterator[Any]:
    """Yield the error of a text that does not match a pattern.

    In a schema `$` is the end of the text; in Python a line break may follow it.
    """
    from jsonschema import ValidationError  # noqa: PLC0415

    if isinstance(text, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), text):
        yield ValidationError(f"{text!r} does not match {pattern!r}")


def _is_date(value: object) -> bool:
    if not isinstance(value, str) or len(value) != 10 or value[4] != "-":
        return not isinstance(value, str)
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def find_problems(kind: str, value: Any, questions: Questions = ()) -> Iterator[Problem]:
    """Yield everything in a value that the schema of its kind does not allow, in plain words.

    Its answers must be what the program's own `questions` about the kind ask for.
    """
    root = schema_with_answers(kind, questions)
    found = sorted(
        _thorough_validator(kind, questions).iter_errors(value),
        key=lambda e: [str(k) for k in e.path],
    )
    for error in found:
        for problem in _WORDINGS.get(error.validator, _other_problem)(kind, error):
            yield _with_audience(root, problem)


def _with_audience(root: Mapping[str, Any], problem: Problem) -> Problem:
    """Return a problem with the audience of what its message quotes, and an outline for others."""
    known = _known_keys(root, problem.keys)
    # In a group that takes any key, the keys too are what people wrote.
    is_free = any(isinstance(key, str) for key in problem.keys[len(known) :])
    outline = "" if is_free and not problem.on_key else problem.outline
    # The message about a missing key quotes the schema alone, which is public.
    needed = "public" if problem.rule == "missing-key" else _innermost_audience(root, problem.keys)
    return replace(
        problem, audience=needed, outline=outline or _outline_without_values(known, problem.rule)
    )


def _outline_without_values(known: Keys, rule: str) -> str:
    names = [key for key in known if isinstance(key, str)]
    return (f"{quoted(names[-1])}: " if names else "") + SCHEMA_RULES[rule]


def audience_of_field(kind: str, keys: tuple[str, ...]) -> Audience:
    """Return the audience of a property; `keys` are only names, without indexes of lists."""
    node: Mapping[str, Any] = load_schema(kind)
    for name in keys:
        node = node.get("items", node)["properties"][name]
    result: Audience = node["x-audience"]
    return result


def innermost_audience(kind: str, keys: Keys) -> Audience:
    """Return the audience that may see everything at the keys of a record and below them."""
    return _innermost_audience(load_schema(kind), keys)


def audience_at(kind: str, keys: Keys) -> Audience:
    """Return the audience of a value in a record, which is public if the schema says nothing."""
    return _audience_at(load_schema(kind), keys)


def _innermost_audience(root: Mapping[str, Any], keys: Keys) -> Audience:
    node = _schema_node(root, _known_keys(root, keys))
    return max(_audiences_below(node), key=AUDIENCES.index, default=_audience_at(root, keys))


def _audience_at(root: Mapping[str, Any], keys: Keys) -> Audience:
    known = _known_keys(root, keys)
    own_audience: Audience = _schema_node(root, known).get("x-audience", "public")
    has_unknown = any(isinstance(key, str) for key in keys[len(known) :])
    return _innermost_audience(root, known) if has_unknown else own_audience


def _known_keys(root: Mapping[str, Any], keys: Keys) -> Keys:
    """Return the keys up to the first that the schema does not know."""
    node = root
    for number, key in enumerate(keys):
        if isinstance(key, str):
            node = node.get("items", node).get("properties", {}).get(key)
            if node is None:
                return keys[:number]
    return keys


def _schema_node(root: Mapping[str, Any], known: Keys) -> Mapping[str, Any]:
    node = root
    for key in known:
        if isinstance(key, str):
            node = node.get("items", node)["properties"][key]
    return node


def _audiences_below(node: Mapping[str, Any]) -> Iterator[Audience]:
    if "x-audience" in node:
        yield node["x-audience"]
    for below in node.get("items", node).get("properties", {}).values():
        yield from _audiences_below(below)


@cache
def list_fields(kind: str) -> tuple[SchemaField, ...]:
    """Return every property of a kind, outer before inner, in the schema's order."""
    return tuple(_fields_below(load_schema(kind), ()))


def _fields_below(node: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[SchemaField]:
    for name, below in node.get("properties", {}).items():
        inner = below.get("items", below)
        yield SchemaField(
            path=(*above, name),
            description=below["description"],
            type=_type_in_words(below),
            is_required=name in node.get("required", ()),
            audience=below["x-audience"],
            examples=tuple(below.get("examples", ())),
            allowed=tuple(inner.get("enum", ())),
        )
        yield from _fields_below(inner, (*above, name))


_TYPES_IN_WORDS = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "object": "group of keys",
    "array": "list",
    "null": "nothing",
}

_LISTS_IN_WORDS = {
    "group of keys": "list of groups",
    "text": "list of texts",
    "text or group of keys": "list of texts or groups",
}


def _type_in_words(node: Mapping[str, Any]) -> str:
    if "enum" in node:
        return "one of a few words"
    if node["type"] == "array":
        inner = _type_in_words(node["items"])
        return _LISTS_IN_WORDS.get(inner, "list")
    if isinstance(node["type"], list):
        return " or ".join(_TYPES_IN_WORDS[name] for name in node["type"])
    return "date" if node.get("format") == "date" else _TYPES_IN_WORDS[node["type"]]


def _key_in_words(error: Any) -> str:
    """Return the key that an error is about, as messages name it."""
    keys = [key for key in error.absolute_path if isinstance(key, str)]
    return quoted(keys[-1]) if keys else "the record"


def _one_problem(
    error: Any, rule: str, message: str, help_: str = "", *, outline: str = ""
) -> Iterator[Problem]:
    keys = tuple(error.absolute_path)
    yield Problem(keys=keys, rule=rule, message=message, help=help_, outline=outline)


def _other_problem(_: str, error: Any) -> Iterator[Problem]:
    return _one_problem(error, "bad-format", f"{quoted(error.instance)} is not allowed here")


def _unknown_keys(kind: str, error: Any) -> Iterator[Problem]:
    known = list(error.schema["properties"])
    place = tuple(error.absolute_path)
    inside = f"in {_key_in_words(error)}" if place else f"in {KIND_BY_NAME[kind].phrase}"
    for key in error.instance:
        if key not in known:
            near = did_you_mean(key, known)
            listed = f"the keys {inside} are: {list_words(known)}"
            yield Problem(
                keys=(*place, key),
                rule="unknown-key",
                message=f"key {quoted(key)} must be one that is known {inside}",
                help=near or listed,
                on_key=True,
                outline=f"{SCHEMA_RULES['unknown-key'].rstrip('.')}; {near or listed}",
            )


def _missing_key(kind: str, error: Any) -> Iterator[Problem]:
    # jsonschema has one error for each missing key, and names it only in its own message.
    missing = [key for key in error.validator_value if key not in error.instance]
    key = next(key for key in missing if error.message.startswith(repr(key)))
    where = _key_in_words(error) if error.absolute_path else KIND_BY_NAME[kind].phrase
    about = error.schema["properties"][key]["description"]
    return _one_problem(error, "missing-key", f"{where} must have the key {quoted(key)}", about)


def _wrong_type(kind: str, error: Any) -> Iterator[Problem]:
    wanted = error.validator_value
    due = join_choices(
        _TYPES_IN_WORDS[name] for name in ([wanted] if isinstance(wanted, str) else wanted)
    )
    article = "" if due.startswith(("true", "whole number or")) else "a "
    if not error.absolute_path:
        help_ = f"write it as 'key: value' lines; 'peerloom schema {kind}' shows the keys"
        phrase, held = KIND_BY_NAME[kind].phrase, _value_in_words(error.instance)
        message = f"{phrase} must be a group of keys, and this file holds {held}"
        return _one_problem(error, "wrong-type", message, help_)
    help_ = error.schema.get("description", "")
    shown = (
        "and is empty" if error.instance is None else f"and is {_value_in_words(error.instance)}"
    )
    outline = f"{_key_in_words(error)} must be {article}{due}"
    return _one_problem(error, "wrong-type", f"{outline}, {shown}", help_, outline=outline)


def _value_in_words(value: Any) -> str:
    match value:
        case None:
            return "nothing"
        case dict():
            return "a group of keys"
        case list():
            return "a list"
        case str():
            return f"the text {quoted(value)}"
        case _:
            return quoted(value)


def _not_one_of(_: str, error: Any) -> Iterator[Problem]:
    allowed = error.validator_value
    near = did_you_mean(error.instance, allowed) if isinstance(error.instance, str) else ""
    outline = f"{_key_in_words(error)} must be one of {list_words(allowed)}"
    message = f"{outline}, and is {quoted(error.instance)}"
    return _one_problem(error, "not-one-of", message, near, outline=outline)


def _bad_format(_: str, error: Any) -> Iterator[Problem]:
    if error.schema.get("format") == "date":
        # A text that is not a date breaks both its pattern and its format: report one of them.
        if error.validator == "pattern" and not _is_date(error.instance):
            return iter(())
        outline = f"{_key_in_words(error)} must be a date that exists"
        message = f"{outline}, and is {quoted(error.instance)}"
        help_ = "write it YEAR-MONTH-DAY, as 2026-02-09"
        return _one_problem(error, "bad-format", message, help_, outline=outline)
    if error.instance == "" and "minLength" in error.schema:
        return iter(())  # another problem says that it must not be empty
    hint = _PATTERNS_IN_WORDS.get(str(error.validator_value), "")
    if str(error.instance).endswith("\n"):
        hint = "write it beside its key, on the same line"
    example = next(iter(error.schema.get("examples", ())), None)
    such = f"such as {quoted(example)}" if example is not None else "as its description says"
    outline = f"{_key_in_words(error)} must be written {such}"
    message = f"{outline}, and is {quoted(error.instance)}"
    return _one_problem(error, "bad-format", message, hint, outline=outline)


_PATTERNS_IN_WORDS = {
    "^[a-z0-9]+(-[a-z0-9]+)*$": "small letters a to z and digits, words joined by single hyphens",
    "^([01][0-9]|2[0-3]):[0-5][0-9]$": "hours and minutes of a 24-hour clock, both with two digits",
    "^https?://[^\\s<>\"']+$": "a whole address that begins with https://",
    "^[A-Za-z0-9](-?[A-Za-z0-9])*$": "a GitHub login: letters, digits and single hyphens, no '@'",
    "^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$": "the owner, a slash, the repository's name",
}


def _too_short(_: str, error: Any) -> Iterator[Problem]:
    if error.validator == "minItems":
        least = error.validator_value
        wanted = count_noun(least, "entry")
        outline = f"{_key_in_words(error)} must have at least {wanted}"
        message = f"{outline}, and has {len(error.instance)}"
        return _one_problem(error, "too-short", message, outline=outline)
    return _one_problem(
        error, "too-short", f"{_key_in_words(error)} must not be empty", "or leave the key out"
    )


def _too_long(_: str, error: Any) -> Iterator[Problem]:
    unit = "characters" if isinstance(error.instance, str) else "entries"
    outline = f"{_key_in_words(error)} must have at most {error.validator_value} {unit}"
    message = f"{outline}, and has {len(error.instance)}"
    return _one_problem(error, "too-long", message, outline=outline)


def _out_of_range(_: str, error: Any) -> Iterator[Problem]:
    side = "at least" if error.validator == "minimum" else "at most"
    outline = f"{_key_in_words(error)} must be {side} {error.validator_value}"
    return _one_problem(
        error, "out-of-range", f"{outline}, and is {error.instance}", outline=outline
    )


def _repeated_items(_: str, error: Any) -> Iterator[Problem]:
    seen: list[Any] = []
    for index, item in enumerate(error.instance):
        if item in seen:
            message = f"{quoted(item)} must be in {_key_in_words(error)} only once"
            keys = (*error.absolute_path, index)
            yield Problem(keys=keys, rule="repeated-item", message=message, help="delete one")
        seen.append(item)


_WORDINGS: dict[str, Callable[[str, Any], Iterator[Problem]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_key,
    "type": _wrong_type,
    "enum": _not_one_of,
    "pattern": _bad_format,
    "format": _bad_format,
    "minLength": _too_short,
    "minItems": _too_short,
    "maxLength": _too_long,
    "maxItems": _too_long,
    "maxProperties": _too_long,
    "minimum": _out_of_range,
    "maximum": _out_of_range,
    "uniqueItems": _repeated_items,
}
