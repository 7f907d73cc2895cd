"""`peerloom forget` and `peerloom about`: no trace of somebody is left, and no more is lost."""

import json
import os
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

import folder
from peerloom.model import AUDIENCES
from peerloom.pages import render_pages
from peerloom.program import load
from run_peerloom import run_peerloom

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)
DAY = f"--today={TODAY}"
# Somebody who mentors twice, one who is mentored, a peer, and one who left.
PEOPLE = ("amara-okafor", "uzma-siddiqui", "maia-tamihana")

GRACE_ANSWER = """\
cohort: spring
pair: ada-grace
due: 2026-01-26
participant: grace
answered_on: 2026-01-27
met: true
ratings: {useful: 1}
challenges: Ada is never there, says Grace Example
"""
ADA_ANSWER = """\
cohort: spring
pair: ada-grace
due: 2026-01-26
participant: ada
answered_on: 2026-01-27
next_steps: Example of a plan for Grace   # she asked for it
goals:
  - goal: first-package
    level: 1
"""
PROGRAM = folder.MINIMAL | {
    "content/participants/grace.yml": folder.MINIMAL["content/participants/grace.yml"]
    + "github: gr-hop\ngithub_id: 4711\nabout: I sail to Ushuaia.\n",
    "content/check-ins/spring/ada-grace/2026-01-26-grace.yml": GRACE_ANSWER,
    "content/check-ins/spring/ada-grace/2026-01-26-ada.yml": ADA_ANSWER,
    "content/pages/story.md": "# A story\n\nGrace\nExample sent it.\n",
}
GRACE = re.compile(rb"grace(?!_days)|gr-hop|4711|ushuaia", re.IGNORECASE)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return folder.write(tmp_path / "program", PROGRAM)


def _git(root: Path, *arguments: str) -> bytes:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    command = ["git", "-c", "user.name=Noor", "-c", "user.email=noor@example.org", *arguments]
    run = subprocess.run(command, cwd=root, capture_output=True, check=True, env=environment)
    return run.stdout


def _all_bytes(root: Path) -> bytes:
    """The names and contents of all files, and the names of folders."""
    paths = sorted(root.rglob("*"))
    names = "\n".join(path.relative_to(root).as_posix() for path in paths).encode()
    return names + b"".join(path.read_bytes() for path in paths if path.is_file())


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("shipped") / "program"
    shutil.copytree(ROOT / "content", root / "content")
    return root


def test_nobody_who_was_forgotten_is_in_the_files_pages_and_reports(shipped: Path) -> None:
    before = load(shipped).program
    people = [before.participants[id_] for id_ in PEOPLE]
    for number, person in enumerate(people, start=1):
        ran = run_peerloom("forget", person.id, "--words", "--yes", DAY, at=shipped)
        assert ran.returncode == 0, ran.stderr
        assert f"forgotten-{number}" in ran.stderr
    words = {word for p in people for word in (p.id, p.name, p.github, *p.name.split()) if word}
    trace = re.compile("|".join(map(re.escape, words)).encode(), re.IGNORECASE)
    assert trace.findall(_all_bytes(shipped)) == []
    assert folder.errors(shipped, TODAY) == []
    after = load(shipped).program
    for audience in AUDIENCES:
        pages = render_pages(after, TODAY, audience)
        site = "".join([*pages, *pages.values()])
        assert trace.findall(site.encode()) == []
        # Below coordinators nothing tells that somebody was forgotten.
        assert ("forgotten-1" in site) == (audience == "coordinators")
    for form in ("json", "csv"):
        options = ("--audience=coordinators", f"--format={form}", DAY)
        report = run_peerloom("report", "2026-autumn", *options, at=shipped)
        assert report.returncode == 0
        assert trace.findall(report.stdout.encode()) == []
    for kind in ("participants", "pairs", "circles", "check_ins", "events"):
        assert len(getattr(after, kind)) == len(getattr(before, kind))
    for id_, event in before.events.items():
        assert len(after.events[id_].attended) == len(event.attended)


