"""What a report holds for an audience, and what it keeps back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from peerloom.audience import visible
from peerloom.model import Audience, Pair
from peerloom.progress.figures import CohortFigures, PairFigures, RatingFigures, figures
from peerloom.progress.goals import t_score
from peerloom.progress.outcomes import ItemChange, SurveyFigures
from peerloom.records import Program

# Fewer people than this could be told apart in a rate that others than coordinators read.
FEWEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The documented contents, as the keys of `docs/report.md`, and who may read them."""

    audience: Audience
    contents: dict[str, Any]


def report(
    program: Program, cohort: str, start: date | None, end: date, audience: Audience
) -> Report:
    """The report of a cohort from a day (its first where None) to another, both included.

    Raises `KeyError` for a cohort that is not there.
    """
    run = program.cohorts[cohort]
    found = figures(program, run, start or run.starts, end)
    shown = {(p.cohort, p.id) for p in visible(program, audience).pairs_of(cohort)}
    return Report(audience=audience, contents=_contents(program, found, audience, shown))


def _contents(
    program: Program, found: CohortFigures, audience: Audience, shown: set[tuple[str, str]]
) -> dict[str, Any]:
    withheld: list[str] = []

    def rate(name: str, value: Any, people: int) -> Any:
        """A figure that says how people are doing, where enough of them are in it."""
        if value is None or audience == "coordinators" or people >= FEWEST:
            return value
        withheld.append(f"{name}: fewer than {FEWEST} people")
        return None

    working = [p for p in found.pairs if p.due]
    answering = len({who for p in working for who in p.pair.people})
    with_goals = len({who for p in found.pairs if p.levels for who in p.pair.people})
    levels = [level for p in found.pairs for level in p.levels]
    contents: dict[str, Any] = {
        "program": program.settings.name,
        "cohort": found.cohort.id,
        "name": found.cohort.name,
        "audience": audience,
        "aims": list(found.cohort.aims),
        "from": found.start.isoformat(),
        "to": found.end.isoformat(),
        "participants": {
            "mentors": found.mentors,
            "mentees": found.mentees,
            "either": found.either,
        },
        "pairs": found.statuses,
        "meetings": {
            "held": found.total("held"),
            "minutes": found.total("minutes"),
            "minutes_known": found.total("minutes_known"),
            "pairs_met": sum(p.held > 0 for p in found.pairs),
        },
        "check_ins": {
            "due": found.total("due"),
            "received": found.total("received"),
            "on_time": rate("check-ins on time", found.total("on_time"), answering),
            "overdue": rate("check-ins overdue", found.total("overdue"), answering),
            "people": answering,
        },
        "goals": {
            "set": found.total("goals"),
            "reported": len(levels),
            "by_level": rate(
                "goals by step", {str(k): v for k, v in found.by_level.items()}, with_goals
            ),
            "score": rate("goal score", _score(found), with_goals),
        },
        "ratings": [
            {**_rating(r), "useful": u, "relationship": rel}
            for r in found.ratings
            for u in [rate(f"ratings for {r.due}", _rounded(r.useful), r.people)]
            for rel in [rate(f"ratings for {r.due}", _rounded(r.relationship), r.people)]
        ],
        "support": {
            "asked": rate("support asked for", found.support_asked, found.support_people),
            "people": rate("support asked for", found.support_people, found.support_people),
        },
        "ended_early": rate("why pairs ended", found.ended_early, _people_of_ended(found)),
        "circles": {
            "circles": found.circles,
            "meetings": found.circle_meetings,
            "minutes": found.circle_minutes,
        },
        "events": {"held": found.events_held, "attendances": found.event_attendances},
        "training": {"asked": found.training_asked, "done": found.training_done},
        "surveys": [_survey(survey, rate) for survey in found.surveys],
        "pairs_in_detail": []
        if audience == "public"
        else [_pair(p) for p in found.pairs if (p.pair.cohort, p.pair.id) in shown],
    }
    contents["withheld"] = list(dict.fromkeys(withheld))
    return contents


def _people_of_ended(found: CohortFigures) -> int:
    """How many people the reasons speak of; none where nobody ended, and nothing is told."""
    total = sum(found.ended_early.values())
    return FEWEST if total == 0 else 2 * min(found.ended_early.values())


def _score(found: CohortFigures) -> float | None:
    """The mean of the pairs' goal scores (Kiresuk & Sherman), 50 being as expected."""
    scores = [t_score(pair.levels) for pair in found.pairs if pair.levels]
    return _rounded(sum(scores) / len(scores)) if scores else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _rating(rating: RatingFigures) -> dict[str, Any]:
    return {"due": rating.due.isoformat(), "people": rating.people}


def _survey(survey: SurveyFigures, rate: Any) -> dict[str, Any]:
    return {
        "survey": survey.survey.id,
        "title": survey.survey.title,
        "asked": survey.asked,
        "answered": dict(survey.answered),
        "items": [_item(change, rate) for change in survey.changes],
    }


def _item(change: ItemChange, rate: Any) -> dict[str, Any]:
    name = f"survey question {change.item.id}"
    figures_: Iterable[tuple[str, float | None]] = (
        ("before", change.before),
        ("after", change.after),
        ("change", change.change),
        ("margin", change.margin),
    )
    return {
        "item": change.item.id,
        "text": change.item.text,
        "both": change.both,
        **{key: rate(name, _rounded(value), change.both) for key, value in figures_},
    }


def _pair(found: PairFigures) -> dict[str, Any]:
    pair: Pair = found.pair
    return {
        "pair": pair.id,
        "people": list(pair.people),
        "status": pair.status,
        "meetings": found.held,
        "minutes": found.minutes,
        "due": found.due,
        "received": found.received,
        "on_time": found.on_time,
        "overdue": found.overdue,
        "goals": found.goals,
        "levels": list(found.levels),
    }
