"""The names of things on GitHub are written in one module, and GitHub is asked in one."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from peerloom import github_names

PACKAGE = Path(__file__).parents[1] / "tools/peerloom"
WORKFLOWS = Path(__file__).parents[1] / ".github/workflows"
# What reads or writes things of the program's on GitHub.
ON_GITHUB = [*(PACKAGE / "github").glob("*.py"), *(PACKAGE / "doctor").glob("*.py")]
NAMES = {
    github_names.STATUS,
    *github_names.LABELS,
    github_names.ISSUE_BRANCH_PREFIX,
    github_names.MATCH_BRANCH_PREFIX,
    github_names.RECEIVED_BRANCH,
    github_names.CHECK_INS_WORKFLOW,
    github_names.SITE_WORKFLOW,
    github_names.SITE_SECRET,
    github_names.SITE_REPOSITORY_VARIABLE,
    github_names.SITE_ENVIRONMENT,
}
# Names that nothing else in the package is called by.
UNMISTAKABLE = {
    github_names.MAINTAINER_LABEL,
    github_names.TWICE_A_DAY_LABEL,
    github_names.CHECK_INS_WORKFLOW,
    github_names.ISSUE_BRANCH_PREFIX,
    github_names.MATCH_BRANCH_PREFIX,
    github_names.SITE_SECRET,
    github_names.SITE_ENVIRONMENT,
}


def find_strings(file: Path) -> Iterator[str]:
    nodes = ast.walk(ast.parse(file.read_text("utf-8")))
    return (n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str))


@pytest.mark.parametrize("file", ON_GITHUB, ids=lambda file: file.stem)
def test_what_speaks_to_github_spells_no_name_itself(file: Path) -> None:
    # A kind of record and of form has the same name as its label, and is no label.
    kinds = {"check-in"} if file.stem == "submit_forms" else set()
    assert set(find_strings(file)) & NAMES <= kinds


def test_no_other_module_spells_a_name_that_can_be_nothing_else() -> None:
    spelled = {
        file.relative_to(PACKAGE).as_posix()
        for file in PACKAGE.rglob("*.py")
        if set(find_strings(file)) & UNMISTAKABLE
    }
    assert spelled == {"github_names.py"}


def test_workflows_are_files_of_these_names() -> None:
    files = {file.name for file in WORKFLOWS.glob("*.yml")}
    assert {
        github_names.CHECK_INS_WORKFLOW,
        github_names.SITE_WORKFLOW,
    } <= files


def test_workflows_name_the_secrets_and_the_environment_as_the_program_does() -> None:
    text = "".join(file.read_text("utf-8") for file in sorted(WORKFLOWS.glob("*.yml")))
    assert set(re.findall(r"secrets\.([A-Z_]+)", text)) == {
        github_names.COORDINATORS_SECRET,
        github_names.SITE_SECRET,
    }
    assert f"vars.{github_names.SITE_REPOSITORY_VARIABLE}" in text
    assert github_names.SITE_ENVIRONMENT in text


def test_requests_retries_and_pages_are_in_one_module() -> None:
    sources = {file.name: file.read_text("utf-8") for file in (PACKAGE / "github").glob("*.py")}
    for word in ("requestJsonAndCheck", "per_page", "_ATTEMPTS", '"page"', "has_next_page"):
        used_in = {name for name, text in sources.items() if word in text}
        allowed = {"client.py", "read_settings.py"} if word == "per_page" else {"client.py"}
        assert used_in <= allowed, word