def test_the_plan_is_shown_first_and_nothing_is_written(small: Path) -> None:
    before = _all_bytes(small / "content")
    ran = run_peerloom("forget", "grace", "--today=2026-02-02", at=small)
    assert ran.returncode == 1
    assert "Grace Example (grace) will be forgotten-1 in what is counted" in ran.stdout
    assert "ada-grace.yml ends on 2 February 2026" in ran.stdout
    assert "content/pages/story.md:3 Grace Example" in ran.stdout
    assert "2026-01-26-ada.yml:6 Grace" in ran.stdout
    # Two people are called Example.
    assert "2026-01-26-ada.yml:6 Example" in ran.stdout
    assert ran.stderr == "peerloom: nothing was written; to forget them, add --yes\n"
    assert _all_bytes(small / "content") == before


def test_words_of_others_stay_as_they_were_unless_they_are_to_be_replaced(small: Path) -> None:
    assert run_peerloom("forget", "grace", "--yes", "--today=2026-02-02", at=small).returncode == 0
    file = small / "content/check-ins/spring/ada-forgotten-1/2026-01-26-ada.yml"
    assert "next_steps: Example of a plan for Grace   # she asked for it" in file.read_text()
    # The goals were hers.
    assert "goal" not in file.read_text()


def test_words_of_others_are_replaced_on_request_but_for_a_name_that_others_have(
    small: Path,
) -> None:
    given = ("forget", "grace", "--yes", "--words", "--today=2026-02-02")
    assert run_peerloom(*given, at=small).returncode == 0
    file = small / "content/check-ins/spring/ada-forgotten-1/2026-01-26-ada.yml"
    assert "next_steps: Example of a plan for somebody   # she asked for it" in file.read_text()
    # No command writes a page: that is left to people.
    (small / "content/pages/story.md").unlink()
    assert GRACE.findall(_all_bytes(small / "content")) == []


def test_somebody_is_forgotten_once(small: Path) -> None:
    run_peerloom("forget", "grace", "--yes", "--today=2026-02-02", at=small)
    again = run_peerloom("forget", "grace", "--yes", at=small)
    assert again.returncode == 1
    assert again.stderr == (
        "peerloom: there is no participant 'grace'; ids are the names of the files in "
        "content/participants, and whoever was forgotten before has none\n"
    )
    tombstone = run_peerloom("forget", "forgotten-1", "--yes", at=small)
    assert tombstone.returncode == 1
    assert "'forgotten-1' stands for somebody who was forgotten on 2026-02-02" in tombstone.stderr


def test_whoever_coordinates_is_not_forgotten_before_they_stop(small: Path) -> None:
    ada = small / "content/participants/ada.yml"
    ada.write_text(ada.read_text() + "github: Noor\n")
    ran = run_peerloom("forget", "ada", "--yes", at=small)
    assert ran.returncode == 1
    assert "'ada' coordinates the program" in ran.stderr
    assert "'coordinators' and 'coordinator_ids' in content/program.yml" in ran.stderr


def test_somebody_in_a_cohort_that_is_still_to_begin_is_forgotten_with_the_proposal(
    small: Path,
) -> None:
    pair = small / "content/pairs/spring/ada-grace.yml"
    pair.write_text("id: ada-grace\ncohort: spring\nmentor: ada\nmentee: grace\nstatus: proposed\n")
    shutil.rmtree(small / "content/check-ins")
    ran = run_peerloom("forget", "grace", "--yes", "--today=2026-01-05", at=small)
    assert ran.returncode == 0, ran.stderr
    assert "ada-grace.yml is only proposed, and goes" in ran.stdout
    assert folder.errors(small, date(2026, 1, 5)) == []
    assert not pair.exists()
    unmatched = run_peerloom("match", "spring", "--dry-run", "--today=2026-01-05", at=small)
    assert "forgotten" not in unmatched.stdout + unmatched.stderr


