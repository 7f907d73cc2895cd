"""What a coordinator should see of a cohort as a whole: who carries too much, who is not heard."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from peerloom.model import Cohort, Pair, Wave
from peerloom.progress.outcomes import survey_figures
from peerloom.progress.signal import Signal
from peerloom.records import Program
from peerloom.schedule import TAKES_TIME

# More mentees at a time than this are too many, whatever somebody offered.
_MOST_PLACES = 3
# Fewer answers to a survey than this share of those asked do not speak for the others.
_ENOUGH_ANSWERS = 0.6
# How long people have to answer a survey, and how long a coordinator can still do something.
_TO_ANSWER = timedelta(days=14)
_TO_REMIND = timedelta(days=42)


def a_mentor_carries_too_much(program: Program, cohort: Cohort, today: date) -> Iterator[Signal]:
    """Somebody mentors more than three pairs of running cohorts, a team being one."""
    mentors = dict.fromkeys(p.mentor for p in program.pairs_of(cohort.id) if p.mentor)
    for mentor in sorted(mentors):
        places = _places(program, mentor, today)
        if len(places) <= _MOST_PLACES or min(p.cohort for p in places) != cohort.id:
            continue
        person = program.participants.get(mentor)
        name = person.name if person else mentor
        starts = sorted(p.started_on or program.cohorts[p.cohort].starts for p in places)
        yield Signal(
            kind="over-capacity",
            urgency=1,
            cohort=cohort.id,
            pair=None,
            people=(mentor,),
            since=min(starts[_MOST_PLACES], today),
            why=f"{name} mentors {len(places)} at a time, and {_MOST_PLACES} are plenty",
            next_step="suggest nobody else to them, and ask which they would hand over",
        )


def _places(program: Program, mentor: str, today: date) -> list[Pair]:
    """The first pair of each place that a mentor has taken in cohorts that run on a day."""
    places: dict[tuple[str, str], Pair] = {}
    for pair in program.pairs_with(mentor):
        run = program.cohorts.get(pair.cohort)
        if pair.mentor == mentor and pair.status in TAKES_TIME and run and today <= run.ends:
            places.setdefault((pair.cohort, f"team {pair.team}" if pair.team else pair.id), pair)
    return list(places.values())


def few_answer_a_survey(program: Program, cohort: Cohort, today: date) -> Iterator[Signal]:
    """Fewer than 60 % have answered a wave, from two weeks after it opened to six weeks later.

    `before` opens when the cohort starts, `midway` in its middle, `after` when it ends.
    """
    middle = cohort.starts + (cohort.ends - cohort.starts) / 2
    opens: dict[Wave, date] = {"before": cohort.starts, "midway": middle, "after": cohort.ends}
    for id_ in cohort.surveys:
        if id_ not in program.surveys:
            continue
        found = survey_figures(program, program.surveys[id_], cohort, today)
        for wave, answered in found.answered.items():
            since = opens[wave] + _TO_ANSWER
            if not since <= today <= since + _TO_REMIND:
                continue
            if answered >= _ENOUGH_ANSWERS * found.asked:
                continue
            yield Signal(
                kind="survey",
                urgency=1,
                cohort=cohort.id,
                pair=None,
                people=(),
                since=since,
                why=f"{answered} of {found.asked} people have answered the survey "
                f"“{found.survey.title}” {_WORDS[wave]}",
                next_step="remind everybody once, and put the number beside every figure from it",
            )


_WORDS: dict[Wave, str] = {
    "before": "from before the start",
    "midway": "of midway",
    "after": "from after the end",
}

OVERSIGHT: tuple[Callable[[Program, Cohort, date], Iterator[Signal]], ...] = (
    a_mentor_carries_too_much,
    few_answer_a_survey,
)
