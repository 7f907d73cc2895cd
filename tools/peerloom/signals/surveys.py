"""Surveys that too few people have answered."""

from collections.abc import Iterator

from peerloom.model import Wave
from peerloom.progress.survey_figures import count_answers, count_asked
from peerloom.progress.windows import find_opening_days
from peerloom.schedule import add_days
from peerloom.signals.signal import Limits, Observation, SignalDefinition, Stage, Subject
from peerloom.text.phrases import count_noun
from peerloom.text.translation import mark, ngettext

_FEW = Stage(
    urgency=1,
    threshold=mark(
        "fewer than {share} of those asked, from {after_days} days after a wave opens "
        "(at the start, in the middle, at the end of the cohort) for {for_days} days"
    ),
    next_step=mark("remind everybody once, and show the number beside every figure from it"),
)


def find_unanswered_surveys(subject: Subject, limits: Limits) -> Iterator[Observation]:
    """Too few people have answered a wave of a survey."""
    cohort = subject.cohort
    opens = find_opening_days(cohort)
    for id_ in cohort.surveys:
        survey = subject.program.surveys.get(id_)
        if survey is None:
            continue
        counts = count_answers(subject.program, survey, cohort, subject.today)
        for wave, answered in counts.items():
            if wave not in opens:
                continue  # the pairs of a cohort without an end have waves on days of their own
            since = add_days(opens[wave], int(limits["after_days"]))
            asked = count_asked(subject.program, cohort, wave, subject.today)
            is_time = since <= subject.today <= add_days(since, int(limits["for_days"]))
            if is_time and answered < limits["share"] * asked:
                why = _describe_gap(wave, answered).format(
                    number=answered,
                    people=count_noun(asked, "person"),
                    survey=survey.title,
                )
                yield Observation(stage=_FEW, since=since, why=why)


def _describe_gap(wave: Wave, answered: int) -> str:
    """A sentence on a wave that few have answered, with its fields."""
    if wave == "before":
        return ngettext(
            "{number} of {people} has answered the survey “{survey}” before the start",
            "{number} of {people} have answered the survey “{survey}” before the start",
            answered,
        )
    if wave == "midway":
        return ngettext(
            "{number} of {people} has answered the midway survey “{survey}”",
            "{number} of {people} have answered the midway survey “{survey}”",
            answered,
        )
    return ngettext(
        "{number} of {people} has answered the survey “{survey}” after the end",
        "{number} of {people} have answered the survey “{survey}” after the end",
        answered,
    )


SURVEY = SignalDefinition(
    id="survey",
    check=find_unanswered_surveys,
    stages=(_FEW,),
    limits={"share": 0.6, "after_days": 14, "for_days": 42},
    source=mark(
        "Mentorloop aims at 4 answers in 5; 3 in 5 is the least that speaks for the others"
    ),
    scope="cohort",
)