def test_a_check_in_that_came_early_goes_with_the_pair_that_ends_before_its_date(
    small: Path,
) -> None:
    folder.write(
        small,
        {
            "content/check-ins/spring/ada-grace/2026-02-09-ada.yml": ADA_ANSWER.replace(
                "due: 2026-01-26", "due: 2026-02-09"
            ).replace("answered_on: 2026-01-27", "answered_on: 2026-02-07")
        },
    )
    assert folder.errors(small, date(2026, 2, 8)) == []
    ran = run_peerloom("forget", "grace", "--yes", "--today=2026-02-08", at=small)
    assert ran.returncode == 0, ran.stderr
    assert "2026-02-09-ada.yml goes: it came early, for 9 February 2026" in ran.stdout
    assert folder.errors(small, date(2026, 2, 8)) == []
    left = (small / "content/check-ins").rglob("*-ada.yml")
    assert [file.name for file in left] == ["2026-01-26-ada.yml"]


def test_a_circle_that_cannot_go_on_without_them_is_ended_or_filled_up_before(small: Path) -> None:
    bo = "id: bo\nname: Bo Circle\ncohorts: [{cohort: spring, role: mentee}]\n"
    circle = (
        "id: tea\ncohort: spring\nname: Tea\nkind: circle\nstatus: active\n"
        "facilitators: [grace]\nmembers: [ada, bo]\nstarted_on: 2026-01-15\n"
    )
    path = "content/circles/spring/tea.yml"
    folder.write(small, {"content/participants/bo.yml": bo, path: circle})
    given = ("forget", "grace", "--yes", "--today=2026-02-02")
    ran = run_peerloom(*given, at=small)
    assert ran.returncode == 1
    assert f"too few people would be left in {path}\n" in ran.stderr
    over = "status: ended_early\nended_on: 2026-02-01\nend_reason: other\n"
    folder.write(small, {path: circle.replace("status: active\n", over)})
    again = run_peerloom(*given, at=small)
    assert again.returncode == 0, again.stderr


def test_answers_to_surveys_go_by_the_code_that_the_person_tells(shipped: Path) -> None:
    file = next((shipped / "content/responses").rglob("*.yml"))
    given = ("forget", "hana-kobayashi", DAY)
    ran = run_peerloom(*given, f"--code={file.stem}", "--dry-run", at=shipped)
    assert f"deleted: {file.relative_to(shipped).as_posix()}" in ran.stdout
    unknown = run_peerloom(*given, "--code=nobodys", "--yes", at=shipped)
    assert unknown.returncode == 1
    assert "no survey was answered under the code 'nobodys'" in unknown.stderr


def test_published_figures_stay_as_they_were(small: Path) -> None:
    kept = small / "content/published/spring/2026-01-26-public.yml"
    folder.write(small, {"content/published/spring/2026-01-26-public.yml": "people: 2 # grace\n"})
    from peerloom.forgetting import plan_forgetting, read_texts

    program = load(small).program
    plan = plan_forgetting(
        program,
        read_texts(small, program),
        program.participants["grace"],
        TODAY,
        replaces_words=True,
    )
    assert kept.relative_to(small).as_posix() not in {*plan.changes, *plan.deleted}


