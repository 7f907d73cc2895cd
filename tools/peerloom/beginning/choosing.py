"""Which pairs and circles are meant, and on which day they can begin."""

from collections.abc import Iterable, Iterator
from datetime import date

from peerloom.beginning.renaming import needs_renaming
from peerloom.diagnostic import did_you_mean, quoted
from peerloom.model import Circle, Cohort, Pair
from peerloom.records import Program
from peerloom.schedule import latest_end
from peerloom.text.dates import full_date
from peerloom.text.phrases import list_words

_MOST_LISTED = 10


class CannotBegin(Exception):  # noqa: N818 - it reads as the sentence it is
    """Nothing can begin as it was asked for; the message says why, and what to do."""


def refuse_day(cohort: Cohort, day: date) -> None:
    """Raise `CannotBegin` for a day outside of the cohort."""
    last = latest_end(cohort)
    if not cohort.starts <= day <= last:
        raise CannotBegin(
            f"{full_date(day)} must be a day of {quoted(cohort.id)}, which lasts from "
            f"{full_date(cohort.starts)} to {full_date(last)}"
        )


def choose_records(program: Program, cohort: Cohort, ids: Iterable[str]) -> list[Pair | Circle]:
    """Return the pairs and circles of a cohort that have these ids, now or formerly.

    Without ids these are all that are proposed, and all pairs whose id is to be corrected.
    Raises `CannotBegin`, with every id that is unknown.
    """
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return list(_list_open_records(program, cohort))
    unknown = [id_ for id_ in wanted if not _find_records(program, cohort, id_)]
    if unknown:
        raise CannotBegin("; ".join(_say_unknown(program, cohort, id_) for id_ in unknown))
    found = (record for id_ in wanted for record in _find_records(program, cohort, id_))
    return list({program.path(record): record for record in found}.values())


def _list_open_records(program: Program, cohort: Cohort) -> Iterator[Pair | Circle]:
    for pair in program.pairs_of(cohort.id):
        if pair.status == "proposed" or needs_renaming(program, pair):
            yield pair
    yield from (c for c in program.circles_of(cohort.id) if c.status == "proposed")


def _find_records(program: Program, cohort: Cohort, id_: str) -> list[Pair | Circle]:
    records = (program.find_pair(cohort.id, id_), program.circles.get((cohort.id, id_)))
    return [record for record in records if record is not None]


def _say_unknown(program: Program, cohort: Cohort, id_: str) -> str:
    known = [pair.id for pair in program.pairs_of(cohort.id)]
    known += [circle.id for circle in program.circles_of(cohort.id)]
    listed = list_words(known[:_MOST_LISTED]) + (", …" if len(known) > _MOST_LISTED else "")
    near = did_you_mean(id_, known) or f"it has: {listed or 'none yet'}"
    return f"{quoted(cohort.id)} has no pair or circle {quoted(id_)}; {near}"
