"""The machine on which GitHub runs a job, for tests: it executes the steps as they are written."""

import atexit
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

from commits import Commits
from peerloom import source
from simulated_actions.expressions import evaluate_expression, fill_in_expressions, is_truthy
from stand_in import Origin, StandIn

ROOT = Path(__file__).parents[1]
HOME = "reading-circle/mentoring"
_EXAMPLES = ROOT / "node_modules/@octokit/webhooks-examples/api.github.com/index.json"
# What belongs to the program that a repository is; here it is another one.
_OWN = ("content/", ".github/ISSUE_TEMPLATE/")


def example(name: str, action: str | None = None) -> dict[str, Any]:
    """An example of an event as GitHub publishes it."""
    assert _EXAMPLES.is_file(), f"'{_EXAMPLES}' must be there: run npm ci in the project's folder"
    events = json.loads(_EXAMPLES.read_text(encoding="utf-8"))
    found = next(event["examples"] for event in events if event["name"] == name)
    event: dict[str, Any] = next(e for e in found if action is None or e.get("action") == action)
    return event


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """An environment of Python that jobs install into, with what pip is told in it.

    What is installed is the same in all tests, as it is in all runs on a main; so each of the
    scripts that `installed` has is not executed again.
    """

    bin: Path
    variables: Mapping[str, str]
    installed: set[str] = field(default_factory=set)


def environment_of_the_tests(home: Path) -> Environment:
    """An environment that has what the tests have, pip too, and asks no package index."""
    packages = _make_environment(home)
    # Of each folder, as a path to another that such a file leads to is not followed again.
    there = [path for path in sys.path if path.endswith("site-packages")]
    (packages / "as-the-tests.pth").write_text("\n".join(there) + "\n")
    return Environment(bin=home / "bin", variables={"PIP_NO_INDEX": "1"})


def empty_environment(home: Path) -> Environment:
    """An environment that has nothing, and asks the index that this computer is set up for."""
    packages = _make_environment(home)
    # The pip that the tests were installed with, which is compiled; making another takes seconds.
    there = metadata.distribution("pip")
    for name in ("pip", f"pip-{there.version}.dist-info"):
        shutil.copytree(str(there.locate_file(name)), packages / name)
    pip = {key: value for key, value in os.environ.items() if key.startswith("PIP_")}
    # Modules are compiled when they are first used, which is few of them.
    return Environment(bin=home / "bin", variables=pip | {"PIP_NO_COMPILE": "1"})


def _make_environment(home: Path) -> Path:
    """Make an environment without any package, and return the folder for them."""
    venv.create(home, with_pip=False)
    return home / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}/site-packages"


def files_of_the_checkout(*, with_program: bool = False) -> dict[str, tuple[str, bytes]]:
    """The mode and bytes of each file of this repository that belongs to no program, or of all.

    With what is not committed yet: workflows are read as they stand, too.
    """
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    left_out = () if with_program else _OWN
    return _read_files(ROOT, (p for p in listed.split("\0") if p and not p.startswith(left_out)))


def files_of_a_folder(folder: Path) -> dict[str, tuple[str, bytes]]:
    """The mode and bytes of each file in a program's folder, but for its records and forms."""
    paths = (str(file.relative_to(folder)) for file in folder.rglob("*"))
    return _read_files(folder, (path for path in paths if not path.startswith(_OWN)))


def _read_files(folder: Path, paths: Any) -> dict[str, tuple[str, bytes]]:
    return {
        path: (
            "100755" if os.access(folder / path, os.X_OK) else "100644",
            (folder / path).read_bytes(),
        )
        for path in paths
        if (folder / path).is_file()
    }


_committed: list[tuple[Mapping[str, Any], Path]] = []


def _commit_files(files: Mapping[str, Any]) -> Path:
    """A bare repository that has just these files on main; each set of files is committed once."""
    for known, folder in _committed:
        if known is files:
            return folder
    folder = Path(tempfile.mkdtemp(prefix="peerloom-origin-"))
    atexit.register(shutil.rmtree, folder)
    Commits(folder).commit("main", dict(files))
    _committed.append((files, folder))
    return folder


