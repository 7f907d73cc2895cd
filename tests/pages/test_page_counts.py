"""Every sentence of a page with a number in it is right for none, for one and for many."""

import html
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import folder
from peerloom.model import (
    AUDIENCES,
    Audience,
    Circle,
    CircleMeeting,
    Completion,
    Consent,
    Event,
    Membership,
    Participant,
    Resource,
    TrainingModule,
)
from peerloom.pages import render_pages
from peerloom.program import load
from peerloom.records import Program

TODAY = date(2026, 3, 1)
COHORT = "cohorts/spring/index.md"


@pytest.fixture(scope="module")
def program(tmp_path_factory: Any) -> Program:
    """One pair in one cohort."""
    return load(folder.write(tmp_path_factory.mktemp("program"), folder.MINIMAL)).program


def _people(number: int, role: str, show: Audience = "public") -> dict[str, Participant]:
    return {
        f"{role}-{show}-{n}": Participant(
            id=f"{role}-{show}-{n}",
            name=f"{role.capitalize()} {n} Example",
            cohorts=(Membership(cohort="spring", role=role),),
            consent=Consent(given_on=date(2026, 1, 2), show=show),
        )
        for n in range(number)
    }


def _page(program: Program, path: str, audience: Audience = "public") -> str:
    """A page as people read it: without addresses, tags and references to characters."""
    text = render_pages(program, TODAY, audience, frozenset({path}))[path]
    return html.unescape(re.sub(r"\]\([^)]*\)|<[^>]*>|\[", "", text))


def _with_people(program: Program, *groups: dict[str, Participant]) -> Program:
    everybody = {id_: person for group in groups for id_, person in group.items()}
    return replace(program, participants=everybody, pairs={})


@pytest.mark.parametrize(
    ("shown", "hidden", "sentence"),
    [
        (0, 0, "once they have signed up and agreed to be shown.\n"),
        (0, 4, "once they have signed up and agreed to be shown.\n"),
        (0, 5, "agreed to be shown. 5 people take part and are not shown.\n"),
        (1, 0, "1 person is shown here, with what they offer and what they want to learn.\n"),
        (1, 1, "1 person is shown here, with what they offer and what they want to learn.\n"),
        (2, 4, "2 people are shown here, with what they offer and what they want to learn.\n"),
        (2, 5, "want to learn. 5 more take part and are not shown.\n"),
        (1200, 0, "1,200 people are shown here"),
    ],
)  # fmt: skip
def test_the_people_page_counts_who_is_shown_and_who_is_not_if_those_are_not_few(
    program: Program, shown: int, hidden: int, sentence: str
) -> None:
    groups = _people(shown, "mentor"), _people(hidden, "mentee", "coordinators")
    text = _page(_with_people(program, *groups), "people/index.md")
    assert sentence in text
    assert ("is not shown" in text or "are not shown" in text) == (hidden >= 5)
    assert "Whoever has not agreed to be shown is not listed." in text


@pytest.mark.parametrize(("from_members", "is_counted"), [(0, True), (1, False), (5, True)])
def test_the_public_is_not_told_a_number_from_which_members_could_compute_who_is_hidden(
    program: Program, from_members: int, *, is_counted: bool
) -> None:
    groups = (
        _people(2, "mentor"),
        _people(6, "mentee", "members"),
        _people(from_members, "mentee", "coordinators"),
    )
    text = _page(_with_people(program, *groups), "people/index.md")
    assert (f"{6 + from_members} more take part" in text) == is_counted


