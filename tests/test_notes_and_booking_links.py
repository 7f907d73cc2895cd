"""Notes that coordinators alone write and see, and links by which a pair books its meetings."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

import folder
from attacks.pull_requests import BASE, PERSON, Reviewer
from peerloom import review as reviews
from peerloom import schema
from peerloom.cli.command import peerloom
from peerloom.intake.values.accounts import read_booking_address
from peerloom.issue_forms.form_files import form_file_texts
from peerloom.issue_forms.result import Sender
from peerloom.issue_forms.submission import Submission, read_submission
from peerloom.model import Participant
from peerloom.pages import render_pages
from peerloom.program import check, load
from peerloom.records import Program
from peerloom.reminders.issue_texts import reminder_text
from peerloom.text.escaping.markdown import outside_link

DAY = date(2026, 3, 1)
DUE = date(2026, 3, 9)
ADA, GRACE = "content/participants/ada.yml", "content/participants/grace.yml"
PAGE, PAIR_PAGE = "people/ada.md", "pairs/spring/ada-grace.md"
LINK = "https://meet.example.org/ada?slot=30#top"
NOTES = """\
coordinator_notes:
  - on: 2026-01-20
    by: noor
    text: Prefers *calls* <b>xyzzy</b>.
  - on: 2026-02-20
    text: Had a plugh week.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    ada = folder.MINIMAL[ADA] + f"github: ada\ngithub_id: 2\nbooking_url: {LINK}\n{NOTES}"
    return folder.write(tmp_path, folder.MINIMAL | {ADA: ada})


@pytest.fixture
def program(root: Path) -> Program:
    assert check(root, DAY).diagnostics == ()
    return load(root).program


def test_notes_are_on_the_person_s_page_for_coordinators_and_nowhere_else(program: Program) -> None:
    page = render_pages(program, DAY, "coordinators")[PAGE]
    assert page.index("Had a plugh week") < page.index("Prefers")  # the newest first
    assert "## Notes of coordinators" in page
    assert "<b>" not in page
    for audience in ("public", "members"):
        everything = "".join(render_pages(program, DAY, audience).values())
        assert not re.search("xyzzy|plugh|Notes of", everything)


def test_a_public_repository_must_not_hold_notes_or_booking_links(root: Path) -> None:
    settings = root / "content/program.yml"
    settings.write_text(settings.read_text().replace("private", "public"))
    (found,) = [d for d in check(root, DAY).diagnostics if d.path == ADA]
    assert found.rule == "public-repositories-hold-only-public-fields"
    assert "booking_url, coordinator_notes must not be in this file" in found.message


def test_only_coordinators_write_notes_also_in_a_new_record() -> None:
    reviewer = Reviewer(BASE)
    ada = PERSON.format("ada")
    theirs = {ada: BASE[ada] + NOTES}
    assert [reviewer.review(theirs, who).answer for who in ("noor", "ada", "grace")] == [
        "yes",
        "no",
        "no",
    ]
    new = BASE[ada].replace("ada", "eve").replace("Ada", "Eve").replace("id: 2", "id: 9")
    assert reviewer.review({PERSON.format("eve"): new}, "eve").answer == "yes"
    assert reviewer.review({PERSON.format("eve"): new + NOTES}, "eve").answer == "no"
    noted = Reviewer(BASE | theirs)
    assert noted.review({ada: BASE[ada]}, "ada").answer == "no"  # taking one away
    assert noted.review({ada: theirs[ada].replace("Ada E", "Ada F")}, "ada").answer == "yes"


def test_a_review_tells_readers_nothing_of_a_note() -> None:
    ada = PERSON.format("ada")
    found = Reviewer(BASE).review({ada: BASE[ada] + NOTES}, "noor")
    for text in (reviews.review_as_markdown(found), reviews.review_as_json(found)):
        assert not re.search("xyzzy|plugh|coordinator.notes", text)
        assert "something that not every reader of this may see" in text


def test_a_sign_up_by_form_leaves_notes_as_they_are(program: Program, root: Path) -> None:
    text = form_file_texts(program)[".github/ISSUE_TEMPLATE/sign-up.yml"]
    labels = [element["attributes"]["label"] for element in yaml.safe_load(text)["body"][1:]]
    given = {
        "Your name": "Ada Example",
        "Which cohort": "Spring (spring)",
        "You would like to be": "Mentor",
        "Who may see your page": "Everybody",
        "Your booking link": "meet.example.org/new",
    }
    body = "\n\n".join(f"### {label}\n\n{given.get(label, '_No response_')}" for label in labels)
    sender = Sender(login="ada", number=2, participant="ada")
    sent = Submission(kind="sign-up", body=body, received_on=DAY, sender=sender)
    found = read_submission(sent, program, lambda path: (root / path).read_text(encoding="utf-8"))
    assert NOTES in found.changes[ADA]
    assert "booking_url: https://meet.example.org/new\n" in found.changes[ADA]


def test_a_mentor_s_booking_link_is_where_the_pair_looks_and_not_in_public(
    program: Program,
) -> None:
    for audience in ("members", "coordinators"):
        pages = render_pages(program, DAY, audience)
        assert f"- {outside_link('Book a meeting', LINK)} with [Ada Example]" in pages[PAIR_PAGE]
        assert f"- **Meetings**: {outside_link('book one', LINK)}" in pages[PAGE]
    assert LINK not in "".join(render_pages(program, DAY, "public").values())
    hidden = replace(_ada(program), consent=None)
    without = replace(program, participants=program.participants | {"ada": hidden})
    assert LINK not in "".join(render_pages(without, DAY, "members").values())


