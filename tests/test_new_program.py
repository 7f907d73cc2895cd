"""`peerloom init` and `peerloom new`: an empty program, then its records one by one."""

import os
import pty
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from peerloom import __version__
from peerloom.ownership import code_owners_text
from peerloom.program import check, load

FLAGS = {
    "--name": "Reading: “Circle” #1",
    "--repository": "reading-circle/mentoring",
    "--cohort": "2027-spring",
    "--starts": "2027-01-11",
    "--weeks": "20",
}


def _peerloom(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "peerloom", "-C", str(folder), *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


def _init(folder: Path, **changes: str | None) -> subprocess.CompletedProcess[str]:
    flags = FLAGS | {f"--{key}": value for key, value in changes.items()}
    given = [part for key, value in flags.items() if value is not None for part in (key, value)]
    return _peerloom(folder, "init", "our program", *given)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    assert _init(tmp_path).returncode == 0
    return tmp_path / "our program"


def test_a_new_program_is_valid_and_has_what_was_said(program: Path) -> None:
    assert check(program, date(2026, 12, 1)).diagnostics == ()
    loaded = load(program).program
    assert loaded.settings.name == FLAGS["--name"]
    assert loaded.settings.repository == FLAGS["--repository"]
    cohort = loaded.cohorts["2027-spring"]
    assert (cohort.starts, cohort.ends) == (date(2027, 1, 11), date(2027, 5, 30))
    assert cohort.check_ins
    assert cohort.check_ins.every_weeks == 2
    assert "For its coordinator" in (program / "README.md").read_text()


def test_a_new_program_builds_its_site(program: Path) -> None:
    run = _peerloom(program, "build", "--today", "2026-12-01")
    assert run.returncode == 0, run.stderr
    assert "No pair is shown yet" in (program / "site/cohorts/2027-spring/index.html").read_text()


def test_a_new_program_has_forms_and_workflows_that_need_nothing_else(program: Path) -> None:
    workflows = sorted((program / ".github/workflows").glob("*.yml"))
    names = ["check-ins", "forms", "match", "received", "report", "review", "site"]
    assert [file.stem for file in workflows] == names
    for file in workflows:
        text = file.read_text(encoding="utf-8")
        assert "constraints.txt" not in text
        assert f'pip install --quiet "peerloom=={__version__}"' in text
    owners = (program / ".github/CODEOWNERS").read_text(encoding="utf-8")
    assert owners == code_owners_text("@reading-circle")
    linter = Path(sys.executable).parent / "actionlint"
    subprocess.run([linter, *workflows], check=True, cwd=program)
    assert _peerloom(program, "check", "--today", "2026-12-01").returncode == 0
    before = {file: file.read_bytes() for file in (program / ".github/ISSUE_TEMPLATE").iterdir()}
    assert {file.name for file in before} == {"check-in.yml", "sign-up.yml"}
    assert _peerloom(program, "forms").returncode == 0
    assert before == {file: file.read_bytes() for file in before}


@pytest.mark.parametrize("flag", ["name", "repository", "cohort", "starts", "weeks"])
def test_without_a_terminal_a_missing_flag_is_not_asked_for(tmp_path: Path, flag: str) -> None:
    run = _init(tmp_path, **{flag: None})
    assert run.returncode == 2
    assert f"--{flag} is missing, and there is no terminal to ask in" in run.stderr
    assert not (tmp_path / "our program").exists()


@pytest.mark.parametrize(
    ("flag", "value", "said"),
    [
        ("repository", "no slash", "--repository: 'repository' must be written such as"),
        ("cohort", "../../etc", "--cohort: 'id' must be written such as"),
        ("starts", "2027-02-30", "'2027-02-30' must be a date such as 2026-02-09"),
        ("weeks", "many", "'many' is not a valid integer range"),
        ("name", "", "--name: 'name' must not be empty"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    tmp_path: Path, flag: str, value: str, said: str
) -> None:
    run = _init(tmp_path, **{flag: value})
    assert run.returncode == 2
    assert said in " ".join(run.stderr.split())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "our program").mkdir()
    (tmp_path / "our program/mine.txt").write_text("mine")
    run = _init(tmp_path)
    assert run.returncode == 2
    assert "must be a new or empty folder; nothing was changed" in run.stderr
    assert [p.name for p in (tmp_path / "our program").iterdir()] == ["mine.txt"]


def test_in_a_terminal_what_is_missing_is_asked_for(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "peerloom", "-C", str(tmp_path), "init", "p"]
    command += ["--repository", "a/b", "--cohort", "one", "--starts", "2027-01-11", "--weeks", "8"]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.write(ours, b"Our Program\n")
        assert process.wait() == 0
    os.close(ours)
    os.close(theirs)
    assert load(tmp_path / "p").program.settings.name == "Our Program"


def test_records_are_made_from_keys_and_values(program: Path) -> None:
    for id_, role in (("ada", "mentor"), ("grace", "mentee")):
        run = _peerloom(
            program,
            *("new", "participant", f"id={id_}", f"name={id_.title()} Žižek", "languages=en, pt"),
            *("cohorts.cohort=2027-spring", f"cohorts.role={role}"),
            *("consent.given_on=2026-11-01", "consent.show=public"),
        )
        assert (run.returncode, run.stdout) == (0, f"wrote content/participants/{id_}.yml\n")
    run = _peerloom(
        program,
        *("new", "pair", "id=ada-grace", "cohort=2027-spring", "mentor=ada", "mentee=grace"),
        "status=proposed",
    )
    assert run.returncode == 0, run.stderr
    loaded = load(program).program
    assert loaded.participants["ada"].name == "Ada Žižek"
    assert loaded.participants["ada"].languages == ("en", "pt")
    assert loaded.pairs["2027-spring", "ada-grace"].mentee == "grace"
    assert check(program, date(2026, 12, 1)).diagnostics == ()


def test_what_check_would_call_an_error_is_not_written(program: Path) -> None:
    run = _peerloom(
        program,
        *("new", "pair", "id=x", "cohort=2027-spring", "mentor=nobody", "mentee=noone"),
        "status=proposed",
    )
    assert run.returncode == 1
    assert "named-people-exist participant 'nobody' must be in" in run.stderr
    assert "nothing was written" in run.stderr
    assert not (program / "content/pairs/2027-spring").exists()


def test_what_a_record_needs_is_named_where_nobody_can_be_asked(program: Path) -> None:
    run = _peerloom(program, "new", "participant", "id=ada")
    assert run.returncode == 1
    assert "missing-key a participant must have the key 'name'" in run.stderr
    assert "a participant needs id, name, cohorts.cohort, cohorts.role" in run.stderr


def test_a_record_that_is_there_is_not_written_over(program: Path) -> None:
    run = _peerloom(
        program, "new", "cohort", "id=2027-spring", "name=x", "starts=2027-01-01", "ends=2027-02-01"
    )
    assert run.returncode == 1
    assert "is there already; edit that file, or choose another id" in run.stderr
