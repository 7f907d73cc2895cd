"""How well pairs in trouble are found, and how often something is said of those that are well.

Invented stories with a known truth (`trouble_stories`) are written as a program, and
`peerloom attention` is asked once. Recall is the share of stories about a signal in which it is
given; false alarms are the share in which it is given of all the stories in which it must not be.
What is next to a threshold is counted apart.
"""

import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from benchmarks.trouble_stories.thresholds import Brink, list_brinks
from benchmarks.trouble_stories.told_pairs import Told
from benchmarks.trouble_stories.troubled_pairs import TROUBLED
from benchmarks.trouble_stories.well_pairs import WELL
from signals_in_words.asking import Found, ask_about

TODAY = date(2026, 11, 24)
LEAST_RECALL, MOST_FALSE_ALARMS = 0.95, 0.02
# Stories of each kind that is well, about each signal, and to each side of a threshold.
WELL_OF_A_KIND, TROUBLED_BY_A_SIGNAL, NEAR_A_THRESHOLD = 60, 60, 20

Answers = Mapping[str, Sequence[Found]]


def report(seed: int = 1, share: float = 1.0) -> Iterator[str]:
    """Yield the table of signals, and then the table of thresholds; `share` makes it smaller."""
    chance = random.Random(seed)
    stories = [*_tell_well(chance, share), *_tell_troubled(chance, share)]
    brinks = [
        brink
        for number in range(_round_up(NEAR_A_THRESHOLD * share))
        for brink in list_brinks(chance, number)
    ]
    near = [story for brink in brinks for story in (brink.below, brink.above)]
    with tempfile.TemporaryDirectory() as folder:
        answers = ask_about([*(told.story for told in stories), *near], TODAY, Path(folder))
    yield f"trouble: {len(stories)} stories, and {len(near)} near a threshold"
    yield from report_signals(stories, answers)
    yield from report_brinks(brinks, answers)


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


def report_signals(stories: Sequence[Told], answers: Answers) -> Iterator[str]:
    """Yield a line for each signal, with its recall, its false alarms, and where those are."""
    yield f"{'signal':<22} {'recall':>16} {'false alarms':>20}"
    for signal in TROUBLED:
        given = {
            told.story.id
            for told in stories
            if any(found.signal == signal for found in answers[told.story.id])
        }
        wanted = [told for told in stories if signal in told.fires]
        quiet = [told for told in stories if signal not in told.fires | told.may_fire]
        missed = [told for told in wanted if told.story.id not in given]
        false = [told for told in quiet if told.story.id in given]
        recall, alarms = 1 - len(missed) / len(wanted), len(false) / len(quiet)
        bad = "  <-" if recall < LEAST_RECALL or alarms > MOST_FALSE_ALARMS else ""
        yield (
            f"{signal:<22} {recall:6.3f} of {len(wanted):>6} {alarms:10.3f} of {len(quiet):>6}{bad}"
        )
        yield from _list_kinds("not found in", missed)
        yield from _list_kinds("given in", false)


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
