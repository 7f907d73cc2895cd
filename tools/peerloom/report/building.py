"""What a report shows to an audience, and what it withholds."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from peerloom.audience import visible
from peerloom.model import Audience, Cohort
from peerloom.progress.cohort_figures import (
    CohortFigures,
    PairFigures,
    RatingFigures,
    compute_cohort_figures,
)
from peerloom.progress.goals import t_score
from peerloom.progress.own_question_figures import compute_own_question_figures
from peerloom.progress.survey_figures import ConstructChange, ItemMean, SurveyFigures, WaveChange
from peerloom.records import Program
from peerloom.report.own_questions import show_own_questions
from peerloom.report.signed_up import show_signed_up

# A rate over fewer people than this would let readers tell who is behind it.
FEWEST_PEOPLE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The contents, with the keys that `docs/report.md` documents, and who may read them."""

    audience: Audience
    contents: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Withholding:
    """Withholds figures that too few people are behind, and remembers which those were."""

    audience: Audience
    names: list[str] = field(default_factory=list)

    def show_rate(self, name: str, value: Any, people: int) -> Any:
        """A figure about how people are doing: coordinators see it, others if enough are in it."""
        return value if self.audience == "coordinators" else self.show_answers(name, value, people)

    def show_answers(self, name: str, value: Any, people: int) -> Any:
        """A figure that is withheld from everybody if few are in it: surveys are anonymous."""
        if value is None or people >= FEWEST_PEOPLE:
            return value
        self.names.append(f"{name}: fewer than five people")
        return None


def last_reported_day(cohort: Cohort, today: date) -> date:
    """The last day that a report covers: today, or the nearest day of the cohort."""
    return max(min(today, cohort.ends), cohort.starts)


def build_report(
    program: Program,
    cohort: str,
    start: date | None,
    end: date,
    audience: Audience,
    *,
    today: date | None = None,
) -> Report:
    """The report of a cohort from `start` (its first day where None) to `end`, both included.

    It tells what was known on `today`, or on `end` where that is None. Raises `KeyError` for a
    cohort that is not in the program.
    """
    run = program.cohorts[cohort]
    figures = compute_cohort_figures(program, run, start or run.starts, end, today or end)
    withholding = _Withholding(audience)
    contents = _describe_cohort(program, figures, audience) | _collect_figures(figures, withholding)
    shown = {p.id for p in visible(program, audience).pairs_of(cohort)}
    contents["pairs_in_detail"] = (
        [] if audience == "public" else [_show_pair(p) for p in figures.pairs if p.pair.id in shown]
    )
    own = compute_own_question_figures(program, run, start or run.starts, end, today or end)
    contents["questions"] = list(
        show_own_questions(own, audience, today or end, withholding.show_rate)
    )
    contents["signed_up"] = show_signed_up(program, run, end, audience, withholding.show_rate)
    contents["withheld"] = list(dict.fromkeys(withholding.names))
    return Report(audience=audience, contents=contents)


def _describe_cohort(
    program: Program, figures: CohortFigures, audience: Audience
) -> dict[str, Any]:
    return {
        "program": program.settings.name,
        "cohort": figures.cohort.id,
        "name": figures.cohort.name,
        "audience": audience,
        "aims": list(figures.cohort.aims),
        "from": figures.start.isoformat(),
        "to": figures.end.isoformat(),
        "participants": {
            "mentors": figures.mentors,
            "mentees": figures.mentees,
            "either": figures.either,
        },
        "pairs": figures.statuses,
    }


def _collect_figures(figures: CohortFigures, withholding: _Withholding) -> dict[str, Any]:
    began = [p for p in figures.pairs if p.pair.status != "proposed"]
    helped = figures.support_people
    return {
        "began": {"pairs": len(began), "people": _count_people(began)},
        "meetings": _show_meetings(figures, began, withholding),
        "check_ins": _show_check_ins(figures, withholding),
        "goals": _show_goals(figures, withholding),
        "ratings": [_show_ratings(rating, withholding) for rating in figures.ratings],
        "support": {
            "asked": withholding.show_rate("support asked for", figures.support_asked, helped),
            "people": withholding.show_rate("support asked for", helped, helped),
        },
        # All reasons or none: one that is left out could be told from the others.
        "ended_early": withholding.show_rate(
            "why pairs ended early",
            figures.ended_early,
            min(figures.ended_early_people.values(), default=FEWEST_PEOPLE),
        ),
        "circles": {
            "circles": figures.circles,
            "meetings": figures.circle_meetings,
            "minutes": figures.circle_minutes,
            "attendances": figures.circle_attendances,
        },
        "events": {"held": figures.events_held, "attendances": figures.event_attendances},
        "training": {
            "people": figures.training_people,
            "asked": figures.training_asked,
            "done": withholding.show_rate(
                "training done", figures.training_done, figures.training_people
            )
            if figures.training_asked
            else 0,
        },
        "surveys": [_show_survey(survey, withholding) for survey in figures.surveys],
    }


def _count_people(pairs: Iterable[PairFigures]) -> int:
    return len({who for p in pairs for who in p.pair.people})


def _show_meetings(
    figures: CohortFigures, began: list[PairFigures], withholding: _Withholding
) -> dict[str, Any]:
    people = _count_people(began) if began else FEWEST_PEOPLE
    known = figures.sum_over_pairs("minutes_known")
    return {
        "held": figures.sum_over_pairs("held"),
        "minutes": figures.sum_over_pairs("minutes"),
        "minutes_known": withholding.show_rate("meetings whose length is known", known, people),
        "pairs_met": withholding.show_rate(
            "pairs that met", sum(p.held > 0 for p in began), people
        ),
    }


