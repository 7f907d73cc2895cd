"""What a report holds for an audience, and what it keeps back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from peerloom.audience import visible
from peerloom.model import Audience, Cohort
from peerloom.progress.figures import CohortFigures, PairFigures, RatingFigures, figures
from peerloom.progress.goals import t_score
from peerloom.progress.outcomes import Change, ConstructChange, ItemMean, SurveyFigures
from peerloom.records import Program

# Fewer people than this could be told apart in a rate that others than coordinators read.
FEWEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The documented contents, as the keys of `docs/report.md`, and who may read them."""

    audience: Audience
    contents: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Withholding:
    """Keeps back what too few people are behind, and remembers what that was."""

    audience: Audience
    names: list[str] = field(default_factory=list)

    def rate(self, name: str, value: Any, people: int) -> Any:
        """A figure that says how people are doing, where enough of them are in it."""
        return value if self.audience == "coordinators" else self.of_many(name, value, people)

    def of_many(self, name: str, value: Any, people: int) -> Any:
        """A figure that not even coordinators read of few: surveys are answered under a code."""
        if value is None or people >= FEWEST:
            return value
        self.names.append(f"{name}: fewer than five people")
        return None


def last_day(cohort: Cohort, today: date) -> date:
    """The day to which a report goes: today, but no day outside of the cohort."""
    return max(min(today, cohort.ends), cohort.starts)


def report(
    program: Program, cohort: str, start: date | None, end: date, audience: Audience
) -> Report:
    """The report of a cohort from a day (its first where None) to another, both included.

    Raises `KeyError` for a cohort that is not there.
    """
    run = program.cohorts[cohort]
    found = figures(program, run, start or run.starts, end)
    keep = _Withholding(audience)
    contents = _head(program, found, audience) | _figures(found, keep)
    shown = {p.id for p in visible(program, audience).pairs_of(cohort)}
    contents["pairs_in_detail"] = (
        [] if audience == "public" else [_pair(p) for p in found.pairs if p.pair.id in shown]
    )
    contents["withheld"] = list(dict.fromkeys(keep.names))
    return Report(audience=audience, contents=contents)


def _head(program: Program, found: CohortFigures, audience: Audience) -> dict[str, Any]:
    return {
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
    }


def _figures(found: CohortFigures, keep: _Withholding) -> dict[str, Any]:
    began = [p for p in found.pairs if p.pair.status != "proposed"]
    helped = found.support_people
    return {
        "began": {"pairs": len(began), "people": _people(began)},
        "meetings": _meetings(found, began, keep),
        "check_ins": _check_ins(found, keep),
        "goals": _goals(found, keep),
        "ratings": [_rating(rating, keep) for rating in found.ratings],
        "support": {
            "asked": keep.rate("support asked for", found.support_asked, helped),
            "people": keep.rate("support asked for", helped, helped),
        },
        # All reasons or none: one that is left out could be told from the others.
        "ended_early": keep.rate(
            "why pairs ended early",
            found.ended_early,
            min(found.ended_early_people.values(), default=FEWEST),
        ),
        "circles": {
            "circles": found.circles,
            "meetings": found.circle_meetings,
            "minutes": found.circle_minutes,
            "attendances": found.circle_attendances,
        },
        "events": {"held": found.events_held, "attendances": found.event_attendances},
        "training": {
            "people": found.training_people,
            "asked": found.training_asked,
            "done": keep.rate("training done", found.training_done, found.training_people)
            if found.training_asked
            else 0,
        },
        "surveys": [_survey(survey, keep) for survey in found.surveys],
    }


def _people(pairs: Iterable[PairFigures]) -> int:
    return len({who for p in pairs for who in p.pair.people})


def _meetings(found: CohortFigures, began: list[PairFigures], keep: _Withholding) -> dict[str, Any]:
    people = _people(began) if began else FEWEST
    known = found.total("minutes_known")
    return {
        "held": found.total("held"),
        "minutes": found.total("minutes"),
        "minutes_known": keep.rate("meetings whose length is known", known, people),
        "pairs_met": keep.rate("pairs that met", sum(p.held > 0 for p in began), people),
    }


