"""What `peerloom attention` says about stories."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from folder import write
from run_peerloom import run_peerloom
from signals_in_words.stories import Story
from signals_in_words.story_files import dump_program

_WHERE = ("cohort", "pair", "circle")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One signal that was found: about whom, how urgent, since when, what to do."""

    signal: str
    cohort: str
    pair: str | None
    people: tuple[str, ...]
    urgency: str
    since: date
    next_step: str


def ask_about(stories: Iterable[Story], today: date, root: Path) -> dict[str, list[Found]]:
    """Write the stories as one program under `root`; return what is found in each, by its id."""
    told = list(stories)
    write(root, dump_program(told, today))
    found: dict[str, list[Found]] = {story.id: [] for story in told}
    for signal in read_attention(root, today):
        found[signal.cohort].append(signal)
    return found


def read_attention(root: Path, today: date) -> Iterator[Found]:
    """Yield every signal that `peerloom attention` finds in a program, folded ones included."""
    for reason in _find_reasons(read_attention_json(root, today), {}):
        yield Found(
            signal=reason["signal"],
            cohort=reason["cohort"],
            pair=reason.get("pair"),
            people=tuple(reason.get("people") or ()),
            urgency=reason["urgency"],
            since=date.fromisoformat(reason["since"]),
            next_step=reason["next_step"],
        )


def read_attention_json(root: Path, today: date) -> Any:
    """Return what `peerloom attention` prints as JSON about a program."""
    arguments = ("-C", str(root), "attention", "--format", "json", "--all", "--today", f"{today}")
    done = run_peerloom(*arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def _find_reasons(value: Any, around: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the objects that name a signal, with the cohort, pair or circle of those around."""
    if isinstance(value, list):
        for item in value:
            yield from _find_reasons(item, around)
    elif isinstance(value, dict):
        here = {**around, **{key: value[key] for key in _WHERE if value.get(key)}}
        if "signal" in value and "since" in value:
            yield {**value, **here}
        for item in value.values():
            yield from _find_reasons(item, here)
