"""GitHub Actions: who started a run, what a step hands on or sums up, and workflows to start."""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from peerloom.github.client import Account, Client
from peerloom.github.errors import GitHubError


def read_starter(environment: Mapping[str, str] = os.environ) -> Account | None:
    """The account that started this run, or that pushed what it is about, as Actions says."""
    login, number = environment.get("GITHUB_ACTOR", ""), environment.get("GITHUB_ACTOR_ID", "")
    is_given = login and number.isascii() and number.isdigit()
    return Account(number=int(number), login=login) if is_given else None


def add_step_output(name: str, word: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Add a word to an output of the workflow's step; false where no workflow runs this."""
    output = environment.get("GITHUB_OUTPUT")
    if not output:
        return False
    file = Path(output)
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    # Of several lines that set a name, the last counts.
    earlier = next((line for line in reversed(lines) if line.startswith(f"{name}=")), f"{name}=")
    with file.open("a", encoding="utf-8") as opened:
        opened.write(f"{earlier} {word}\n".replace("= ", "="))
    return True


def add_to_run_summary(markdown: str, environment: Mapping[str, str] = os.environ) -> None:
    """Add paragraphs of Markdown to the summary of the workflow's run, if this is one.

    GitHub shows it on the run's own page. The caller has escaped what people wrote.
    """
    summary = environment.get("GITHUB_STEP_SUMMARY")
    if summary:
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(f"{markdown}\n\n")


def start_workflows(client: Client, api_path: str, branch: str, workflows: Sequence[str]) -> None:
    """Start workflows that a person's merge would start, and a workflow's own merge does not.

    Where one cannot be started, its schedule runs it later.
    """
    for workflow in workflows:
        with suppress(GitHubError):
            path = f"{api_path}/actions/workflows/{workflow}/dispatches"
            client.request("POST", path, {"ref": branch})
