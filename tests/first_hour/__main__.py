"""Prints the first hour, and ends with code 1 if more is typed than there may be."""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from first_hour.terminal import run_in_terminal
from first_hour.transcript import Transcript
from first_hour.workbook import write_workbook
from machine import (
    HOME,
    Environment,
    Machine,
    empty_environment,
    environment_of_the_tests,
    files_of_the_checkout,
)
from stand_in import StandIn

MOST_TYPED = 12
SEED = 14
SHEET = "sign-ups.xlsx"
# The one who starts the program, as GitHub's own context names her on the machine.
ACTOR = "noor"


class FirstHour:
    """A coordinator, her repository, and the Codespace that she opens."""

    def __init__(self, folder: Path, hub: StandIn, today: date, *, installs: bool) -> None:
        self.transcript, self._folder, self._hub, self._today = Transcript(), folder, hub, today
        self._installs, self._stage = installs, "copy"
        self._environments: dict[str, Environment] = {}
        # What GitHub's "Use this template" makes: one commit with all that the template holds.
        files = files_of_the_checkout(with_program=True)
        self._machine = Machine(folder, hub, files, self._choose_environment)
        self._starts = today + timedelta(days=28 - today.weekday())
        self._codespace = folder / "workspaces/mentoring"
        # The Codespace's files as steps have left them: whatever else is found, somebody edited.
        self._left: Mapping[str, bytes] = {}

    def _choose_environment(self, script: str) -> Environment:
        """Return the environment that a workflow installs into: an own one for each lock."""
        key = f"{self._stage} {script}" if self._installs else "all"
        if key not in self._environments:
            make = empty_environment if self._installs else environment_of_the_tests
            home = self._folder / "environments" / str(len(self._environments))
            home.parent.mkdir(exist_ok=True)
            self._environments[key] = make(home)
        return self._environments[key]

    def run(self) -> None:
        """Go through the hour."""
        self._start_program()
        self._open_codespace()
        self._import_sheet()
        self._push("Import the sign-ups")
        self._match_people()
        self._begin_pairs()
        self._push("Begin the first cohort")
        self._build_site()

    # On GitHub.

    def _start_program(self) -> None:
        say = self.transcript
        say.begin_step(
            'On GitHub, in the template: "Use this template", "Create a new repository", "Private"'
        )
        say.type_line("Repository name", HOME.partition("/")[2])
        say.begin_step('In the new repository: "Actions", "start", "Run workflow"')
        answers = {
            "name": "Lab Mentors",
            "cohort": f"{self._starts.year}-first",
            "starts": self._starts.isoformat(),
            "time_zone": "Europe/Lisbon",
        }
        for name, asked in self._form_of("start").items():
            if name in answers:
                say.type_line(asked["description"], answers[name])
            else:
                say.accept_default(asked["description"], asked["default"])
                answers[name] = asked["default"]
        event = {"inputs": answers, "repository": self._repository_in_events()}
        say.show_output(self._machine.run("start", event)["start"])
        say.begin_step("In the pull request that it opened: Merge pull request, Confirm merge")
        self._hub.merge(HOME, 1)
        self._stage = "program"

    def _form_of(self, workflow: str) -> dict[str, Any]:
        from peerloom import source

        path = f".github/workflows/{workflow}.yml"
        value = source.parse(self._machine.files[path][1]).value
        fields: dict[str, Any] = value["on"]["workflow_dispatch"]["inputs"]
        return fields

    def _repository_in_events(self) -> dict[str, str]:
        return {"visibility": "private", "default_branch": "main"}

    # In the Codespace.

    def _open_codespace(self) -> None:
        say = self.transcript
        say.begin_step('"Code", "Codespaces", "Create codespace on main"')
        self._codespace.parent.mkdir()
        origin = str(self._machine.commits.folder)
        self._git("clone", "--quiet", "--no-local", origin, str(self._codespace), folder=None)
        container = json.loads((self._codespace / ".devcontainer/devcontainer.json").read_text())
        command = container["postCreateCommand"]
        say.show_command([command])
        self._choose_environment("codespace")
        run = subprocess.run(
            ["bash", "-c", command],
            cwd=self._codespace,
            env=self._variables(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stdout + run.stderr
        self._check_what_is_seen()
        self._left = self._read_codespace()

    def _check_what_is_seen(self) -> None:
        """Fail if the Codespace runs anything but what its lock has installed."""
        if not self._installs:
            return
        probe = "import peerloom; print(peerloom.__file__)"
        command = ["python", "-c", probe]
        run = subprocess.run(
            command, cwd=self._codespace, env=self._variables(), capture_output=True, check=True
        )
        assert Path(run.stdout.decode().strip()).is_relative_to(self._folder), run.stdout

    def _variables(self) -> dict[str, str]:
        environment = self._choose_environment("codespace")
        kept = {key: os.environ[key] for key in ("HOME", "LANG") if key in os.environ}
        return {
            **kept,
            **environment.variables,
            "PATH": os.pathsep.join([str(environment.bin), os.environ["PATH"]]),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "TERM": "dumb",
            "CODESPACES": "true",
            **self._hub.environment,
        }

    def _import_sheet(self) -> None:
        self.transcript.begin_step(f"Drag {SHEET}, a workbook of 64 rows, into the list of files")
        write_workbook(self._codespace / SHEET, SEED, self._today)
        # Dragged there by the person, as the step says.
        self._left = {**self._left, SHEET: (self._codespace / SHEET).read_bytes()}
        self._run_task("Import sign-ups…", {})
        kept = self._git("status", "--porcelain", "--untracked-files=all")
        assert SHEET not in kept, "Git must ignore the sheet"

    def _match_people(self) -> None:
        self._run_task("Match", {})

    def _begin_pairs(self) -> None:
        self._run_task("Begin…", {"day": self._starts.isoformat()})
        self._run_task("Check", {})

    def _run_task(self, label: str, answers: Mapping[str, str]) -> None:
        """Run a task of the Codespace; its questions have these answers, else their defaults."""
        say = self.transcript
        self._note_edits()
        say.begin_step(f"Terminal, Run Task…, {label}")
        tasks = json.loads((self._codespace / ".vscode/tasks.json").read_text(encoding="utf-8"))
        (task,) = [each for each in tasks["tasks"] if each["label"] == label]
        asked = {each["id"]: each for each in tasks["inputs"]}
        given = {}
        for name in dict.fromkeys(re.findall(r"\$\{input:(\w+)\}", " ".join(task["args"]))):
            if name in answers:
                say.type_line(asked[name]["description"], answers[name])
            else:
                say.accept_default(asked[name]["description"], asked[name]["default"])
            given[name] = answers.get(name) or asked[name]["default"]
        words = [re.sub(r"\$\{input:(\w+)\}", lambda m: given[m[1]], w) for w in task["args"]]
        command = [task["command"], *words]
        say.show_command(command)
        questions: list[str] = []

        def agree(question: str) -> str:
            questions.append(question)
            return "y"

        code, printed = run_in_terminal(command, self._codespace, self._variables(), agree)
        say.show_output(printed)
        for question in questions:
            say.type_line(question, "y")
        assert code == 0, f"the task '{label}' ended with code {code}"
        self._left = self._read_codespace()

    def _read_codespace(self) -> dict[str, bytes]:
        """Return the bytes of each file in the Codespace by its path, but for Git's own."""
        files = (file for file in self._codespace.rglob("*") if file.is_file())
        paths = ((str(file.relative_to(self._codespace)), file) for file in files)
        return {path: file.read_bytes() for path, file in paths if not path.startswith(".git/")}

    def _note_edits(self) -> None:
        """Count as edited what is not as the Codespace, a task or the person's drag left it."""
        found = self._read_codespace()
        paths = sorted({*found, *self._left})
        edited = [path for path in paths if found.get(path) != self._left.get(path)]
        self.transcript.edited.extend(edited)

    def _push(self, message: str) -> None:
        say = self.transcript
        self._note_edits()
        say.begin_step("Source Control: Commit, Sync Changes")
        say.type_line("Message", message)
        self._git("add", "--all")
        person = ("-c", f"user.name={ACTOR}", "-c", f"user.email={ACTOR}@example.org")
        self._git(*person, "commit", "--quiet", f"--message={message}")
        self._git("push", "--quiet", "origin", "main")

    def _git(self, *arguments: str, folder: Path | None = Path()) -> str:
        at = None if folder is None else self._codespace
        run = subprocess.run(["git", *arguments], cwd=at, capture_output=True, check=True)
        return run.stdout.decode()

    # On GitHub again.

    def _build_site(self) -> None:
        say = self.transcript
        say.begin_step("The push has started the workflow site, which builds for members")
        event = {"repository": self._repository_in_events()}
        say.show_output(self._machine.run("site", event)["private"])
        pages = self._machine.root / "kept/site-for-members"
        pairs = sorted((pages / "pairs").glob("*/*/index.html"))
        people = sorted((pages / "people").glob("*/index.html"))
        assert pairs and people, "the site must have pages of pairs and people"
        say.show_output(f"{len(people)} pages of people, {len(pairs)} pages of pairs")


def main() -> int:
    """Print the hour; return 1 if too much was typed."""
    installs = "--quick" not in sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="first-hour-") as folder, StandIn(HOME) as hub:
        hub.now = datetime.now(UTC)
        hour = FirstHour(Path(folder).resolve(), hub, hub.now.date(), installs=installs)
        hour.run()
    typed, edited = len(hour.transcript.typed), len(hour.transcript.edited)
    print(f"\n{typed} lines typed, {edited} files edited; {MOST_TYPED} and 0 are the most")
    return int(typed > MOST_TYPED or edited > 0)


if __name__ == "__main__":
    sys.exit(main())
