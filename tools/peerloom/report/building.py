"""What a report shows to an audience, and what it keeps back."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from peerloom.as_of import program_as_of
from peerloom.audience import visible_program
from peerloom.model import Audience, Cohort
from peerloom.progress.closed_dates import compute_closed_surveys
from peerloom.progress.cohort_figures import compute_cohort_figures
from peerloom.progress.figures import CohortFigures, RatingFigures
from peerloom.progress.own_question_figures import compute_own_question_figures
from peerloom.progress.rating_figures import compute_rating_figures
from peerloom.progress.windows import (
    NothingClosedError,
    Window,
    choose_window,
    find_last_day_of_report,
)
from peerloom.records import Program
from peerloom.report.activity_section import show_gatherings, show_training
from peerloom.report.aim_values import Basis
from peerloom.report.aims_section import show_aims
from peerloom.report.covering import cover_people
from peerloom.report.difficulties_section import show_endings, show_support
from peerloom.report.keeping import keep_published
from peerloom.report.own_questions import show_own_questions
from peerloom.report.pairs_section import (
    count_people,
    show_check_ins,
    show_goals,
    show_meetings,
    show_pair,
    show_ratings,
    show_statuses,
)
from peerloom.report.provenance_section import show_provenance
from peerloom.report.scope import Published, Scope, choose_scope
from peerloom.report.signed_up import show_signed_up
from peerloom.report.suppression import Rules, Suppression
from peerloom.report.survey_section import show_survey
from peerloom.text.translation import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The contents, with the keys that `docs/report.md` documents, and who may read them.

    `withheld` names the figures that are left out because they could tell of single people,
    and `later` those that are told once, in the final report.
    """

    audience: Audience
    contents: dict[str, Any]
    withheld: tuple[str, ...] = ()
    later: tuple[str, ...] = ()


def build_report(
    program: Program,
    cohort: str,
    start: date | None,
    end: date | None,
    audience: Audience,
    *,
    today: date | None = None,
    rules: Rules | None = None,
    kept: Iterable[Published] = (),
) -> Report:
    """The report of a cohort from `start` to `end`, both included, as known on `today`.

    Without `start` it begins with the cohort, and without `end` it goes up to today, or to the last
    day on which something could still come. Without `today` it is as known on `end`; one of the two
    is given. Below coordinators it is about the days up to a closed date, the newest or `end`, as
    they were known when that was closed; what an earlier report of a closed date published once is
    taken from its contents, where these are `kept`, the oldest first. Raises `KeyError` for a
    cohort that is not in the program, and `WindowError` for days that a report cannot be about.
    """
    day = today or end
    if day is None:
        raise ValueError("a report is about some day")
    known = program_as_of(program, day)
    scope = choose_scope(known, cohort, start, end, audience, day, rules or Rules())
    scope = replace(scope, kept=tuple(kept))
    figures = compute_cohort_figures(scope.program, scope.cohort, scope.window)
    suppression = _begin_suppression(scope, audience)
    contents = _describe_cohort(scope.program, figures, audience)
    contents["covers"] = scope.covers
    contents["provenance"] = show_provenance(program.provenance, scope.window.today)
    contents |= _collect_figures(scope, figures, suppression)
    contents["pairs_in_detail"] = _show_pairs(scope.program, figures, audience)
    contents["aims_answered"] = _answer_aims(scope, audience, figures)
    own = compute_own_question_figures(scope.program, scope.cohort, scope.window)
    day = scope.window.today
    contents["questions"] = list(show_own_questions(own, audience, day, suppression))
    at_end = program_as_of(scope.program, scope.window.last)
    contents["signed_up"] = show_signed_up(at_end, scope.cohort, scope.window.last, audience)
    withheld = tuple(dict.fromkeys(suppression.withheld))
    later = tuple(name for name in dict.fromkeys(suppression.later) if name not in withheld)
    contents["withheld"] = [
        *(_("{figure}: could tell of single people").format(figure=name) for name in withheld),
        *(
            _("{figure}: told once, if at all, in the final report").format(figure=name)
            for name in later
        ),
    ]
    return Report(audience=audience, contents=contents, withheld=withheld, later=later)


def _show_pairs(
    program: Program, figures: CohortFigures, audience: Audience
) -> list[dict[str, Any]]:
    """What is said of each pair that members or coordinators see; to the public, nothing."""
    shown = {p.id for p in visible_program(program, audience).pairs_of(figures.cohort.id)}
    is_told = audience != "public"
    return [show_pair(p) for p in figures.pairs if is_told and p.pair.id in shown]


