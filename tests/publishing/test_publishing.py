"""What was published stays as it is, whatever becomes of what it was computed from."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import folder
from peerloom.cli.command import peerloom
from peerloom.model import AUDIENCES, PublishedFigures
from peerloom.pages import render_pages
from peerloom.program import load
from peerloom.published_records import compute_digest
from peerloom.publishing import has_unpublished_dates, plan_publishing, publish_texts
from peerloom.records import Program
from peerloom.report import (
    TABLES,
    WindowError,
    find_report,
    read_report,
    report_as_csv,
    report_as_html,
    report_as_json,
    report_as_markdown,
)

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)
SHIPPED = load(ROOT).program
BELOW = ("public", "members")
# The first check-in date of the small program is closed on the first of these days.
CLOSED, NEXT_CLOSED = date(2026, 2, 1), date(2026, 2, 15)


def _run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(peerloom, ["-C", str(root), *arguments])


def _publish(root: Path, today: date, *more: str) -> str:
    ran = _run(root, "publish", "--today", today.isoformat(), *more)
    assert ran.exit_code == 0, ran.output
    return ran.stdout


def _in_order(records: Iterable[PublishedFigures]) -> tuple[PublishedFigures, ...]:
    return tuple(sorted(records, key=lambda each: (each.cohort, each.due, each.audience)))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return folder.write(tmp_path, folder.MINIMAL)


def test_the_shipped_records_are_what_would_be_published_today() -> None:
    unpublished = replace(SHIPPED, published=())
    assert _in_order(plan_publishing(unpublished, TODAY)) == SHIPPED.published
    assert plan_publishing(SHIPPED, TODAY) == ()


def test_two_cohorts_are_published_up_to_the_dates_that_are_closed() -> None:
    dates = {(each.cohort, each.audience): each.due for each in SHIPPED.published}
    assert dates == {
        ("2026-autumn", "members"): date(2026, 11, 5),
        ("2026-autumn", "public"): date(2026, 11, 5),
        ("2026-spring", "members"): date(2026, 8, 23),
        ("2026-spring", "public"): date(2026, 8, 23),
    }
    final = [each for each in SHIPPED.published if each.is_final]
    assert {(each.cohort, each.due) for each in final} == {("2026-spring", date(2026, 8, 23))}


def _answer_late(program: Program) -> Program:
    answers = tuple(
        replace(each, ratings=None, meetings=(), support_wanted=True) for each in program.check_ins
    )
    return replace(program, check_ins=answers)


def _change_records(program: Program) -> Program:
    pairs = {
        key: replace(pair, status="ended_early", end_reason="moved_on", ended_on=pair.started_on)
        for key, pair in program.pairs.items()
        if pair.started_on
    }
    return replace(program, pairs=program.pairs | pairs)


def _withdraw_consent(program: Program) -> Program:
    people = {id_: replace(p, consent=None) for id_, p in program.participants.items()}
    return replace(program, participants=people)


def _forget_people(program: Program) -> Program:
    gone = set(sorted(program.participants)[:5])
    return replace(
        program,
        participants={id_: p for id_, p in program.participants.items() if id_ not in gone},
        pairs={key: p for key, p in program.pairs.items() if not gone & {*p.people}},
        check_ins=tuple(c for c in program.check_ins if c.participant not in gone),
        responses=program.responses[3:],
    )


@pytest.mark.parametrize("audience", BELOW)
@pytest.mark.parametrize(
    "change", [_answer_late, _change_records, _withdraw_consent, _forget_people]
)
def test_no_published_figure_changes(change: Callable[[Program], Program], audience: str) -> None:
    changed = change(SHIPPED)
    for cohort in SHIPPED.cohorts:
        for read in (read_report, lambda p, c, a, t: find_report(p, c, None, None, a, t)):
            before = read(SHIPPED, cohort, audience, TODAY).contents  # type: ignore[arg-type]
            after = read(changed, cohort, audience, TODAY).contents  # type: ignore[arg-type]
            differ = {key for key in before if before[key] != after[key]}
            assert differ <= {"pairs_in_detail"}
    assert plan_publishing(changed, TODAY) == ()


def test_somebody_who_withdrew_is_in_no_detail_of_a_published_report() -> None:
    withdrawn = _withdraw_consent(SHIPPED)
    for cohort in SHIPPED.cohorts:
        assert read_report(SHIPPED, cohort, "members", TODAY).contents["pairs_in_detail"]
        assert read_report(withdrawn, cohort, "members", TODAY).contents["pairs_in_detail"] == []


@pytest.mark.parametrize("audience", BELOW)
def test_a_published_report_reads_as_the_one_that_was_computed(audience: str) -> None:
    unpublished = replace(SHIPPED, published=())
    for cohort in SHIPPED.cohorts:
        first = SHIPPED.published_of(cohort, audience)[0]
        shown, computed = (
            find_report(program, cohort, None, first.due, audience, TODAY)  # type: ignore[arg-type]
            for program in (SHIPPED, unpublished)
        )
        for form in (report_as_html, report_as_markdown, report_as_json):
            assert form(shown) == form(computed)
        assert [report_as_csv(shown, t) for t in TABLES] == [
            report_as_csv(computed, t) for t in TABLES
        ]


def test_a_site_shows_the_newest_figures_that_were_published_by_its_day() -> None:
    before = {each.due: each for each in SHIPPED.published_of("2026-autumn", "public")}
    day = date(2026, 10, 30)
    told = read_report(SHIPPED, "2026-autumn", "public", day).contents
    known = [due for due, each in before.items() if each.closed_on <= day]
    assert told["to"] == max(known).isoformat() < max(before).isoformat()
    newest = max(before)
    behind = replace(SHIPPED, published=tuple(p for p in SHIPPED.published if p.due != newest))
    assert read_report(behind, "2026-autumn", "public", TODAY).contents["to"] < newest.isoformat()
    assert has_unpublished_dates(behind, "public", TODAY)
    assert not has_unpublished_dates(SHIPPED, "public", TODAY)


def test_before_anything_is_published_no_page_below_coordinators_has_figures() -> None:
    unpublished = replace(SHIPPED, published=())
    for audience in AUDIENCES:
        page = render_pages(unpublished, TODAY, audience)["cohorts/2026-spring/report.md"]
        assert ("Nothing is published yet" in page) == (audience != "coordinators")


def test_a_record_that_was_changed_by_hand_is_shown_nowhere_and_not_written_again() -> None:
    changed = tuple(replace(p, figures=p.figures | {"started": 99}) for p in SHIPPED.published)
    program = replace(SHIPPED, published=changed)
    page = render_pages(program, TODAY, "public")["cohorts/2026-spring/report.md"]
    assert "Nothing is published yet" in page
    assert plan_publishing(program, TODAY) == ()


def test_a_date_before_the_newest_that_was_published_is_never_published_later() -> None:
    first = SHIPPED.published_of("2026-autumn", "public")[0]
    without = replace(SHIPPED, published=tuple(p for p in SHIPPED.published if p is not first))
    assert plan_publishing(without, TODAY) == ()
    with pytest.raises(WindowError, match="nothing was published of 24 September 2026"):
        find_report(without, "2026-autumn", None, first.due, "public", TODAY)


def test_nothing_is_published_after_the_final_report() -> None:
    cohort = SHIPPED.cohorts["2026-spring"]
    later = replace(cohort, ends=date(2026, 10, 31))
    program = replace(SHIPPED, cohorts=SHIPPED.cohorts | {cohort.id: later})
    assert plan_publishing(program, TODAY) == ()
    told = find_report(program, cohort.id, None, None, "public", TODAY)
    assert told.contents["to"] == "2026-08-23"


def test_nobody_is_named_in_what_is_published() -> None:
    text = "".join(publish_texts(SHIPPED.published).values())
    for person in SHIPPED.participants.values():
        assert person.name not in text
    assert not any(pair.id in text for pair in SHIPPED.pairs.values())
    assert not any(login in text for login in SHIPPED.settings.coordinators)


def test_a_date_is_published_on_the_day_on_which_it_is_closed(small: Path) -> None:
    nothing = "the figures of every check-in date that is closed are published\n"
    assert _publish(small, date(2026, 1, 31)) == nothing
    assert _publish(small, CLOSED, "--dry-run").count("would write content/published/") == 2
    assert not (small / "content/published").exists()
    said = _publish(small, CLOSED)
    path = "content/published/spring/2026-01-26-public.yml"
    assert f"wrote {path}: spring up to 26 January 2026, for everybody\n" in said
    assert (small / path).is_file()
    assert list(folder.diagnostics(small, CLOSED)) == []


def test_publishing_again_changes_nothing(small: Path) -> None:
    _publish(small, CLOSED)
    files = {f: f.read_bytes() for f in small.rglob("published/**/*.yml")}
    _publish(small, CLOSED)
    assert "2026-02-09-public" in _publish(small, NEXT_CLOSED)
    assert {f: f.read_bytes() for f in files} == files


def test_a_file_gives_back_what_was_published(small: Path) -> None:
    planned = plan_publishing(load(small).program, NEXT_CLOSED)
    _publish(small, NEXT_CLOSED)
    assert load(small).program.published == _in_order(planned)
    assert all(compute_digest(each) == each.digest for each in planned)


def test_only_a_private_repository_keeps_figures_for_members(small: Path) -> None:
    program = load(small).program
    public = replace(program, settings=replace(program.settings, visibility="public"))
    assert {p.audience for p in plan_publishing(program, CLOSED)} == {*BELOW}
    assert {p.audience for p in plan_publishing(public, CLOSED)} == {"public"}


def test_a_build_says_that_figures_are_to_be_published(small: Path) -> None:
    (small / "mkdocs.yml").write_text(
        "site_name: Reading Circle\ndocs_dir: content/pages\nplugins: [search, peerloom]\n"
    )
    (small / "content/pages").mkdir()
    build = ("build", "--audience", "public", "--today", CLOSED.isoformat())
    assert "help: run peerloom publish, and build" in _run(small, *build).stderr
    _publish(small, CLOSED)
    assert "run peerloom publish" not in _run(small, *build).stderr


def test_the_report_of_a_date_that_was_published_is_read_and_not_computed(small: Path) -> None:
    _publish(small, CLOSED)
    check_in = "content/check-ins/spring/ada-grace/2026-01-26-grace.yml"
    report = ("report", "spring", "--audience", "public", "--format", "json")
    before = json.loads(_run(small, *report, "--today", "2026-02-03").stdout)
    folder.write(
        small,
        {
            check_in: "cohort: spring\npair: ada-grace\ndue: 2026-01-26\nparticipant: grace\n"
            "answered_on: 2026-01-27\nmet: true\n"
        },
    )
    after = json.loads(_run(small, *report, "--today", "2026-02-03").stdout)
    assert before | {"provenance": None} == after | {"provenance": None}


def test_a_date_whose_file_is_gone_is_not_computed_anew(small: Path) -> None:
    _publish(small, NEXT_CLOSED)
    gone = small / "content/published/spring/2026-01-26-public.yml"
    gone.unlink()
    words = ("report", "spring", "--to", "2026-01-26", "--today", NEXT_CLOSED.isoformat())
    ran = _run(small, *words)
    assert ran.exit_code == 2 and ran.stdout == ""
    assert "nothing was published of 26 January 2026, or its file is gone" in " ".join(
        ran.stderr.split()
    )
    found = "".join(d.message for d in folder.diagnostics(small, NEXT_CLOSED))
    assert "figures of 26 January 2026 for everybody are not published" in found


def test_an_aim_is_published_without_its_words_and_shown_with_those_of_the_cohort() -> None:
    cohort = SHIPPED.cohorts["2026-spring"]
    words = {aim.text for aim in cohort.stated_aims}
    kept = "".join(publish_texts(SHIPPED.published).values())
    assert not any(text in kept for text in words)
    shown = read_report(SHIPPED, cohort.id, "public", TODAY).contents
    assert {row["aim"] for row in shown["aims_answered"]} == words == {*shown["aims"]}