@pytest.mark.parametrize(
    ("mentors", "mentees", "either", "hidden", "sentence"),
    [
        (0, 0, 0, 0, "Nobody has signed up yet. How to join.\n"),
        (1, 0, 0, 0, "1 mentor and 0 mentees take part.\n"),
        (0, 1, 0, 0, "0 mentors and 1 mentee take part.\n"),
        (2, 3, 0, 0, "2 mentors and 3 mentees take part.\n"),
        (1, 2, 1, 0, "1 mentor, 2 mentees and 1 person open to either role take part.\n"),
        (0, 0, 2, 0, "0 mentors, 0 mentees and 2 people open to either role take part.\n"),
        (1, 0, 0, 1, "1 mentor and 1 mentee take part. 1 of them is not shown here.\n"),
        (1, 0, 0, 2, "1 mentor and 2 mentees take part. 2 of them are not shown here.\n"),
    ],
)
def test_the_page_of_a_cohort_counts_everybody_in_their_role(
    program: Program, mentors: int, mentees: int, either: int, hidden: int, sentence: str
) -> None:
    groups = (
        _people(mentors, "mentor"),
        _people(mentees, "mentee"),
        _people(either, "either"),
        _people(hidden, "mentee", "coordinators"),
    )
    assert sentence in _page(_with_people(program, *groups), COHORT)


def _with_circle(program: Program, shown: int, hidden: int, meetings: int) -> Program:
    groups = _people(shown, "mentee"), _people(hidden, "mentee", "coordinators")
    people = _with_people(program, *groups, _people(1, "mentor"))
    members = tuple(id_ for id_ in people.participants if id_.startswith("mentee"))
    circle = Circle(
        id="one",
        cohort="spring",
        name="Circle one",
        kind="circle",
        status="active",
        facilitators=("mentor-public-0",),
        members=members,
        meetings=tuple(
            CircleMeeting(on=TODAY - timedelta(days=n), minutes=n, attended=members)
            for n in range(1, meetings + 1)
        ),
    )
    return replace(people, circles={("spring", "one"): circle})


@pytest.mark.parametrize(
    ("shown", "hidden", "names"),
    [
        (0, 0, "nobody yet"),
        (0, 1, "people who are not shown"),
        (0, 4, "people who are not shown"),
        (0, 5, "5 people who are not shown"),
        (1, 0, "Mentee 0 Example"),
        (1, 4, "Mentee 0 Example"),
        (2, 5, "Mentee 0 Example, Mentee 1 Example and 5 more"),
    ],
)
def test_the_page_of_a_circle_counts_those_whom_it_does_not_name_if_they_are_not_few(
    program: Program, shown: int, hidden: int, names: str
) -> None:
    with_circle = _with_circle(program, shown, hidden, meetings=2)
    text = _page(with_circle, "circles/spring/one.md", "members")
    assert f"- With {names}\n" in text
    assert ("\n1 minute." in text, "\n2 minutes." in text) == (True, True)
    came = re.findall(r"Attended by (.*)\.", text)
    assert came == ([names.partition(" and 5 more")[0].replace(", ", " and ")] * 2 if shown else [])


@pytest.mark.parametrize(
    ("shown", "hidden", "sentence"),
    [
        (1, 0, "1 person came."),
        (0, 4, ""),
        (1, 4, "1 person came."),
        (0, 5, "5 people came."),
        (1, 5, "6 people came."),
        (0, 0, ""),
    ],
)
def test_the_calendar_counts_who_came_and_those_who_are_not_shown_if_they_are_not_few(
    program: Program, shown: int, hidden: int, sentence: str
) -> None:
    groups = _people(shown, "mentor"), _people(hidden, "mentor", "coordinators")
    people = _with_people(program, *groups)
    event = Event(
        id="talk", title="A talk", kind="seminar", setting="online", on=date(2026, 2, 1),
        minutes=1, attended=tuple(people.participants),
    )  # fmt: skip
    with_event = replace(people, events={"talk": event})
    assert " came." not in _page(with_event, "calendar.md", "public")
    text = _page(with_event, "calendar.md", "members")
    assert "1 minute; seminar, online." in text
    assert re.findall(r"\d+ (?:person|people) came\.", text) == ([sentence] if sentence else [])


@pytest.mark.parametrize(("number", "said"), [(1, "1 module"), (2, "2 modules")])
def test_the_page_of_a_person_counts_their_training(
    program: Program, number: int, said: str
) -> None:
    done = tuple(Completion(module=f"m{n}", completed_on=TODAY) for n in range(number))
    people = {id_: replace(p, training=done) for id_, p in program.participants.items()}
    text = _page(replace(program, participants=people), "people/ada.md", "coordinators")
    assert f"- **Training done**: {said}\n" in text


