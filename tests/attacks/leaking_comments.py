"""Mistakes of every kind in every field that is not for all: no review or log repeats the value."""

import random
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from attacks.attack import Attack, Outcome
from attacks.pull_requests import BASE, CHECK_IN, CIRCLE, PAIR, PERSON, TODAY, Reviewer
from peerloom import review as reviews
from peerloom import schema, source
from peerloom.audience import includes, redact_for_output
from peerloom.diagnostic import diagnostics_as_github
from peerloom.program import examine_snapshot
from peerloom.review import with_texts

_WORD, _DIGITS = "zqmarkzq", "7310957731"
_PROGRAM, _COHORT = "content/program.yml", "content/cohorts/spring.yml"
_SURVEY, _RESPONSE = "content/surveys/start.yml", "content/responses/start/spring/c0de.yml"
# Whose pull request changes the record of a kind, and which one.
_RECORDS = {
    "check-in": (CHECK_IN.format("grace"), "grace"),
    "circle": (CIRCLE, "bob"),
    "cohort": (_COHORT, "noor"),
    "event": ("content/events/opening.yml", "dee"),
    "pair": (PAIR, "ada"),
    "participant": (PERSON.format("grace"), "grace"),
    "program": (_PROGRAM, "noor"),
    "response": (_RESPONSE, "noor"),
}
_MORE = {
    _SURVEY: (
        "id: start\ntitle: Start\nwaves: [before]\nitems:\n"
        "  - {id: one, text: One?, kind: scale, scale: {lowest: 1, highest: 5}}\n"
    ),
    _RESPONSE: (
        "survey: start\ncohort: spring\ncode: c0de\nrole: mentee\nwaves:\n"
        "  - {wave: before, answered_on: 2026-01-20, answers: {one: 3}}\n"
    ),
}


def leak_by_mistakes(tries: int, seed: int) -> Outcome:
    """Plants a word in fields above those who read, and looks for it in what they are told."""
    chance = random.Random(seed)
    reviewers = {visibility: _make_reviewer(visibility) for visibility in ("public", "private")}
    places = {visibility: list(_hidden(visibility)) for visibility in reviewers}
    mistakes = 0
    failures: list[str] = []
    for number in range(tries):
        visibility = chance.choice(("public", "private"))
        kind, field = places[visibility][number % len(places[visibility])]
        path, who = _RECORDS[kind]
        text = _planted(kind, field, _text(reviewers[visibility], path), chance)
        if chance.random() < 0.3:
            who = chance.choice(("grace", "noor", "eve", "bob"))
        found = reviewers[visibility].review({path: text}, who)
        mistakes += bool(found.diagnostics)
        if any(
            mark in said
            for said in _told(reviewers[visibility], found, path, text)
            for mark in (_WORD, _DIGITS)
        ):
            where = f"{kind} {'.'.join(field)}, {visibility}"
            failures.append(f"try {number} of seed {seed}: {where}: {text[-300:]!r}")
        if number % 20 == 0 and not _says_nothing_of_whom(reviewers[visibility]):
            failures.append(f"try {number} of seed {seed}: {visibility}: it tells who is excluded")
    return Outcome(tries=tries, note=f"{mistakes:,} with mistakes", failures=tuple(failures))


def _make_reviewer(visibility: str) -> Reviewer:
    program = BASE[_PROGRAM].replace("visibility: private", f"visibility: {visibility}")
    return Reviewer(BASE | _MORE | {_PROGRAM: program})


def _text(reviewer: Reviewer, path: str) -> str:
    return reviewer.unchanged.before.files[path].decode()


