"""`peerloom init` and `peerloom new`: an empty program, then its records one by one."""

import os
import pty
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from peerloom.cli.command import peerloom
from peerloom.ownership import code_owners_text
from peerloom.program import check, load
from run_peerloom import run_peerloom

ROOT = Path(__file__).parents[1]
FLAGS = {
    "--name": "Reading: “Circle” #1",
    "--repository": "reading-circle/mentoring",
    "--cohort": "2027-spring",
    "--starts": "2027-01-11",
    "--weeks": "20",
}


def _peerloom(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_peerloom("-C", str(folder), *arguments)


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
    home = (program / "site/index.html").read_text()
    assert "you can sign up for <strong>2027-spring</strong> is not decided yet" in home
    assert "Sign-up is closed" not in home


def test_a_new_program_has_forms_and_workflows_that_need_nothing_else(program: Path) -> None:
    workflows = sorted((program / ".github/workflows").glob("*.yml"))
    names = ["check-ins", "forms", "match", "report", "review", "site", "start", "upgrade"]
    assert [file.stem for file in workflows] == names
    for file in workflows:
        assert file.read_bytes() == (ROOT / ".github/workflows" / file.name).read_bytes()
    owners = (program / ".github/CODEOWNERS").read_text(encoding="utf-8")
    assert owners.endswith(code_owners_text("@reading-circle"))
    linter = Path(sys.executable).parent / "actionlint"
    subprocess.run([linter, *workflows], check=True, cwd=program)
    assert _peerloom(program, "check", "--today", "2026-12-01").returncode == 0
    before = {file: file.read_bytes() for file in (program / ".github/ISSUE_TEMPLATE").iterdir()}
    assert {file.name for file in before} == {"check-in.yml", "sign-up.yml", "withdraw.yml"}
    assert _peerloom(program, "renew").returncode == 0
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
        ("coordinator", "a b", "--coordinator: "),
        ("contact", "me@example.org", "--contact: "),
        ("time-zone", "Mars/One", "; write continent and city, such as Europe/Lisbon"),
        ("time-zone", "europe/lisbon", "; did you mean 'Europe/Lisbon'?"),
        ("cohort", "index", "--cohort: 'index' must not be an id"),
        ("weeks", "2", "2 is not in the range 3<=x<=260"),
        ("visibility", "secret", "'secret' is not known"),
        ("sign-up-opens", "2026-11-02", "--sign-up-closes: the first and the last day"),
        ("sign-up-closes", "2026-11-02", "--sign-up-opens: the first and the last day"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    tmp_path: Path, flag: str, value: str, said: str
) -> None:
    run = _init(tmp_path, **{flag: value})
    assert run.returncode == 2
    assert said in " ".join(run.stderr.split())
    assert list(tmp_path.iterdir()) == []


def test_a_program_cannot_install_from_an_index_what_was_not_released(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No workflow would ever run."""
    given = [part for flag in FLAGS.items() for part in flag]
    command = ["-C", str(tmp_path), "init", "our program", *given, "--from-index"]
    monkeypatch.setattr("peerloom.toolbox.is_release", lambda version: False)
    run = CliRunner().invoke(peerloom, command)
    assert run.exit_code == 2
    assert "is no release, so that no package index has it" in " ".join(run.output.split())
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr("peerloom.toolbox.is_release", lambda version: True)
    assert CliRunner().invoke(peerloom, command).exit_code == 0


def test_the_command_that_comes_next_can_be_pasted_though_the_folder_has_a_space(
    tmp_path: Path,
) -> None:
    run = _init(tmp_path)
    assert run.stdout.splitlines()[-1].endswith("our program' serve")


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "our program").mkdir()
    (tmp_path / "our program/mine.txt").write_text("mine")
    run = _init(tmp_path)
    assert run.returncode == 2
    said = (
        "'our program' must be a new or empty folder, or a fresh clone, and holds 'mine.txt'; "
        "nothing was changed"
    )
    assert said in " ".join(run.stderr.split())
    assert [p.name for p in (tmp_path / "our program").iterdir()] == ["mine.txt"]


def _clone(folder: Path, remote: str, **files: str) -> Path:
    """A fresh clone of a repository that GitHub made with these files."""
    clone = folder / "our program"
    clone.mkdir()
    for command in (["init", "--quiet"], ["remote", "add", "origin", remote]):
        subprocess.run(["git", *command], cwd=clone, check=True)
    for name, text in files.items():
        (clone / name).write_text(text, encoding="utf-8")
    return clone


@pytest.mark.parametrize(
    "remote",
    [
        "https://github.com/our-lab/mentoring.git",
        "https://noor:t0ken@github.com/our-lab/mentoring",
        "git@github.com:our-lab/mentoring.git",
        "ssh://git@github.com/our-lab/mentoring.git",
    ],
)
def test_a_fresh_clone_becomes_a_program_of_its_repository(tmp_path: Path, remote: str) -> None:
    clone = _clone(tmp_path, remote)
    run = _init(tmp_path, repository=None)
    assert (run.returncode, run.stderr) == (0, "")
    assert load(clone).program.settings.repository == "our-lab/mentoring"
    subprocess.run(["git", "add", "--all"], cwd=clone, check=True)
    assert check(clone, date(2026, 12, 1)).diagnostics == ()


def test_a_clone_of_another_host_does_not_say_its_repository(tmp_path: Path) -> None:
    _clone(tmp_path, "https://github.com.example.org/our-lab/mentoring.git")
    run = _init(tmp_path, repository=None)
    assert run.returncode == 2
    assert "--repository is missing" in run.stderr


def test_what_github_made_with_the_repository_is_kept_as_it_is(tmp_path: Path) -> None:
    made = {"README.md": "# Ours\n", "LICENSE": "MIT\n", ".gitignore": "site/\n*.pyc\n"}
    clone = _clone(tmp_path, "git@github.com:our-lab/mentoring.git", **made)
    run = _init(tmp_path, repository=None)
    assert (run.returncode, run.stderr) == (0, "")
    assert {name: (clone / name).read_text(encoding="utf-8") for name in made} == made
    assert "For its coordinator" in (clone / "README-peerloom.md").read_text(encoding="utf-8")
    assert "kept your README.md; what a coordinator does is in README-peerloom.md\n" in run.stdout
    assert "kept your .gitignore; add these lines to it, before anything else:\n" in run.stdout
    assert "\n    *.[cC][sS][vV]\n" in run.stdout
    assert "\n    site/\n" not in run.stdout
    assert "our program/README-peerloom.md, then run: peerloom" in run.stdout


def test_a_program_of_an_older_version_is_left_alone_and_upgrade_is_named(program: Path) -> None:
    (program / ".peerloom/version").write_text("0.0.1\n", encoding="utf-8")
    before = {file: file.read_bytes() for file in program.rglob("*") if file.is_file()}
    run = _init(program.parent)
    assert run.returncode == 2
    said = (
        "'our program' holds a program already; 'peerloom upgrade' brings one to this version, and "
        "'peerloom new' adds to it; nothing was changed"
    )
    assert said in " ".join(run.stderr.split())
    assert before == {file: file.read_bytes() for file in program.rglob("*") if file.is_file()}


def _answer_in_a_terminal(folder: Path, arguments: list[str], answers: str) -> int:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "peerloom", "-C", str(folder), "init", "p", *arguments]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.write(ours, answers.encode())
        code = process.wait()
    os.close(ours)
    os.close(theirs)
    return code


def test_in_a_terminal_what_is_missing_is_asked_for(tmp_path: Path) -> None:
    given = ["--repository", "a/b", "--cohort", "one", "--starts", "2027-01-11", "--weeks", "8"]
    answers = ["Our Program", "@ada, bob", "https://example.org/us", "Europe/Lisbon", "public"]
    answers += ["2026-11-02", "2026-12-18"]
    assert _answer_in_a_terminal(tmp_path, given, "\n".join([*answers, ""])) == 0
    loaded = load(tmp_path / "p").program
    settings, window = loaded.settings, loaded.cohorts["one"].applications
    assert (settings.name, settings.coordinators) == ("Our Program", ("ada", "bob"))
    assert (settings.contact, settings.time_zone) == ("https://example.org/us", "Europe/Lisbon")
    assert settings.visibility == "public"
    assert window
    assert (window.opens, window.closes) == (date(2026, 11, 2), date(2026, 12, 18))
    owners = (tmp_path / "p/.github/CODEOWNERS").read_text(encoding="utf-8")
    assert owners.endswith(code_owners_text("@ada @bob"))


def test_in_a_terminal_enter_leaves_out_what_can_wait(tmp_path: Path) -> None:
    given = ["--name", "X", "--repository", "a/b", "--cohort", "one", "--starts", "2027-01-11"]
    assert _answer_in_a_terminal(tmp_path, [*given, "--weeks", "8"], "\n" * 5) == 0
    loaded = load(tmp_path / "p").program
    assert (loaded.settings.coordinators, loaded.settings.contact) == ((), None)
    assert (loaded.settings.time_zone, loaded.settings.visibility) == ("UTC", "private")
    assert loaded.cohorts["one"].applications is None


def test_in_a_terminal_an_answer_that_cannot_be_is_asked_for_again(tmp_path: Path) -> None:
    given = ["--repository", "a/b", "--cohort", "one", "--starts", "2027-01-11", "--weeks", "8"]
    answers = ["X", "no login!", "ada", "me@example.org", "https://example.org/us", "Mars/One"]
    answers += ["Europe/Lisbon", "secret", "private", "2026-11-02", "2026-10-01", "2026-12-18"]
    assert _answer_in_a_terminal(tmp_path, given, "\n".join([*answers, ""])) == 0
    loaded = load(tmp_path / "p").program
    assert loaded.settings.coordinators == ("ada",)
    assert loaded.settings.contact == "https://example.org/us"
    assert loaded.settings.time_zone == "Europe/Lisbon"
    window = loaded.cohorts["one"].applications
    assert window
    assert window.closes == date(2026, 12, 18)


# The texts that a program begins with.

TEXTS = (
    *(f"content/pages/guidelines/{readers}.md" for readers in ("mentors", "mentees")),
    "content/pages/guidelines/coordinators.md",
    *(f"content/pages/{page}.md" for page in ("join", "partners", "privacy", "code-of-conduct")),
    *(
        f"content/training/{module}.md"
        for module in (
            "roles-and-boundaries",
            "the-agreement",
            "listening-and-questions",
            "goals-with-five-steps",
            "feedback",
            "inclusive-mentoring",
            "safety-and-confidentiality",
            "repair-and-closing",
        )
    ),
    "content/surveys/before-and-after.yml",
    "welcome.txt",
)
TODAY = "2026-12-01"
SETTINGS: list[dict[str, str | None]] = [
    {},
    {
        "visibility": "public",
        "contact": "https://example.org/contact?a=(b)",
        "coordinator": "ada",
        "time-zone": "Europe/Lisbon",
        "sign-up-opens": "2026-11-02",
        "sign-up-closes": "2026-12-18",
    },
    {"visibility": "public"},
    {"visibility": "private", "coordinator": "ada"},
]


@pytest.fixture(params=SETTINGS, ids=["bare", "public", "bare-public", "private"])
def any_program(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A new program with one of the settings that its texts depend on."""
    assert _init(tmp_path, **request.param).returncode == 0
    return tmp_path / "our program"


def test_each_text_is_there_and_says_whose_it_is_to_edit(program: Path) -> None:
    for path in TEXTS:
        first_lines = (program / path).read_text(encoding="utf-8")[:120]
        assert "ours to edit" in first_lines, path
    written = {
        str(file.relative_to(program))
        for kind in ("pages", "training", "surveys")
        for file in (program / "content" / kind).rglob("*.*")
    }
    assert written == set(TEXTS) - {"welcome.txt"}
    cohort = load(program).program.cohorts["2027-spring"]
    assert [f"content/training/{id_}.md" for id_ in cohort.training] == list(TEXTS[7:15])
    assert cohort.surveys == ("before-and-after",)


def test_no_text_begins_with_what_another_program_is(program: Path) -> None:
    for path in TEXTS:
        text = (program / path).read_text(encoding="utf-8")
        assert not any(word in text for word in ("Open Bench", "openbench", "{{", "{%")), path


@pytest.mark.parametrize("audience", ["public", "members", "coordinators"])
def test_check_finds_nothing_in_a_new_program(any_program: Path, audience: str) -> None:
    run = _peerloom(any_program, "check", "--today", TODAY, "--audience", audience)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.endswith("files checked, nothing to fix\n")


@pytest.mark.parametrize("audience", ["public", "members"])
def test_a_strict_build_of_a_new_program_has_every_page(any_program: Path, audience: str) -> None:
    run = _peerloom(any_program, "build", "--today", TODAY, "--audience", audience)
    assert (run.returncode, run.stderr) == (0, "")
    for path in TEXTS[:15]:
        page = path.removeprefix("content/").removeprefix("pages/").removesuffix(".md")
        html = (any_program / "site" / page / "index.html").read_text(encoding="utf-8")
        assert "ours to edit" not in html


def test_privacy_and_conduct_are_true_for_who_can_read_the_repository(tmp_path: Path) -> None:
    pages = {}
    for visibility in ("public", "private"):
        (tmp_path / visibility).mkdir()
        assert _init(tmp_path / visibility, visibility=visibility).returncode == 0
        folder = tmp_path / visibility / "our program/content/pages"
        pages[visibility] = [
            (folder / f"{page}.md").read_text(encoding="utf-8")
            for page in ("privacy", "code-of-conduct", "join")
        ]
    privacy, conduct, join = pages["public"]
    assert "in a public repository" in privacy
    assert "everybody can read those" in conduct
    assert "everybody can read what you write there" in join
    privacy, conduct, join = pages["private"]
    assert "in a private repository" in privacy
    assert "other members can read those" in conduct
    assert "every member can read what you write there" in join


def test_the_pages_say_how_to_reach_the_coordinators(tmp_path: Path) -> None:
    for flags, link in (
        ({"contact": "https://example.org/us"}, "[the coordinators](https://example.org/us)"),
        ({"coordinator": "ada"}, "the coordinators ([@ada](https://github.com/ada))"),
    ):
        folder = tmp_path / next(iter(flags))
        folder.mkdir()
        assert _init(folder, **flags).returncode == 0
        for page in ("privacy", "code-of-conduct", "join", "partners"):
            text = (folder / f"our program/content/pages/{page}.md").read_text(encoding="utf-8")
            assert link in text, page


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_coordinator_needs_a_number_once_somebody_takes_part(tmp_path: Path) -> None:
    assert _init(tmp_path, coordinator="ada").returncode == 0
    program = tmp_path / "our program"
    assert check(program, date(2026, 12, 1)).diagnostics == ()
    person = ["id=bo", "name=Bo", "cohorts.cohort=2027-spring", "cohorts.role=mentee"]
    consent = ["consent.given_on=2026-11-01", "consent.show=members", "languages=en"]
    assert _peerloom(program, "new", "participant", *person, *consent).returncode == 0
    rules = [diagnostic.rule for diagnostic in check(program, date(2026, 12, 1)).diagnostics]
    assert rules == ["coordinators-have-account-numbers"]


@pytest.mark.parametrize("starts", ["2026-11-30", "2027-01-11", "2030-06-05"])
@pytest.mark.parametrize("coordinator", [None, "ada"])
def test_each_example_in_a_comment_can_be_taken_as_it_is(
    tmp_path: Path, starts: str, coordinator: str | None
) -> None:
    """Somebody who does not know YAML fills in a list by deleting '# ' before its lines."""
    assert _init(tmp_path, starts=starts, coordinator=coordinator).returncode == 0
    program = tmp_path / "our program"
    taken = set()
    for path in ("content/program.yml", "content/cohorts/2027-spring.yml"):
        file = program / path
        text = re.sub(
            r"^# (?= *(- |[a-z_-]+:))", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE
        )
        taken |= set(re.findall(r"^([a-z_]+):", text, flags=re.MULTILINE))
        file.write_text(text, encoding="utf-8")
    assert {"coordinator_ids", "contact", "skills", "aims", "applications"} <= taken
    assert _peerloom(program, "renew").returncode == 0
    run = _peerloom(program, "check", "--today", TODAY)
    assert run.stdout.endswith(" files checked, nothing to fix\n"), run.stdout


def test_check_stays_without_errors_through_the_steps_of_the_readme(program: Path) -> None:
    def warnings() -> list[str]:
        run = _peerloom(program, "check", "--today", TODAY)
        assert (run.returncode, run.stderr) == (0, ""), run.stdout
        return [line.split()[2] for line in run.stdout.splitlines() if ": warning " in line]

    settings, cohort = program / "content/program.yml", program / "content/cohorts/2027-spring.yml"
    assert warnings() == []
    _change(settings, "coordinators:\n#  - your-login", "coordinators: [ada]")
    assert warnings() == ["made-files-are-current"]  # CODEOWNERS
    assert set(warnings()) == {"made-files-are-current"}  # the forms name the contact
    assert _peerloom(program, "renew").returncode == 0
    assert warnings() == []
    _change(settings, "time_zone: UTC", "time_zone: Europe/Lisbon")
    _change(settings, "skills:", "skills:\n  - id: python\n    name: Python")
    assert set(warnings()) == {"made-files-are-current"}
    # What 'peerloom numbers' writes when it has asked GitHub.
    _change(settings, "coordinators: [ada]", "coordinators: [ada]\ncoordinator_ids: {ada: 1}")
    _change(cohort, "name: 2027-spring", "name: Spring 2027\naims: [Learn from each other.]")
    assert set(warnings()) == {"made-files-are-current"}
    assert _peerloom(program, "renew").returncode == 0
    assert warnings() == []
    for text in ("content/pages/privacy.md", "content/training/feedback.md"):
        (program / text).write_text(
            (program / text).read_text(encoding="utf-8") + "\nOurs.\n", encoding="utf-8"
        )
    assert warnings() == []
    sheet = str(program / "sign-ups.csv")
    Path(sheet).write_text(
        "Name,Role,I offer,I want to learn,Languages\n"
        "Ada Example,Mentor,Python,,English\nBo Example,Mentee,,Python,English\n",
        encoding="utf-8",
    )
    steps = [
        ("import", sheet, "--cohort", "2027-spring", "--dry-run"),
        ("import", sheet, "--cohort", "2027-spring", "--show", "members"),
        ("match", "2027-spring"),
        ("match", "2027-spring", "--write"),
    ]
    for step in steps:
        run = _peerloom(program, *step, "--today", TODAY)
        assert run.returncode == 0, run.stdout + run.stderr
        assert warnings() == []
    (pair,) = (program / "content/pairs/2027-spring").iterdir()
    _change(pair, "status: proposed", "status: active\nstarted_on: 2026-12-01")
    assert warnings() == []
    assert _peerloom(program, "build", "--today", TODAY).returncode == 0
    assert _peerloom(program, "attention", "--today", TODAY).returncode == 0


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
    _change(program / "content/program.yml", "# contact:", "contact:")
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


_SHEET = "Name,Role,Skills you can offer,Skills you want to learn\nAda Example,Mentor,Python,\n"


@pytest.mark.parametrize("line", ["skills:\n", "#    aliases: [python3, Python programming]\n"])
def test_skills_that_import_printed_can_be_pasted_into_a_new_program(
    program: Path, line: str
) -> None:
    (program / "sheet.csv").write_text(_SHEET, encoding="utf-8")
    asked = [
        "import",
        str(program / "sheet.csv"),
        "--cohort",
        "2027-spring",
        "--dry-run",
        "--details",
    ]
    run = _peerloom(program, *asked)
    printed = (run.stdout + run.stderr).partition("put them under 'skills'")[2]
    pasted = "".join(line for line in printed.splitlines(keepends=True) if line[:2] == "  ")
    assert pasted == "  - id: python\n    name: Python\n"
    _change(program / "content/program.yml", line, line + pasted)
    assert [skill.id for skill in load(program).program.settings.skills] == ["python"]
    assert {d.severity for d in check(program, date(2026, 12, 1)).diagnostics} <= {"warning"}


def test_skills_that_import_adds_leave_the_comments_of_a_new_program(program: Path) -> None:
    file = program / "content/program.yml"
    before = file.read_text(encoding="utf-8")
    (program / "sheet.csv").write_text(_SHEET, encoding="utf-8")
    run = _peerloom(
        program, "import", str(program / "sheet.csv"), "--cohort", "2027-spring", "--add-skills"
    )
    assert run.returncode == 0, run.stderr
    added = "skills:\n  - id: python\n    name: Python\n"
    assert file.read_text(encoding="utf-8") == before.replace("skills:\n", added)
