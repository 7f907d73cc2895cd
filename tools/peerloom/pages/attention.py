"""The page of signals: who needs a coordinator, and what to do next."""

from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from peerloom.attention.wording import (
    URGENCY_TITLES,
    count_other_reasons,
    count_quiet_pairs,
    describe_entries,
)
from peerloom.pages.rendering import Here
from peerloom.signals import Signal, find_attention
from peerloom.signals.attention import Attention, Entry, WatchedCohort
from peerloom.text.escaping.markdown import Markdown
from peerloom.text.numbers import whole_number
from peerloom.text.phrases import count_noun, list_words
from peerloom.text.translation import gettext as _

# About as many as a screen has room for, and as somebody looks into at once.
_MOST_OPEN = 8
# More lines than this are found with the command, and would only make the page heavy.
_MOST_FOLDED = 100
_MOST_NAMED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Entries under one heading: some stand there whole, some are folded, others only counted."""

    title: str
    open: tuple[Entry, ...]
    folded: tuple[Entry, ...] = ()
    counted: int = 0


def render_page(here: Here) -> str:
    """Everybody who needs a coordinator on the site's day, the gravest first."""
    site = here.site
    attention = find_attention(site.whole, site.today)

    def link_subject(signal: Signal) -> str | Markup:
        return _link_subject(here, signal)

    return here.fill_template(
        summary=describe_entries(attention),
        groups=_group_entries(attention),
        quiet=[
            _describe_quiet(here, cohort)
            for cohort in attention.watched
            if cohort.is_quiet or cohort.quiet_pairs
        ],
        link_subject=link_subject,
        count_other_reasons=count_other_reasons,
        summarize_folded=_summarize_folded,
    )


def _group_entries(attention: Attention) -> list[_Group]:
    """Entries by urgency, and those about cohorts.

    The first few of the page are open, whatever their urgency, and the first few about cohorts.
    """
    groups = []
    room = _MOST_OPEN
    for urgency, found in groupby(attention.entries, key=lambda entry: entry.urgency):
        entries = tuple(found)
        groups.append(_fold(_(URGENCY_TITLES[urgency]), entries, room))
        room = max(room - len(entries), 0)
    if attention.cohort_entries:
        groups.append(_fold(_("About a cohort"), attention.cohort_entries, _MOST_OPEN))
    return groups


def _fold(title: str, entries: tuple[Entry, ...], room: int) -> _Group:
    others = entries[room:]
    return _Group(
        title=title,
        open=entries[:room],
        folded=others[:_MOST_FOLDED],
        counted=len(others[_MOST_FOLDED:]),
    )


def _summarize_folded(group: _Group) -> str:
    """What stands on the fold: `12 more`, or `12 entries` where none is open."""
    number = len(group.folded) + group.counted
    if group.open:
        return _("{number} more").format(number=whole_number(number))
    return count_noun(number, "entry")


def _link_subject(here: Here, signal: Signal) -> str | Markup:
    """What a signal is about, linked to its page."""
    program = here.site.whole
    if signal.pair is not None:
        return here.pair_link(program.pairs[signal.cohort, signal.pair])
    if signal.circle is not None:
        circle = program.circles[signal.cohort, signal.circle]
        return here.link_to(circle.name, "circle", circle)
    if signal.people:
        return here.people_links(signal.people)
    cohort = program.cohorts[signal.cohort]
    return here.link_to(cohort.name, "cohort", cohort)


def _describe_quiet(here: Here, cohort: WatchedCohort) -> Markup:
    """A cohort, how many of its pairs are quiet, and the first of these by name."""
    program = here.site.whole
    record = program.cohorts[cohort.id]
    shown = cohort.quiet_pairs[:_MOST_NAMED]
    links = [here.pair_link(program.pairs[cohort.id, pair]) for pair in shown]
    others = len(cohort.quiet_pairs) - len(shown)
    if others:
        links.append(Markdown(_("{number} more")).format(number=whole_number(others)))
    sentence = _("{cohort}: {pairs}")
    if links:
        sentence = _("{cohort}: {pairs}. {names}")
    return Markdown(sentence).format(
        cohort=here.link_to(record.name, "cohort", record),
        pairs=count_quiet_pairs([cohort]),
        names=Markup(list_words(links)),  # noqa: S704 - each name is escaped
    )
