"""Commands, the site and reviews show a program as of their day, and know which day it is."""

import json
import os
import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig

import folder
from peerloom import plugin
from peerloom.cli import options
from peerloom.plugin import PeerloomPlugin
from run_peerloom import run_peerloom

ROOT = Path(__file__).parents[2]
ALL = ("--audience", "coordinators")
EARLY = ("--today", "2026-02-01")
ZONES = [("Pacific/Auckland", date(2026, 3, 2)), ("Pacific/Honolulu", date(2026, 3, 1))]
# Already the 2nd in Auckland, and still the 1st in Honolulu.
MOMENT = datetime(2026, 3, 1, 11, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _without_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)


def run(*arguments: str, root: Path = ROOT) -> str:
    ended = run_peerloom("-C", str(root), *arguments)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def program_with(root: Path, **files: str) -> Path:
    return folder.write(root, {**folder.MINIMAL, **files})


def test_a_report_of_a_past_day_shows_pairs_and_goals_of_that_day() -> None:
    said = json.loads(
        run("report", "2026-spring", "--format", "json", *EARLY, "--to", "2026-02-01", *ALL)
    )
    assert said["pairs"]["active"] == 7
    assert said["pairs"]["completed"] == 0
    assert sum(pair["goals"] for pair in said["pairs_in_detail"] or ()) in (0, 2)


def test_attention_of_a_past_day_is_about_pairs_that_were_at_work_then() -> None:
    later, then = (
        run("attention", "--today", "2026-06-27"),
        run("attention", "--today", "2026-03-12"),
    )
    assert "ingrid-rosa" in then
    assert "ingrid-rosa" not in later


def test_reminders_of_a_past_day_go_to_pairs_that_were_at_work_then() -> None:
    said = run("remind", "--today", "2026-01-29", "--format", "json")
    pairs = {action["pair"] for action in json.loads(said)["actions"]}
    assert "ingrid-rosa" in pairs  # who ended on 13 March
    assert "gabriel-rosa" not in pairs  # who began on 31 March


def test_matching_on_a_past_day_knows_no_later_pair() -> None:
    before = run("match", "2026-autumn", "--today", "2026-09-01", "--format", "json")
    after = run("match", "2026-autumn", "--today", "2026-11-24", "--format", "json")
    assert len(json.loads(before)["pairs"]) > len(json.loads(after)["pairs"])


def test_a_match_of_a_past_day_replaces_no_file_of_a_later_pair(tmp_path: Path) -> None:
    root = program_with(tmp_path)
    kept = (root / "content/pairs/spring/ada-grace.yml").read_text()
    ended = run_peerloom("-C", str(root), "match", "spring", "--today", "2026-01-12", "--write")
    assert (ended.returncode, ended.stderr) == (
        1,
        "peerloom: nothing was written; 'content/pairs/spring/ada-grace.yml' is of a later day: "
        "leave '--today' out\n",
    )
    assert (root / "content/pairs/spring/ada-grace.yml").read_text() == kept


def load_plugin(root: Path, today: str | None) -> PeerloomPlugin:
    config = MkDocsConfig(config_file_path=str(root / "mkdocs.yml"))
    config.load_dict(
        {
            "site_name": "x",
            "docs_dir": str(root / "content/pages"),
            "plugins": [
                {"peerloom": {"audience": "members", **({"today": today} if today else {})}}
            ],
            "theme": "material",
        }
    )
    assert config.validate()[0] == []
    loaded = config.plugins["peerloom"]
    assert isinstance(loaded, PeerloomPlugin)
    loaded.on_config(config)
    return loaded


def test_a_site_of_a_past_day_has_the_pairs_of_that_day(tmp_path: Path) -> None:
    root = program_with(tmp_path, **{"content/pages/hello.md": "Hello.\n"})
    folder.write(
        root, {"mkdocs.yml": "site_name: x\ndocs_dir: content/pages\nplugins: [search, peerloom]\n"}
    )
    pages = {today: load_plugin(root, today)._pages for today in ("2026-01-13", "2026-01-14")}
    has_pair = ["pairs/spring/ada-grace.md" in pages[today] for today in sorted(pages)]
    assert has_pair == [False, True]