def test_the_history_is_rewritten_in_a_fresh_clone_without_any_trace(small: Path) -> None:
    _git(small, "init", "--quiet", "--initial-branch=main")
    _git(small, "add", "--all")
    author = "--author=Grace Example <4711+gr-hop@users.noreply.github.com>"
    _git(
        small,
        "commit",
        "--quiet",
        author,
        "--message=Add grace\n\nCo-authored-by: Gr <gr@hop.example>",
    )
    # A version that is no YAML, and one with another consent.
    grace = small / "content/participants/grace.yml"
    grace.write_text("about: I sail to Ushuaia.\nname: [Grace Example\n")
    _git(small, "commit", "--quiet", "--all", "--message=Break it")
    grace.write_text(PROGRAM["content/participants/grace.yml"] + "region: Ushuaia\n")
    _git(small, "commit", "--quiet", "--all", "--message=Let Grace say where she lives")
    _git(small, "tag", "--annotate", "v1", "--message=With Grace")
    _git(small, "branch", "check-in-ada-grace-1")
    given = ("forget", "grace", "--words", "--yes", "--today=2026-02-02")
    assert run_peerloom(*given, at=small).returncode == 0
    (small / "content/pages/story.md").write_text("# A story\n\nI sent it.\n")
    _git(small, "add", "--all")
    _git(small, "commit", "--quiet", "--message=Forget somebody")
    tree = _git(small, "rev-parse", "HEAD^{tree}")
    clone = small.parent / "clone"
    ran = run_peerloom("forget", "grace", "--history", str(clone), at=small)
    assert ran.returncode == 0, ran.stderr
    everything = _git(clone, "cat-file", "--batch-all-objects", "--batch", "--unordered")
    everything += _git(clone, "for-each-ref") + (clone / "config").read_bytes()
    everything += b"".join(f.read_bytes() for f in clone.rglob("*") if f.is_file())
    assert GRACE.findall(everything.replace(b"Gr <gr@hop.example>", b"")) == []
    assert b"Somebody who was forgotten <forgotten-1@forgotten.invalid>" in everything
    assert _git(clone, "rev-parse", "main^{tree}") == tree
    # Two commits changed nothing but what is gone.
    assert _git(clone, "rev-list", "--count", "main").strip() == b"2"
    for what in (
        "refs/pull",
        "issues",
        "forks",
        "logs and artifacts",
        "Codespaces",
        "web archives",
    ):
        assert what in ran.stdout


def test_names_and_logins_that_they_had_before_are_not_in_the_history_either(small: Path) -> None:
    path = "content/participants/grace.yml"
    before = PROGRAM[path].replace("Grace Example", "Gr\u00e1cia M\u00e4dchen")
    before = before.replace("gr-hop", "was-gm").replace("4711", "4700")
    folder.write(
        small, {path: before, "content/pages/story.md": "# Story\n\nBy M\u00e4dchen, was-gm\n"}
    )
    (small / "README.md").write_text("Ask @was-gm, or Gr\u00e1cia M\u00e4dchen.\n")
    _git(small, "init", "--quiet", "--initial-branch=main")
    _git(small, "add", "--all")
    author = "--author=gm <4700+gm@users.noreply.github.com>"
    _git(small, "commit", "--quiet", author, "--message=Begin, with Gr\u00e1cia M\u00e4dchen")
    folder.write(small, {path: PROGRAM[path], "content/pages/story.md": "# Story\n\nTold\n"})
    (small / "README.md").unlink()
    _git(small, "commit", "--quiet", "--all", "--message=Correct a name")
    given = ("forget", "grace", "--words", "--yes", "--today=2026-02-02")
    assert run_peerloom(*given, at=small).returncode == 0
    _git(small, "add", "--all")
    _git(small, "commit", "--quiet", "--message=Forget somebody")
    clone = small.parent / "clone"
    ran = run_peerloom("forget", "grace", "--history", str(clone), at=small)
    assert ran.returncode == 0, ran.stderr
    everything = _git(clone, "log", "--all", "--patch", "--format=fuller").decode()
    assert re.findall("(?i)m\u00e4dchen|gr\u00e1cia|was-gm|470\\d|gr-hop", everything) == []


