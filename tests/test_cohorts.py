"""A cohort without an end, in which each pair has days of its own, and a pair that outlives one."""

import json
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

import folder
import rolling_program
from peerloom.cli.command import peerloom
from peerloom.model import CheckInSchedule, Cohort, Pair
from peerloom.pages import render_pages
from peerloom.program import check, load
from peerloom.progress.calls import Call
from peerloom.progress.windows import choose_window, find_last_day_of_report
from peerloom.records import Program
from peerloom.reminders import call_notice
from peerloom.reminders.issue_texts import escalation_text, reminder_text
from peerloom.reminders.plan import plan_reminders
from peerloom.schedule import MAX_YEARS, due_dates, pair_due_dates, planned_end
from peerloom.signals import find_signals
from peerloom.text.escaping.markdown import outside_link

DAY = date(2026, 7, 20)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return folder.write(tmp_path, rolling_program.FILES)


@pytest.fixture
def rolling(root: Path) -> Program:
    return load(root).program


@pytest.mark.parametrize("day", [DAY, date(2027, 3, 1)])
@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["attention"],
        ["remind"],
        ["match", "always"],
        *(["report", "always", "--format", form] for form in ("md", "html", "csv", "json")),
        *(["report", "always", "--audience", who] for who in ("members", "coordinators")),
    ],
    ids=" ".join,
)
def test_every_command_runs_on_a_cohort_without_an_end(
    root: Path, words: list[str], day: date
) -> None:
    run = CliRunner().invoke(peerloom, ["-C", str(root), *words, "--today", day.isoformat()])
    assert run.exit_code == 0, run.output


@pytest.mark.parametrize("audience", ["public", "members", "coordinators"])
def test_a_site_of_a_cohort_without_an_end_is_built(root: Path, audience: str) -> None:
    shutil.copy(Path(__file__).parents[1] / "mkdocs.yml", root)
    words = ["-C", str(root), "build", "--audience", audience, "--today", DAY.isoformat()]
    run = CliRunner().invoke(peerloom, words)
    assert run.exit_code == 0, run.output
    assert (root / "site/pairs/always/mia-ines/index.html").exists()


def test_check_ins_are_due_by_the_start_of_each_pair(rolling: Program) -> None:
    always = rolling.cohorts["always"]
    pair = rolling.pairs["always", "mia-ines"]
    assert due_dates(always) == ()
    assert pair_due_dates(always, pair) == tuple(
        date(2026, 5, 6) + timedelta(weeks=n) for n in (4, 8, 12, 16, 20, 24)
    )


def test_a_pair_ends_after_its_weeks_or_on_its_own_day_or_not_at_all(rolling: Program) -> None:
    always = rolling.cohorts["always"]
    pair = rolling.pairs["always", "mia-ines"]
    assert planned_end(always, pair) == date(2026, 5, 6) + timedelta(weeks=26)
    assert planned_end(always, replace(pair, ends_on=DAY)) == DAY
    endless = replace(always, pair_weeks=None)
    assert planned_end(endless, pair) is None
    last = pair_due_dates(endless, pair)[-1]
    assert timedelta(weeks=4) > date(2026 + MAX_YEARS, 5, 9) - last >= timedelta(0)


def test_a_pair_that_outlives_its_cohort_owes_check_ins_until_its_own_end(
    rolling: Program,
) -> None:
    spring = rolling.cohorts["spring"]
    pair = rolling.pairs["spring", "ada-grace"]
    owed = pair_due_dates(spring, pair)
    assert owed[: len(due_dates(spring))] == due_dates(spring)
    assert owed[len(due_dates(spring)) :] == tuple(
        date(2026, 6, 29) + timedelta(weeks=2 * n) for n in range(7)
    )
    assert pair_due_dates(spring, replace(pair, ends_on=None)) == due_dates(spring)
    assert pair_due_dates(spring, replace(pair, ends_on=date(2026, 2, 20)))[-1] == date(2026, 2, 9)


