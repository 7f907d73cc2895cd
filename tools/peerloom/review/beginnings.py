"""Pairs and circles that begin with the merge of a pull request, and what is due to them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from peerloom.model import Circle, Cohort, Pair
from peerloom.records import CohortKey, Program
from peerloom.schedule import pair_due_dates
from peerloom.text.dates import full_date
from peerloom.text.phrases import count_noun, join_words
from peerloom.text.translation import gettext as _

_RUNNING = ("active", "paused")


@dataclass(frozen=True, slots=True, kw_only=True)
class StartingGroup:
    """How many pairs and circles of a cohort begin on one day.

    `first_due` is the first check-in of the pairs, and `owed_at_once` are the due dates that are
    past already. `today` is the day of the review; a merge comes later.
    """

    cohort: Cohort
    on: date
    pairs: int
    circles: int
    first_due: date | None
    owed_at_once: tuple[date, ...]
    today: date


def find_starting_groups(before: Program, after: Program, today: date) -> tuple[StartingGroup, ...]:
    """Return what begins between two states of a program, by cohort and day."""
    pairs: dict[tuple[str, date], list[Pair]] = {}
    circles: dict[tuple[str, date], list[Circle]] = {}
    for pair_key, pair in after.pairs.items():
        if pair.started_on and _begins(before.pairs.get(_old_key(before, after, pair_key)), pair):
            pairs.setdefault((pair.cohort, pair.started_on), []).append(pair)
    for circle_key, circle in after.circles.items():
        if circle.started_on and _begins(before.circles.get(circle_key), circle):
            circles.setdefault((circle.cohort, circle.started_on), []).append(circle)
    return tuple(
        _make_group(after.cohorts[cohort], day, pairs, circles, today)
        for cohort, day in sorted({*pairs, *circles})
        if cohort in after.cohorts
    )


def _old_key(before: Program, after: Program, key: CohortKey) -> CohortKey:
    """Return the key that a pair had before, if it is renamed by this change."""
    former = (former.id for former in after.pairs[key].former)
    return next(((key[0], id_) for id_ in (key[1], *former) if (key[0], id_) in before.pairs), key)


def _begins(old: Pair | Circle | None, new: Pair | Circle) -> bool:
    return new.status in _RUNNING and (old is None or old.status == "proposed")


def _make_group(
    cohort: Cohort,
    day: date,
    pairs: dict[tuple[str, date], list[Pair]],
    circles: dict[tuple[str, date], list[Circle]],
    today: date,
) -> StartingGroup:
    starting = pairs.get((cohort.id, day), [])
    due = pair_due_dates(cohort, starting[0]) if starting else ()
    return StartingGroup(
        cohort=cohort,
        on=day,
        pairs=len(starting),
        circles=len(circles.get((cohort.id, day), [])),
        first_due=next((each for each in due if each >= today), None),
        owed_at_once=tuple(each for each in due if each < today),
        today=today,
    )


def describe_starting_group(group: StartingGroup) -> Iterator[str]:
    """Yield sentences on a beginning, for whoever decides about the merge."""
    counts = [count_noun(group.pairs, "pair")] if group.pairs else []
    counts += [count_noun(group.circles, "circle")] if group.circles else []
    sentence = (
        _("Merging this begins {what} of {cohort} on {date}, which is past.")
        if group.on < group.today
        else _("Merging this begins {what} of {cohort} on {date}.")
    )
    yield sentence.format(
        what=join_words(counts), cohort=group.cohort.name, date=full_date(group.on)
    )
    if group.owed_at_once:
        yield _(
            "Check-ins of {dates} are owed as soon as it is merged. If that is not meant, start "
            "the workflow 'match' again with a later day."
        ).format(dates=join_words(map(full_date, group.owed_at_once)))
    elif group.first_due:
        yield _(
            "Their first check-in is due on {date}: merge it before that. If it gets later, start "
            "the workflow 'match' again with a later day."
        ).format(date=full_date(group.first_due))
