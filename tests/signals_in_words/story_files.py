"""Stories as the files of one program."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import yaml

from signals_in_words.group_files import SURVEY, list_circle_files, list_survey_files
from signals_in_words.pair_files import list_pair_files
from signals_in_words.people_files import COORDINATOR, Dates, Files
from signals_in_words.stories import Story


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
        "coordinators": [COORDINATOR],
        "coordinator_ids": {COORDINATOR: 1},
        "skills": [{"id": "python", "name": "Python"}],
    }


def _survey() -> dict[str, Any]:
    scale = {"lowest": 1, "highest": 5, "labels": ["not at all", "fully"]}
    item = {"id": "whom", "text": "I know whom to ask.", "kind": "scale", "scale": scale}
    waves = ["before", "after"]
    return {"id": SURVEY, "title": "Before and after", "items": [item], "waves": waves}


def _story_files(story: Story, today: date) -> Files:
    dates = Dates(today - timedelta(days=story.asked))
    yield f"content/cohorts/{story.id}.yml", _cohort(story, dates)
    if story.pair:
        yield from list_pair_files(story, story.pair, dates)
    if story.circle:
        yield from list_circle_files(story, story.circle, dates)
    if story.survey:
        yield from list_survey_files(story, story.survey, dates)


def _cohort(story: Story, dates: Dates) -> dict[str, Any]:
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
        **({} if calendar.ends is None else {"first": dates(calendar.first_due)}),
        "grace_days": calendar.grace_days,
        "answers": calendar.answers,
    }
    return value | ({"surveys": [SURVEY]} if story.survey else {})
