"""Why a pair or circle cannot begin on a day, as far as its own cohort tells."""

from collections.abc import Iterable, Iterator
from datetime import date

from peerloom.diagnostic import quoted
from peerloom.model import Circle, Pair, Participant
from peerloom.records import Program
from peerloom.rules.pairs import capacity_of_mentor
from peerloom.text.dates import full_date
from peerloom.text.phrases import count_noun

_RUNNING = ("active", "paused")
PairOrCircle = Pair | Circle


def find_reasons(
    program: Program, chosen: list[PairOrCircle], day: date
) -> Iterator[tuple[PairOrCircle, str]]:
    """Yield each chosen pair or circle of one cohort that cannot begin, and why, in a sentence.

    Where two of the chosen exclude each other, the first may begin.
    """
    starting = [record for record in chosen if record.status == "proposed"]
    for record in chosen:
        if record.status in ("completed", "ended_early"):
            yield record, "it is over, and what is over does not begin again"
    for record in starting:
        for sentence in _find_absences(program, record, day):
            yield record, sentence
    pairs = [record for record in starting if isinstance(record, Pair)]
    for pair in pairs:
        for sentence in _find_vetoes(program, pair):
            yield pair, sentence
    running = _list_running(program, pairs)
    yield from _find_second_partners(pairs, running)
    yield from _find_split_teams(pairs, running)
    yield from _find_overload(program, pairs, running)


def _list_running(program: Program, pairs: list[Pair]) -> list[Pair]:
    cohort = pairs[0].cohort if pairs else ""
    return [pair for pair in program.pairs_of(cohort) if pair.status in _RUNNING]


def _find_absences(program: Program, record: PairOrCircle, day: date) -> Iterator[str]:
    """Yield who left the cohort, and who of a pair is away on the first day."""
    for who in record.people:
        person = program.participants.get(who)
        if person is None:
            continue
        left = _find_last_day(person, record.cohort)
        if left is not None and left <= day:
            yield f"{quoted(who)} left the cohort on {full_date(left)}: match the other anew"
        away = person.away_until(day)
        if isinstance(record, Pair) and away is not None:
            yield f"{quoted(who)} is away until {full_date(away)}: let them begin after that"


def _find_vetoes(program: Program, pair: Pair) -> Iterator[str]:
    """Yield who must not be matched: by a coordinator's word, or because one of them asked."""
    cohort = program.cohorts[pair.cohort]
    if any({*two} == {*pair.people} for two in cohort.matching.forbids):
        yield f"the two are listed under 'forbids' in {program.path(cohort)}"
    for who in pair.people:
        person = program.participants.get(who)
        if person is not None and {*person.excluded} & {*pair.people}:
            yield f"one of the two asked for another: see 'excluded' in {program.path(person)}"


def _find_last_day(person: Participant, cohort: str) -> date | None:
    """Return the day on which somebody had left a cohort in every role; `None` if they have not."""
    days = [part.left_on for part in person.cohorts if part.cohort == cohort]
    last = [day for day in days if day is not None]
    return max(last) if last and len(last) == len(days) else None


def _find_second_partners(
    pairs: Iterable[Pair], running: Iterable[Pair]
) -> Iterator[tuple[Pair, str]]:
    """Yield pairs of a mentee or peer who has a partner already, unless it is for another team."""
    partners: dict[tuple[str, str | None], Pair] = {}
    for pair in running:
        for who in _list_seekers(pair):
            partners.setdefault((who, pair.team), pair)
    for pair in pairs:
        for who in _list_seekers(pair):
            other = partners.setdefault((who, pair.team), pair)
            if other is not pair:
                verb = "is" if other.status in _RUNNING else "would be"
                sentence = f"{quoted(who)} {verb} in {quoted(other.id)} then, and needs one partner"
                yield pair, sentence


def _list_seekers(pair: Pair) -> tuple[str, ...]:
    """Return who of a pair needs one partner: a mentor may have several."""
    return pair.peers or ((pair.mentee,) if pair.mentee else ())


def _find_split_teams(pairs: Iterable[Pair], running: Iterable[Pair]) -> Iterator[tuple[Pair, str]]:
    """Yield pairs of a team that has another mentor by then: one mentor was overruled alone."""
    mentors: dict[str, str] = {}
    for pair in (*running, *pairs):
        if pair.team is None or pair.mentor is None:
            continue
        mentor = mentors.setdefault(pair.team, pair.mentor)
        if mentor != pair.mentor and pair.status == "proposed":
            sentence = (
                f"the team {quoted(pair.team)} has {quoted(mentor)} then, and needs one mentor"
            )
            yield pair, sentence


def _find_overload(
    program: Program, pairs: Iterable[Pair], running: Iterable[Pair]
) -> Iterator[tuple[Pair, str]]:
    """Yield pairs of a mentor who would have more mentees than places; a team counts as one."""
    places: dict[str | None, set[str]] = {}
    for pair in running:
        places.setdefault(pair.mentor, set()).add(_place(pair))
    for pair in pairs:
        taken = places.setdefault(pair.mentor, set())
        capacity = capacity_of_mentor(program, pair.cohort, pair.mentor) if pair.mentor else None
        if capacity is not None and len(taken | {_place(pair)}) > capacity:
            most = count_noun(capacity, "mentee")
            yield pair, f"{quoted(pair.mentor)} must have at most {most}, and would have more"
        else:
            taken.add(_place(pair))


def _place(pair: Pair) -> str:
    return f"team {pair.team}" if pair.team else pair.id
