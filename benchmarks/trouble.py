"""How well pairs in trouble are found, and how often something is said of those that are well.

Invented stories with a known truth (`trouble_stories`) are written as a program, and
`peerloom attention` is asked once. Recall is the share of stories about a signal in which it is
given; false alarms are the share in which it is given of all the stories in which it must not be,
and of those of the kind in which it is given most often, such as pairs that are back from a pause.
What is next to a threshold is counted apart.
"""

import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.trouble_stories.thresholds import Brink, list_brinks
from benchmarks.trouble_stories.told_pairs import Told
from benchmarks.trouble_stories.troubled_pairs import TROUBLED
from benchmarks.trouble_stories.well_pairs import WELL
from signals_in_words.asking import Found, ask_about
from signals_in_words.stories import Story

TODAY = date(2026, 11, 24)
LEAST_RECALL, MOST_FALSE_ALARMS = 0.95, 0.02
# Stories of each kind that is well, about each signal, and to each side of a threshold.
WELL_OF_A_KIND, TROUBLED_BY_A_SIGNAL, NEAR_A_THRESHOLD = 60, 60, 20

Answers = Mapping[str, Sequence[Found]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What was told of one signal: the stories about it, those without it, and what went wrong."""

    signal: str
    wanted: Sequence[Told]
    missed: Sequence[Told]
    quiet: Sequence[Told]
    false: Sequence[Told]

    @property
    def recall(self) -> float:
        """The share of the stories about the signal in which it is given."""
        return 1 - len(self.missed) / len(self.wanted)

    @property
    def false_alarms(self) -> float:
        """The share of the stories without the signal in which it is given all the same."""
        return len(self.false) / len(self.quiet)

    @property
    def worst_kind(self) -> float:
        """The same share, of the kind of stories in which it is highest."""
        told, false = (Counter(told.kind for told in each) for each in (self.quiet, self.false))
        return max(false[kind] / often for kind, often in told.items())

    @property
    def is_good(self) -> bool:
        """Return whether the shares are what is aimed at."""
        return self.recall >= LEAST_RECALL and self.worst_kind <= MOST_FALSE_ALARMS


def report(seed: int = 1) -> Iterator[str]:
    """Yield the table of signals, and then the table of thresholds."""
    stories, brinks = tell_stories(seed), tell_brinks(seed)
    with tempfile.TemporaryDirectory() as folder:
        answers = ask_about(list_stories(stories, brinks), TODAY, Path(folder))
    yield f"trouble: {len(stories)} stories, and {2 * len(brinks)} near a threshold"
    yield f"{'signal':<22} {'recall':>16} {'false alarms':>20} {'worst kind':>11}"
    for measured in measure_signals(stories, answers):
        yield from _describe_measured(measured)
    yield from report_brinks(brinks, answers)


def tell_stories(seed: int, share: float = 1.0) -> list[Told]:
    """Return the stories that are well, and those in trouble; `share` makes them fewer."""
    chance = random.Random(seed)
    return [*_tell_well(chance, share), *_tell_troubled(chance, share)]


def tell_brinks(seed: int, share: float = 1.0) -> list[Brink]:
    """Return the stories near a threshold; `share` makes them fewer."""
    chance = random.Random(seed)
    numbers = range(_round_up(NEAR_A_THRESHOLD * share))
    return [brink for number in numbers for brink in list_brinks(chance, number)]


def list_stories(stories: Sequence[Told], brinks: Sequence[Brink]) -> list[Story]:
    """Return everything that is to be asked about, to be written as one program."""
    near = [story for brink in brinks for story in (brink.below, brink.above)]
    return [*(told.story for told in stories), *near]


def _round_up(number: float) -> int:
    return max(1, round(number))


def _tell_well(chance: random.Random, share: float) -> Iterator[Told]:
    for kind, tell in enumerate(WELL):
        for number in range(_round_up(WELL_OF_A_KIND * share)):
            yield tell(chance, f"well-{kind}-{number}")


def _tell_troubled(chance: random.Random, share: float) -> Iterator[Told]:
    for signal, kinds in TROUBLED.items():
        for number in range(_round_up(TROUBLED_BY_A_SIGNAL * share)):
            yield kinds[number % len(kinds)](chance, f"{signal}-{number}")


def measure_signals(stories: Sequence[Told], answers: Answers) -> Iterator[Measured]:
    """Yield for each signal how it was given in these stories."""
    given = {(told.story.id, found.signal) for told in stories for found in answers[told.story.id]}
    for signal in TROUBLED:
        wanted = [told for told in stories if signal in told.fires]
        quiet = [told for told in stories if signal not in told.fires | told.may_fire]
        yield Measured(
            signal=signal,
            wanted=wanted,
            missed=[told for told in wanted if (told.story.id, signal) not in given],
            quiet=quiet,
            false=[told for told in quiet if (told.story.id, signal) in given],
        )


def _describe_measured(measured: Measured) -> Iterator[str]:
    """Yield a line of figures, and where the signal was not given or given without cause."""
    yield (
        f"{measured.signal:<22} {measured.recall:6.3f} of {len(measured.wanted):>6}"
        f" {measured.false_alarms:10.3f} of {len(measured.quiet):>6} {measured.worst_kind:11.3f}"
        + ("" if measured.is_good else "  <-")
    )
    yield from _list_kinds("not given in", measured.missed)
    yield from _list_kinds("given in", measured.false)


def _list_kinds(words: str, stories: Sequence[Told]) -> Iterator[str]:
    """Yield which kinds of stories these are, and how many of each, with one to look at."""
    for kind, often in Counter(told.kind for told in stories).most_common():
        example = next(told.story for told in stories if told.kind == kind)
        yield f"    {words} {often} × {kind}, such as {example.id} on day {example.asked}"


def report_brinks(brinks: Sequence[Brink], answers: Answers) -> Iterator[str]:
    """Yield a line for each threshold: how often what is below and above it is answered right."""
    yield f"{'one step to either side of':<46} {'below':>6} {'above':>6}"
    for signal, threshold in dict.fromkeys((brink.signal, brink.threshold) for brink in brinks):
        here = [brink for brink in brinks if (brink.signal, brink.threshold) == (signal, threshold)]
        below = sum(is_right_below(brink, answers) for brink in here) / len(here)
        above = sum(is_right_above(brink, answers) for brink in here) / len(here)
        bad = "  <-" if min(below, above) < 1 else ""
        yield f"{signal + ', ' + threshold:<46} {below:6.2f} {above:6.2f}{bad}"


def is_right_below(brink: Brink, answers: Answers) -> bool:
    """Return whether the signal is not given, or given where its first step has been reached."""
    return bool(_list_advice(brink.signal, answers[brink.below.id])) == brink.is_step


def is_right_above(brink: Brink, answers: Answers) -> bool:
    """Return whether the signal is given and, for a further step, advises something else."""
    above = _list_advice(brink.signal, answers[brink.above.id])
    below = _list_advice(brink.signal, answers[brink.below.id])
    return bool(above) and not (brink.is_step and above & below)


def _list_advice(signal: str, answer: Sequence[Found]) -> set[tuple[str, str]]:
    return {(found.urgency, found.next_step) for found in answer if found.signal == signal}
