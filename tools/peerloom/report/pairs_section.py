"""What a report says about what pairs did: their meetings, check-ins, goals and ratings."""

from collections.abc import Iterable
from typing import Any

from peerloom.progress.figures import CohortFigures, PairFigures, RatingFigures
from peerloom.report.withholding import FEWEST_PEOPLE, Withholding, round_figure
from peerloom.text.dates import full_date
from peerloom.text.translation import gettext as _


def count_people(pairs: Iterable[PairFigures]) -> int:
    """How many different people are in some pairs."""
    return len({who for p in pairs for who in p.pair.people})


def show_meetings(figures: CohortFigures, withholding: Withholding) -> dict[str, Any]:
    """The meetings of pairs, and how many of the pairs that were at work have met."""
    at_work = [pair for pair in figures.begun if pair.was_at_work]
    people = count_people(at_work) if at_work else FEWEST_PEOPLE
    meetings = figures.meetings
    return {
        "held": meetings.held,
        "undated": withholding.show_rate(
            _("meetings whose day is not known"), meetings.undated, people
        ),
        "minutes": meetings.minutes,
        "minutes_known": withholding.show_rate(
            _("meetings whose length is known"), meetings.minutes_known, people
        ),
        "pairs_met": withholding.show_rate(
            _("pairs that met"), sum(pair.meetings.held > 0 for pair in at_work), people
        ),
        "pairs_at_work": len(at_work),
    }


def show_check_ins(figures: CohortFigures, withholding: Withholding) -> dict[str, Any]:
    """The check-ins that were due, and what became of them."""
    check_ins = figures.check_ins
    people = len({who for pair in figures.pairs for who in pair.asked})
    enough = people or FEWEST_PEOPLE
    schedule = figures.cohort.check_ins
    named = {
        "received": _("check-ins received"),
        "on_time": _("check-ins on time"),
        "late": _("check-ins that came late"),
        "undated": _("check-ins that came on an unknown day"),
        "missing": _("check-ins that are missing"),
        "early": _("check-ins that came before their time was up"),
        "awaited": _("check-ins that may still come"),
    }
    return {
        "due": check_ins.due,
        "time_up": check_ins.time_up,
        **{
            key: withholding.show_rate(name, getattr(check_ins, key), enough)
            for key, name in named.items()
        },
        "people": people,
        "answers": schedule.answers if schedule else None,
    }


def show_goals(figures: CohortFigures, withholding: Withholding) -> dict[str, Any]:
    """The goals that pairs set, the steps they have reached, and the mean goal score."""
    with_reports = [pair for pair in figures.pairs if pair.goals_reported]
    setting = count_people(pair for pair in figures.pairs if pair.goals_standing)
    scores = [pair.score for pair in figures.pairs if pair.score is not None]
    score = round_figure(sum(scores) / len(scores)) if scores else None
    people = count_people(with_reports)
    by_level = {str(level): n for level, n in figures.goals_by_level.items()}
    return {
        "set": sum(pair.goals_set for pair in figures.pairs),
        "standing": sum(pair.goals_standing for pair in figures.pairs),
        "set_day_not_known": sum(pair.goals_undated for pair in figures.pairs),
        "reported": withholding.show_rate(
            _("goals reported on"),
            sum(pair.goals_reported for pair in figures.pairs),
            setting or FEWEST_PEOPLE,
        ),
        "people": people,
        "by_level": withholding.show_rate(_("goals by step"), by_level, people or FEWEST_PEOPLE),
        "differ": withholding.show_rate(
            _("goals on which peers differ"),
            sum(pair.differing for pair in figures.pairs),
            people or FEWEST_PEOPLE,
        ),
        "score": withholding.show_rate(_("goal score"), score, people),
        "pairs_scored": len(scores),
    }


def show_ratings(rating: RatingFigures, withholding: Withholding) -> dict[str, Any]:
    """The mean ratings for one due date or month, each with how many people it is the mean of."""
    name = _("ratings for {date}").format(date=full_date(rating.due))
    return {
        "due": rating.due.isoformat(),
        "asked": rating.asked,
        "people": rating.people,
        "useful": withholding.show_rate(name, round_figure(rating.useful), rating.useful_people),
        "useful_people": rating.useful_people,
        "relationship": withholding.show_rate(
            name, round_figure(rating.relationship), rating.relationship_people
        ),
        "relationship_people": rating.relationship_people,
    }
