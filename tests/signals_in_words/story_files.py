"""The records of stories, as files of a program."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import yaml

from signals_in_words.stories import SIDES, Answer, Circle, Pair, Side, Story, Survey

Files = Iterator[tuple[str, dict[str, Any]]]
SURVEY = "before-and-after"
_STEPS = ["Nothing yet.", "A first draft.", "A whole draft.", "A printed copy.", "A second one."]
# Coordinators read a put-aside entry and a call for help; the words are nobody's.
_COORDINATOR = "noor"


def dump_program(stories: Iterable[Story], today: date) -> dict[str, str]:
    """Return each file's path and text, every story being asked about on `today`."""
    values = [("content/program.yml", _program()), (f"content/surveys/{SURVEY}.yml", _survey())]
    values += [file for story in stories for file in _story_files(story, today)]
    return {path: dump_yaml(value) for path, value in values}


def dump_yaml(value: dict[str, Any]) -> str:
    """Return a record's text, dates bare as people write them."""
    return yaml.dump(value, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)


def _program() -> dict[str, Any]:
    return {
        "name": "Told in Days",
        "repository": "told-in-days/mentoring",
        "visibility": "private",
        "time_zone": "UTC",
        "languages": ["en"],
        "coordinators": [_COORDINATOR],
        "coordinator_ids": {_COORDINATOR: 1},
        "skills": [{"id": "python", "name": "Python"}],
    }


def _survey() -> dict[str, Any]:
    scale = {"lowest": 1, "highest": 5, "labels": ["not at all", "fully"]}
    item = {"id": "whom", "text": "I know whom to ask.", "kind": "scale", "scale": scale}
    waves = ["before", "after"]
    return {"id": SURVEY, "title": "Before and after", "items": [item], "waves": waves}


def _story_files(story: Story, today: date) -> Files:
    dates = _Dates(today - timedelta(days=story.asked))
    yield f"content/cohorts/{story.id}.yml", _cohort(story, dates)
    if story.pair:
        yield from _pair_files(story, story.pair, dates)
    if story.circle:
        yield from _circle_files(story, story.circle, dates)
    if story.survey:
        yield from _survey_files(story, story.survey, dates)


class _Dates:
    """The dates of a story's days."""

    def __init__(self, begins: date) -> None:
        self._begins = begins

    def __call__(self, day: int) -> date:
        return self._begins + timedelta(days=day)


def _cohort(story: Story, dates: _Dates) -> dict[str, Any]:
    calendar = story.calendar
    value: dict[str, Any] = {
        "id": story.id,
        "name": story.id.replace("-", " ").capitalize(),
        "starts": dates(calendar.starts),
    }
    if calendar.ends is not None:
        value["ends"] = dates(calendar.ends)
    value["check_ins"] = {
        "every_weeks": calendar.every_weeks,
        "first": dates(calendar.first_due),
        "grace_days": calendar.grace_days,
        "answers": calendar.answers,
    }
    return value | ({"surveys": [SURVEY]} if story.survey else {})


def _participant(
    id_: str, story: Story, role: str, dates: _Dates, **membership: Any
) -> tuple[str, dict[str, Any]]:
    value: dict[str, Any] = {
        "id": id_,
        "name": id_.replace("-", " ").title(),
        "cohorts": [{"cohort": story.id, "role": role, **membership}],
        "consent": {"given_on": dates(story.calendar.starts - 9), "show": "members"},
    }
    breaks = story.pair.breaks if story.pair else ()
    if away := [each for each in breaks if id_ == name_person(story, each[0])]:
        value["breaks"] = [{"starts": dates(first), "ends": dates(last)} for _, first, last in away]
    return f"content/participants/{id_}.yml", value


def name_person(story: Story, side: Side, number: int = 1) -> str:
    """Return the id of a story's mentor, or of the mentee with that number."""
    return f"{story.id}-{side}" + ("" if number == 1 else f"-{number}")


def name_pair(story: Story, number: int = 1) -> str:
    """Return the id of a story's pair; the pair that the story is about is the first."""
    return f"{story.id}-pair" + ("" if number == 1 else f"-{number}")


def _pair_files(story: Story, pair: Pair, dates: _Dates) -> Files:
    places = {} if pair.places is None else {"capacity": pair.places}
    yield _participant(name_person(story, "mentor"), story, "mentor", dates, **places)
    team = {"team": f"{story.id}-team"} if pair.team else {}
    for number in range(1, pair.mentees + 1):
        mentee = name_person(story, "mentee", number)
        yield _participant(mentee, story, "mentee", dates, **team)
        record = _pair_record(story, pair, dates, number) | team
        yield f"content/pairs/{story.id}/{name_pair(story, number)}.yml", record
        for answer in pair.answers:
            yield _check_in(story, answer, dates, number)
    if pair.put_aside:
        entries = [_put_aside_entry(story, pair, n, dates) for n in range(len(pair.put_aside))]
        record = {"cohort": story.id, "pair": name_pair(story), "entries": entries}
        yield f"content/follow-ups/{story.id}/{name_pair(story)}.yml", record


