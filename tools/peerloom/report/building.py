"""What a report shows to an audience, and what it withholds."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from peerloom.as_of import program_as_of
from peerloom.audience import visible_program
from peerloom.model import Audience, Cohort
from peerloom.progress.cohort_figures import compute_cohort_figures
from peerloom.progress.counted_people import leave_out_uncounted
from peerloom.progress.figures import CohortFigures, PairFigures
from peerloom.progress.own_question_figures import compute_own_question_figures
from peerloom.progress.windows import Window, choose_window, find_last_day_of_report
from peerloom.records import Program
from peerloom.report.aim_values import Basis
from peerloom.report.aims_section import show_aims
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
from peerloom.text.translation import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The contents, with the keys that `docs/report.md` documents, and who may read them.

    `withheld` names the figures that are left out because few people are behind them.
    """

    audience: Audience
    contents: dict[str, Any]
    withheld: tuple[str, ...] = ()


def build_report(
    program: Program,
    cohort: str,
    start: date | None,
    end: date | None,
    audience: Audience,
    *,
    today: date | None = None,
) -> Report:
    """The report of a cohort from `start` to `end`, both included, as known on `today`.

    Without `start` it begins with the cohort, and without `end` it goes up to today, or to the last
    day on which something could still come. Without `today` it is as known on `end`; one of the two
    is given. Raises `KeyError` for a cohort that is not in the program, and `WindowError` for days
    that a report cannot be about.
    """
    day = today or end
    if day is None:
        raise ValueError("a report is about some day")
    known = leave_out_uncounted(program_as_of(program, day), audience)
    run = known.cohorts[cohort]
    window = choose_window(known, run, start, end, day)
    figures = compute_cohort_figures(known, run, window)
    withholding = Withholding(audience)
    contents = _describe_cohort(known, figures, audience)
    contents["provenance"] = show_provenance(program.provenance, day)
    contents |= _collect_figures(figures, withholding)
    shown = {p.id for p in visible_program(known, audience).pairs_of(cohort)}
    contents["pairs_in_detail"] = (
        [] if audience == "public" else [_show_pair(p) for p in figures.pairs if p.pair.id in shown]
    )
    contents["aims_answered"] = answer_aims(known, run, window, audience, figures)
    own = compute_own_question_figures(known, run, window)
    contents["questions"] = list(show_own_questions(own, audience, day, withholding.show_rate))
    at_end = program_as_of(known, window.last)
    contents["signed_up"] = show_signed_up(
        at_end, run, window.last, audience, withholding.show_rate
    )
    withheld = tuple(dict.fromkeys(withholding.names))
    few = _("{figure}: fewer than five people")
    contents["withheld"] = [few.format(figure=name) for name in withheld]
    return Report(audience=audience, contents=contents, withheld=withheld)


def answer_aims(
    program: Program,
    cohort: Cohort,
    window: Window,
    audience: Audience,
    figures: CohortFigures | None = None,
) -> list[dict[str, Any]]:
    """What had become of each aim of a cohort on the last day of a window, by its `aims`.

    A window that ends on the last day that it can have also tells what came after that day: an
    aim may be for a later one, and a person may say what became of it when all is over. `figures`
    are those of the window, if they are known.
    """
    program = leave_out_uncounted(program, audience)
    latest = choose_window(program, cohort, None, None, window.today)

    def read_basis(on: date) -> Basis:
        withholding = Withholding(audience)
        own = choose_window(program, cohort, None, on, window.today)
        is_same = (own.first, own.last) == (window.first, window.last)
        found = (is_same and figures) or compute_cohort_figures(program, cohort, own)
        shown = _describe_cohort(program, found, audience) | _collect_figures(found, withholding)
        return Basis(program=program, cohort=cohort, day=on, figures=shown, withholding=withholding)

    day = window.today if window.last >= latest.last else window.last
    return show_aims(cohort, day, find_last_day_of_report(program, cohort), read_basis)


def _describe_cohort(
    program: Program, figures: CohortFigures, audience: Audience
) -> dict[str, Any]:
    return {
        "program": program.settings.name,
        "cohort": figures.cohort.id,
        "name": figures.cohort.name,
        "audience": audience,
        "aims": [aim.text for aim in figures.cohort.stated_aims],
        "from": figures.window.first.isoformat(),
        "to": figures.window.last.isoformat(),
        "asked_from": _show_day(figures.window.asked_first),
        "asked_to": _show_day(figures.window.asked_last),
        "closes": _show_day(figures.closes),
        "participants": asdict(figures.roles),
        "pairs": figures.statuses,
    }


def _collect_figures(figures: CohortFigures, withholding: Withholding) -> dict[str, Any]:
    return {
        "began": {"pairs": len(figures.begun), "people": count_people(figures.begun)},
        "started": figures.started,
        "completed": figures.completed,
        "meetings": show_meetings(figures, withholding),
        "check_ins": show_check_ins(figures, withholding),
        "goals": show_goals(figures, withholding),
        "ratings_by": "due_date" if figures.cohort.ends else "month",
        "ratings": [show_ratings(rating, withholding) for rating in figures.ratings],
        "support": _show_support(figures, withholding),
        "ended_early": _show_endings(figures, withholding),
        "circles": _show_gatherings(asdict(figures.circles)),
        "events": _show_gatherings(asdict(figures.events)),
        "training": _show_training(figures, withholding),
        "surveys": [show_survey(survey, withholding) for survey in figures.surveys],
    }


def _show_day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _show_gatherings(figures: dict[str, Any]) -> dict[str, Any]:
    """What is said of circles or events, with who came among the other figures."""
    attended = figures.pop("attended")
    return {**figures, **attended}


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
    check_ins = figures.check_ins
    return {
        "pair": figures.pair.id,
        "people": list(figures.pair.people),
        "status": figures.pair.status,
        "meetings": figures.meetings.held,
        "minutes": figures.meetings.minutes,
        "due": check_ins.due,
        "time_up": check_ins.time_up,
        "received": check_ins.received,
        "on_time": check_ins.on_time,
        "late": check_ins.late,
        "undated": check_ins.undated,
        "missing": check_ins.missing,
        "early": check_ins.early,
        "awaited": check_ins.awaited,
        "goals": figures.goals_standing,
        "levels": list(figures.levels),
    }
