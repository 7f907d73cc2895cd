"""Workflows: linters find nothing, every action is pinned, and nobody's text reaches a shell."""

import re
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

from peerloom import github_names, source
from peerloom.made_files import made_file_texts
from peerloom.program import load
from peerloom.toolbox import LOCK_NAMES

ROOT = Path(__file__).parents[1]
FORMS = list((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"))
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
# Those that a program has, too.
PROGRAMS_WORKFLOWS = [path for path in WORKFLOWS if path.stem not in ("release", "tests")]
# All but one install what the program carries; an upgrade installs what it will carry.
FROM_TOOLBOX = [path for path in PROGRAMS_WORKFLOWS if path.stem != "upgrade"]
# What each may ask for; all else is refused.
NEEDED = {
    "check-ins": {"contents", "pull-requests", "issues", "statuses", "actions"},
    "forms": {"contents", "pull-requests", "issues", "statuses", "actions"},
    "match": {"contents", "pull-requests", "issues", "statuses"},
    "release": {"contents", "id-token", "attestations"},
    "report": {"contents"},
    "review": {"contents", "pull-requests", "issues", "statuses", "actions"},
    "site": {"contents", "pages", "id-token"},
    "start": {"contents", "pull-requests"},
    "tests": {"contents"},
    "upgrade": {"contents", "pull-requests"},
}
BIN = Path(sys.executable).parent


def _run(*command: str) -> str:
    tool = BIN / command[0]
    assert tool.exists(), f"'{tool}' must be there: run pip install -c constraints.txt -e '.[dev]'"
    done = subprocess.run(
        [tool, *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr if done.returncode else ""


def test_actionlint_finds_nothing() -> None:
    assert _run("actionlint", *map(str, WORKFLOWS)) == ""


def test_zizmor_finds_nothing() -> None:
    assert _run("zizmor", "--offline", "--quiet", "--persona", "pedantic", ".github") == ""


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", [str(path) for path in WORKFLOWS]),
        ("vendor.dependabot", [".github/dependabot.yml"]),
        ("vendor.github-issue-forms", sorted(map(str, FORMS))),
    ],
)
def test_the_published_schemas_allow_them(schema: str, files: list[str]) -> None:
    assert _run("check-jsonschema", "--builtin-schema", schema, *files) == ""


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_has_as_little_as_it_needs(path: Path) -> None:
    workflow = source.parse(path.read_bytes()).value
    assert workflow["permissions"] == {}
    assert "concurrency" in workflow
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 60
        assert set(job["permissions"]) <= NEEDED[path.stem]
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            if "uses" in step:
                assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"])
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_an_action_is_the_same_everywhere_and_says_its_version() -> None:
    used: dict[str, set[str]] = {}
    for path in WORKFLOWS:
        for line in path.read_text(encoding="utf-8").splitlines():
            if " uses:" in line:
                name, _, pin = line.partition(" uses:")[2].strip().partition("@")
                used.setdefault(name, set()).add(pin)
                assert re.fullmatch(r"[0-9a-f]{40} # v\d+\.\d+\.\d+", pin), line
    assert all(len(pins) == 1 for pins in used.values())


_PIP = "python -m pip install --quiet --no-compile --require-hashes --only-binary :all:"
INSTALL = f"""\
{_PIP} --requirement .peerloom/{{}}
# Only where Peerloom itself is made, whose source is then installed as it is.
[ ! -d tools/peerloom ] || python -m pip install --quiet --no-index --no-deps --no-build-isolation .
"""


@pytest.mark.parametrize("path", FROM_TOOLBOX, ids=lambda path: path.stem)
def test_a_workflow_installs_only_what_the_toolbox_has_with_its_hashes(path: Path) -> None:
    """No code of a package runs meanwhile: wheels are unpacked, and nothing else is allowed."""
    for job in source.parse(path.read_bytes()).value["jobs"].values():
        scripts = [step["run"] for step in job["steps"] if "install" in step.get("run", "").split()]
        assert scripts in ([], *([INSTALL.format(name)] for name in LOCK_NAMES))
        runs_peerloom = any("peerloom " in step.get("run", "") for step in job["steps"])
        assert bool(scripts) == runs_peerloom


def test_an_upgrade_installs_what_the_project_released_and_its_lock_names() -> None:
    path = ROOT / ".github/workflows/upgrade.yml"
    (job,) = source.parse(path.read_bytes()).value["jobs"].values()
    download, install = (step["run"] for step in job["steps"][2:4])
    home = job["steps"][2]["env"]["HOME_OF_PEERLOOM"]
    assert f"https://github.com/{home}" in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    # Nothing is installed before it is known who built it.
    assert download.splitlines()[-1].startswith("gh attestation verify peerloom-*.whl --repo")
    assert install.splitlines()[-2:] == [
        "python -m pip install --quiet --no-compile --require-hashes --only-binary :all: "
        "--requirement requirements.txt",
        "python -m pip install --quiet --no-index --no-deps peerloom-*.whl",
    ]


@pytest.mark.parametrize("path", PROGRAMS_WORKFLOWS, ids=lambda path: path.stem)
def test_only_the_workflow_that_matches_installs_the_solvers(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert (".peerloom/requirements.txt" in text) == ("peerloom match" in text)
    assert (".peerloom/requirements-build.txt" in text) == (path.stem in ("report", "site"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_who_can_merge_reads_nothing_that_people_wrote(path: Path) -> None:
    """And the review, which does, cannot write to the repository."""
    jobs = source.parse(path.read_bytes()).value["jobs"]
    for name, job in jobs.items():
        if job["permissions"].get("actions") == "write":
            assert name in ("merge", "start")
            assert not any("uses" in step or "python" in step["run"] for step in job["steps"])
    if path.stem == "review":
        writers = [n for n, job in jobs.items() if job["permissions"].get("contents") == "write"]
        assert writers == ["merge"]


MERGING = ["check-ins", "forms", "review"]


@pytest.mark.parametrize("name", MERGING)
def test_whoever_merges_in_public_starts_what_a_person_s_merge_would(name: str) -> None:
    """In a private repository, whose minutes are billed, it is left to the schedule."""
    text = (ROOT / f".github/workflows/{name}.yml").read_text(encoding="utf-8")
    (started,) = re.findall(r"STARTED: \$\{\{ (.+) && '(.+)' \|\| '' \}\}", text)
    after_a_push = {path.stem for path in WORKFLOWS if _starts_after(path, CHECK_IN)}
    assert started[0] == "github.event.repository.visibility == 'public'"
    assert set(started[1].split()) == after_a_push | {"site"}
    assert "for workflow in ${branch:+$STARTED}; do" in text


def test_all_merge_in_the_same_way() -> None:
    scripts = {step["run"] for name in MERGING for step in _read_jobs(name)["merge"]["steps"]}
    assert len(scripts) == 1


def _read_jobs(name: str) -> dict:
    return source.parse((ROOT / f".github/workflows/{name}.yml").read_bytes()).value["jobs"]


def test_what_fails_in_check_ins_keeps_nothing_else_from_being_done() -> None:
    jobs = _read_jobs("check-ins")
    steps = [s for s in jobs["catch-up"]["steps"] if "-m peerloom" in s.get("run", "")]
    commands = [step["run"].split()[3] for step in steps]
    assert commands == ["propose", "renew", "receive", "publish", "remind", "check"]
    assert all("!cancelled()" in step["if"] for step in steps[1:])
    # What failed because nothing could be installed is not said five times.
    assert all("steps.install.outcome == 'success'" in step["if"] for step in steps[1:])
    assert all("!cancelled()" in jobs[name]["if"] for name in ("merge", "start"))


def test_the_label_by_which_a_form_is_left_to_the_schedule_is_the_program_s() -> None:
    condition = _read_jobs("forms")["propose"]["if"]
    assert f"'{github_names.TWICE_A_DAY_LABEL}'" in condition


CHECK_IN = "content/check-ins/spring/ada-grace/2026-02-09-grace.yml"


def _starts_after(path: Path, changed: str) -> bool:
    """Whether a push that changes a file of the content starts a workflow, by its paths."""
    push = (source.parse(path.read_bytes()).value["on"] or {}).get("push") or {}
    return any(
        fnmatch(changed, pattern) for pattern in push.get("paths", ()) if "content" in pattern
    )


def test_what_is_renewed_starts_no_workflow_that_renews() -> None:
    path = ROOT / ".github/workflows/check-ins.yml"
    assert "peerloom renew --publish" in path.read_text(encoding="utf-8")
    assert _starts_after(path, "content/program.yml")
    assert _starts_after(path, "content/cohorts/2027-spring.yml")
    for made in made_file_texts(load(ROOT).program):
        assert not _starts_after(path, made)
