"""A program whose cohort has no end, beside one whose pair goes on after the end."""

import folder

_PERSON = """\
id: {id}
name: {name} Example
cohorts:
  - cohort: always
    role: {role}
    joined: 2026-01-02
skills_offered:
  - skill: python
skills_wanted:
  - skill: statistics
consent:
  given_on: 2026-01-02
  show: public
"""
_PAIR = """\
id: {id}
cohort: always
mentor: {mentor}
mentee: {mentee}
status: {status}
started_on: {started_on}
"""
_CHECK_IN = """\
cohort: always
pair: {pair}
due: {due}
participant: {participant}
answered_on: {due}
met: true
meetings: [{{on: {due}, minutes: 30}}]
ratings: {{useful: 4, relationship: 5}}
"""
_MENTORS = ("mia", "max", "moe")
_MENTEES = ("ines", "ivo", "ida", "ian")


def _pair(mentor: str, mentee: str, started_on: str, **more: str) -> dict[str, str]:
    id_ = f"{mentor}-{mentee}"
    more = {"status": "active", **more}
    text = _PAIR.format(
        id=id_, mentor=mentor, mentee=mentee, started_on=started_on, status=more.pop("status")
    )
    text += "".join(f"{key}: {value}\n" for key, value in more.items())
    return {f"content/pairs/always/{id_}.yml": text}


def _check_in(pair: str, due: str) -> dict[str, str]:
    path = f"content/check-ins/always/{pair}/{due}"
    return {
        f"{path}-{who}.yml": _CHECK_IN.format(pair=pair, due=due, participant=who)
        for who in pair.split("-")
    }


FILES = {
    **folder.MINIMAL,
    "content/cohorts/always.yml": """\
id: always
name: Always open
starts: 2025-03-03
pair_weeks: 26
check_ins:
  every_weeks: 4
surveys: [before-after]
""",
    "content/surveys/before-after.yml": """\
id: before-after
title: Before and after
waves: [before, after]
items:
  - id: sure
    text: I know what I want to learn.
    kind: scale
    scale: {lowest: 1, highest: 5}
""",
    # The spring cohort ends on 28 June, and this pair goes on until autumn.
    "content/pairs/spring/ada-grace.yml": folder.MINIMAL["content/pairs/spring/ada-grace.yml"]
    + "ends_on: 2026-09-30\n",
    **{
        f"content/participants/{id_}.yml": _PERSON.format(
            id=id_, name=id_.capitalize(), role="mentor" if id_ in _MENTORS else "mentee"
        )
        for id_ in (*_MENTORS, *_MENTEES)
    },
    **_pair("mia", "ines", "2026-05-06"),
    **_pair("max", "ivo", "2026-06-17", ends_on="2027-01-31"),
    **_pair("moe", "ida", "2025-04-01", status="completed", ended_on="2025-09-30"),
    **_check_in("mia-ines", "2026-06-03"),
    **_check_in("mia-ines", "2026-07-01"),
    **_check_in("moe-ida", "2025-04-29"),
}