def _check_ins(found: CohortFigures, keep: _Withholding) -> dict[str, Any]:
    people = _people(p for p in found.pairs if p.due)
    enough = people or FEWEST
    return {
        "due": found.total("due"),
        "received": keep.rate("check-ins received", found.total("received"), enough),
        "undated": keep.rate("check-ins of an unknown day", found.total("undated"), enough),
        "on_time": keep.rate("check-ins on time", found.total("on_time"), enough),
        "overdue": keep.rate("check-ins overdue", found.total("overdue"), enough),
        "people": people,
    }


def _goals(found: CohortFigures, keep: _Withholding) -> dict[str, Any]:
    told = [p for p in found.pairs if p.levels]
    setting = _people(p for p in found.pairs if p.goals)
    scores = [t_score(p.levels) for p in told]
    score = _rounded(sum(scores) / len(scores)) if scores else None
    reported = sum(len(p.levels) for p in told)
    people = _people(told)
    by_level = {str(level): n for level, n in found.by_level.items()}
    return {
        "set": found.total("goals"),
        "reported": keep.rate("goals reported on", reported, setting or FEWEST),
        "people": people,
        "by_level": keep.rate("goals by step", by_level, people or FEWEST),
        "score": keep.rate("goal score", score, people),
        "pairs_scored": len(told),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _rating(rating: RatingFigures, keep: _Withholding) -> dict[str, Any]:
    name = f"ratings for {rating.due.isoformat()}"
    return {
        "due": rating.due.isoformat(),
        "people": rating.people,
        "useful": keep.rate(name, _rounded(rating.useful), rating.useful_people),
        "useful_people": rating.useful_people,
        "relationship": keep.rate(name, _rounded(rating.relationship), rating.relationship_people),
        "relationship_people": rating.relationship_people,
    }


def _survey(survey: SurveyFigures, keep: _Withholding) -> dict[str, Any]:
    enough = survey.asked or FEWEST
    name = f"answers to survey {survey.survey.id}"
    return {
        "survey": survey.survey.id,
        "title": survey.survey.title,
        "asked": survey.asked,
        "answered": {
            wave: keep.of_many(name, answered, enough) for wave, answered in survey.answered.items()
        },
        "items": [
            {
                "item": found.item.id,
                "text": found.item.text,
                **_change(f"survey question {found.item.id}", found.change, keep),
            }
            for found in survey.changes
        ],
        "constructs": [_construct(found, keep) for found in survey.constructs],
        "afterwards": [_mean(found, keep) for found in survey.afterwards],
    }


def _change(
    name: str, change: Change, keep: _Withholding, people: int | None = None
) -> dict[str, Any]:
    """A change; `people` are the fewest of whom it tells, where these are not all in it."""
    fewest = change.both if people is None else people

    def told(value: float | None) -> Any:
        return keep.of_many(name, _rounded(value), fewest)

    return {
        "both": change.both,
        "before": told(change.before),
        "after": told(change.after),
        "change": told(change.change),
        "margin": told(change.margin),
    }


def _construct(found: ConstructChange, keep: _Withholding) -> dict[str, Any]:
    """Withheld too where it would tell, by subtraction, of the few who answered one question."""
    answered = found.change.both
    others = [item.change.both - answered for item in found.items]
    fewest = min([answered, *(n for n in others if n > 0)])
    name = f"survey questions on {found.name}"
    return {
        "construct": found.name,
        "of": [item.item.id for item in found.items],
        **_change(name, found.change, keep, fewest),
    }


def _mean(found: ItemMean, keep: _Withholding) -> dict[str, Any]:
    name = f"survey question {found.item.id}"
    return {
        "item": found.item.id,
        "text": found.item.text,
        "wave": found.wave,
        "people": found.people,
        "mean": keep.of_many(name, _rounded(found.mean), found.people),
    }


def _pair(found: PairFigures) -> dict[str, Any]:
    return {
        "pair": found.pair.id,
        "people": list(found.pair.people),
        "status": found.pair.status,
        "meetings": found.held,
        "minutes": found.minutes,
        "due": found.due,
        "received": found.received,
        "undated": found.undated,
        "on_time": found.on_time,
        "overdue": found.overdue,
        "goals": found.goals,
        "levels": list(found.levels),
    }