def _pair_record(story: Story, pair: Pair, dates: _Dates, number: int) -> dict[str, Any]:
    value: dict[str, Any] = {
        "id": name_pair(story, number),
        "cohort": story.id,
        "status": _pair_status(story, pair),
        "mentor": name_person(story, "mentor"),
        "mentee": name_person(story, "mentee", number),
    }
    days = {"started_on": pair.begins, "ends_on": pair.planned_end, "ended_on": pair.ends}
    value |= {key: dates(day) for key, day in days.items() if day is not None}
    if pair.proposed_on is not None:
        value["proposed_on"] = dates(pair.proposed_on)
    if pair.ends is not None and pair.ends_early:
        value["end_reason"] = "time"
    if pair.pauses:
        value["pauses"] = [
            {"starts": dates(first)} | ({} if last is None else {"ends": dates(last)})
            for first, last in pair.pauses
        ]
    if pair.agreement:
        value["agreement"] = _agreement(story, pair, dates)
    if pair.goals:
        value["goals"] = [
            {
                "id": goal.id,
                "title": f"Write {goal.id}",
                "set_on": dates(goal.set_on),
                "levels": _STEPS,
            }
            for goal in pair.goals
        ]
    return value


def _pair_status(story: Story, pair: Pair) -> str:
    if pair.begins is None:
        return "proposed"
    if pair.ends is not None:
        return "ended_early" if pair.ends_early else "completed"
    return "paused" if pair.is_paused(story.asked) else "active"


def _agreement(story: Story, pair: Pair, dates: _Dates) -> dict[str, Any]:
    assert pair.agreement
    value: dict[str, Any] = {
        "agreed_on": dates(pair.agreement.on),
        "meets_every_weeks": pair.agreement.every_weeks,
        "meeting_minutes": pair.agreement.minutes,
    }
    return value


def _check_in(
    story: Story, answer: Answer, dates: _Dates, number: int
) -> tuple[str, dict[str, Any]]:
    who = name_person(story, answer.side, number if answer.side == "mentee" else 1)
    value: dict[str, Any] = {
        "cohort": story.id,
        "pair": name_pair(story, number),
        "due": dates(answer.due),
        "participant": who,
        "answered_on": dates(answer.on),
        "received_on": dates(answer.on),
        "received_by": "github",
    }
    if answer.met is not None:
        value["met"] = answer.met
    if answer.meetings:
        value["meetings"] = [{"on": dates(on), "minutes": long} for on, long in answer.meetings]
    ratings = {"useful": answer.useful, "relationship": answer.relationship}
    if said := {key: rating for key, rating in ratings.items() if rating is not None}:
        value["ratings"] = said
    if answer.fit:
        value["fit"] = answer.fit
    if answer.levels:
        value["goals"] = [{"goal": goal, "level": n} for goal, n in answer.levels.items()]
    if answer.support_note is not None:
        value |= {"support_wanted": True, "support_note": answer.support_note}
    path = f"content/check-ins/{story.id}/{name_pair(story, number)}/{dates(answer.due)}-{who}.yml"
    return path, value


def _put_aside_entry(story: Story, pair: Pair, number: int, dates: _Dates) -> dict[str, Any]:
    entry = pair.put_aside[number]
    value: dict[str, Any] = {"signal": entry.signal}
    if entry.side:
        value["participant"] = name_person(story, entry.side)
    return value | {
        "on": dates(entry.on),
        "by": _COORDINATOR,
        "reason": "We talked.",
        "due": dates(entry.due),
    }


def _circle_files(story: Story, circle: Circle, dates: _Dates) -> Files:
    leave = circle.facilitators_leave
    left = {} if leave is None else {"left_on": dates(leave)}
    leads = [f"{story.id}-lead-{n}" for n in range(circle.facilitators)]
    members = [f"{story.id}-member-{n}" for n in range(circle.members)]
    for lead in leads:
        yield _participant(lead, story, "mentor", dates, **left)
    for member in members:
        yield _participant(member, story, "either", dates)
    value: dict[str, Any] = {
        "id": f"{story.id}-circle",
        "cohort": story.id,
        "kind": "circle",
        "name": f"The circle of {story.id}",
        "status": _circle_status(circle),
    }
    days = {"proposed_on": circle.proposed_on, "started_on": circle.begins, "ended_on": circle.ends}
    value |= {key: dates(day) for key, day in days.items() if day is not None}
    value |= {"meets_every_weeks": circle.every_weeks, "members": members}
    if leads:
        value["facilitators"] = leads
    if circle.meetings:
        value["meetings"] = [
            {"on": dates(on), "minutes": 90, "attended": [*leads, *members][:came]}
            for on, came in circle.meetings
        ]
    yield f"content/circles/{story.id}/{value['id']}.yml", value


def _circle_status(circle: Circle) -> str:
    if circle.begins is None:
        return "proposed"
    return "active" if circle.ends is None else "completed"


def _survey_files(story: Story, survey: Survey, dates: _Dates) -> Files:
    for number in range(survey.people):
        role = SIDES[number % 2]
        yield _participant(f"{story.id}-asked-{number}", story, role, dates)
    for number in range(survey.answered):
        code = f"{story.id}-{number}"
        wave = {"wave": "before", "answered_on": dates(survey.on), "answers": {"whom": 4}}
        value = {"code": code, "survey": SURVEY, "cohort": story.id, "waves": [wave]}
        yield f"content/responses/{SURVEY}/{story.id}/{code}.yml", value
