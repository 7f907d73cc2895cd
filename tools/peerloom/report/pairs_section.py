"""What a report says about what pairs did: their meetings, check-ins, goals and ratings."""

from collections.abc import Iterable, Iterator
from typing import Any

from peerloom.progress.figures import LEVELS, CohortFigures, PairFigures, RatingFigures
from peerloom.report.suppression import FEWEST_PEOPLE, Suppression, round_figure
from peerloom.text.dates import full_date
from peerloom.text.translation import gettext as _

_RATING_SCALE = (1, 5)
_DUE = frozenset({"due", "time_up"})


def count_people(pairs: Iterable[PairFigures]) -> int:
    """How many different people are in some pairs."""
    return len({who for p in pairs for who in p.pair.people})


def show_statuses(figures: CohortFigures, suppression: Suppression) -> dict[str, int | None]:
    """How many pairs there are by status.

    The public is told how many finished, once, where at least five people are in these pairs, and
    five in the others: else somebody in one of them could tell what became of another.
    """
    if not suppression.is_confidential("pairs"):
        return {**figures.statuses}
    shown: dict[str, int | None] = dict.fromkeys(figures.statuses)
    if figures.begun:
        name, finished = _("how many pairs finished"), figures.statuses["completed"]
        people = count_people(figures.begun)
        shown["completed"] = suppression.show(
            "pairs", name, finished, people, _split_finished(figures, suppression)
        )
    return shown | {"not_known": figures.statuses["not_known"]}


def _split_finished(figures: CohortFigures, suppression: Suppression) -> Iterator[int]:
    """How many people are in pairs that finished, and in others that began, for each group."""
    for pairs in list_groups(figures.begun, suppression):
        finished = [pair for pair in pairs if pair.pair.status == "completed"]
        yield count_people(finished)
        yield count_people(pair for pair in pairs if pair not in finished)


def list_groups(
    pairs: Iterable[PairFigures], suppression: Suppression
) -> tuple[list[PairFigures], ...]:
    """The groups of pairs of which each must be large enough: all, and those members cannot see.

    Members know what the others are, and could subtract it.
    """
    everybody = list(pairs)
    hidden = [pair for pair in everybody if pair.pair.id in suppression.hidden_pairs]
    return (everybody, hidden) if hidden else (everybody,)


def show_meetings(figures: CohortFigures, suppression: Suppression) -> dict[str, Any]:
    """The meetings of pairs, and how many of the pairs that were at work have met."""
    at_work = [pair for pair in figures.begun if pair.was_at_work]
    people = count_people(at_work) if at_work else FEWEST_PEOPLE
    meetings = figures.meetings
    show = suppression.show
    return {
        "held": meetings.held,
        "undated": show(
            "meetings.undated", _("meetings whose day is not known"), meetings.undated, people
        ),
        "minutes": show("meetings.minutes", _("hours together"), meetings.minutes, people),
        "minutes_known": show(
            "meetings.minutes", _("meetings whose length is known"), meetings.minutes_known, people
        ),
        "pairs_met": show(
            "meetings",
            _("pairs that met"),
            sum(pair.meetings.held > 0 for pair in at_work),
            people,
        ),
        "pairs_at_work": len(at_work),
    }


def show_check_ins(figures: CohortFigures, suppression: Suppression) -> dict[str, Any]:
    """The check-ins that were due, and what became of them; for the public only how many came."""
    check_ins = figures.check_ins
    people = len({who for pair in figures.pairs for who in pair.asked})
    parts = (people, count_people(figures.begun) - people)
    named = {
        "due": _("check-ins that were due"),
        "time_up": _("check-ins whose time was up"),
        "received": _("check-ins received"),
        "on_time": _("check-ins on time"),
        "late": _("check-ins that came late"),
        "undated": _("check-ins that came on an unknown day"),
        "missing": _("check-ins that are missing"),
        "early": _("check-ins that came before their time was up"),
        "awaited": _("check-ins that may still come"),
    }
    schedule = figures.cohort.check_ins

    def show(key: str, name: str, value: int, asked: int) -> Any:
        return suppression.show(f"check_ins.{key}", name, value, asked, parts)

    # How many were due, and from how many people, members count for themselves.
    enough, large = people or FEWEST_PEOPLE, max(people, FEWEST_PEOPLE)
    return {
        **{
            key: show(key, name, getattr(check_ins, key), large if key in _DUE else enough)
            for key, name in named.items()
        },
        "people": show("people", _("people who were asked for check-ins"), people, large),
        "answers": schedule.answers if schedule else None,
    }


