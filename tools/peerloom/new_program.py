"""The files of a new program, as texts that the caller writes."""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from peerloom import __version__, filenames, records, schema, source
from peerloom.changes import Changes
from peerloom.issue_forms.form_files import form_file_texts
from peerloom.kinds import KIND_BY_NAME, KINDS, PROGRAM_FILE
from peerloom.model import Cohort, Settings
from peerloom.ownership import code_owners_text
from peerloom.schema import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProgram:
    """What somebody says about a new program: its name, repository and first cohort."""

    name: str
    repository: str
    cohort: str
    starts: date
    weeks: int

    @property
    def ends(self) -> date:
        """The last day of the cohort's last week."""
        return self.starts + timedelta(weeks=self.weeks, days=-1)


def find_answer_problems(beginning: NewProgram) -> Iterator[tuple[str, Problem]]:
    """Yield the problems of the answers, each with the name of the flag that the answer is for."""
    unwritable = list(_problems_of_writing(beginning))
    if unwritable:
        yield from unwritable
        return
    flags = {"name": "name", "repository": "repository"}
    for problem in schema.find_problems("program", _program_value(beginning)):
        yield flags.get(str(problem.keys[0]) if problem.keys else "", "name"), problem
    yield from (("cohort", problem) for problem in _problems_with_cohort(beginning))


def _problems_with_cohort(beginning: NewProgram) -> list[Problem]:
    wrong = list(schema.find_problems("cohort", _cohort_value(beginning)))
    why = filenames.reason_against_path(f"{beginning.cohort}.yml")
    if why and not wrong:
        message = f"the id must be a name that every computer can hold, and {why}"
        wrong.append(Problem(keys=("id",), rule="names-work-on-every-computer", message=message))
    return wrong


def _problems_of_writing(beginning: NewProgram) -> Iterator[tuple[str, Problem]]:
    """Yield the problems of answers that could not be written into a file."""
    for flag in ("name", "repository", "cohort"):
        text = source.dump({flag: getattr(beginning, flag)}).encode()
        for flaw in source.parse(text).flaws:
            yield flag, Problem(keys=(flag,), rule=flaw.rule, message=flaw.message)
    if date.max - beginning.starts < timedelta(weeks=beginning.weeks):
        message = "the cohort must end before the year 10000"
        yield "starts", Problem(keys=("starts",), rule="out-of-range", message=message)


def new_program_files(beginning: NewProgram) -> Changes:
    """Return the files of an empty, valid program: each text by its path."""
    # Coordinators will look for these folders, and Git keeps none that is empty.
    folders = [kind.folder for kind in KINDS if kind.name not in ("program", "cohort")]
    return {f"{folder}/.gitkeep": "" for folder in folders} | {
        PROGRAM_FILE: _render_template("program.yml", beginning),
        KIND_BY_NAME["cohort"].path_for(beginning.cohort): _render_template(
            "cohort.yml", beginning
        ),
        "mkdocs.yml": _render_template("mkdocs.yml", beginning),
        "README.md": _render_template("README.md", beginning),
        ".gitignore": "site/\n.*-building/\n.peerloom-journal/\n",
        ".github/CODEOWNERS": code_owners_text(f"@{beginning.repository.partition('/')[0]}"),
        **_workflow_files(),
        **form_file_texts(_program_without_people(beginning)),
    }


# It runs the tests of this project, which a program does not have.
_TESTS_OF_THE_PROJECT = "tests.yml"
_INSTALL = "pip install --quiet --constraint constraints.txt ."
# The key under which workflows cache what they installed.
_CACHE_KEY = (
    "${{ hashFiles('constraints.txt', 'pyproject.toml', 'schemas/**', 'tools/**', "
    "'.github/workflows/*.yml') }}"
)


def _workflow_files() -> Changes:
    """Return the workflows of this repository, changed to install the released package."""
    package = Path(__file__).parent
    installed = package / "workflows"
    folder = installed if installed.is_dir() else package.parents[1] / ".github/workflows"
    release = f'pip install --quiet "peerloom=={__version__}"'
    return {
        f".github/workflows/{file.name}": file.read_text("utf-8")
        .replace(_INSTALL, release)
        .replace(_CACHE_KEY, __version__)
        for file in sorted(folder.glob("*.yml"))
        if file.name != _TESTS_OF_THE_PROJECT
    }


def _program_without_people(beginning: NewProgram) -> records.Program:
    settings = records.make_record("program", _program_value(beginning))
    cohort = records.make_record("cohort", _cohort_value(beginning))
    assert isinstance(settings, Settings)
    assert isinstance(cohort, Cohort)
    return records.Program(settings=settings, cohorts={cohort.id: cohort})


def _program_value(beginning: NewProgram) -> dict[str, Any]:
    value = source.parse(_render_template("program.yml", beginning).encode()).value
    assert isinstance(value, dict)
    return value


def _cohort_value(beginning: NewProgram) -> dict[str, Any]:
    value = source.parse(_render_template("cohort.yml", beginning).encode()).value
    assert isinstance(value, dict)
    return value


def _render_template(name: str, beginning: NewProgram) -> str:
    template = files("peerloom").joinpath("templates/new", f"{name}.j2").read_text("utf-8")
    text: str = _template_environment().from_string(template).render(new=beginning)
    return text


def _template_environment() -> Environment:
    # The texts are YAML and Markdown for people to edit; `yaml` writes a value so that it
    # is read back as it was, whatever somebody typed.
    environment = Environment(  # noqa: S701 - no HTML is made here
        undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.filters["yaml"] = _to_yaml_scalar
    environment.filters["printed"] = _escape_for_themes
    return environment


def _escape_for_themes(name: str) -> str:
    """Return the name of a site, escaped because themes of MkDocs print it unescaped."""
    return html.escape(name).replace("&amp;", "&")


def _to_yaml_scalar(value: Any) -> str:
    return source.dump({"x": str(value)}).removeprefix("x: ").rstrip("\n")
