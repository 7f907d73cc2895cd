"""What a report shows to an audience, and what it withholds."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from peerloom.audience import visible_program
from peerloom.model import Audience, Cohort
from peerloom.progress.cohort_figures import compute_cohort_figures
from peerloom.progress.figures import CohortFigures, PairFigures
from peerloom.progress.own_question_figures import compute_own_question_figures
from peerloom.records import Program
from peerloom.report.own_questions import show_own_questions
from peerloom.report.pairs_section import (
    count_people,
    show_check_ins,
    show_goals,
    show_meetings,
    show_ratings,
)
from peerloom.report.provenance_section import show_provenance
from peerloom.report.signed_up import show_signed_up
from peerloom.report.survey_section import show_survey
from peerloom.report.withholding import FEWEST_PEOPLE, Withholding
from peerloom.schedule import last_planned_day
from peerloom.text.translation import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The contents, with the keys that `docs/report.md` documents, and who may read them.

    `withheld` names the figures that are left out because few people are behind them.
    """

    audience: Audience
    contents: dict[str, Any]
    withheld: tuple[str, ...] = ()


def last_reported_day(program: Program, cohort: Cohort, today: date) -> date:
    """The last day that a report covers: today, or the nearest day of the cohort and its pairs."""
    last = last_planned_day(cohort, program.pairs_of(cohort.id))
    return max(min(today, last or today), cohort.starts)


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

    It shows what was known on `today`, or on `end` if that is None. Raises `KeyError` for a
    cohort that is not in the program.
    """
    run = program.cohorts[cohort]
    figures = compute_cohort_figures(program, run, start or run.starts, end, today or end)
    withholding = Withholding(audience)
    contents = _describe_cohort(program, figures, audience)
    contents["provenance"] = show_provenance(program.provenance, today or end)
    contents |= _collect_figures(figures, withholding)
    shown = {p.id for p in visible_program(program, audience).pairs_of(cohort)}
    contents["pairs_in_detail"] = (
        [] if audience == "public" else [_show_pair(p) for p in figures.pairs if p.pair.id in shown]
    )
    own = compute_own_question_figures(program, run, start or run.starts, end, today or end)
    contents["questions"] = list(
        show_own_questions(own, audience, today or end, withholding.show_rate)
    )
    contents["signed_up"] = show_signed_up(program, run, end, audience, withholding.show_rate)
    withheld = tuple(dict.fromkeys(withholding.names))
    few = _("{figure}: fewer than five people")
    contents["withheld"] = [few.format(figure=name) for name in withheld]
    return Report(audience=audience, contents=contents, withheld=withheld)


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
            "mentors": figures.roles.mentors,
            "mentees": figures.roles.mentees,
            "either": figures.roles.either,
        },
        "pairs": figures.statuses,
    }


def _collect_figures(figures: CohortFigures, withholding: Withholding) -> dict[str, Any]:
    began = [p for p in figures.pairs if p.pair.status != "proposed"]
    return {
        "began": {"pairs": len(began), "people": count_people(began)},
        "meetings": show_meetings(figures, began, withholding),
        "check_ins": show_check_ins(figures, withholding),
        "goals": show_goals(figures, withholding),
        "ratings_by": "due_date" if figures.cohort.ends else "month",
        "ratings": [show_ratings(rating, withholding) for rating in figures.ratings],
        "support": _show_support(figures, withholding),
        "ended_early": _show_endings(figures, withholding),
        "circles": asdict(figures.circles),
        "events": asdict(figures.events),
        "training": _show_training(figures, withholding),
        "surveys": [show_survey(survey, withholding) for survey in figures.surveys],
    }


def _show_support(figures: CohortFigures, withholding: Withholding) -> dict[str, Any]:
    name, people = _("support asked for"), figures.support.people
    return {
        "asked": withholding.show_rate(name, figures.support.asked, people),
        "people": withholding.show_rate(name, people, people),
    }


def _show_endings(figures: CohortFigures, withholding: Withholding) -> Any:
    """Why pairs ended early: all reasons or none, as a single one left out could be worked out."""
    pairs = {reason: ending.pairs for reason, ending in figures.ended_early.items()}
    fewest = min((e.people for e in figures.ended_early.values()), default=FEWEST_PEOPLE)
    return withholding.show_rate(_("why pairs ended early"), pairs, fewest)


def _show_training(figures: CohortFigures, withholding: Withholding) -> dict[str, Any]:
    training = figures.training
    done: int | None = 0
    if training.asked:
        done = withholding.show_rate(_("training done"), training.done, training.people)
    return {"people": training.people, "asked": training.asked, "done": done}


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
