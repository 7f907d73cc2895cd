"""The sentences that the list of who needs a coordinator has in common, wherever it is shown."""

from collections import Counter
from collections.abc import Iterable, Sequence

from peerloom.records import Program
from peerloom.signals import Signal
from peerloom.signals.attention import Attention, Entry, Topic, WatchedCohort
from peerloom.text.names import people_names, person_name
from peerloom.text.numbers import whole_number
from peerloom.text.phrases import Noun, count_noun, join_words, list_words
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark, ngettext

# By urgency, the most urgent first.
URGENCY_TITLES = {3: mark("Today"), 2: mark("This week"), 1: mark("To watch")}
_COUNTS = {
    3: mark("{number} today"),
    2: mark("{number} this week"),
    1: mark("{number} to watch"),
}
_NOUNS: dict[Topic, Noun] = {"pair": "pair", "circle": "circle", "people": "person"}
# More cohorts than these are counted in a sentence, and not named.
_MOST_NAMES = 5


def describe_entries(attention: Attention) -> str:
    """Who needs a coordinator: `3 pairs and 1 person need you: 2 today, 2 to watch`."""
    entries = attention.entries
    if not entries and attention.cohort_entries:
        return _("No pair, circle or person needs you today")
    if not entries:
        return _("Nobody needs you today")
    about = Counter(entry.about for entry in entries)
    things = join_words(count_noun(about[each], _NOUNS[each]) for each in _NOUNS if about[each])
    sentence = ngettext(
        "{things} needs you: {urgencies}", "{things} need you: {urgencies}", len(entries)
    )
    return sentence.format(things=things, urgencies=count_urgencies(entries))


def count_urgencies(entries: Iterable[Entry]) -> str:
    """How urgent the entries are: `2 today, 5 this week and 1 to watch`."""
    urgencies = Counter(entry.urgency for entry in entries)
    return join_words(
        _(sentence).format(number=whole_number(urgencies[urgency]))
        for urgency, sentence in _COUNTS.items()
        if urgencies[urgency]
    )


def count_other_reasons(number: int) -> str:
    """`1 more reason`, `3 more reasons`."""
    sentence = ngettext("{number} more reason", "{number} more reasons", number)
    return sentence.format(number=whole_number(number))


def describe_quiet(
    watched: Sequence[WatchedCohort], names: Sequence[str], *, is_whole: bool
) -> str:
    """What is quiet: `Quiet: 6 of 7 open pairs; nothing to do in autumn`.

    `names` are those of the cohorts that are quiet. Unless `is_whole`, only the first few stand in
    the sentence, and any others are counted. It is empty where no cohort is watched.
    """
    if not watched:
        return ""
    sentence = _("Quiet: {pairs}")
    if names:
        sentence = _("Quiet: {pairs}; nothing to do in {cohorts}")
    most = len(names) if is_whole else _MOST_NAMES
    return sentence.format(pairs=count_quiet_pairs(watched), cohorts=_name_first(names, most))


def count_quiet_pairs(watched: Iterable[WatchedCohort]) -> str:
    """How many of the open pairs are quiet: `6 of 7 open pairs`, or `no pair is open`."""
    cohorts = tuple(watched)
    pairs = sum(len(cohort.open_pairs) for cohort in cohorts)
    quiet = sum(len(cohort.quiet_pairs) for cohort in cohorts)
    unknown = sum(len(cohort.unknown_pairs) for cohort in cohorts)
    sentence = _("no pair is open")
    if pairs:
        sentence = ngettext(
            "{quiet} of {number} open pair", "{quiet} of {number} open pairs", pairs
        ).format(quiet=whole_number(quiet), number=whole_number(pairs))
    if not unknown:
        return sentence
    return _("{sentence}, and of {pairs} it is not known how they stood on that day").format(
        sentence=sentence, pairs=count_noun(unknown, "pair")
    )


def name_subject(program: Program, signal: Signal) -> str:
    """What a signal is about, in plain text, with the names that its reason leaves out."""
    if signal.circle is not None:
        circle = program.circles.get((signal.cohort, signal.circle))
        return _label(circle.name if circle else "", signal.circle, signal.cohort)
    pair = program.pairs.get((signal.cohort, signal.pair or ""))
    people = pair.people if pair else signal.people
    names = people_names(program.participants, people)
    if any(person_name(program.participants, who) in signal.why for who in people):
        names = ""
    return _label(names, signal.pair, signal.cohort)


def _label(names: str, id_: str | None, cohort: str) -> str:
    """`Ada and Grace (ada-grace, spring)`, `ada-grace (spring)` or `spring`."""
    ids = [each for each in (id_, cohort) if each]
    if names:
        return f"{names} ({list_words(ids)})"
    return f"{ids[0]} ({ids[1]})" if len(ids) > 1 else cohort


def _name_first(names: Sequence[str], most: int) -> str:
    """The first names in a sentence; any others are counted."""
    others = len(names) - most
    if others <= 0:
        return join_words(names)
    more = _("{number} more").format(number=whole_number(others))
    return join_words([*names[:most], more])
