"""The list of who needs a coordinator, for a terminal: one screen, or everything."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from unicodedata import east_asian_width

from peerloom.attention.wording import (
    URGENCY_TITLES,
    count_other_reasons,
    count_urgencies,
    describe_entries,
    describe_quiet,
    name_subject,
)
from peerloom.records import Program
from peerloom.signals.attention import Attention, Entry
from peerloom.text.dates import full_date
from peerloom.text.escaping.terminal import printable
from peerloom.text.phrases import shorten_text
from peerloom.text.translation import gettext as _

# The smallest window that terminals still open with has 24 rows, of which the prompt takes one.
_ROWS, _COLUMNS = 23, 80
# At most so much of it is given to what is said of whole cohorts.
_ENTRIES_OF_COHORTS = 2


def attention_as_text(program: Program, attention: Attention, *, is_whole: bool) -> str:
    """Lines that tell who needs a coordinator.

    Unless `is_whole`, they fit on a screen of 24 rows and 80 columns, above the prompt. Where they
    would not, reasons are shortened, and the entries that have no room are counted.
    """
    # Each line takes at least one row: of thousands, the first tell that there is no room.
    lines = [*islice(_list_everything(program, attention), None if is_whole else _ROWS + 1)]
    if not is_whole and _count_rows(lines) > _ROWS:
        lines = _fill_screen(program, attention)
    return "".join(f"{line}\n" for line in lines)


def _list_everything(program: Program, attention: Attention) -> Iterator[str]:
    yield describe_entries(attention)
    for urgency, entries in groupby(attention.entries, key=lambda entry: entry.urgency):
        yield from ("", _(URGENCY_TITLES[urgency]))
        for entry in entries:
            yield from _describe_entry(program, entry)
    if attention.cohort_entries:
        yield from ("", _("About a cohort"))
        for entry in attention.cohort_entries:
            yield from _describe_entry(program, entry)
    yield from _say_what_is_quiet(attention, is_whole=True)


def _fill_screen(program: Program, attention: Attention) -> list[str]:
    """As many entries as a screen has room for, each in short.

    The gravest is always among them, if what is said of cohorts has to make room for it.
    """
    for cohorts in range(_ENTRIES_OF_COHORTS, -1, -1):
        ends = [
            *_shorten_cohort_entries(program, attention, cohorts),
            *(_shorten(line) for line in _say_what_is_quiet(attention, is_whole=False)),
        ]
        filled = _fill_above(program, attention, ends)
        if filled is not None:
            return filled
    return _list_first(program, attention, 1, [])


def _fill_above(program: Program, attention: Attention, ends: Sequence[str]) -> list[str] | None:
    """As many entries as have room above these lines; None if there are some and none has room."""
    fitting: list[str] | None = None
    for number in range(min(len(attention.entries), 1), len(attention.entries) + 1):
        lines = _list_first(program, attention, number, ends)
        if _count_rows(lines) > _ROWS:
            break
        fitting = lines
    return fitting


def _list_first(
    program: Program, attention: Attention, number: int, ends: Sequence[str]
) -> list[str]:
    return [
        describe_entries(attention),
        *_shorten_entries(program, attention.entries[:number]),
        *_count_the_rest(attention.entries[number:]),
        *ends,
    ]


def _shorten_cohort_entries(program: Program, attention: Attention, most: int) -> Iterator[str]:
    entries = attention.cohort_entries
    if entries:
        yield from ("", _("About a cohort"))
        for entry in entries[:most]:
            yield from _shorten_entry(program, entry)
        yield from _count_the_rest(entries[most:])


def _shorten_entries(program: Program, entries: Iterable[Entry]) -> Iterator[str]:
    for urgency, group in groupby(entries, key=lambda entry: entry.urgency):
        yield from ("", _(URGENCY_TITLES[urgency]))
        for entry in group:
            yield from _shorten_entry(program, entry)


def _count_the_rest(entries: tuple[Entry, ...]) -> Iterator[str]:
    if entries:
        yield _("… and {urgencies}; --all lists everything").format(
            urgencies=count_urgencies(entries)
        )


def _describe_entry(program: Program, entry: Entry) -> Iterator[str]:
    first, *others = entry.signals
    yield _one_line(f"{name_subject(program, first)}: {first.why}")
    yield "  " + _("since {date}; {step}").format(
        date=full_date(first.since), step=_one_line(first.next_step)
    )
    for other in others:
        since = full_date(other.since)
        yield "  " + _("also, since {date}: {why}").format(date=since, why=_one_line(other.why))


def _shorten_entry(program: Program, entry: Entry) -> Iterator[str]:
    """Two lines. The first takes two rows of the screen, and the reason has one to itself."""
    first, *others = entry.signals
    subject = _shorten(_one_line(name_subject(program, first)), _COLUMNS - 2)
    yield _shorten(f"{subject}: {_one_line(first.why)}")
    line = "  " + _("since {date}; {step}").format(
        date=full_date(first.since), step=first.next_step
    )
    yield f"{line} ({count_other_reasons(len(others))})" if others else line


def _say_what_is_quiet(attention: Attention, *, is_whole: bool) -> Iterator[str]:
    names = [cohort.id for cohort in attention.watched if cohort.is_quiet]
    sentence = describe_quiet(attention.watched, names, is_whole=is_whole)
    if sentence:
        yield from ("", sentence)


def _one_line(text: str) -> str:
    """A text as it is printed, without the line breaks that could pass for lines of ours."""
    return printable(" ".join(text.split()))


def _shorten(text: str, most: int = 2 * _COLUMNS - 2) -> str:
    """A text that takes at most so many columns, of which wide letters take two."""
    short = shorten_text(text, most)
    while _count_columns(short) > most:
        short = shorten_text(text, len(short) - 1)
    return short


def _count_rows(lines: Iterable[str]) -> int:
    return sum(max(-(-_count_columns(line) // _COLUMNS), 1) for line in lines)


def _count_columns(line: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in line)
