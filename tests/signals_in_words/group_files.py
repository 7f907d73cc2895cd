"""The records of circles and of answers to a survey."""

from typing import Any

from signals_in_words.people_files import Dates, Files, person_file
from signals_in_words.stories import SIDES, Circle, Story, Survey

SURVEY = "before-and-after"


def list_circle_files(story: Story, circle: Circle, dates: Dates) -> Files:
    """Yield the files of a circle and of its people."""
    leave = circle.facilitators_leave
    left = {} if leave is None else {"left_on": dates(leave)}
    leads = [f"{story.id}-lead-{n}" for n in range(circle.facilitators)]
    members = [f"{story.id}-member-{n}" for n in range(circle.members)]
    for lead in leads:
        yield person_file(lead, story, "mentor", dates, **left)
    for member in members:
        yield person_file(member, story, "either", dates)
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


def list_survey_files(story: Story, survey: Survey, dates: Dates) -> Files:
    """Yield the files of those who are asked in a survey, and of their answers."""
    for number in range(survey.people):
        role = SIDES[number % 2]
        yield person_file(f"{story.id}-asked-{number}", story, role, dates)
    for number in range(survey.answered):
        code = f"{story.id}-{number}"
        wave = {"wave": "before", "answered_on": dates(survey.on), "answers": {"whom": 4}}
        value = {"code": code, "survey": SURVEY, "cohort": story.id, "waves": [wave]}
        yield f"content/responses/{SURVEY}/{story.id}/{code}.yml", value
