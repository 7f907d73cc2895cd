"""Surveys that too few people have answered."""

from collections.abc import Iterator
from datetime import date, timedelta

from peerloom.model import Wave
from peerloom.progress.survey_figures import compute_survey_figures
from peerloom.signals.signal import Observation, SignalDefinition, Stage, Subject

# Fewer answers to a survey than this share of those asked do not speak for the others.
ENOUGH_ANSWERS = 0.6
# How long people have to answer a survey, and how long a coordinator can still do something.
_TO_ANSWER = timedelta(days=14)
_TO_REMIND = timedelta(days=42)

_FEW = Stage(
    urgency=1,
    threshold=f"fewer than {ENOUGH_ANSWERS:.0%} of those asked, from 14 days after a wave opens "
    "(at the start, in the middle, at the end of the cohort) to six weeks later",
    next_step="remind everybody once, and put the number beside every figure from it",
)
_WAVES: dict[Wave, str] = {
    "before": "from before the start",
    "midway": "of midway",
    "after": "from after the end",
}


def find_unanswered_surveys(subject: Subject) -> Iterator[Observation]:
    """Too few people have answered a wave of a survey."""
    cohort = subject.cohort
    middle = cohort.starts + (cohort.ends - cohort.starts) / 2
    opens: dict[Wave, date] = {"before": cohort.starts, "midway": middle, "after": cohort.ends}
    for id_ in cohort.surveys:
        survey = subject.program.surveys.get(id_)
        if survey is None:
            continue
        figures = compute_survey_figures(subject.program, survey, cohort, subject.today)
        for wave, answered in figures.answered.items():
            since = opens[wave] + _TO_ANSWER
            is_time = since <= subject.today <= since + _TO_REMIND
            if is_time and answered < ENOUGH_ANSWERS * figures.asked:
                have = "has" if answered == 1 else "have"
                why = f"{answered} of {figures.asked} people {have} answered the survey "
                why += f"“{survey.title}” {_WAVES[wave]}"
                yield Observation(stage=_FEW, since=since, why=why)


SURVEY = SignalDefinition(
    id="survey",
    check=find_unanswered_surveys,
    stages=(_FEW,),
    source="Mentorloop aims at 4 answers in 5; 3 in 5 is the least that speaks for the others",
    scope="cohort",
)
