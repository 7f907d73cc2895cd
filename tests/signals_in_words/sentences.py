"""Cases in sentences: what happened on which day, and what is then asked and answered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from signals_in_words import group_sentences, pair_sentences
from signals_in_words.drafts import Draft
from signals_in_words.stories import Story, tell_until

_ASKED = re.compile(r"Asked on day (?P<day>-?\d+): (?P<answer>.+)")
_ANSWER = re.compile(
    r"(?P<is_not>not )?(?P<signal>[a-z-]+)(?: of the (?P<side>mentor|mentee))?"
    r"(?:, (?P<urgency>today|soon|to watch))?(?:, since day (?P<since>-?\d+))?"
    r"(?:, (?P<compared>as|unlike) on day (?P<other_day>-?\d+))?"
)
_TABLES = (pair_sentences.TABLE, group_sentences.TABLE)
_URGENCIES = {"today": {"today"}, "soon": {"today", "week"}, "to watch": {"watch"}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The right answer to one question: a signal that is found or not, or no signal at all.

    Where `other_day` is given, what to do is the same as on that day, or `is_other` than that.
    """

    text: str
    day: int
    signal: str
    is_found: bool
    side: str | None = None
    urgencies: frozenset[str] = frozenset(("today", "week", "watch"))
    since: int | None = None
    other_day: int | None = None
    is_other: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A title, a story, and what is expected on which days."""

    file: str
    title: str
    story: Story
    expected: tuple[Expected, ...]

    def tell_on(self, day: int) -> Story:
        """Return what can be told on `day`, under an id of its own."""
        told = tell_until(self.story, day)
        return replace(told, id=f"{self.story.id}-day-{day}")

    def tell_with_hindsight(self, day: int) -> Story:
        """Return the whole story, to be asked about as of `day`."""
        return replace(self.story, id=f"{self.story.id}-day-{day}", asked=day)


def read_cases(folder: Path) -> list[Case]:
    """Return the cases of every file in a folder: a title, and sentences indented below it."""
    return [
        _read_case(f"{file.stem}-{number}", file.stem, title, sentences)
        for file in sorted(folder.glob("*.txt"))
        for number, (title, sentences) in enumerate(_split_cases(file.read_text("utf-8")), start=1)
    ]


def _split_cases(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each title with its sentences; what stands before the first is about the file."""
    title, sentences = "", list[str]()
    for line in text.splitlines():
        if line.startswith(" "):
            sentences.append(line.strip().removesuffix("."))
        elif line:
            if sentences:
                yield title, sentences
            title, sentences = line, []
    yield title, sentences


def _read_case(id_: str, file: str, title: str, sentences: list[str]) -> Case:
    draft, expected = Draft(id=id_), list[Expected]()
    for sentence in sentences:
        if asked := _ASKED.fullmatch(sentence):
            expected += [
                _read_answer(int(asked["day"]), part) for part in asked["answer"].split("; ")
            ]
        else:
            _apply_sentence(draft, sentence)
    last = max(one.day for one in expected)
    return Case(file=file, title=title, story=draft.tell(last), expected=tuple(expected))


def read_story(id_: str, day: int, *sentences: str) -> Story:
    """Return the story that sentences tell, as it can be told on a day."""
    draft = Draft(id=id_)
    for sentence in sentences:
        _apply_sentence(draft, sentence)
    return tell_until(draft.tell(day), day)


def _read_answer(day: int, text: str) -> Expected:
    found = _ANSWER.fullmatch(text)
    if not found:
        raise ValueError(f"no answer can be read from: {text}")
    urgency, since, other = found["urgency"], found["since"], found["other_day"]
    return Expected(
        text=text,
        day=day,
        signal=found["signal"],
        is_found=not found["is_not"] and found["signal"] != "nothing",
        side=found["side"],
        since=int(since) if since else None,
        other_day=int(other) if other else None,
        is_other=found["compared"] == "unlike",
        **({"urgencies": frozenset(_URGENCIES[urgency])} if urgency else {}),
    )


def _apply_sentence(draft: Draft, sentence: str) -> None:
    if not any(table.apply_sentence(draft, sentence) for table in _TABLES):
        raise ValueError(f"there is no sentence like: {sentence}")