def test_the_history_is_rewritten_only_after_the_person_was_forgotten_and_all_is_committed(
    small: Path,
) -> None:
    clone = str(small.parent / "clone")
    _git(small, "init", "--quiet", "--initial-branch=main")
    _git(small, "add", "--all")
    _git(small, "commit", "--quiet", "--message=Begin")
    early = run_peerloom("forget", "grace", "--history", clone, at=small)
    assert early.stderr == (
        "peerloom: 'grace' is still in the program; run 'peerloom forget grace' first\n"
    )
    run_peerloom("forget", "grace", "--yes", at=small)
    uncommitted = run_peerloom("forget", "grace", "--history", clone, at=small)
    assert "commit everything first" in uncommitted.stderr
    _git(small, "add", "--all")
    _git(small, "commit", "--quiet", "--message=Forget somebody")
    unknown = run_peerloom("forget", "bo", "--history", clone, at=small)
    assert "the history has no record of 'bo'" in unknown.stderr
    assert not Path(clone).exists()


def test_somebody_of_the_same_name_is_not_forgotten_with_them(small: Path) -> None:
    """Neither in records nor in the history, where nothing asks before a word is replaced."""
    twin = PROGRAM["content/participants/ada.yml"].replace("id: ada\n", "id: ada-example-2\n")
    other = PROGRAM["content/participants/ada.yml"].replace("id: ada\n", "id: ada-example\n")
    kept = "content/participants/ada-example.yml"
    folder.write(small, {"content/participants/ada-example-2.yml": twin, kept: other})
    _git(small, "init", "--quiet", "--initial-branch=main")
    _git(small, "add", "--all")
    author = "--author=Ada Example <ada@other.example>"
    _git(small, "commit", "--quiet", author, "--message=Begin, says Ada Example")
    given = ("forget", "ada-example-2", "--words", "--yes", "--today=2026-02-02")
    ran = run_peerloom(*given, at=small)
    assert ran.returncode == 0, ran.stderr
    assert f"{kept}:2 Ada Example" in ran.stdout
    _git(small, "add", "--all")
    _git(small, "commit", "--quiet", "--message=Forget somebody")
    clone = small.parent / "clone"
    rewritten = run_peerloom("forget", "ada-example-2", "--history", str(clone), at=small)
    assert rewritten.returncode == 0, rewritten.stderr
    for commit in ("main", "main~1"):
        assert _git(clone, "show", f"{commit}:{kept}").decode() == other
    assert b"Ada Example <ada@other.example>" in _git(clone, "log", "--format=%an <%ae>")


def test_those_whose_time_to_be_kept_is_over_are_listed(small: Path) -> None:
    settings = small / "content/program.yml"
    said = settings.read_text()
    settings.write_text(said.replace("keeps_months: 24\n", ""))
    unsaid = run_peerloom("forget", "--due", at=small)
    assert unsaid.returncode == 1
    assert "does not say how long people are kept" in unsaid.stderr
    settings.write_text(said.replace("keeps_months: 24\n", "keeps_months: 8\n"))
    # The cohort ends on 28 June 2026.
    early = run_peerloom("forget", "--due", "--today=2027-02-27", at=small)
    assert early.stdout == "nobody is kept for longer than the 8 months of 'keeps_months'\n"
    late = run_peerloom("forget", "--due", "--today=2027-02-28", at=small)
    line = "took part until 28 June 2026, to be forgotten since 28 February 2027"
    assert late.stdout == f"ada: {line}\ngrace: {line}\n"
    both = run_peerloom("forget", "grace", "--due", at=small)
    assert (both.returncode, both.stdout) == (2, "")
    assert "'--due' lists people, and forgets nobody: leave the ID out" in both.stderr