def _ada(program: Program) -> Participant:
    return program.participants["ada"]


def test_a_reminder_offers_the_link_where_only_members_read_it(program: Program) -> None:
    pair = program.pairs["spring", "ada-grace"]
    line = f"To book a meeting with Ada Example: <{LINK}>"
    assert line in reminder_text(program, pair, DUE, (), DAY)
    public = replace(program, settings=replace(program.settings, visibility="public"))
    assert LINK not in reminder_text(public, pair, DUE, (), DAY)


@pytest.mark.parametrize(
    "address",
    [
        "http://meet.example.org/ada",
        "javascript:alert(1)",
        "https://github.com@evil.example/x",
        "https://user:word@evil.example",
        "https://meet.example.org/a b",
        'https://meet.example.org/"onclick=x',
        "https://meet.example.org/<script>",
        "https://meet.example.org/`x`",
        "https://meet.example.org\\@evil.example",
        "https://localhost",
        "https://meet.ex\u0430mple.org/ada",
        "https://meet.example.org/" + "a" * 2000,
    ],
)
def test_an_address_that_is_not_plainly_https_is_refused(address: str) -> None:
    record: dict[str, object] = {"id": "ada", "name": "Ada", "booking_url": address}
    record["cohorts"] = [{"cohort": "spring", "role": "mentor"}]
    assert [p.keys for p in schema.find_problems("participant", record)] == [("booking_url",)]
    assert read_booking_address(address).value is None


@pytest.mark.parametrize("address", [LINK, "https://a.example", "https://a.example:8443/x(1)"])
def test_an_https_address_is_a_booking_link(address: str) -> None:
    record: dict[str, object] = {"id": "ada", "name": "Ada", "booking_url": address}
    record["cohorts"] = [{"cohort": "spring", "role": "mentor"}]
    assert list(schema.find_problems("participant", record)) == []
    assert read_booking_address(address.removeprefix("https://")).value == address


def test_a_booking_link_is_understood_as_a_phone_writes_it() -> None:
    assert read_booking_address("Https://a.example/Ada").value == "https://a.example/Ada"
    assert read_booking_address("a.example/?to=http://b").value == "https://a.example/?to=http://b"
    assert read_booking_address("Http://a.example/Ada").value is None


def test_a_booking_link_comes_in_with_a_sheet(root: Path) -> None:
    sheet = root / "sheet.csv"
    sheet.write_text(
        "Name,Role,Booking link\nLin Example,mentor,https://cal.example.org/lin\n"
        "Mo Example,mentor,http://cal.example.org/mo\n"
    )
    words = ["-C", str(root), "import", str(sheet), "--cohort", "spring", "--today", str(DAY)]
    said = CliRunner().invoke(peerloom, words)
    assert "must be an address that begins with https" in said.output
    lin = (root / "content/participants/lin-example.yml").read_text()
    assert "booking_url: https://cal.example.org/lin\n" in lin


def test_circles_say_who_is_in_none_because_of_a_break(root: Path) -> None:
    ada = root / ADA
    ada.write_text(ada.read_text() + "paused_until: 2026-03-01\n")

    def run(*words: str) -> str:
        return CliRunner().invoke(peerloom, ["-C", str(root), "circles", "spring", *words]).output

    why = "Ada Example, mentor, is in no {}: Ada Example takes a break until 1 March 2026"
    # Ada has a mentee, and grace takes no part in groups of mentors.
    assert why.format("circle") in run("--today", "2026-03-01")
    assert "takes a break" not in run("--today", "2026-03-02")
    assert "takes a break until 1 March 2026" in run("--supervision", "--today", "2026-03-01")


@pytest.mark.parametrize(
    ("paused_until", "today", "is_matched"),
    [
        ("2026-03-01", "2026-03-01", False),
        ("2026-02-28", "2026-03-01", True),
        # The cohort begins on 12 January, when they are back.
        ("2026-01-11", "2026-01-05", True),
        ("2026-01-12", "2026-01-05", False),
    ],
)
def test_who_takes_a_break_is_matched_with_nobody_and_the_reason_is_said(
    root: Path, paused_until: str, today: str, is_matched: bool
) -> None:
    (root / "content/pairs/spring/ada-grace.yml").unlink()
    ada = root / ADA
    ada.write_text(ada.read_text() + f"paused_until: {paused_until}\n")

    def run(*words: str) -> str:
        return CliRunner().invoke(peerloom, ["-C", str(root), *words, "--today", today]).output

    day = {"2026-03-01": "1 March 2026", "2026-01-12": "12 January 2026"}.get(paused_until, "")
    why = f"Ada Example takes a break until {day}, and is matched with nobody before"
    proposed = run("match", "spring")
    assert ("Ada Example mentors Grace Example" in proposed) == is_matched
    assert (f"Ada Example, mentor, is unmatched: {why}" in proposed) != is_matched
    assert (why in run("explain", "spring", "grace", "ada")) != is_matched
    assert (why in run("shortlist", "spring", "ada")) != is_matched