def _hidden(visibility: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    audience = "members" if visibility == "private" else "public"
    for kind in _RECORDS:
        for field in schema.list_fields(kind):
            if not includes(audience, field.audience):
                yield kind, field.path


def _told(reviewer: Reviewer, found: reviews.Review, path: str, text: str) -> Iterator[str]:
    """Everything that others than coordinators may come to read of a pull request."""
    yield reviews.review_as_markdown(found).casefold()
    yield reviews.review_as_text(found).casefold()
    yield reviews.review_as_json(found).casefold()
    after = examine_snapshot(with_texts(reviewer.unchanged, {path: text}).after, TODAY)
    yield diagnostics_as_github(
        redact_for_output(after.diagnostics, reviewer.loaded.program, is_log=True)
    ).casefold()


def _says_nothing_of_whom(reviewer: Reviewer) -> bool:
    """Whether a review is the same for whoever a mentee excludes, and lets it in."""
    path = PERSON.format("grace")
    said = set()
    for other in ("ada", "dee"):
        found = reviewer.review({path: _text(reviewer, path) + f"excluded: [{other}]\n"}, "grace")
        assert bool(found.calls) == (other == "ada")
        said.add((reviews.review_as_markdown(found), reviews.review_as_json(found), found.verdict))
    return len(said) == 1 and {verdict for _, _, verdict in said} == {"may merge"}


def _planted(kind: str, field: tuple[str, ...], text: str, chance: random.Random) -> str:
    """A record with a word in a field, in one of many wrong ways or a right one."""
    value = deepcopy(source.parse(text.encode()).value)
    within, node = _within(value, schema.load_schema(kind), field)
    right = within.get(field[-1])
    within[field[-1]] = _junk(node, right, chance)
    if chance.random() < 0.15:
        within[_WORD] = _WORD
    written = source.dump(value)
    return _spoiled(written, field[-1], chance) if chance.random() < 0.25 else written


def _within(value: Any, node: Any, field: tuple[str, ...]) -> tuple[dict[str, Any], Any]:
    """The group that a field is in, made where it is not there, and the field's schema."""
    for name in field[:-1]:
        node = node.get("items", node)["properties"][name]
        if node.get("type") == "array":
            if not value.get(name):
                value[name] = [{}]
            value = value[name][-1]
        else:
            value = value.setdefault(name, {})
    return value, node.get("items", node)["properties"][field[-1]]


def _junk(node: Any, right: Any, chance: random.Random) -> Any:
    many = [
        _WORD,
        f"{_WORD} " * 900,
        {_WORD: _WORD},
        {_WORD: {_WORD: 1}},
        [_WORD, _WORD],
        [[_WORD], [_WORD]],
        [{_WORD: _WORD}] * 2,
        f"{_WORD}@example.org, call +351 {_DIGITS}",
        f"2026-02-30 {_WORD}",
        int(_DIGITS),
        -int(_DIGITS),
        [int(_DIGITS)] * 2,
        [f"call +351 {_DIGITS}"],
        {"one": f"+351 {_DIGITS}", _WORD: int(_DIGITS)},
        f"{_WORD}: \u202e{_WORD}",
        f"{_WORD}\n# {_WORD}\n<!-- {_WORD}",
    ]
    if node.get("type") == "array":
        many += [[{**_first(right), name: _WORD}] for name in _names(node)] or []
    many += [{name: _WORD} for name in _names(node)]
    return chance.choice(many)


def _first(right: Any) -> dict[str, Any]:
    return (
        dict(right[0]) if isinstance(right, list) and right and isinstance(right[0], dict) else {}
    )


def _names(node: Any) -> list[str]:
    return list(node.get("items", node).get("properties", {}))


def _spoiled(text: str, key: str, chance: random.Random) -> str:
    """A text that is no YAML any more, or none that is taken."""
    return text + chance.choice(
        (
            f"{_WORD}: 1\n{_WORD}: 2\n",
            f"more: &{_WORD} x\n",
            f"more: *{_WORD}\n",
            f"more: !{_WORD} x\n",
            f'more: "{_WORD}\n',
            f"{_WORD}\n",
            f"\t{_WORD}: x\n",
            f"{key}: {_WORD}\n",
            f"---\n{_WORD}: 1\n",
            f"? [{_WORD}]\n: 1\n",
            f"{_WORD}: [{_WORD}\n",
            f"more: {'[' * 60}{_WORD}{']' * 60}\n",
        )
    )


ATTACK = Attack(name="leaking-comments", command="fuzz", run=leak_by_mistakes, few=160)
