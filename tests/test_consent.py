"""What somebody agreed to holds as long as they did not withdraw it, on pages and in figures."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import folder
from peerloom.as_of import program_as_of
from peerloom.audience import visible_program
from peerloom.cli.command import peerloom
from peerloom.model import (
    Audience,
    CheckIn,
    Consent,
    ConsentDays,
    Event,
    Participant,
    Story,
    Withdrawals,
)
from peerloom.pages import render_pages
from peerloom.program import load
from peerloom.progress.counted_people import leave_out_uncounted
from peerloom.records import Program
from peerloom.report import build_report

TODAY = date(2026, 3, 2)
AGREED = Consent(given_on=date(2026, 1, 3), show="public", quote=True, pictured=True)


@pytest.fixture
def small(tmp_path: Path) -> Program:
    """Ada and Grace, who agreed to everything, in a pair with a story of each."""
    program = load(folder.write(tmp_path, folder.MINIMAL)).program
    key, pair = next(iter(program.pairs.items()))
    stories = tuple(Story(by=who, text=f"A word of {who}", on=TODAY) for who in pair.people)
    gathering = Event(
        id="talk",
        title="Talk",
        kind="seminar",
        on=date(2026, 2, 3),
        setting="online",
        cohorts=("spring",),
        attended=("ada", "grace"),
    )
    answer = CheckIn(
        cohort="spring",
        pair=pair.id,
        due=date(2026, 1, 26),
        participant="ada",
        answered_on=date(2026, 1, 26),
    )
    pairs = {key: replace(pair, stories=stories)}
    return replace(program, pairs=pairs, check_ins=(answer,), events={"talk": gathering})


def with_consent(program: Program, **said: Any) -> Program:
    """The program in which Grace says something else."""
    grace = replace(program.participants["grace"], consent=replace(AGREED, **said))
    return replace(program, participants=program.participants | {"grace": grace})


def counted(program: Program, audience: Audience, day: date = TODAY) -> tuple[int, int, int, int]:
    """How many people, pairs, check-ins and attendances figures of a day are about."""
    behind = leave_out_uncounted(program_as_of(program, day), audience)
    attended = sum(len(event.attended) for event in behind.events.values())
    return len(behind.participants), len(behind.pairs), len(behind.check_ins), attended


def test_what_is_not_withdrawn_holds() -> None:
    assert (AGREED.shown_to, AGREED.may_be_quoted) == ("public", True)
    assert AGREED.may_be_pictured
    assert AGREED.may_be_counted


@pytest.mark.parametrize("part", ["show", "quote", "pictured", "counted"])
def test_withdrawing_one_part_leaves_the_others(part: str) -> None:
    own = replace(AGREED, withdrawn=Withdrawals(**{part: TODAY}))
    held = (own.shown_to == "public", own.may_be_quoted, own.may_be_pictured, own.may_be_counted)
    parts = ("show", "quote", "pictured", "counted")
    assert held == tuple(each != part for each in parts)


def test_withdrawing_everything_leaves_nothing() -> None:
    own = replace(AGREED, withdrawn=Withdrawals(everything=TODAY, quote=date(2026, 2, 1)))
    assert (own.shown_to, own.may_be_quoted) == ("coordinators", False)
    assert not own.may_be_pictured
    assert not own.may_be_counted
    assert own.withdrawn.withdrawal_of("quote") == date(2026, 2, 1)


def test_an_answer_is_of_the_day_on_which_all_were_given_unless_it_has_its_own() -> None:
    own = replace(AGREED, since=ConsentDays(pictured=TODAY))
    assert own.answer_day("pictured") == TODAY
    assert own.answer_day("quote") == AGREED.given_on


def test_somebody_who_withdraws_is_on_no_page_of_the_next_build(small: Program) -> None:
    pages = "".join(render_pages(small, TODAY, "members").values())
    assert "Grace" in pages
    gone = with_consent(small, withdrawn=Withdrawals(show=TODAY))
    assert "Grace" not in "".join(render_pages(gone, TODAY, "members").values())
    assert "Grace" in "".join(render_pages(gone, TODAY, "coordinators").values())


def test_a_page_of_an_earlier_day_honors_what_was_withdrawn_later(small: Program) -> None:
    gone = with_consent(small, withdrawn=Withdrawals(everything=TODAY))
    earlier = program_as_of(gone, date(2026, 2, 1))
    assert "Grace" not in "".join(render_pages(earlier, date(2026, 2, 1), "public").values())


def test_a_story_is_not_quoted_any_more_once_that_is_withdrawn(small: Program) -> None:
    gone = with_consent(small, withdrawn=Withdrawals(quote=TODAY))
    (pair,) = visible_program(gone, "members").pairs.values()
    assert [story.by for story in pair.stories] == ["ada"]


@pytest.mark.parametrize("audience", ["public", "members"])
def test_somebody_who_is_not_counted_is_in_no_figure_below_coordinators(
    small: Program, audience: Audience
) -> None:
    assert counted(small, audience) == (2, 1, 1, 2)
    for said in ({"counted": False}, {"withdrawn": Withdrawals(everything=TODAY)}):
        assert counted(with_consent(small, **said), audience) == (1, 0, 0, 1)
        assert counted(with_consent(small, **said), "coordinators") == (2, 1, 1, 2)


def test_a_report_leaves_out_who_is_not_counted(small: Program) -> None:
    def mentees(program: Program, audience: Audience) -> int:
        due, closed = date(2026, 2, 9), date(2026, 2, 15)
        report = build_report(program, "spring", None, due, audience, today=closed)
        return int(report.contents["participants"]["mentees"])

    refused = with_consent(small, counted=False)
    assert (mentees(small, "public"), mentees(refused, "public")) == (1, 0)
    assert mentees(refused, "coordinators") == 1


def test_somebody_is_counted_in_the_figures_of_the_days_before_they_withdrew(
    small: Program,
) -> None:
    gone = with_consent(small, withdrawn=Withdrawals(everything=TODAY))
    assert counted(gone, "public", date(2026, 3, 1)) == (2, 1, 1, 2)
    assert counted(gone, "public", TODAY) == (1, 0, 0, 1)
    refused = with_consent(small, counted=False, since=ConsentDays(counted=TODAY))
    assert counted(refused, "public", date(2026, 3, 1)) == (2, 1, 1, 2)
    assert counted(refused, "public", TODAY) == (1, 0, 0, 1)


def test_a_record_of_the_older_form_says_what_it_said(small: Program) -> None:
    ada: Participant = small.participants["ada"]
    assert ada.consent == Consent(given_on=date(2026, 1, 2), show="public", quote=True)
    assert ada.consent.may_be_counted
    assert not ada.consent.may_be_pictured


def withdraw(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(peerloom, ["-C", str(root), "withdraw", *arguments])


def test_withdrawing_adds_to_the_record_and_keeps_the_rest_as_written(tmp_path: Path) -> None:
    path = "content/participants/grace.yml"
    text = folder.MINIMAL[path].replace("  show: public\n", "  show: public  # she said so\n")
    root = folder.write(tmp_path, folder.MINIMAL | {path: text})
    done = withdraw(root, "grace", "--today=2026-03-01")
    assert done.exit_code == 0
    assert (root / path).read_text() == f"{text}  withdrawn:\n    everything: '2026-03-01'\n"
    assert "only coordinators see them" in done.stdout
    assert folder.diagnostics(root, TODAY) == []


def test_withdrawing_twice_is_answered_with_the_day_and_changes_nothing(tmp_path: Path) -> None:
    root = folder.write(tmp_path, folder.MINIMAL)
    withdraw(root, "grace", "quote", "--today=2026-03-01")
    before = (root / "content/participants/grace.yml").read_bytes()
    again = withdraw(root, "grace", "quote", "--today=2026-03-02")
    sentence = "nothing is written; grace withdrew quote on 1 March 2026\n"
    assert (again.exit_code, again.stdout) == (0, sentence)
    assert (root / "content/participants/grace.yml").read_bytes() == before


def test_withdrawing_says_which_words_are_left_in_files_and_that_a_public_file_stays(
    tmp_path: Path,
) -> None:
    pair = folder.MINIMAL["content/pairs/spring/ada-grace.yml"].partition("goals:")[0]
    program = folder.MINIMAL["content/program.yml"].replace("private", "public")
    files = {path: text for path, text in folder.MINIMAL.items() if "/check-ins/" not in path} | {
        "content/program.yml": program,
        "content/pairs/spring/ada-grace.yml": f"{pair}stories: [{{by: grace, text: Good}}]\n",
    }
    done = withdraw(folder.write(tmp_path, files), "grace", "--today=2026-03-01")
    assert done.exit_code == 0, done.output
    assert "Delete their words from content/pairs/spring/ada-grace.yml" in done.stdout
    assert "is in a public repository, where everybody can still read it" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["grac"], 1, "there is no participant 'grac'; did you mean 'grace'?"),
        (["grace", "pictures"], 2, "'pictures' is not known; did you mean 'pictured'?"),
        (["grace", "--today=2026-01-02"], 1, "must be withdrawn later"),
        (["eve", "quote"], 0, "eve has agreed to nothing"),
        (["forgotten-1"], 1, "stands for somebody who was forgotten"),
    ],
)
def test_what_cannot_be_withdrawn_is_said_in_a_sentence(
    arguments: list[str], code: int, sentence: str, tmp_path: Path
) -> None:
    eve = "id: eve\nname: Eve Example\ncohorts: [{cohort: spring, role: mentee}]\n"
    gone = eve.replace("id: eve", "id: forgotten-1") + "forgotten_on: 2026-02-01\n"
    people = {"eve": eve, "forgotten-1": gone}
    files = {f"content/participants/{id_}.yml": text for id_, text in people.items()}
    root = folder.write(tmp_path, folder.MINIMAL | files)
    done = withdraw(root, *arguments)
    assert (done.exit_code, sentence in done.output) == (code, True), done.output


@pytest.mark.parametrize("part", ["counted", "everything"])
def test_somebody_who_agreed_to_nothing_can_still_say_not_to_be_counted(
    part: str, tmp_path: Path
) -> None:
    eve = "id: eve\nname: Eve Example\ncohorts: [{cohort: spring, role: mentee}]\n"
    root = folder.write(tmp_path, folder.MINIMAL | {"content/participants/eve.yml": eve})
    done = withdraw(root, "eve", part, "--today=2026-03-01")
    assert done.exit_code == 0, done.output
    consent = load(root).program.participants["eve"].consent
    assert consent is not None
    assert (consent.shown_to, consent.may_be_counted) == ("coordinators", False)
    assert folder.errors(root, TODAY) == []
    assert "withdrew" in withdraw(root, "eve", part, "--today=2026-03-02").stdout
