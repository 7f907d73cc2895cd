"""Anybody changes anything of a program: nobody's words change by anybody else's hand alone."""

import json
import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from attacks.attack import Attack, Outcome
from attacks.pull_requests import ACCOUNTS, BASE, CHECK_IN, CIRCLE, PAIR, PERSON, TODAY, Reviewer
from peerloom import source

_PEOPLE = ("ada", "grace", "bob", "cem", "dee")
_DAYS = ("2026-01-20", "2026-02-05", "2026-02-20", "2026-03-01", "2026-02-28")
_TEXTS = ("Nothing at all.", "It was no use.", "Somebody else.", "")
_OWN_PAIR_KEYS = {"goals", "agreement", "stories"}
_KEPT_OF_ONESELF = ("id", "cohorts", "github", "github_id", "imported")


def change_others_words(tries: int, seed: int) -> Outcome:
    """Makes changes at random, by random people, and counts those that may merge and may not."""
    chance = random.Random(seed)
    reviewer = Reviewer(BASE)
    merged = 0
    failures: list[str] = []
    for number in range(tries):
        path = chance.choice(_paths())
        who = chance.choice(list(ACCOUNTS))
        before = source.parse(BASE[path].encode()).value
        after = deepcopy(before)
        for _ in range(chance.choice((1, 1, 1, 2))):
            _change(after, chance)
        found = reviewer.review({path: _written(after, chance)}, who)
        if found.verdict != "may merge":
            continue
        merged += 1
        if who != "noor" and _theirs(path, before, who) != _theirs(path, after, who):
            failures.append(f"try {number} of seed {seed}: {who} may change {path} to {after}")
    note = f"{merged:,} of them may merge"
    return Outcome(tries=tries, note=note, failures=tuple(failures))


def _paths() -> list[str]:
    """Every record; those in which several have their words more often."""
    paths = [path for path in BASE if path.endswith(".yml")]
    return paths + [PAIR, CIRCLE] * 6


def _written(value: Any, chance: random.Random) -> str:
    """A record as people write it, or with every key and letter written in another way."""
    return json.dumps(value) if chance.random() < 0.3 else source.dump(value)


def _change(value: Any, chance: random.Random) -> None:
    """One change anywhere inside: a value, an entry that goes, comes, moves or is doubled."""
    groups = [group for group in _groups(value) if group]
    lists = [group for group in groups if isinstance(group, list)]
    group = chance.choice(lists if lists and chance.random() < 0.5 else groups)
    how = chance.randrange(6)
    if isinstance(group, list):
        _change_list(group, how, chance)
        return
    key = chance.choice(list(group))
    if how == 0:
        del group[key]
    elif how == 1 and isinstance(group.get("by"), str):
        group["by"] = chance.choice(_PEOPLE)
    else:
        group[key] = _other(group[key], chance)


def _change_list(group: list[Any], how: int, chance: random.Random) -> None:
    at = chance.randrange(len(group))
    match how:
        case 0:
            del group[at]
        case 1:
            group.clear()
        case 2:
            chance.shuffle(group)
        case 3:
            group.append(_relabeled(deepcopy(group[at]), chance))
        case 4:
            group.insert(0, _relabeled(deepcopy(group[at]), chance))
        case _:
            group[at] = _other(group[at], chance)


def _relabeled(entry: Any, chance: random.Random) -> Any:
    if not isinstance(entry, dict):
        return _other(entry, chance)
    return {key: _other(value, chance) for key, value in entry.items()}


def _groups(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        yield value
        for below in value.values() if isinstance(value, dict) else value:
            yield from _groups(below)


def _other(value: Any, chance: random.Random) -> Any:
    """Another value that could stand there as well."""
    if value in _PEOPLE:
        return chance.choice(_PEOPLE)
    if isinstance(value, str) and value[:4] == "2026":
        return chance.choice(_DAYS)
    if isinstance(value, str):
        return chance.choice(_TEXTS)
    if isinstance(value, list):
        return [_other(item, chance) for item in value][: chance.randrange(3)]
    if isinstance(value, dict):
        return {key: _other(below, chance) for key, below in value.items()}
    return not value if isinstance(value, bool) else chance.randrange(1, 5)


def _theirs(path: str, value: dict[str, Any], who: str) -> Any:
    """What of a record is not for `who` alone to say, said a second time and by hand."""
    describe: Callable[[dict[str, Any], str], Any] = lambda value, _: value  # noqa: E731
    if path == PAIR and who in ("ada", "grace"):
        describe = _of_the_other
    elif path == CIRCLE:
        describe = {"bob": _of_no_meeting, "cem": _of_the_circle, "dee": _of_the_circle}.get(
            who, describe
        )
    elif path == CHECK_IN.format(who):
        describe = lambda value, _: value["participant"]  # noqa: E731
    elif path == PERSON.format(who):
        describe = lambda value, _: [value.get(key) for key in _KEPT_OF_ONESELF]  # noqa: E731
    return describe(value, who)


def _of_the_other(pair: dict[str, Any], who: str) -> Any:
    said = [*((pair.get("agreement") or {}).get("expectations") or []), "then"]
    said += pair.get("stories") or []
    others = [entry for entry in said if entry == "then" or entry["by"] != who]
    return {k: v for k, v in pair.items() if k not in _OWN_PAIR_KEYS}, others


def _of_no_meeting(circle: dict[str, Any], _: str) -> Any:
    return {key: value for key, value in circle.items() if key != "meetings"}


def _of_the_circle(circle: dict[str, Any], who: str) -> Any:
    """All but the meetings, those before today whole, and of the others who else came."""
    meetings = circle.get("meetings") or []
    past = [m for m in meetings if m["on"] < TODAY.isoformat()]
    came = sorted((m["on"], p) for m in meetings for p in m.get("attended") or () if p != who)
    return _of_no_meeting(circle, who), past, came


ATTACK = Attack(name="others-words", command="fuzz", run=change_others_words, few=150)
