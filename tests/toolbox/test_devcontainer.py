"""The Codespace of a program: what it installs, and tasks whose answers no shell sees."""

import json
import re
from pathlib import Path

import pytest

from peerloom.cli.command import COMMANDS
from peerloom.toolbox import devcontainer_files

ROOT = Path(__file__).parents[2]
FILES = devcontainer_files("2026-autumn")
TASKS = json.loads(FILES[".vscode/tasks.json"])


@pytest.mark.parametrize("path", FILES)
def test_this_repository_has_the_same_as_a_program(path: str) -> None:
    assert (ROOT / path).read_text(encoding="utf-8") == FILES[path]


def test_a_codespace_installs_what_the_lock_has_by_hashes_alone() -> None:
    container = json.loads(FILES[".devcontainer/devcontainer.json"])
    command = container["postCreateCommand"]
    assert command.startswith(
        "python -m pip install --quiet --no-compile --require-hashes --only-binary :all: "
        "--requirement .peerloom/requirements.txt && "
    )
    workflow = (ROOT / ".github/workflows/match.yml").read_text(encoding="utf-8")
    for line in re.findall("python -m pip install[^&;|]*", command):
        assert line.strip() in workflow


def test_what_somebody_types_into_a_task_is_one_argument_and_never_an_option() -> None:
    labels = ["Import sign-ups…", "Check", "Match", "Begin…"]
    labels += ["Show the site", "Who needs me"]
    assert [task["label"] for task in TASKS["tasks"]] == labels
    known = {question["id"] for question in TASKS["inputs"]}
    asked = set()
    for task in TASKS["tasks"]:
        assert (task["type"], task["command"]) == ("process", "python")
        module, package, command, *arguments = task["args"]
        assert (module, package) == ("-m", "peerloom")
        assert command in {name for name, _, _ in COMMANDS}
        after_options = False
        for argument in arguments:
            asked |= set(re.findall(r"\$\{input:(\w+)\}", argument))
            is_value = argument.startswith("--") and "=" in argument
            assert "${" not in argument or is_value or after_options
            after_options = after_options or argument == "--"
    assert asked == known