@pytest.mark.parametrize(("zone", "day"), ZONES)
def test_commands_take_the_day_of_the_programs_time_zone_for_today(
    zone: str, day: date, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = folder.MINIMAL["content/program.yml"].replace("Europe/Lisbon", zone)
    root = program_with(tmp_path, **{"content/program.yml": settings})
    monkeypatch.setattr(options, "read_clock", lambda: MOMENT)
    said = json.loads(run("remind", "--format", "json", root=root))
    assert said["today"] == day.isoformat()


@pytest.mark.parametrize(("zone", "day"), ZONES)
def test_the_plugin_takes_the_day_of_the_programs_time_zone_for_today(
    zone: str, day: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock:
        @staticmethod
        def now(_: object) -> datetime:
            return MOMENT

    monkeypatch.setattr(plugin, "datetime", Clock)
    assert plugin._read_today(None, zone) == day


def git(root: Path, *arguments: str, day: str = "2026-02-01") -> None:
    who = ["-c", "user.name=Noor", "-c", "user.email=n@example.org"]
    env = {**os.environ, "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"}
    subprocess.run(["git", *who, *arguments], cwd=root, env=env, check=True, capture_output=True)


PAIR = "content/pairs/spring/ada-grace.yml"
NO_DATES = "id: ada-grace\ncohort: spring\nmentor: ada\nmentee: grace\nstatus: {}\n"


def with_history(root: Path) -> Path:
    """A program whose pair is dated by Git alone: it begins on 20 January, and ends on 1 March."""
    program_with(root, **{PAIR: NO_DATES.format("proposed")})
    git(root, "init", "--quiet", "--initial-branch=main")
    for status, day in (("", "2026-01-10"), ("active", "2026-01-20"), ("completed", "2026-03-01")):
        if status:
            folder.write(root, {PAIR: NO_DATES.format(status)})
        git(root, "add", "--all", day=day)
        git(root, "commit", "--quiet", "--message", "x", day=day)
    return root


@pytest.mark.parametrize("today", ["2026-01-19", "2026-01-21", "2026-03-01"])
def test_a_pair_that_git_alone_dates_is_on_the_site_as_it_was(today: str, tmp_path: Path) -> None:
    root = with_history(tmp_path)
    day = date.fromisoformat(today)
    (pair,) = options.load_program_as_of(root, day).pairs.values()
    status = {"2026-01-19": "proposed", "2026-01-21": "active", "2026-03-01": "completed"}
    assert pair.status == status[today]


def test_every_command_answers_where_nothing_dates_a_pair(tmp_path: Path) -> None:
    origin = with_history(tmp_path / "origin")
    shallow, plain = tmp_path / "shallow", tmp_path / "plain"
    git(tmp_path, "clone", "--quiet", "--depth", "1", origin.as_uri(), str(shallow))
    shutil.copytree(origin, plain, ignore=shutil.ignore_patterns(".git"))
    for root in (shallow, plain):
        for today in ("2026-01-05", "2026-02-01", "2026-03-02"):
            for words in (("attention",), ("remind",), ("report", "spring"), ("match", "spring")):
                ended = run_peerloom("-C", str(root), *words, "--today", today)
                assert (ended.returncode, "nan" in ended.stdout) == (0, False), ended.stderr


def test_a_pause_without_an_end_and_a_start_before_the_cohort_are_shown(tmp_path: Path) -> None:
    text = NO_DATES.format("paused") + "started_on: 2025-11-01\npauses: [{starts: 2026-02-01}]\n"
    root = program_with(tmp_path, **{PAIR: text})
    for today in ("2025-12-01", "2026-02-01", "2026-06-29"):
        for words in (("attention",), ("remind",)):
            ended = run_peerloom("-C", str(root), *words, "--today", today)
            assert ended.returncode == 0, ended.stderr


def test_a_link_to_a_pair_that_has_not_begun_is_dead_until_it_has(tmp_path: Path) -> None:
    page = "# Hello\n\n[A pair](pairs/spring/ada-grace.md)\n"
    root = program_with(tmp_path, **{"content/pages/hello.md": page})
    for today, code in (("2026-01-13", 1), ("2026-01-14", 0)):
        ended = run_peerloom("-C", str(root), "check", "--audience", "public", "--today", today)
        assert ended.returncode == code
        assert ("links-between-pages-work" in ended.stdout) == bool(code)
