"""Six real cohorts, de-identified, from sign-up sheet and list of matches to a built site.

The sheets are not part of the repository: they lie in `shared/data/ols` beside its folder, and
where they do not, these tests are left out and the run says so.
"""

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

import folder
from peerloom.cli.command import peerloom
from peerloom.program import check, load
from peerloom.records import Program
from peerloom.report import build_report
from peerloom.slugs import slug

SHEETS = Path(__file__).parents[3] / "shared/data/ols"
COHORTS = ("ols-1", "ols-2", "ols-4", "ols-5", "ols-7", "ols-8")
TODAY = date(2026, 11, 24)
# The only row in all of them that nobody can take: a project for which nobody signed up.
NOT_TAKEN = {"ols-7": ["ols-7-10"]}

pytestmark = [pytest.mark.real_cohorts, pytest.mark.xdist_group("real")]


def rows(cohort: str, what: str) -> list[dict[str, str]]:
    with (SHEETS / f"{cohort}-{what}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run(root: Path, *command: str) -> str:
    result = CliRunner().invoke(peerloom, ["-C", str(root), *command, "--today", str(TODAY)])
    assert result.exit_code == (1 if " not imported" in result.stdout else 0), result.output
    return result.stdout


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("real") / "program"
    start = ["init", str(root), "--name", "Seeds", "--repository", "seeds/mentoring"]
    start += ["--cohort", COHORTS[0], "--starts", "2020-01-06", "--weeks", "16"]
    assert CliRunner().invoke(peerloom, start).exit_code == 0
    first = (root / f"content/cohorts/{COHORTS[0]}.yml").read_text(encoding="utf-8")
    for n, cohort in enumerate(COHORTS[1:], start=1):
        text = first.replace(COHORTS[0], cohort)
        for day in ("2020-01-06", "2020-04-26"):
            text = text.replace(day, str(date.fromisoformat(day) + timedelta(weeks=26 * n)))
        folder.write(root, {f"content/cohorts/{cohort}.yml": text})
    for cohort in COHORTS:
        show = ["--show", "public"]
        run(root, "import", str(SHEETS / f"{cohort}-signups.csv"), "--cohort", cohort, *show)
        run(root, "import", "--pairs", str(SHEETS / f"{cohort}-matches.csv"), "--cohort", cohort)
    return root


@pytest.fixture(scope="module")
def program(root: Path) -> Program:
    return load(root).program


def test_every_sign_up_is_in_the_program(program: Program) -> None:
    people: set[str] = set()
    for cohort in COHORTS:
        signed_up = rows(cohort, "signups")
        people |= {row["id"] for row in signed_up}
        said = Counter((row["id"], row["role"], slug(row["project"]) or None) for row in signed_up)
        taken = Counter((p.id, part.role, part.team) for p, part in program.members_of(cohort))
        assert taken == said
        for row in signed_up:
            person = program.participants[row["id"]]
            assert person.name == row["name"]
            if row["goal_title"]:
                assert " ".join(row["goal_title"].split()) in [
                    goal.title for goal in person.goals if goal.cohort == cohort
                ]
    assert people == set(program.participants)


def test_every_match_is_a_pair_with_each_mentee_of_its_project(program: Program) -> None:
    words = {"graduated": "completed", "not graduated": "ended_early", "": "active"}
    for cohort in COHORTS:
        mentees: dict[str, list[str]] = {}
        for row in rows(cohort, "signups"):
            if row["project"]:
                mentees.setdefault(row["project"], []).append(row["id"])
        matches = rows(cohort, "matches")
        expected = Counter(
            (row["project"], row["mentor"], mentee, words[row["status"]])
            for row in matches
            for mentee in mentees.get(row["project"], ())
        )
        assert expected == Counter(
            (pair.team, pair.mentor, pair.mentee, pair.status) for pair in program.pairs_of(cohort)
        )
        lost = [row["project"] for row in matches if row["project"] not in mentees]
        assert lost == NOT_TAKEN.get(cohort, [])


def test_the_report_counts_the_pairs_and_who_graduated_as_the_sheets_do(root: Path) -> None:
    """Nothing in the sheets is dated, and all of it had happened when the cohorts were over."""
    program = load(root).program
    for cohort in COHORTS:
        signed_up, matches = (
            pd.read_csv(SHEETS / f"{cohort}-{w}.csv") for w in ("signups", "matches")
        )
        mentees = signed_up[signed_up["role"] == "mentee"][["project", "id"]]
        pairs = matches.merge(mentees, on="project")
        counts = pairs["status"].fillna("").value_counts()
        report = build_report(program, cohort, None, None, "coordinators", today=TODAY).contents
        assert report["pairs"] == {
            "proposed": 0,
            "active": counts.get("", 0),
            "paused": 0,
            "completed": counts.get("graduated", 0),
            "ended_early": counts.get("not graduated", 0),
            "not_known": 0,
        }
        assert report["began"] == {
            "pairs": len(pairs),
            "people": pd.concat([pairs["mentor"], pairs["id"]]).nunique(),
        }
        assert report["participants"]["people"] == signed_up["id"].nunique()
        assert sum(report["ended_early"].values()) == counts.get("not graduated", 0)


def test_why_a_pair_ended_early_is_kept_in_the_words_of_the_sheet(program: Program) -> None:
    said = {row["reason"] for cohort in COHORTS for row in rows(cohort, "matches")} - {""}
    kept = {pair.end_note for pair in program.pairs.values() if pair.status == "ended_early"}
    assert kept - {None} == said


def test_check_finds_no_error(root: Path) -> None:
    assert [d for d in check(root, TODAY).diagnostics if d.severity == "error"] == []


def test_a_second_run_changes_nothing(root: Path) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*.yml")}
    for cohort in COHORTS[-2:]:
        sheet = SHEETS / f"{cohort}-matches.csv"
        assert " new" not in run(root, "import", "--pairs", str(sheet), "--cohort", cohort)
    sheet = SHEETS / f"{COHORTS[-1]}-signups.csv"
    people = len({row["id"] for row in rows(COHORTS[-1], "signups")})
    said = run(root, "import", str(sheet), "--cohort", COHORTS[-1], "--show", "public")
    assert said == f"{people} people: {people} unchanged\n"
    assert {path: path.read_bytes() for path in root.rglob("*.yml")} == before


def test_several_mentees_of_a_project_can_be_one_circle(root: Path, tmp_path: Path) -> None:
    cohort = COHORTS[0]
    sheet = SHEETS / f"{cohort}-matches.csv"
    teams = Counter(row["project"] for row in rows(cohort, "signups") if row["project"])
    matched = {row["project"] for row in rows(cohort, "matches")}
    several = {team for team in matched if teams[team] > 1}
    content = [path for path in (root / "content").rglob("*.*") if path.is_file()]
    for path in (path for path in content if "content/pairs/" not in path.as_posix()):
        at = tmp_path / path.relative_to(root)
        at.parent.mkdir(parents=True, exist_ok=True)
        at.write_bytes(path.read_bytes())
    run(tmp_path, "import", "--pairs", str(sheet), "--as-circles", "--cohort", cohort)
    program = load(tmp_path).program
    assert {circle.team for circle in program.circles_of(cohort)} == several
    assert not any(pair.team in several for pair in program.pairs_of(cohort))
    assert folder.errors(tmp_path, TODAY) == []


def test_a_strict_build_gives_no_warning(root: Path, tmp_path: Path, caplog) -> None:
    from peerloom.site import build_site

    out = tmp_path / "site"
    build_site(root, out, TODAY, "coordinators", "mkdocs")
    assert [r.getMessage() for r in caplog.records if r.levelname in ("WARNING", "ERROR")] == []
    assert (out / "people/p0022/index.html").is_file()
    assert len(list((out / "pairs").rglob("index.html"))) == len(load(root).program.pairs)
