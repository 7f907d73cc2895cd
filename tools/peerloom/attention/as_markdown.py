"""The list of who needs a coordinator as Markdown, for an issue in a private repository."""

from functools import partial
from itertools import groupby

from peerloom.attention.wording import (
    URGENCY_TITLES,
    count_urgencies,
    describe_entries,
    describe_quiet,
    name_subject,
)
from peerloom.records import Program
from peerloom.signals.attention import Attention, Entry
from peerloom.templating import rendered
from peerloom.text.dates import full_date
from peerloom.text.translation import gettext as _

# About as many as are read at once; an issue has no room for thousands.
_MOST_ENTRIES = 12


def attention_as_markdown(program: Program, attention: Attention, *, is_whole: bool) -> str:
    """Markdown with the gravest entries, each with all of its reasons, or with every entry."""
    most = None if is_whole else _MOST_ENTRIES
    left = () if most is None else attention.entries[most:] + attention.cohort_entries[most:]
    names = [program.cohorts[each.id].name for each in attention.watched if each.is_quiet]
    return rendered(
        "attention_list.md.j2",
        attention=attention,
        summary=describe_entries(attention),
        groups=_group_entries(attention, most),
        rest=count_urgencies(left),
        quiet=describe_quiet(attention.watched, names, is_whole=is_whole),
        name_subject=partial(name_subject, program),
        date_in_words=full_date,
    )


def _group_entries(attention: Attention, most: int | None) -> list[tuple[str, tuple[Entry, ...]]]:
    """The first entries under the heading of their urgency, and those about whole cohorts."""
    shown = groupby(attention.entries[:most], key=lambda entry: entry.urgency)
    groups = [(_(URGENCY_TITLES[urgency]), tuple(entries)) for urgency, entries in shown]
    if attention.cohort_entries:
        groups.append((_("About a cohort"), attention.cohort_entries[:most]))
    return groups