def list_pairs_in_detail(
    program: Program, cohort: str, audience: Audience, last: date, today: date
) -> list[dict[str, Any]]:
    """What a report up to `last` says of each pair, as known on `today`, to who may see it now."""
    if audience == "public":
        return []
    known = program_as_of(program, today)
    run = known.cohorts[cohort]
    covered = cover_people(known, run).program
    window = Window(first=run.starts, last=last, today=today)
    return _show_pairs(program, compute_cohort_figures(covered, run, window), audience)


def _begin_suppression(scope: Scope, audience: Audience) -> Suppression:
    return Suppression(
        audience=audience,
        is_final=scope.is_final,
        rules=scope.rules,
        hidden_pairs=scope.hidden_pairs,
    )


def answer_aims(
    program: Program, cohort: str, audience: Audience, today: date
) -> list[dict[str, Any]]:
    """What has become of each aim of a cohort by a day, as its report says it.

    Below coordinators it is by the newest closed date. Before the first of these, none is measured.
    """
    try:
        known = program_as_of(program, today)
        scope = choose_scope(known, cohort, None, None, audience, today)
    except NothingClosedError:
        run = program.cohorts[cohort]
        return list_unmeasured_aims(program, run, run.starts)
    return _answer_aims(scope, audience)


def list_unmeasured_aims(program: Program, cohort: Cohort, day: date) -> list[dict[str, Any]]:
    """The aims of a cohort on a day with what a person said of them, and no measure taken."""
    last_day = find_last_day_of_report(program, cohort)
    return show_aims(cohort, day, last_day, lambda _day: None)


def _answer_aims(
    scope: Scope, audience: Audience, figures: CohortFigures | None = None
) -> list[dict[str, Any]]:
    """What had become of each aim of a cohort on the last day of a window, by its `aims`.

    A window that ends on the last day that it can have also tells what came after that day: an
    aim may be for a later one, and a person may say what became of it when all is over. `figures`
    are those of the window, if they are known.
    """
    program, cohort, window = scope.program, scope.cohort, scope.window
    latest = choose_window(program, cohort, None, None, window.today)

    def read_basis(on: date) -> Basis | None:
        own = scope.end_on(on)
        if own is None:
            return None
        is_same = own.window == window
        found = (is_same and figures) or compute_cohort_figures(own.program, own.cohort, own.window)
        suppression = _begin_suppression(own, audience)
        shown = _describe_cohort(own.program, found, audience)
        shown |= _collect_figures(own, found, suppression)
        return Basis(
            program=own.program,
            cohort=own.cohort,
            day=on,
            figures=shown,
            suppression=suppression,
        )

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
    }


def _collect_figures(
    scope: Scope, figures: CohortFigures, suppression: Suppression
) -> dict[str, Any]:
    statuses = show_statuses(figures, suppression)
    ended = None if statuses["completed"] is None else figures.completed
    ratings, surveys = figures.ratings, figures.surveys
    if scope.closed:
        ratings = _compute_closed_ratings(scope)
        surveys = compute_closed_surveys(scope.whole, scope.cohort, scope.closed[-1])
    found = {
        "pairs": statuses,
        "began": {"pairs": len(figures.begun), "people": count_people(figures.begun)},
        "started": figures.started,
        "completed": ended,
        "meetings": show_meetings(figures, suppression),
        "check_ins": show_check_ins(figures, suppression),
        "goals": show_goals(figures, suppression),
        "ratings_by": "due_date" if figures.cohort.ends else "month",
        "ratings": [show_ratings(rating, suppression) for rating in ratings],
        "support": show_support(figures, suppression),
        "ended_early": show_endings(figures, suppression),
        "circles": show_gatherings("circles", asdict(figures.circles), figures, suppression),
        "events": show_gatherings("events", asdict(figures.events), figures, suppression),
        "training": show_training(figures, suppression),
        "surveys": [show_survey(survey, suppression) for survey in surveys],
    }
    return keep_published(found, scope.kept, scope.window.last.isoformat())


def _compute_closed_ratings(scope: Scope) -> tuple[RatingFigures, ...]:
    """The ratings for each closed date, as known when it was closed, of those it covered then.

    So an answer that came later is in no published figure, and nobody can tell it from the rest.
    """
    return tuple(
        rating
        for then in scope.list_dates()
        for rating in compute_rating_figures(then.program, then.cohort, then.window)
    )


def _show_day(day: date | None) -> str | None:
    return day.isoformat() if day else None