def test_listed_dates_after_a_cohort_are_for_those_who_go_on() -> None:
    dates = (date(2026, 2, 2), date(2026, 8, 3))
    schedule = replace(_short_cohort().check_ins, every_weeks=None, dates=dates)
    cohort = replace(_short_cohort(), check_ins=schedule)
    pair = Pair(id="a-b", cohort="short", status="active", mentor="a", mentee="b")
    assert pair_due_dates(cohort, pair) == dates[:1]
    assert pair_due_dates(cohort, replace(pair, ends_on=date(2026, 8, 31))) == dates


def _short_cohort() -> Cohort:
    return Cohort(
        id="short",
        name="Short",
        starts=date(2026, 1, 5),
        ends=date(2026, 3, 1),
        check_ins=CheckInSchedule(every_weeks=2),
    )


def test_pairs_are_reminded_on_their_own_days_also_after_their_cohort(rolling: Program) -> None:
    def opened(day: date) -> list[tuple[str, date]]:
        actions = plan_reminders(rolling, day, ()).actions
        return [(a.mark.pair, a.mark.due) for a in actions if a.kind == "open"]

    assert opened(date(2026, 7, 26))[1:] == [
        ("ada-grace", date(2026, 7, 27)),
        ("mia-ines", date(2026, 7, 29)),
    ]
    assert ("max-ivo", date(2026, 10, 7)) in opened(date(2026, 10, 5))


def test_many_pairs_with_one_start_are_reminded_over_several_days(rolling: Program) -> None:
    pair = rolling.pairs["always", "mia-ines"]
    many = {("always", f"p{n}"): replace(pair, id=f"p{n}") for n in range(30)}
    crowd = replace(rolling, pairs=many)
    (spread, *_) = plan_reminders(crowd, date(2026, 5, 20), (), budget=10).spread
    assert (spread.due, spread.pairs, spread.days) == (date(2026, 6, 3), 30, 3)


def test_attention_speaks_of_the_end_of_a_pair_and_not_of_a_cohort(rolling: Program) -> None:
    found = {s.pair: s.why for s in find_signals(rolling, date(2026, 10, 30)) if s.id == "ending"}
    assert found == {
        "ada-grace": "the pair was to end on 30 September and is not closed",
        "mia-ines": "the pair ends in 5 days, on 4 November",
    }


def test_attention_tells_the_year_of_a_day_that_is_long_past(rolling: Program) -> None:
    found = {s.why for s in find_signals(rolling, date(2028, 3, 1)) if s.id == "ending"}
    assert "the pair was to end on 4 November 2026 and is not closed" in found
    early = {s.why for s in find_signals(rolling, date(2027, 1, 5)) if s.pair == "mia-ines"}
    assert "the pair was to end on 4 November and is not closed" in early


def test_the_timeline_of_a_pair_tells_years_where_it_is_longer_than_one(rolling: Program) -> None:
    pair = rolling.pairs["always", "mia-ines"]
    longer = replace(pair, ends_on=date(2028, 5, 6))
    page = "pairs/always/mia-ines.md"
    for shown, ends in ((pair, "4 Nov</text>"), (longer, "6 May 2028</text>")):
        changed = replace(rolling, pairs=rolling.pairs | {(pair.cohort, pair.id): shown})
        assert ends in render_pages(changed, DAY, "coordinators")[page]


def test_a_report_goes_on_until_the_last_pair_is_over(rolling: Program) -> None:
    late = date(2028, 1, 1)
    spring, always = rolling.cohorts["spring"], rolling.cohorts["always"]
    assert choose_window(rolling, spring, None, None, late).last == date(2026, 9, 30)
    assert find_last_day_of_report(rolling, always) is None
    assert choose_window(rolling, always, None, None, late).last == late


def test_a_report_without_an_end_counts_ratings_by_month(root: Path) -> None:
    words = ["-C", str(root), "report", "always", "--today", str(DAY), "--format", "json"]
    words += ["--audience", "coordinators"]
    contents = json.loads(CliRunner().invoke(peerloom, words).stdout)
    assert contents["ratings_by"] == "month"
    assert [each["due"] for each in contents["ratings"]] == [
        "2025-04-01",
        "2026-06-01",
        "2026-07-01",
    ]


