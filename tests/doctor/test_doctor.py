"""What a repository's settings must be, said in words with where to click, and set where asked."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import folder
from peerloom.cli.command import peerloom
from stand_in import StandIn

HOME = "reading-circle/mentoring"
PRIVATE = "reading-circle/coordinators"
MINUTES = (
    "minutes of GitHub's machines: about 125 in the next month, if each answer is merged by "
    "itself; a free plan has 2,000\n"
)
LIMITS = "what the plan withholds (private, Team plan); docs/plans.md has all plans:\n"


@pytest.fixture
def hub():
    with StandIn(HOME) as hub:
        yield hub


@pytest.fixture
def ask(tmp_path: Path, hub: StandIn, monkeypatch):
    forms = (".github/ISSUE_TEMPLATE/check-in.yml", ".github/ISSUE_TEMPLATE/sign-up.yml")
    files = dict.fromkeys((*forms, ".github/CODEOWNERS"), "")
    program = folder.MINIMAL["content/program.yml"] + f"coordinators_repository: {PRIVATE}\n"
    files["content/program.yml"] = program
    hub.repositories[HOME].settings.secrets = ["COORDINATORS_TOKEN"]
    hub.repositories[HOME].settings.people = {"noor": ("write", 1)}
    root = folder.write(tmp_path / "program", folder.MINIMAL | files)
    for key, value in hub.environment.items():
        monkeypatch.setenv(key, value)
    return lambda *more: CliRunner().invoke(peerloom, ["-C", str(root), "doctor", *more])


def test_a_new_repository_is_told_everything_with_where_to_click(ask, hub: StandIn) -> None:
    result = ask()
    assert result.exit_code == 1
    home = f"https://github.com/{HOME}"
    told, _, limits = result.stdout.partition(LIMITS)
    assert [line.partition(":")[0] for line in limits.splitlines()] == [
        "  Pages that only members can read",
        "  People who can read, and not write",
        "  Forks, for pull requests without write access",
        "  Minutes of Actions in a month",
        "  Pull requests that Actions open",
        "minutes of GitHub's machines",
    ]
    assert told == (
        "forking must be allowed: people without write access send their check-in from a fork\n"
        f"  {home}/settings#features ('--fix' sets it)\n"
        "workflows must get a token that only reads, unless they ask for more\n"
        f"  {home}/settings/actions ('--fix' sets it)\n"
        "Actions must be allowed to create pull requests: they create those for check-ins by form\n"
        f"  {home}/settings/actions ('--fix' sets it)\n"
        "'main' must take changes by pull request alone, and only with the status 'peerloom', "
        "which says that the rules hold\n"
        f"  {home}/settings/rules ('--fix' sets it)\n"
        "these labels must be there: check-in, for a maintainer, needs a coordinator, read twice a "
        "day, sign-up\n"
        f"  {home}/labels ('--fix' sets it)\n"
    )
    assert {method for method, _, _ in hub.requests} == {"GET"}


def test_what_can_be_set_is_set_after_it_was_shown(ask, hub: StandIn) -> None:
    now = hub.repositories[HOME].settings
    now.workflows = {"check-ins": "disabled_inactivity", "site": "active"}
    hub.repositories[HOME].has_issues = False
    now.actions = {"enabled": True, "allowed_actions": "local_only"}
    shown = ask("--fix")
    assert shown.exit_code == 0
    said = shown.stdout
    assert all(
        said.index(what) < said.index(f"set: {what}")
        for what in said.split("\n")
        if (f"set: {what}\n" in said)
    )
    assert said.count("('--fix' sets it)") == said.count("\nset: ") == 8
    assert "the workflow 'check-ins' must be on: after 60 quiet days" in shown.stdout
    assert "set: issues must be switched on: reminders and sign-ups are issues" in shown.stdout
    assert now.allow_forking
    after = ask()
    assert after.exit_code == 0
    assert after.stdout == (
        f"{LIMITS}"
        "  Pages that only members can read: no. Free of charge: members download the site from "
        "the newest run of the workflow 'site', which builds it twice a day and when somebody "
        "starts it, or read 'peerloom serve' on their own computer\n"
        "  People who can read, and not write: yes; each takes a paid seat. Free of charge: move "
        "the repository to a free organization, or make it public\n"
        "  Minutes of Actions in a month: 3,000; each job is rounded up to a whole one (not "
        "verified). Free of charge: make the repository public\n"
        f"{HOME} is as the program needs it\n{MINUTES}"
    )
    assert now.workflows["check-ins"] == "active"
    assert now.token["default_workflow_permissions"] == "read"


def test_pages_are_public_and_so_a_private_repository_has_none(ask, hub: StandIn) -> None:
    hub.repositories[HOME].settings.pages = "legacy"
    assert "a private repository must not publish Pages" in ask().stdout


def test_a_public_repository_that_says_it_is_private_is_told_first(ask, hub: StandIn) -> None:
    hub.repositories[HOME].settings.private = False
    said = ask().stdout.splitlines()[0]
    assert said == (
        "the repository is public, and content/program.yml says that it is private: what is "
        "shown and kept depends on it"
    )


def test_what_the_token_may_not_see_is_said_and_not_guessed(ask, hub: StandIn, monkeypatch) -> None:
    hub.faults = lambda number, method, path: "no" if "/actions/" in path else None
    said = ask().stdout
    assert "not checked, as the token may not see it: whether Actions are on" in said
    assert "workflows must get a token" not in said


def test_no_token_and_no_repository_are_a_sentence(ask, monkeypatch) -> None:
    monkeypatch.setenv("GITHUB_REPOSITORY", "somebody/elsewhere")
    result = ask()
    assert result.exit_code == 1
    assert "somebody/elsewhere does not exist, has moved, or the token may not" in result.stderr
    monkeypatch.delenv("GITHUB_TOKEN")
    assert "there is no token for GitHub" in ask().stderr


def test_a_schedule_that_no_longer_runs_is_told(ask, hub: StandIn) -> None:
    hub.repositories[HOME].settings.last_run = "2026-02-09"
    well = ask("--today", "2026-02-11").stdout
    assert "last did on" not in well
    assert "the schedule last ran 'check-ins' on 2026-02-09\n" in well
    said = ask("--today", "2026-02-12").stdout
    assert "'check-ins' must run every day, and last did on 2026-02-09" in said
    assert f"https://github.com/{HOME}/actions/workflows/check-ins.yml" in said


def test_files_that_github_reads_are_asked_for(ask, hub: StandIn, tmp_path: Path) -> None:
    (tmp_path / "program/.github/CODEOWNERS").unlink()
    (tmp_path / "program/.github/ISSUE_TEMPLATE/sign-up.yml").unlink()
    said = ask().stdout
    assert "run 'peerloom renew', and commit what it writes" in said
    assert "a file CODEOWNERS must say who looks at changes" in said


def test_a_secret_that_is_missing_is_told(ask, hub: StandIn, tmp_path: Path) -> None:
    hub.repositories[HOME].settings.secrets = []
    assert "the secret COORDINATORS_TOKEN must hold a token" in ask().stdout
    hub.repositories[HOME].settings.secrets = ["COORDINATORS_TOKEN"]
    assert "COORDINATORS_TOKEN" not in ask().stdout


def test_a_secret_of_the_organization_is_as_good(ask, hub: StandIn, tmp_path: Path) -> None:
    hub.repositories[HOME].settings.secrets = []
    hub.repositories[HOME].settings.shared_secrets = ["COORDINATORS_TOKEN"]
    assert "COORDINATORS_TOKEN" not in ask().stdout


def test_the_key_to_the_public_site_is_asked_for_where_it_is_used(ask, hub: StandIn) -> None:
    now = hub.repositories[HOME].settings
    assert "SITE_TOKEN" not in ask().stdout
    now.variables = {"SITE_REPOSITORY": "reading-circle/site"}
    assert (
        "the secret SITE_TOKEN of the environment 'public-site' must hold a token for "
        "reading-circle/site, to publish the public site there\n"
        f"  https://github.com/{HOME}/settings/environments\n"
    ) in ask().stdout
    now.site_secrets = ["SITE_TOKEN"]
    assert "SITE_TOKEN" not in ask().stdout
    assert MINUTES.replace("125", "247") in ask().stdout


@pytest.mark.parametrize(
    "actions", [{"allowed_actions": "local_only"}, {"allowed_actions": "selected"}]
)
def test_actions_that_github_wrote_must_be_allowed(ask, hub: StandIn, actions) -> None:
    now = hub.repositories[HOME].settings
    now.actions |= actions
    assert "actions that GitHub wrote must be allowed: the workflows use them" in ask().stdout
    ask("--fix")
    assert now.actions == {"enabled": True, "allowed_actions": "selected"}
    assert now.selected["github_owned_allowed"]
    assert "actions that GitHub wrote" not in ask().stdout


def test_actions_that_are_off_are_switched_on(ask, hub: StandIn) -> None:
    now = hub.repositories[HOME].settings
    now.actions = {"enabled": False}
    assert "Actions must be switched on: they run the program\n" in ask("--fix").stdout
    assert now.actions["enabled"]


def test_a_workflow_that_somebody_switched_off_stays_a_person_s_to_switch_on(
    ask, hub: StandIn
) -> None:
    now = hub.repositories[HOME].settings
    now.workflows = {"check-ins": "active", "site": "disabled_manually"}
    said = ask("--fix").stdout
    assert "the workflow 'site' must be on, and somebody switched it off" in said
    assert now.workflows["site"] == "disabled_manually"


def test_a_repository_that_moved_is_told_where_links_are_made(
    ask, hub: StandIn, tmp_path: Path
) -> None:
    file = tmp_path / "program/content/program.yml"
    file.write_text(file.read_text().replace(HOME, "reading-circle/before"))
    assert ask().stdout.startswith(
        f"'repository' in content/program.yml must be {HOME}, and is reading-circle/before: links "
        "in issues and pages lead there\n"
        f"  https://github.com/{HOME}/edit/main/content/program.yml\n"
    )


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ({}, "no account is called 'noor' any more: take it out of 'coordinators' in content/"),
        ({"noor": ("read", 5)}, "the coordinator 'noor' must be able to merge: give write access"),
        ({"noor": ("write", 6)}, "the account 'noor' is another one than 'coordinator_ids' says"),
        ({"noor": ("write", 5)}, None),
    ],
)
def test_a_coordinator_who_left_is_told(
    ask, hub: StandIn, tmp_path: Path, people, expected: str | None
) -> None:
    file = tmp_path / "program/content/program.yml"
    file.write_text(file.read_text().replace("{noor: 1}", "{Noor: 5}"))
    hub.repositories[HOME].settings.people = people
    said = ask().stdout
    assert "noor" not in said if expected is None else expected in said


OUT = (
    "make the repository public; or move it to an organization, which may be free, where whoever "
    "takes part is an outside collaborator who only reads"
)


def test_a_free_plan_is_told_which_guards_there_are_not_and_what_costs_nothing(
    ask, hub: StandIn
) -> None:
    now = hub.repositories[HOME].settings
    now.plan = "free"
    said = ask("--fix").stdout
    assert (
        "nothing guards 'main': in a private repository, rules for branches, environments, "
        "CODEOWNERS and Pages need a paid plan, and this has none ('free'). Whoever can write can "
        "merge a pull request whose status is red, or push without one: let nobody but "
        f"coordinators write. Without paying: {OUT}. GitHub gives its Team plan to nonprofits and "
        f"to schools at no or little cost\n  https://github.com/{HOME}/settings/access\n"
    ) in said
    assert "must take changes by pull request alone" not in said
    assert "not checked, as the token may not see it: the rules" not in said
    now.private = False
    assert "nothing guards" not in ask().stdout


def test_a_person_s_private_repository_lets_everybody_write_who_is_let_in(
    ask, hub: StandIn
) -> None:
    now = hub.repositories[HOME].settings
    now.owner, now.plan = "User", "free"
    said = ask().stdout
    assert (
        "a private repository must not belong to a person: everybody who is invited can write, "
        f"bypass every review, and change what runs. Without paying: {OUT}\n"
        f"  https://github.com/{HOME}/settings#danger-zone\n"
    ) in said
    assert "and this has none. Whoever" in said
    now.private = False
    assert "must not be a person's" not in ask().stdout


def test_an_owner_whom_github_does_not_know_is_told_by_line(ask, hub: StandIn) -> None:
    hub.repositories[HOME].settings.code_owner_errors = [
        {
            "line": 3,
            "column": 3,
            "kind": "Unknown owner",
            "source": "* @reading-circle",
            "suggestion": None,
            "message": "Unknown owner on line 3",
            "path": ".github/CODEOWNERS",
        }
    ]
    assert (
        "CODEOWNERS must name people or teams who can write: line 3, unknown owner\n"
        f"  https://github.com/{HOME}/tree/main/.github\n"
    ) in ask().stdout


def test_a_coordinator_without_a_number_is_told(ask, tmp_path: Path) -> None:
    file = tmp_path / "program/content/program.yml"
    file.write_text(file.read_text().replace("coordinator_ids: {noor: 1}\n", ""))
    said = ask().stdout
    assert (
        "the coordinator 'noor' must have a number in 'coordinator_ids': whoever gets that login "
        "later would be a coordinator; run 'peerloom numbers'\n"
    ) in said


def test_a_coordinator_of_a_cohort_is_looked_at_like_one_of_the_program(
    ask, hub: StandIn, tmp_path: Path
) -> None:
    file = tmp_path / "program/content/cohorts/spring.yml"
    file.write_text(file.read_text() + "coordinators: [lea, tom]\ncoordinator_ids: {lea: 8}\n")
    hub.repositories[HOME].settings.people |= {"lea": ("read", 8), "tom": ("write", 9)}
    said = ask().stdout
    assert (
        "the coordinator 'lea' must be able to merge: give write access, or take the name out of "
        "'coordinators' in content/cohorts/spring.yml\n"
    ) in said
    assert (
        "the coordinator 'tom' must have a number in 'coordinator_ids': whoever gets that login "
        "later would be a coordinator; run 'peerloom numbers'\n"
        f"  https://github.com/{HOME}/edit/main/content/cohorts/spring.yml\n"
    ) in said


def test_a_program_without_a_way_to_tell_coordinators_alone_is_told(ask, tmp_path: Path) -> None:
    file = tmp_path / "program/content/program.yml"
    file.write_text(file.read_text().replace(f"coordinators_repository: {PRIVATE}\n", ""))
    said = ask().stdout
    assert "calls for help in check-ins are reported there at once; without it nobody sees" in said
