"""What a report says about what pairs did: their meetings, check-ins, goals and ratings."""

from collections.abc import Iterable
from typing import Any

from peerloom.progress.figures import CohortFigures, PairFigures, RatingFigures
from peerloom.progress.goals import t_score
from peerloom.report.withholding import FEWEST_PEOPLE, Withholding, round_figure
from peerloom.text.dates import full_date
from peerloom.text.translation import gettext as _


def count_people(pairs: Iterable[PairFigures]) -> int:
    """How many different people are in some pairs."""
    return len({who for p in pairs for who in p.pair.people})


def show_meetings(
    figures: CohortFigures, began: list[PairFigures], withholding: Withholding
) -> dict[str, Any]:
    """The meetings of pairs, and how many of the pairs that began have met."""
    people = count_people(began) if began else FEWEST_PEOPLE
    known = figures.sum_over_pairs("minutes_known")
    return {
        "held": figures.sum_over_pairs("held"),
        "minutes": figures.sum_over_pairs("minutes"),
        "minutes_known": withholding.show_rate(_("meetings whose length is known"), known, people),
        "pairs_met": withholding.show_rate(
            _("pairs that met"), sum(p.held > 0 for p in began), people
        ),
    }


def show_check_ins(figures: CohortFigures, withholding: Withholding) -> dict[str, Any]:
    """The check-ins that were due, and what became of them."""
    people = count_people(p for p in figures.pairs if p.due)
    enough = people or FEWEST_PEOPLE
    schedule = figures.cohort.check_ins
    return {
        "due": figures.sum_over_pairs("due"),
        "received": withholding.show_rate(
            _("check-ins received"), figures.sum_over_pairs("received"), enough
        ),
        "undated": withholding.show_rate(
            _("check-ins that came on an unknown day"), figures.sum_over_pairs("undated"), enough
        ),
        "on_time": withholding.show_rate(
            _("check-ins on time"), figures.sum_over_pairs("on_time"), enough
        ),
        "overdue": withholding.show_rate(
            _("check-ins overdue"), figures.sum_over_pairs("overdue"), enough
        ),
        "people": people,
        "answers": schedule.answers if schedule else None,
    }


def show_goals(figures: CohortFigures, withholding: Withholding) -> dict[str, Any]:
    """The goals that pairs set, the steps they have reached, and the mean goal score."""
    with_reports = [p for p in figures.pairs if p.levels]
    setting = count_people(p for p in figures.pairs if p.goals)
    scores = [t_score(p.levels) for p in with_reports]
    score = round_figure(sum(scores) / len(scores)) if scores else None
    reported = sum(len(p.levels) for p in with_reports)
    people = count_people(with_reports)
    by_level = {str(level): n for level, n in figures.goals_by_level.items()}
    return {
        "set": figures.sum_over_pairs("goals"),
        "reported": withholding.show_rate(
            _("goals reported on"), reported, setting or FEWEST_PEOPLE
        ),
        "people": people,
        "by_level": withholding.show_rate(_("goals by step"), by_level, people or FEWEST_PEOPLE),
        "score": withholding.show_rate(_("goal score"), score, people),
        "pairs_scored": len(with_reports),
    }


def show_ratings(rating: RatingFigures, withholding: Withholding) -> dict[str, Any]:
    """The mean ratings for one due date or month, each with how many people it is the mean of."""
    name = _("ratings for {date}").format(date=full_date(rating.due))
    return {
        "due": rating.due.isoformat(),
        "people": rating.people,
        "useful": withholding.show_rate(name, round_figure(rating.useful), rating.useful_people),
        "useful_people": rating.useful_people,
        "relationship": withholding.show_rate(
            name, round_figure(rating.relationship), rating.relationship_people
        ),
        "relationship_people": rating.relationship_people,
    }