def test_pages_say_that_pairs_begin_at_any_time_and_that_sign_up_is_open(rolling: Program) -> None:
    pages = render_pages(rolling, DAY, "public")
    assert "without an end: pairs begin at any time" in pages["cohorts/always/index.md"]
    assert "You can sign up at any time." in pages["join.md"]
    assert "You can sign up for **Always open** at any time." in pages["index.md"]
    assert "check-in of [Always open]" not in pages["calendar.md"]
    assert "Monday 21 September</time>, in 2 months: check-in of [Spring]" in pages["calendar.md"]
    assert "The pair is planned until" in pages["pairs/always/mia-ines.md"]


def test_no_letter_names_an_end_that_is_not_there(root: Path) -> None:
    words = ["-C", str(root), "decide", "ian", "--cohort", "always", "--today", str(DAY)]
    cohort = root / "content/cohorts/always.yml"
    cohort.write_text(cohort.read_text() + "selects: true\n")
    for state in ("accepted", "waiting"):
        said = CliRunner().invoke(peerloom, [*words, "--state", state])
        assert said.exit_code == 0, said.output
        assert "None" not in said.output
        assert "ends on" not in said.output
        assert "runs from" not in said.output
        assert "\n\n\n" not in said.output


def test_check_ins_that_no_longer_fit_lead_to_the_dates_of_their_pair(root: Path) -> None:
    path = root / "content/pairs/always/mia-ines.yml"
    path.write_text(path.read_text().replace("2026-05-06", "2026-05-07"))
    found = check(root, DAY).diagnostics
    assert {d.rule for d in found} == {"a-check-in-answers-a-due-date"}
    assert all("put the pair's dates back if they were changed" in d.help for d in found)


def test_a_mistyped_year_does_not_ask_for_check_ins_for_ever(root: Path) -> None:
    path = root / "content/pairs/spring/ada-grace.yml"
    path.write_text(path.read_text().replace("2026-09-30", "9999-12-31"))
    assert [d.rule for d in check(root, DAY).diagnostics] == ["planned-ends-are-possible"]
    program = load(root).program
    spring, pair = program.cohorts["spring"], program.pairs["spring", "ada-grace"]
    assert len(pair_due_dates(spring, pair)) < 270


def test_a_cohort_s_own_coordinators_are_named_on_its_page_and_called_where_they_alone_read(
    rolling: Program,
) -> None:
    always = replace(rolling.cohorts["always"], coordinators=("lea", "Mia-GH"))
    mia = replace(rolling.participants["mia"], github="mia-gh")
    led = replace(
        rolling,
        cohorts=rolling.cohorts | {"always": always},
        participants=rolling.participants | {"mia": mia},
        settings=replace(rolling.settings, coordinators_repository="reading-circle/desk"),
    )
    for audience in ("public", "members", "coordinators"):
        page = render_pages(led, DAY, audience)["cohorts/always/index.md"]
        lea = outside_link("@lea", "https://github.com/lea")
        links = f"{lea} and [Mia Example](../../people/mia.md)"
        assert f"**Coordinators of this cohort**: {links}" in page
    line = "For @lea and @Mia-GH, who coordinate Always open"
    call = Call(
        path="content/check-ins/always/mia-ines/2026-07-01-ines.yml",
        cohort="always",
        pair="mia-ines",
        participant="ines",
        due=None,
        asks=("help",),
        note="",
    )
    assert call_notice(call, led).text.endswith(f"{line}\n")
    assert call_notice(call, rolling).about == call_notice(call, led).about
    assert "For @" not in call_notice(replace(call, cohort="spring"), led).text
    pair = led.pairs["always", "mia-ines"]
    text = escalation_text(led, pair, date(2026, 7, 29), 21, ())
    assert text.endswith(line)
    assert text.startswith("Neither of the two has answered the check-in of 29 July 2026")
    assert "@lea" not in reminder_text(led, pair, date(2026, 7, 29), (), DAY)