class Machine:
    """What GitHub gives a job: a clone of main, an event, an environment."""

    def __init__(
        self,
        root: Path,
        hub: StandIn,
        files: Mapping[str, Any],
        choose_environment: Callable[[str], Environment],
    ) -> None:
        """Put these files on main; the environment of a job is chosen by its script to install."""
        self.root, self.hub, self.files = root, hub, files
        self.choose_environment = choose_environment
        self.environment: Environment | None = None
        # What the runner tells each step besides.
        self.variables: dict[str, str] = {}
        self.jobs: dict[str, Any] = {}
        self.event_name = ""
        # Whether a step of the last job failed, which marks its run as failed.
        self.has_failed = False
        # The names of steps that must fail.
        self.failing: frozenset[str] = frozenset()
        # How many lines of a log GitHub may show beside the run, because they are our own.
        self.annotations = 0
        shutil.copytree(_commit_files(files), root / "origin.git")
        self.commits = Commits(root / "origin.git")
        self.repository = hub.repositories[HOME]
        self.repository.origin = Origin(self.commits.folder)

    def run(
        self, workflow: str, event: dict[str, Any], name: str = "", *, code: int = 0
    ) -> dict[str, str]:
        """What the jobs of a workflow printed, by job, that an event of this name lets run.

        `code` is that with which the last step of each ends.
        """
        value = source.parse(self.files[f".github/workflows/{workflow}.yml"][1]).value
        said = {}
        self.jobs = {}
        self.event_name = name
        for id_, job in value["jobs"].items():
            is_wanted = "if" not in job or _holds(job["if"], self._contexts(event))
            if is_wanted and ("needs" not in job or job["needs"] in self.jobs):
                last = code if job is list(value["jobs"].values())[-1] else 0
                said[id_] = self.run_job(id_, job, event, last)
        return said

    def _contexts(self, event: dict[str, Any]) -> dict[str, Any]:
        github = {"event": event, "event_name": self.event_name, "token": "t0ken"}
        settings = event.get("settings", {})
        return {"github": github, "needs": self.jobs, "secrets": settings, "vars": settings}

    def run_job(self, name: str, job: dict[str, Any], event: dict[str, Any], code: int) -> str:
        clone = self.root / "a clone"
        shutil.rmtree(clone, ignore_errors=True)
        clone.mkdir()
        steps: dict[str, Any] = {}
        known = self._contexts(event) | {"steps": steps}
        scripts = [step["run"] for step in job["steps"] if step.get("name") == "Install Peerloom"]
        environment = self.choose_environment(scripts[0]) if scripts else None
        self.environment = environment or self.environment
        said = ""
        self.has_failed = False
        for step in job["steps"]:
            condition = step.get("if", "")
            if self.has_failed and "cancelled()" not in condition:
                continue
            if condition and not _holds(condition, known):
                continue
            steps[step.get("id", "")] = result = {"outcome": "success", "outputs": {}}
            if "run" not in step:
                result["outputs"] = self._used(step, known, clone)
                continue
            if environment and step["run"] in environment.installed:
                continue
            given = {k: fill_in_expressions(str(v), known) for k, v in step.get("env", {}).items()}
            output = self.root / "output"
            output.write_text("", encoding="utf-8")
            given["GITHUB_OUTPUT"] = str(output)
            script = self.root / "step.sh"
            script.write_text(step["run"], encoding="utf-8")
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
                cwd=clone,
                env=self._environment(environment) | given,
                capture_output=True,
                text=True,
                check=False,
            )
            ended = f"{step['name']}:\n{done.stdout}\n{done.stderr}"
            if step["name"] in self.failing:
                assert done.returncode, ended
                self.has_failed, result["outcome"] = True, "failure"
            else:
                assert done.returncode == (code if step is job["steps"][-1] else 0), ended
            if environment and step["run"] in scripts:
                environment.installed.add(step["run"])
            else:
                said += done.stdout + done.stderr
            lines = output.read_text(encoding="utf-8").splitlines()
            result["outputs"] = dict(line.split("=", 1) for line in lines)
        outputs = job.get("outputs", {}).items()
        self.jobs[name] = {
            "outputs": {key: fill_in_expressions(value, known) for key, value in outputs}
        }
        self.clone = clone
        assert not list(self.root.rglob("pwned"))
        found = re.findall(r"^::(?:set-output|error|warning)", said, re.MULTILINE)
        assert found == ["::error"] * self.annotations, said
        return said

    def _used(self, step: dict[str, Any], known: dict[str, Any], clone: Path) -> dict[str, str]:
        """What an action of GitHub's does; its outputs."""
        action, given = step["uses"].partition("@")[0], step.get("with", {})
        if action == "actions/checkout":
            assert "ref" not in given or "default_branch" in given["ref"]
            command = ["git", "clone", "--quiet", "--no-local", str(self.commits.folder), "."]
            subprocess.run(command, cwd=clone, check=True)
        elif action in ("actions/upload-artifact", "actions/download-artifact"):
            kept = self.root / "kept" / given["name"]
            ends = (clone / given["path"], kept)
            shutil.copytree(*(ends if "upload" in action else ends[::-1]), dirs_exist_ok=True)
        return {}

    def _environment(self, environment: Environment | None) -> dict[str, str]:
        kept = {key: os.environ[key] for key in ("HOME", "LANG") if key in os.environ}
        folders = [str(environment.bin)] if environment else []
        return {
            **kept,
            **(environment.variables if environment else {}),
            "PATH": os.pathsep.join([*folders, os.environ["PATH"]]),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "GITHUB_API_URL": self.hub.url,
            "GITHUB_REPOSITORY": HOME,
            "GITHUB_SERVER_URL": str(self.root / "elsewhere"),
            "GITHUB_ACTOR": "noor",
            "GITHUB_ACTOR_ID": "1",
            "CI": "true",
            **self.variables,
        }


def _holds(condition: str, contexts: Mapping[str, Any]) -> bool:
    return is_truthy(evaluate_expression(condition, contexts))
