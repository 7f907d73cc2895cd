"""The records of a pair: itself, its check-ins, and what was put aside."""

from typing import Any

from signals_in_words.people_files import (
    COORDINATOR,
    Dates,
    Files,
    name_pair,
    name_person,
    person_file,
)
from signals_in_words.stories import SIDES, Answer, Pair, Story

_STEPS = ["Nothing yet.", "A first draft.", "A whole draft.", "A printed copy.", "A second one."]


def list_pair_files(story: Story, pair: Pair, dates: Dates) -> Files:
    """Yield the files of a pair, of its people, and of what they and coordinators wrote."""
    places = {} if pair.places is None else {"capacity": pair.places}
    roles = {side: "either" if pair.are_peers else side for side in SIDES}
    yield person_file(name_person(story, "mentor"), story, roles["mentor"], dates, **places)
    team = {"team": f"{story.id}-team"} if pair.team else {}
    for number in range(1, pair.mentees + 1):
        mentee = name_person(story, "mentee", number)
        yield person_file(mentee, story, roles["mentee"], dates, **team)
        record = _pair_record(story, pair, dates, number) | team
        yield f"content/pairs/{story.id}/{name_pair(story, number)}.yml", record
        for answer in pair.answers:
            yield _check_in(story, answer, dates, number)
    if pair.put_aside:
        entries = [_put_aside_entry(story, pair, n, dates) for n in range(len(pair.put_aside))]
        record = {"cohort": story.id, "pair": name_pair(story), "entries": entries}
        yield f"content/follow-ups/{story.id}/{name_pair(story)}.yml", record


def _pair_record(story: Story, pair: Pair, dates: Dates, number: int) -> dict[str, Any]:
    value: dict[str, Any] = {
        "id": name_pair(story, number),
        "cohort": story.id,
        "status": _pair_status(story, pair),
    }
    people = {side: name_person(story, side, number) for side in SIDES}
    value |= {"peers": [*people.values()]} if pair.are_peers else people
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


def _agreement(story: Story, pair: Pair, dates: Dates) -> dict[str, Any]:
    assert pair.agreement
    value: dict[str, Any] = {
        "agreed_on": dates(pair.agreement.on),
        "meets_every_weeks": pair.agreement.every_weeks,
        "meeting_minutes": pair.agreement.minutes,
    }
    if pair.expected:
        value["expectations"] = [
            {
                "by": name_person(story, side),
                "text": "As often as this.",
                "meets_every_weeks": weeks,
                "meeting_minutes": minutes,
            }
            for side, (weeks, minutes) in pair.expected.items()
        ]
    return value


def _check_in(
    story: Story, answer: Answer, dates: Dates, number: int
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
    written = {"challenges": answer.challenges, "next_steps": answer.next_steps}
    value |= {key: text for key, text in written.items() if text is not None}
    if answer.support_note is not None:
        value |= {"support_wanted": True, "support_note": answer.support_note}
    path = f"content/check-ins/{story.id}/{name_pair(story, number)}/{dates(answer.due)}-{who}.yml"
    return path, value


def _put_aside_entry(story: Story, pair: Pair, number: int, dates: Dates) -> dict[str, Any]:
    entry = pair.put_aside[number]
    value: dict[str, Any] = {"signal": entry.signal}
    if entry.side:
        value["participant"] = name_person(story, entry.side)
    return value | {
        "on": dates(entry.on),
        "by": COORDINATOR,
        "reason": "We talked.",
        "due": dates(entry.due),
    }
