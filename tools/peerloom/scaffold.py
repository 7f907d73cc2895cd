"""What a new program begins with: texts of files, written by others."""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from peerloom import __version__, filenames, issue_forms, records, schema, source
from peerloom.changes import Changes
from peerloom.model import Cohort, Settings
from peerloom.ownership import code_owners
from peerloom.schema import Problem

# Folders a coordinator will look for; Git keeps none that is empty.
_FOLDERS = (
    "participants",
    "pairs",
    "circles",
    "check-ins",
    "surveys",
    "responses",
    "events",
    "resources",
    "training",
    "pages",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What somebody says to start a program."""

    name: str
    repository: str
    cohort: str
    starts: date
    weeks: int

    @property
    def ends(self) -> date:
        """The last day of the cohort's last week."""
        return self.starts + timedelta(weeks=self.weeks, days=-1)


def wrongs(beginning: Beginning) -> Iterator[tuple[str, Problem]]:
    """What cannot be taken, by the name of the flag that says it."""
    unwritable = list(_unwritable(beginning))
    if unwritable:
        yield from unwritable
        return
    flags = {"name": "name", "repository": "repository"}
    for problem in schema.problems("program", _program(beginning)):
        yield flags.get(str(problem.keys[0]) if problem.keys else "", "name"), problem
    yield from (("cohort", problem) for problem in _wrong_with_cohort(beginning))


def _wrong_with_cohort(beginning: Beginning) -> list[Problem]:
    wrong = list(schema.problems("cohort", _cohort(beginning)))
    why = filenames.fault(f"{beginning.cohort}.yml")
    if why and not wrong:
        message = f"the id must be a name that every computer can hold, and {why}"
        wrong.append(Problem(keys=("id",), rule="every-computer-can-hold-a-name", message=message))
    return wrong


def _unwritable(beginning: Beginning) -> Iterator[tuple[str, Problem]]:
    """What no file could say."""
    for flag in ("name", "repository", "cohort"):
        text = source.dump({flag: getattr(beginning, flag)}).encode()
        for flaw in source.parse(text).flaws:
            yield flag, Problem(keys=(flag,), rule=flaw.rule, message=flaw.message)
    if date.max - beginning.starts < timedelta(weeks=beginning.weeks):
        message = "the cohort must end before the year 10000"
        yield "starts", Problem(keys=("starts",), rule="out-of-range", message=message)


def new_program(beginning: Beginning) -> Changes:
    """The files of an empty, valid program."""
    kept = {f"content/{folder}/.gitkeep": "" for folder in _FOLDERS}
    return kept | {
        "content/program.yml": _rendered("program.yml", beginning),
        f"content/cohorts/{beginning.cohort}.yml": _rendered("cohort.yml", beginning),
        "mkdocs.yml": _rendered("mkdocs.yml", beginning),
        "README.md": _rendered("README.md", beginning),
        ".gitignore": "site/\n.*-building/\n.peerloom-journal/\n",
        ".github/CODEOWNERS": code_owners(f"@{beginning.repository.partition('/')[0]}"),
        **_workflows(),
        **issue_forms.files(_as_program(beginning)),
    }


# The project's own tests are no program's.
_NOT_A_PROGRAMS = "tests.yml"
_INSTALL = "pip install --quiet --constraint constraints.txt ."
# By which workflows know whether what they installed once is what they want.
_KEY = (
    "${{ hashFiles('constraints.txt', 'pyproject.toml', 'schemas/**', 'tools/**', "
    "'.github/workflows/*.yml') }}"
)


def _workflows() -> Changes:
    """The workflows that this repository runs itself by, with the released package."""
    package = Path(__file__).parent
    installed = package / "workflows"
    folder = installed if installed.is_dir() else package.parents[1] / ".github/workflows"
    release = f'pip install --quiet "peerloom=={__version__}"'
    return {
        f".github/workflows/{file.name}": file.read_text("utf-8")
        .replace(_INSTALL, release)
        .replace(_KEY, __version__)
        for file in sorted(folder.glob("*.yml"))
        if file.name != _NOT_A_PROGRAMS
    }


def _as_program(beginning: Beginning) -> records.Program:
    settings = records.of_kind("program", _program(beginning))
    cohort = records.of_kind("cohort", _cohort(beginning))
    assert isinstance(settings, Settings)
    assert isinstance(cohort, Cohort)
    return records.Program(settings=settings, cohorts={cohort.id: cohort})


def _program(beginning: Beginning) -> dict[str, Any]:
    value = source.parse(_rendered("program.yml", beginning).encode()).value
    assert isinstance(value, dict)
    return value


def _cohort(beginning: Beginning) -> dict[str, Any]:
    value = source.parse(_rendered("cohort.yml", beginning).encode()).value
    assert isinstance(value, dict)
    return value


def _rendered(name: str, beginning: Beginning) -> str:
    template = files("peerloom").joinpath("templates/new", f"{name}.j2").read_text("utf-8")
    text: str = _environment().from_string(template).render(new=beginning)
    return text


def _environment() -> Environment:
    # The texts are YAML and Markdown for people to edit; `yaml` writes a value so that it
    # is read back as it was, whatever somebody typed.
    environment = Environment(  # noqa: S701 - no HTML is made here
        undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.filters["yaml"] = _as_yaml
    environment.filters["printed"] = _as_printed
    return environment


def _as_printed(name: str) -> str:
    """A site's name for MkDocs, whose themes print it as it is, in attributes too."""
    return html.escape(name).replace("&amp;", "&")


def _as_yaml(value: Any) -> str:
    return source.dump({"x": str(value)}).removeprefix("x: ").rstrip("\n")
