"""What happens next to pairs that begin: the first check-in, and who is asked for it."""

from collections.abc import Iterator
from datetime import date

from peerloom.beginning.plan import Beginning
from peerloom.diagnostic import quoted
from peerloom.kinds import KIND_BY_NAME
from peerloom.model import Answers, Cohort, Pair
from peerloom.records import Program
from peerloom.schedule import add_days, pair_due_dates
from peerloom.text.dates import full_date
from peerloom.text.phrases import count_noun, list_words

_WHO_ANSWERS: dict[Answers, str] = {
    "both": "from both people of each pair",
    "either": "from one of the two of each pair",
    "mentor": "from each mentor",
    "mentee": "from each mentee",
}
_MOST_NAMED = 10


def describe_next_steps(beginning: Beginning, program: Program, today: date) -> Iterator[str]:
    """Yield sentences on what comes after the beginning; none where no pair begins."""
    pairs = [record for record in beginning.records if isinstance(record, Pair)]
    if not pairs:
        return
    yield from describe_first_check_in(beginning.cohort, pairs[0], today)
    if beginning.cohort.check_ins is not None:
        yield from _describe_unreachable(program, pairs)


def describe_first_check_in(cohort: Cohort, pair: Pair, today: date) -> Iterator[str]:
    """Yield when the first check-in of a pair that begins is due, and what is owed already."""
    path = KIND_BY_NAME["cohort"].path_for(cohort.id)
    if cohort.check_ins is None:
        yield f"{quoted(cohort.id)} asks for no check-ins: see 'check_ins' in {path}"
        return
    due = pair_due_dates(cohort, pair)
    if past := [day for day in due if day < today]:
        owed = list_words(map(full_date, past))
        yield f"check-ins that are owed at once, as these days are past: {owed}"
    coming = [day for day in due if day >= today]
    if not coming:
        yield f"no check-in is due after that: see 'check_ins' in {path}"
        return
    asked_on = full_date(add_days(coming[0], -cohort.check_ins.reminders.before_days))
    who = _WHO_ANSWERS[cohort.check_ins.answers]
    yield f"first check-in: due on {full_date(coming[0])}, {who}; they are asked from {asked_on} on"


def _describe_unreachable(program: Program, pairs: list[Pair]) -> Iterator[str]:
    """Yield who cannot be asked: an issue reaches people by their accounts on GitHub."""
    people = dict.fromkeys(who for pair in pairs for who in pair.people)
    found = [program.participants[who] for who in people if who in program.participants]
    unreachable = [person.id for person in found if person.github is None]
    if unreachable:
        more = ", …" if len(unreachable) > _MOST_NAMED else ""
        names = list_words(unreachable[:_MOST_NAMED]) + more
        number = count_noun(len(unreachable), "person")
        yield f"no issue reaches {number} without 'github' in the record: {names}"