def show_goals(figures: CohortFigures, suppression: Suppression) -> dict[str, Any]:
    """The goals that pairs set, the steps they have reached, and the mean goal score."""
    with_reports = [pair for pair in figures.pairs if pair.goals_reported]
    setting = count_people(pair for pair in figures.pairs if pair.goals_standing)
    scores = [pair.score for pair in figures.pairs if pair.score is not None]
    people = count_people(with_reports)
    asked = people or FEWEST_PEOPLE
    show, reported = suppression.show, _("goals reported on")
    by_level = {str(level): n for level, n in figures.goals_by_level.items()}
    groups = list_groups(figures.pairs, suppression)
    steps = [_count_people_at(pairs, {level}) for pairs in groups for level in LEVELS]
    split = [_count_people_at(pairs, side) for pairs in groups for side in ({0, 1, 2}, {-2, -1})]
    shown_steps = show("goals.by_level", _("goals by step"), by_level, asked, steps)
    score = round_figure(sum(scores) / len(scores)) if scores else None
    # The score is made of the steps: who knows it knows something of them.
    is_cut = shown_steps is None and suppression.rules.complements
    if is_cut and score is not None and not suppression.is_free:
        suppression.withhold(_("goal score"))
        score = None
    return {
        "set": sum(pair.goals_set for pair in figures.pairs),
        "standing": sum(pair.goals_standing for pair in figures.pairs),
        "set_day_not_known": sum(pair.goals_undated for pair in figures.pairs),
        "reported": show(
            "goals.reported",
            reported,
            sum(pair.goals_reported for pair in figures.pairs),
            setting or FEWEST_PEOPLE,
        ),
        "people": show("goals.people", reported, people, asked),
        "reached": show(
            "goals.reached",
            _("goals that went as expected or better"),
            sum(level >= 0 for pair in figures.pairs for level in pair.levels),
            asked,
            split,
        ),
        "by_level": shown_steps,
        "differ": show(
            "goals.differ",
            _("goals on which peers differ"),
            sum(pair.differing for pair in figures.pairs),
            asked,
        ),
        "score": show("goals.score", _("goal score"), score, people),
        "pairs_scored": show("goals.pairs_scored", reported, len(scores), asked),
    }


def _count_people_at(pairs: Iterable[PairFigures], levels: set[int]) -> int:
    """How many people are in pairs that have a goal at one of these steps."""
    return count_people(pair for pair in pairs if levels & {*pair.levels})


def show_ratings(rating: RatingFigures, suppression: Suppression) -> dict[str, Any]:
    """The mean ratings for one due date or month, each with how many people it is the mean of."""
    name = _("ratings for {date}").format(date=full_date(rating.due))
    return {
        "due": rating.due.isoformat(),
        "asked": suppression.show(
            "ratings.asked",
            _("people who were asked for ratings"),
            rating.asked,
            FEWEST_PEOPLE,
            (0,),
        ),
        "people": rating.people,
        "useful": suppression.show_mean(name, rating.useful_answers, _RATING_SCALE),
        "useful_people": rating.useful_people,
        "relationship": suppression.show_mean(name, rating.relationship_answers, _RATING_SCALE),
        "relationship_people": rating.relationship_people,
    }


def show_pair(figures: PairFigures) -> dict[str, Any]:
    """What a report tells members of one pair, which they can see anyway."""
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
