"""How a pair stands is right for those who may know it, and the public cannot tell."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

import folder
from peerloom.as_of import program_as_of
from peerloom.model import Audience
from peerloom.pages import render_pages
from peerloom.pages.redirects import render_redirects
from peerloom.program import load
from peerloom.records import Program

TODAY = date(2026, 3, 12)
PROGRAM = "content/program.yml"
PAIR = "content/pairs/spring/ada-grace.yml"
PAGE = "pairs/spring/ada-grace.md"
CIRCLE = """\
id: one
cohort: spring
kind: circle
name: Circle one
facilitators: [ada]
members: [grace]
started_on: 2026-01-20
"""
CHECK_IN = """\
cohort: spring
pair: ada-grace
due: 2026-01-26
participant: {who}
answered_on: 2026-01-26
received_on: 2026-01-26
received_by: github
meetings: [{{on: 2026-01-24}}]
"""
ENDED = "status: {}\nended_on: 2026-02-02\n"
# All ways in which a pair that began on one day can stand later.
STATUSES = {
    "active": "status: active\n",
    "paused": "status: paused\npauses: [{starts: 2026-02-02}]\n",
    "paused on a day not noted": "status: paused\n",
    "paused before": "status: active\npauses: [{starts: 2026-02-02, ends: 2026-03-10}]\n",
    "completed": ENDED.format("completed"),
    "ended early": ENDED.format("ended_early") + "end_reason: poor_fit\nend_note: No.\n",
}
CIRCLE_STATUSES = {
    "completed": ENDED.format("completed"),
    "ended early": ENDED.format("ended_early") + "end_reason: time\n",
}


def _load(root: Path, status: str, circle: str = "active") -> Program:
    files: Mapping[str, str] = {
        **folder.MINIMAL,
        PROGRAM: folder.MINIMAL[PROGRAM] + "defaults: {circle_size: {at_least: 2}}\n",
        PAIR: folder.MINIMAL[PAIR].replace("status: active\n", status),
        "content/circles/spring/one.yml": CIRCLE + CIRCLE_STATUSES.get(circle, "status: active\n"),
        **{
            f"content/check-ins/spring/ada-grace/2026-01-26-{who}.yml": CHECK_IN.format(who=who)
            for who in ("ada", "grace")
        },
    }
    folder.write(root, files)
    assert folder.errors(root, TODAY) == []
    return program_as_of(load(root).program, TODAY)


def _site(program: Program, audience: Audience, today: date = TODAY) -> dict[str, str]:
    """All pages but the report, which counts and names nobody."""
    made = render_pages(program, today, audience)
    return {path: text for path, text in made.items() if not path.endswith("report.md")}


@pytest.fixture(scope="module")
def public_site_of_an_active_pair(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What everybody reads while nothing has happened to the pair."""
    return _site(_load(tmp_path_factory.mktemp("active"), STATUSES["active"]), "public")


@pytest.mark.parametrize("status", STATUSES)
def test_the_public_site_is_the_same_however_a_pair_and_a_circle_stand(
    tmp_path: Path, public_site_of_an_active_pair: dict[str, str], status: str
) -> None:
    program = _load(tmp_path, STATUSES[status], circle=status)
    assert PAGE in public_site_of_an_active_pair
    assert "circles/spring/one.md" in public_site_of_an_active_pair
    assert _site(program, "public") == public_site_of_an_active_pair


def test_the_public_is_told_whose_pair_it_is_and_since_when(
    public_site_of_an_active_pair: dict[str, str],
) -> None:
    site = public_site_of_an_active_pair
    assert "that began on" in site[PAGE]
    assert "since" in site["people/grace.md"]
    for path, text in site.items():
        if path.startswith(("pairs/", "people/", "circles/", "cohorts/", "index.md", "calendar")):
            for word in ("Waiting for", "Next check-in", "taking a break", "ended early", "paused"):
                assert word not in text, (path, word)


@pytest.mark.parametrize("status", STATUSES)
def test_members_are_told_how_a_pair_stands(tmp_path: Path, status: str) -> None:
    words = {
        "active": "working together since",
        "paused": "that is taking a break",
        "paused on a day not noted": "that is taking a break",
        "paused before": "working together since",
        "completed": "that finished together on",
        "ended early": "that ended early, on",
    }
    assert words[status] in _site(_load(tmp_path, STATUSES[status]), "members")[PAGE]


def test_members_are_not_told_to_wait_for_the_check_in_of_a_pair_that_is_paused(
    tmp_path: Path,
) -> None:
    page = _site(_load(tmp_path, STATUSES["paused"]), "members")[PAGE]
    assert "Waiting for" not in page
    assert "Next check-in" not in page


@pytest.mark.parametrize("audience", ["members", "coordinators"])
def test_a_check_in_that_a_pause_excused_is_not_missing(tmp_path: Path, audience: Audience) -> None:
    program = _load(tmp_path, STATUSES["paused before"])
    page, person = (_site(program, audience)[path] for path in (PAGE, "people/grace.md"))
    assert page.count("answered on time") >= 2
    assert "no answer" not in page
    assert "Waiting for" not in page  # that of 9 March was due in the pause
    assert "check-in due" in person
    assert "9 Mar" not in person


def test_no_page_is_of_a_pair_that_ended_before_it_began(tmp_path: Path) -> None:
    files = {
        **folder.MINIMAL,
        PAIR: folder.MINIMAL[PAIR]
        .replace("status: active\n", "proposed_on: 2026-01-10\n" + STATUSES["ended early"])
        .replace("started_on: 2026-01-14\n", ""),
    }
    program = load(folder.write(tmp_path, files)).program
    assert PAGE not in _site(program, "public")
    assert PAGE in _site(program, "members")


@pytest.mark.parametrize(("today", "is_told"), [("2026-06-28", False), ("2026-06-29", True)])
def test_what_two_answered_when_they_closed_is_public_only_after_their_planned_end(
    tmp_path: Path, today: str, *, is_told: bool
) -> None:
    day = date.fromisoformat(today)
    question = """\
questions:
  - id: again
    label: Would you do it again?
    kind: text
    record: closing
    audience: public
"""
    files = {
        **folder.MINIMAL,
        PROGRAM: folder.MINIMAL[PROGRAM] + question,
        PAIR: folder.MINIMAL[PAIR].replace("status: active\n", STATUSES["ended early"])
        + "answers: {again: At any time}\n",
    }
    program = program_as_of(load(folder.write(tmp_path, files)).program, day)
    assert ("At any time" in _site(program, "public", day)[PAGE]) == is_told
    assert "At any time" in _site(program, "members", day)[PAGE]


@pytest.mark.parametrize("former", ["active", "paused", "ended_early"])
def test_the_old_address_of_a_pair_leads_on_however_the_pair_stood(
    tmp_path: Path, former: str
) -> None:
    program = _load(
        tmp_path,
        STATUSES["ended early"]
        + f"former: [{{id: ada-and-grace, people: [ada, grace], status: {former}}}]\n",
    )
    old = "pairs/spring/ada-and-grace/index.html"
    assert old in render_redirects(program, "public")
