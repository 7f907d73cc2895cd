"""A new record: the questions to ask, what is wrong with an answer, and the record's text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from peerloom import filenames, records, schema, source
from peerloom.diagnostic import did_you_mean, quoted
from peerloom.kinds import record_path
from peerloom.records import Program
from peerloom.text.phrases import list_words

# An answer as somebody typed it, or as a value where the type is known already.
Answer = str | int | float | tuple[str, ...]
Answers = dict[str, Answer]

# Keys that most records of a kind need in practice, though the schema does not require them.
_ALSO_ASKED: Mapping[str, tuple[str, ...]] = {
    "cohort": ("ends",),
    "pair": ("mentor", "mentee", "started_on", "ended_on", "end_reason"),
    "circle": ("facilitators", "members", "started_on", "ended_on", "end_reason"),
    "check-in": ("met",),
    "participant": ("github", "time_zone", "consent.show", "consent.given_on"),
    "resource": ("url", "summary"),
    "event": ("starts_at", "place", "summary"),
    "response": ("role", "waves.wave", "waves.answered_on"),
}
# Questions that depend on another answer: its key, and the answers for which they are asked.
_ASKED_ONLY_IF: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "started_on": ("status", ("active", "paused", "completed", "ended_early")),
    "ended_on": ("status", ("completed", "ended_early")),
    "end_reason": ("status", ("ended_early",)),
    "consent.given_on": ("consent.show", ("public", "members", "coordinators")),
}
# Questions whose answers are needed where they are asked, though the schema does not say so.
_NEEDED = frozenset({*_ASKED_ONLY_IF, "mentor", "mentee", "waves.wave", "waves.answered_on"})


@dataclass(frozen=True, slots=True)
class RecordQuestion:
    """A key to ask for: dotted where it is inside another; `is_required` by the schema."""

    key: str
    description: str
    is_required: bool
    choices: tuple[str, ...] = ()
    is_list: bool = False

    @property
    def is_optional(self) -> bool:
        """Whether the answer may be left out."""
        return not self.is_required and self.key not in _NEEDED


def questions_for(kind: str) -> tuple[RecordQuestion, ...]:
    """Return what `peerloom new` asks for a kind: required keys first, then other useful ones."""
    root = schema.load_schema(kind)
    asked = list(_required_questions(root, ""))
    known = {question.key for question in asked}
    also = [_question_for_key(root, key) for key in _ALSO_ASKED.get(kind, ()) if key not in known]
    return (*asked, *also)


def is_asked(key: str, answers: Mapping[str, Answer]) -> bool:
    """Whether to ask for a key, given the answers so far."""
    if key in ("mentor", "mentee") and "peers" in answers:
        return False
    other, values = _ASKED_ONLY_IF.get(key, ("", ()))
    return not other or answers.get(other) in values


def _required_questions(node: Mapping[str, Any], prefix: str) -> Iterator[RecordQuestion]:
    for key in node.get("required", ()):
        below = node["properties"][key]
        inner = below.get("items", below)
        if inner.get("type") == "object" and "properties" in inner:
            yield from _required_questions(inner, f"{prefix}{key}.")
        else:
            yield _make_question(below, f"{prefix}{key}", is_required=True)


def _question_for_key(root: Mapping[str, Any], key: str) -> RecordQuestion:
    node = root
    for name in key.split("."):
        node = node.get("items", node)["properties"][name]
    return _make_question(node, key, is_required=False)


def _make_question(node: Mapping[str, Any], key: str, *, is_required: bool) -> RecordQuestion:
    choices = node.get("enum") or node.get("items", {}).get("enum") or ()
    if node.get("type") == "boolean":
        choices = ("yes", "no")
    is_list = node.get("type") == "array"
    return RecordQuestion(key, node["description"], is_required, tuple(choices), is_list)


def reason_against_answer(kind: str, key: str, answers: Mapping[str, Answer]) -> str:
    """Return what is wrong with the answer for a key, as a sentence, or an empty text."""
    parsed = source.parse(record_text(kind, answers).encode(errors="replace"))
    for flaw in parsed.flaws:
        return flaw.message
    names = [name for name in key.split(".") if not name.isdecimal()]
    for problem in schema.find_problems(kind, parsed.value):
        problem_names = [name for name in problem.keys if isinstance(name, str)]
        if problem_names[: len(names)] == names and problem.rule != "missing-key":
            return problem.message
    why = filenames.reason_against_path(f"{answers[key]}.yml") if key in ("id", "code") else ""
    return why and f"'{key}' must be a name that every computer can hold, and {why}"


def reason_against_reference(
    kind: str, key: str, answers: Mapping[str, Answer], program: Program
) -> str:
    """Return, as a sentence, what the answer for a key names that does not exist, or nothing."""
    known = known_ids(kind, key, answers, program)
    if known is None:
        return ""
    names = [name.strip() for name in str(answers[key]).split(",")]
    for name in names:
        if name and name not in known:
            hint = did_you_mean(name, known) or f"there are: {list_words(known) or 'none'}"
            return f"there is no {quoted(name)}; {hint}"
    return ""


def known_ids(
    kind: str, key: str, answers: Mapping[str, Answer], program: Program
) -> tuple[str, ...] | None:
    """Return the ids that a key may name, or None if it does not name another record."""
    if key in ("mentor", "mentee", "participant", "facilitators", "members"):
        return tuple(program.participants)
    if key in ("cohort", "cohorts.cohort"):
        return tuple(program.cohorts)
    if key == "survey":
        return tuple(program.surveys)
    if key == "waves.wave":
        survey = program.surveys.get(str(answers.get("survey")))
        return survey.waves if survey else None
    if (kind, key) == ("check-in", "pair"):
        return tuple(id_ for cohort, id_ in program.pairs if cohort == answers.get("cohort"))
    return None


def record_text(kind: str, answers: Mapping[str, Answer]) -> str:
    """Return the YAML of a record from answers by dotted keys; commas separate items of a list.

    The schema decides the type of an answer: `2` is a number only where a number belongs. A
    number in a key is an index into a list; without one, it is the first item.
    """
    value: dict[str, Any] = {}
    for key, answer in answers.items():
        _set_answer(value, schema.load_schema(kind), key.split("."), answer)
    return source.dump(value)


def _set_answer(
    value: dict[str, Any], node: Mapping[str, Any], names: list[str], answer: Answer
) -> None:
    name, rest = names[0], names[1:]
    below = node.get("properties", {}).get(name, {})
    if not rest:
        value[name] = _typed_value(below, answer)
    elif below.get("type") == "array":
        place, rest = (int(rest[0]), rest[1:]) if rest[0].isdecimal() else (0, rest)
        items = value.setdefault(name, [])
        if place >= len(items):
            items.append({})
        _set_answer(items[min(place, len(items) - 1)], below["items"], rest, answer)
    else:
        _set_answer(value.setdefault(name, {}), below, rest, answer)


def _typed_value(node: Mapping[str, Any], answer: Answer) -> Any:
    if not isinstance(answer, str):
        return list(answer) if isinstance(answer, tuple) else answer
    if node.get("type") == "array":
        return [
            _typed_value(node["items"], part.strip()) for part in answer.split(",") if part.strip()
        ]
    if node.get("type") in ("integer", "number", "boolean"):
        words = {"yes": "true", "no": "false"} if node["type"] == "boolean" else {}
        return source.parse(words.get(answer.lower(), answer).encode(errors="replace")).value
    return answer


def draft_path(kind: str, text: str) -> str | None:
    """Return the path of a record with this text, or None if the text is not valid."""
    value = source.parse(text.encode(errors="replace")).value
    if not isinstance(value, dict) or not schema.is_valid(kind, value):
        return None
    return record_path(records.make_record(kind, value))