def _show_check_ins(figures: CohortFigures, withholding: _Withholding) -> dict[str, Any]:
    people = _count_people(p for p in figures.pairs if p.due)
    enough = people or FEWEST_PEOPLE
    schedule = figures.cohort.check_ins
    return {
        "due": figures.sum_over_pairs("due"),
        "received": withholding.show_rate(
            "check-ins received", figures.sum_over_pairs("received"), enough
        ),
        "undated": withholding.show_rate(
            "check-ins of an unknown day", figures.sum_over_pairs("undated"), enough
        ),
        "on_time": withholding.show_rate(
            "check-ins on time", figures.sum_over_pairs("on_time"), enough
        ),
        "overdue": withholding.show_rate(
            "check-ins overdue", figures.sum_over_pairs("overdue"), enough
        ),
        "people": people,
        "answers": schedule.answers if schedule else None,
    }


def _show_goals(figures: CohortFigures, withholding: _Withholding) -> dict[str, Any]:
    with_reports = [p for p in figures.pairs if p.levels]
    setting = _count_people(p for p in figures.pairs if p.goals)
    scores = [t_score(p.levels) for p in with_reports]
    score = _round_figure(sum(scores) / len(scores)) if scores else None
    reported = sum(len(p.levels) for p in with_reports)
    people = _count_people(with_reports)
    by_level = {str(level): n for level, n in figures.goals_by_level.items()}
    return {
        "set": figures.sum_over_pairs("goals"),
        "reported": withholding.show_rate("goals reported on", reported, setting or FEWEST_PEOPLE),
        "people": people,
        "by_level": withholding.show_rate("goals by step", by_level, people or FEWEST_PEOPLE),
        "score": withholding.show_rate("goal score", score, people),
        "pairs_scored": len(with_reports),
    }


def _round_figure(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _show_ratings(rating: RatingFigures, withholding: _Withholding) -> dict[str, Any]:
    name = f"ratings for {rating.due.isoformat()}"
    return {
        "due": rating.due.isoformat(),
        "people": rating.people,
        "useful": withholding.show_rate(name, _round_figure(rating.useful), rating.useful_people),
        "useful_people": rating.useful_people,
        "relationship": withholding.show_rate(
            name, _round_figure(rating.relationship), rating.relationship_people
        ),
        "relationship_people": rating.relationship_people,
    }


def _show_survey(survey: SurveyFigures, withholding: _Withholding) -> dict[str, Any]:
    enough = survey.asked or FEWEST_PEOPLE
    name = f"answers to survey {survey.survey.id}"
    return {
        "survey": survey.survey.id,
        "title": survey.survey.title,
        "asked": survey.asked,
        "answered": {
            wave: withholding.show_answers(name, answered, enough)
            for wave, answered in survey.answered.items()
        },
        "items": [
            {
                "item": row.item.id,
                "text": row.item.text,
                **_show_change(f"survey question {row.item.id}", row.change, withholding),
            }
            for row in survey.changes
        ],
        "constructs": [_show_construct(row, withholding) for row in survey.constructs],
        "afterwards": [_show_mean(row, withholding) for row in survey.afterwards],
    }


def _show_change(
    name: str, change: WaveChange, withholding: _Withholding, people: int | None = None
) -> dict[str, Any]:
    """A change, withheld where it would tell of too few.

    `people` is the smallest number of people it could tell of; all who answered both where None.
    """
    fewest = change.both if people is None else people

    def show_value(value: float | None) -> Any:
        return withholding.show_answers(name, _round_figure(value), fewest)

    return {
        "both": change.both,
        "before": show_value(change.before),
        "after": show_value(change.after),
        "change": show_value(change.change),
        "margin": show_value(change.margin),
    }


def _show_construct(construct: ConstructChange, withholding: _Withholding) -> dict[str, Any]:
    """The change of a construct.

    It is withheld also where the few who answered only one of its questions could be told from
    the difference between the two figures.
    """
    answered = construct.change.both
    others = [item.change.both - answered for item in construct.items]
    fewest = min([answered, *(n for n in others if n > 0)])
    name = f"survey questions on {construct.name}"
    return {
        "construct": construct.name,
        "of": [item.item.id for item in construct.items],
        **_show_change(name, construct.change, withholding, fewest),
    }


def _show_mean(item_mean: ItemMean, withholding: _Withholding) -> dict[str, Any]:
    name = f"survey question {item_mean.item.id}"
    return {
        "item": item_mean.item.id,
        "text": item_mean.item.text,
        "wave": item_mean.wave,
        "people": item_mean.people,
        "mean": withholding.show_answers(name, _round_figure(item_mean.mean), item_mean.people),
    }


def _show_pair(figures: PairFigures) -> dict[str, Any]:
    return {
        "pair": figures.pair.id,
        "people": list(figures.pair.people),
        "status": figures.pair.status,
        "meetings": figures.held,
        "minutes": figures.minutes,
        "due": figures.due,
        "received": figures.received,
        "undated": figures.undated,
        "on_time": figures.on_time,
        "overdue": figures.overdue,
        "goals": figures.goals,
        "levels": list(figures.levels),
    }