@pytest.mark.parametrize(("minutes", "said"), [(1, "1 minute"), (20, "20 minutes")])
def test_minutes_are_counted_on_the_pages_of_training_and_resources(
    program: Program, minutes: int, said: str
) -> None:
    module = TrainingModule(
        id="one", title="One", roles=("mentor",), minutes=minutes, order=1, text="Text."
    )
    resource = Resource(
        id="book", title="A book", kind="book", url="https://example.org", minutes=minutes,
        summary="Good.", skills=(),
    )  # fmt: skip
    changed = replace(program, training={"one": module}, resources={"book": resource})
    assert f"Together they take {said}.\n" in _page(changed, "training/index.md")
    assert f"\n{said}, for mentors.\n" in _page(changed, "training/one.md")
    assert f"(book, {said}). Good." in _page(changed, "resources.md")


def _with_cohort(program: Program, **changes: Any) -> Program:
    return replace(
        program, cohorts={"spring": replace(program.cohorts["spring"], **changes)}, pairs={}
    )


@pytest.mark.parametrize(
    ("starts", "ends", "sentence"),
    [
        (-9, 9, "The cohort began on Friday 20 February and runs until Tuesday 10 March."),
        (0, 9, "The cohort began on Sunday 1 March and runs until Tuesday 10 March."),
        (1, 9, "No cohort is running. The next one, Spring, begins on Monday 2 March, tomorrow."),
        (2, 9, "The next one, Spring, begins on Tuesday 3 March, in 2 days."),
        (-9, -1, "- Spring, 20 February 2026 to 28 February 2026. Results\n"),
    ],
)
def test_the_first_page_says_what_runs_what_is_next_and_what_is_over(
    program: Program, starts: int, ends: int, sentence: str
) -> None:
    first, last = TODAY + timedelta(days=starts), TODAY + timedelta(days=ends)
    assert sentence in _page(_with_cohort(program, starts=first, ends=last), "index.md")


def test_where_nobody_needs_a_coordinator_the_page_says_so(program: Program) -> None:
    quiet = replace(program, pairs={})
    assert "\nNobody needs you today. For coordinators only" in _page(
        quiet, "attention.md", "coordinators"
    )
    text = _page(program, "attention.md", "coordinators")
    assert "Since Monday 26 January, 5 weeks ago: Ada Example has not answered 3 check-ins" in text


_NOUNS = "pair|mentor|mentee|check-in|goal|meeting|minute|hour|day|week|module|circle|event|answer"
_WRONG_FORM = re.compile(
    rf"(?<![\w.,:-])(?:1 (?:more )?(?:{_NOUNS})s\b|1 people\b"
    rf"|(?:0|[2-9]|\d\d+) (?:more )?(?:{_NOUNS}|person)\b(?!-))"
)
WHOLE = Path(__file__).parents[2]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_page_of_the_shipped_program_has_a_number_with_the_wrong_form_of_its_noun(
    audience: Audience,
) -> None:
    made = render_pages(load(WHOLE).program, date(2026, 11, 24), audience)
    for path, text in made.items():
        said = html.unescape(re.sub(r"\]\([^)]*\)|<[^>]*>", " ", text))
        assert _WRONG_FORM.findall(said) == [], path


def test_a_name_with_signs_in_it_stands_on_every_page_as_it_was_written(program: Program) -> None:
    name = "Ada <O'Brien> & *Co*, 100% #1"
    people = {**program.participants}
    people["ada"] = replace(people["ada"], name=name)
    cohort = replace(program.cohorts["spring"], name="Spring <1> & *2*")
    named = replace(program, participants=people, cohorts={"spring": cohort})
    for path, text in render_pages(named, TODAY, "coordinators").items():
        assert "&#38;&#35;" not in text, path
        assert "<O'Brien>" not in text, path
    assert "A pair of Spring <1> & *2* that began on" in _page(named, "pairs/spring/ada-grace.md")
    assert f"{name} and Grace Example · since 14 Jan" in _page(named, COHORT)
