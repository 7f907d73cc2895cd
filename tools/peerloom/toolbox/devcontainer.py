"""What makes a Codespace, or VS Code with containers, ready for the program: image and tasks.

A task starts a program with arguments and no shell, so that whatever somebody types into its
questions is one argument.
"""

import json
from typing import Any

# The Python that the workflows have, too.
_IMAGE = "mcr.microsoft.com/devcontainers/python:3.11"
_INSTALL = (
    "python -m pip install --quiet --no-compile --require-hashes --only-binary :all: "
    "--requirement .peerloom/requirements.txt"
)
# Only where Peerloom itself is made, whose source is then installed as it is.
_INSTALL_SOURCE = (
    "{ [ ! -d tools/peerloom ] || "
    "python -m pip install --quiet --no-index --no-deps --no-build-isolation . ; }"
)
_SITE_PORT = 8000


def devcontainer_files(cohort: str) -> dict[str, str]:
    """Return the text of each file, by its path; questions for a cohort suggest this one."""
    return {
        ".devcontainer/devcontainer.json": _as_json(_describe_container()),
        ".vscode/tasks.json": _as_json({"version": "2.0.0", **_describe_tasks(cohort)}),
    }


def _describe_container() -> dict[str, Any]:
    return {
        "name": "Peerloom",
        "image": _IMAGE,
        "postCreateCommand": f"{_INSTALL} && {_INSTALL_SOURCE}",
        "forwardPorts": [_SITE_PORT],
        "portsAttributes": {
            str(_SITE_PORT): {"label": "The site", "onAutoForward": "openBrowserOnce"}
        },
        "customizations": {"vscode": {"settings": {"git.autofetch": True}}},
    }


def _describe_tasks(cohort: str) -> dict[str, Any]:
    tasks = [
        _task("Import sign-ups…", "import", "--cohort=${input:cohort}", "--", "${input:sheet}"),
        _task("Check", "check"),
        _task("Match", "match", "--write", "--", "${input:cohort}"),
        _task("Begin…", "begin", "--on=${input:day}", "--", "${input:cohort}"),
        _task("Show the site", "serve", "--audience=${input:readers}"),
        _task("Who needs me", "attention"),
    ]
    return {"tasks": tasks, "inputs": _describe_questions(cohort)}


def _task(label: str, *arguments: str) -> dict[str, Any]:
    return {
        "label": label,
        "type": "process",
        "command": "python",
        "args": ["-m", "peerloom", *arguments],
        "options": {"cwd": "${workspaceFolder}"},
        "presentation": {"reveal": "always", "focus": True, "clear": True},
        "problemMatcher": [],
    }


def _describe_questions(cohort: str) -> list[dict[str, Any]]:
    return [
        {
            "id": "cohort",
            "type": "promptString",
            "description": "The cohort's id, by which its file in content/cohorts is called",
            "default": cohort,
        },
        {
            "id": "sheet",
            "type": "promptString",
            "description": "The name of the sheet that you dragged into the list of files",
            "default": "sign-ups.xlsx",
        },
        {
            "id": "day",
            "type": "promptString",
            "description": "The day on which the proposed pairs begin, such as 2027-01-11",
        },
        {
            "id": "readers",
            "type": "pickString",
            "description": "For whom is the site?",
            "options": ["members", "coordinators", "public"],
            "default": "members",
        },
    ]


def _as_json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