def test_somebody_declined_in_a_cohort_without_an_end_is_not_kept_for_ever(small: Path) -> None:
    declined = "state: declined, applied_on: 2026-01-13, decided_on: 2026-02-01"
    waiting = declined.replace("declined", "waiting")
    people = {"bo": (declined, "Bo Declined"), "cy": (waiting, "Cy Waiting")}
    folder.write(
        small,
        {
            "content/cohorts/rolling.yml": "id: rolling\nname: Rolling\nstarts: 2026-01-12\n",
            **{
                f"content/participants/{id_}.yml": f"id: {id_}\nname: {name}\n"
                f"cohorts: [{{cohort: rolling, role: mentee, {part}}}]\n"
                for id_, (part, name) in people.items()
            },
        },
    )
    due = run_peerloom("forget", "--due", "--today=2028-02-01", at=small)
    assert due.stdout == (
        "bo: took part in nothing, as was clear by 1 February 2026, "
        "to be forgotten since 1 February 2028\n"
    )


def test_a_person_is_told_everything_that_is_held_and_where_others_speak_of_them(
    small: Path,
) -> None:
    ada = small / "content/participants/ada.yml"
    ada.write_text(ada.read_text() + "excluded: [grace]\nabout: I row with Grace.\n")
    told = json.loads(run_peerloom("about", "grace", "--format=json", at=small).stdout)
    held = {record["path"]: record for record in told["records"]}
    assert next(iter(held)) == "content/participants/grace.yml"
    assert held["content/participants/grace.yml"]["holds"]["about"] == "I sail to Ushuaia."
    assert not held["content/participants/grace.yml"]["shared"]
    assert "challenges" in held["content/check-ins/spring/ada-grace/2026-01-26-grace.yml"]["holds"]
    assert held["content/pairs/spring/ada-grace.yml"]["shared"]
    assert told["by_others"] == ["content/check-ins/spring/ada-grace/2026-01-26-ada.yml"]
    assert {"path": "content/pages/story.md", "line": 3, "word": "Grace Example"} in told[
        "mentions"
    ]
    assert held["content/participants/ada.yml"]["holds"] == {"excluded": "grace"}
    assert {"content/participants/ada.yml"} == {m["path"] for m in told["mentions"]} - {
        "content/pages/story.md"
    }
    text = run_peerloom("about", "grace", at=small).stdout
    assert "content/pairs/spring/ada-grace.yml (about others, too:" in text
    assert "  about: I sail to Ushuaia." in text
    assert "code that the person alone knows" in text
    missing = run_peerloom("about", "nobody", at=small)
    assert (missing.returncode, missing.stdout) == (1, "")


@pytest.mark.parametrize("command", ["about", "forget"])
def test_neither_command_prints_into_the_log_of_a_workflow(
    command: str, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    ran = run_peerloom(command, "grace", at=small)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "run it on a computer of yours" in ran.stderr


def test_the_id_of_a_pair_that_somebody_was_replaced_in_names_them_no_more(small: Path) -> None:
    bo = PROGRAM["content/participants/grace.yml"].replace("grace", "bo").replace("Grace", "Bo")
    pair = PROGRAM["content/pairs/spring/ada-grace.yml"].replace("mentee: grace", "mentee: bo")
    answer = PROGRAM["content/check-ins/spring/ada-grace/2026-01-26-ada.yml"]
    folder.write(
        small,
        {
            "content/participants/bo.yml": bo.replace("gr-hop", "bo-hop").replace("4711", "4712"),
            "content/pairs/spring/ada-grace.yml": pair,
        },
    )
    (small / "content/check-ins/spring/ada-grace/2026-01-26-grace.yml").unlink()
    assert run_peerloom("forget", "grace", "--yes", "--today=2026-02-02", at=small).returncode == 0
    text = (small / "content/pairs/spring/ada-bo.yml").read_text()
    # The pair of Ada and Bo goes on, with its goals and its check-ins.
    assert text == pair.replace("id: ada-grace", "id: ada-bo")
    moved = (small / "content/check-ins/spring/ada-bo/2026-01-26-ada.yml").read_text()
    assert moved == answer.replace("pair: ada-grace", "pair: ada-bo")
    assert not (small / "content/check-ins/spring/ada-grace").exists()
