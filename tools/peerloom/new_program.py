"""The files of a new program, as texts that the caller writes."""

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from peerloom import filenames, records, schema, source
from peerloom.changes import Changes, FileContents
from peerloom.kinds import KIND_BY_NAME, KINDS, PROGRAM_FILE
from peerloom.made_files import made_file_texts
from peerloom.model import Cohort, Period, Settings, Visibility
from peerloom.rules import cohorts
from peerloom.rules import files as file_rules
from peerloom.schema import Problem
from peerloom.text.dates import full_date
from peerloom.text.escaping.markdown import link_destination
from peerloom.text.phrases import list_words
from peerloom.toolbox import WRITTEN_FILE, machinery_files, pack_written_files


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProgram:
    """What somebody says about a new program: its name, settings and first cohort.

    `opens` and `closes` are the first and the last day of the cohort's sign-up, `coordinator_ids`
    the numbers of coordinators' accounts by login, as far as they are known.
    """

    name: str
    repository: str
    cohort: str
    starts: date
    weeks: int
    coordinators: tuple[str, ...] = ()
    coordinator_ids: Mapping[str, int] = field(default_factory=dict)
    contact: str | None = None
    time_zone: str = "UTC"
    visibility: Visibility = "private"
    opens: date | None = None
    closes: date | None = None

    @property
    def ends(self) -> date:
        """The last day of the cohort's last week."""
        return self.starts + timedelta(weeks=self.weeks, days=-1)

    @property
    def applications(self) -> Period | None:
        """When people can sign up, if both days of it are known."""
        if self.opens is None or self.closes is None:
            return None
        return Period(opens=self.opens, closes=self.closes)

    @property
    def suggested_applications(self) -> Period:
        """Days of sign-up as an example: four weeks, which end two weeks before the cohort starts.

        No day is before the first of the calendar.
        """
        days = (self.starts.toordinal() - 7 * weeks for weeks in (6, 2))
        opens, closes = (date.fromordinal(max(day, date.min.toordinal())) for day in days)
        return Period(opens=opens, closes=closes)


# The flag of `init` for each key of the settings that a problem can be about.
_FLAG_BY_KEY = {
    "name": "name",
    "repository": "repository",
    "coordinators": "coordinator",
    "contact": "contact",
    "time_zone": "time-zone",
    "visibility": "visibility",
}


def find_answer_problems(beginning: NewProgram) -> Iterator[tuple[str, Problem]]:
    """Yield the problems of the answers, each with the name of the flag that the answer is for."""
    unwritable = list(_problems_of_writing(beginning))
    if unwritable:
        yield from unwritable
        return
    problems = [
        *_problems_with_settings(beginning),
        *(("cohort", problem) for problem in _problems_with_cohort(beginning)),
    ]
    yield from problems
    if not problems:
        yield from _problems_across_records(beginning)


def _problems_with_settings(beginning: NewProgram) -> Iterator[tuple[str, Problem]]:
    for problem in schema.find_problems("program", _program_value(beginning)):
        key = str(problem.keys[0]) if problem.keys else ""
        if key == "responsible":  # who has the program's name until somebody corrects it
            continue
        yield _FLAG_BY_KEY.get(key, "name"), problem


def _problems_with_cohort(beginning: NewProgram) -> list[Problem]:
    # The name is the id until somebody writes another, so that the id alone is looked at.
    found = schema.find_problems("cohort", _cohort_value(beginning))
    wrong = [problem for problem in found if problem.keys != ("name",)]
    why = filenames.reason_against_path(f"{beginning.cohort}.yml")
    if why and not wrong:
        message = f"the id must be a name that every computer can hold, and {why}"
        wrong.append(Problem(keys=("id",), rule="names-work-on-every-computer", message=message))
    return wrong


def _problems_across_records(beginning: NewProgram) -> Iterator[tuple[str, Problem]]:
    """Yield what the rules find wrong with the answers, and what to write instead."""
    if (beginning.opens is None) != (beginning.closes is None):
        missing = "sign-up-opens" if beginning.opens is None else "sign-up-closes"
        message = "the first and the last day of sign-up must be given together"
        yield missing, Problem(keys=("applications",), rule="missing-key", message=message)
    program = _program_without_people(beginning)
    for check, flag in (
        (file_rules.ids_are_not_reserved, "cohort"),
        (cohorts.time_zones_exist, "time-zone"),
        (cohorts.a_cohort_starts_before_it_ends, "sign-up-closes"),
        (cohorts.cohort_plans_lie_inside_the_cohort, "sign-up-closes"),
    ):
        for finding in check(program, beginning.starts):
            # The other rules advise on files, and there are none yet.
            advice = f"; {finding.help}" if flag == "time-zone" else ""
            yield flag, Problem(keys=finding.keys, rule=flag, message=finding.message + advice)


def _problems_of_writing(beginning: NewProgram) -> Iterator[tuple[str, Problem]]:
    """Yield the problems of answers that could not be written into a file."""
    texts = {
        "name": beginning.name,
        "repository": beginning.repository,
        "cohort": beginning.cohort,
        "coordinator": " ".join(beginning.coordinators),
        "contact": beginning.contact or "",
        "time-zone": beginning.time_zone,
    }
    for flag, text in texts.items():
        for flaw in source.parse(source.dump({flag: text}).encode()).flaws:
            yield flag, Problem(keys=(flag,), rule=flaw.rule, message=flaw.message)
    if date.max - beginning.starts < timedelta(weeks=beginning.weeks):
        message = "the cohort must end before the year 10000"
        yield "starts", Problem(keys=("starts",), rule="out-of-range", message=message)


def new_program_files(beginning: NewProgram, *, from_index: bool = False) -> FileContents:
    """Return the files of an empty, valid program: the content of each by its path.

    With `from_index`, the program installs the released Peerloom, and carries no wheel of it.
    Raises `CannotMakeWheel`.
    """
    texts = _texts_to_edit(beginning)
    made = {
        **machinery_files(beginning.cohort, from_index=from_index),
        **made_file_texts(_program_without_people(beginning)),
    }
    # Coordinators will look for these folders, and Git keeps none that is empty.
    folders = [kind.folder for kind in KINDS if kind.name not in ("program", "cohort")]
    empty = [f for f in folders if not any(path.startswith(f"{f}/") for path in texts)]
    return {f"{folder}/.gitkeep": "" for folder in empty} | {
        PROGRAM_FILE: _render_template("program.yml", beginning),
        KIND_BY_NAME["cohort"].path_for(beginning.cohort): _render_template(
            "cohort.yml", beginning
        ),
        "mkdocs.yml": _render_template("mkdocs.yml", beginning),
        "README.md": _render_template("README.md", beginning),
        "welcome.txt": _render_template("welcome.txt", beginning),
        **texts,
        **made,
        WRITTEN_FILE: pack_written_files(made),
    }


def _texts_to_edit(beginning: NewProgram) -> Changes:
    """Return the pages, training modules and survey with which a program begins."""
    templates = Path(__file__).parent / "templates/new"
    names = [
        file.relative_to(templates).as_posix().removesuffix(".j2")
        for file in sorted(templates.glob("content/**/*.j2"))
    ]
    return {name: _render_template(name, beginning) for name in names}


def _program_without_people(beginning: NewProgram) -> records.Program:
    settings = records.make_record("program", _program_value(beginning))
    cohort = records.make_record("cohort", _cohort_value(beginning))
    assert isinstance(settings, Settings)
    assert isinstance(cohort, Cohort)
    return records.Program(settings=settings, cohorts={cohort.id: cohort})


def _program_value(beginning: NewProgram) -> dict[str, Any]:
    written = source.parse(_render_template("program.yml", beginning).encode()).value
    value = schema.leave_out_unwritten_lists("program", written)
    assert isinstance(value, dict)
    return value


def _cohort_value(beginning: NewProgram) -> dict[str, Any]:
    value = source.parse(_render_template("cohort.yml", beginning).encode()).value
    assert isinstance(value, dict)
    return value


def _render_template(name: str, beginning: NewProgram) -> str:
    template = files("peerloom").joinpath("templates/new", f"{name}.j2").read_text("utf-8")
    text: str = (
        _template_environment()
        .from_string(template)
        .render(new=beginning, coordinators=_link_to_coordinators(beginning))
    )
    return text


def _link_to_coordinators(beginning: NewProgram) -> str:
    """Return "the coordinators" in Markdown, with how to reach them as far as that is known."""
    address = link_destination(beginning.contact) if beginning.contact else None
    if address:
        return f"[the coordinators]({address})"
    logins = [f"[@{login}](https://github.com/{login})" for login in beginning.coordinators]
    return f"the coordinators ({list_words(logins)})" if logins else "the coordinators"


def _template_environment() -> Environment:
    # The texts are YAML and Markdown for people to edit; `yaml` writes a value so that it
    # is read back as it was, whatever somebody typed.
    environment = Environment(  # noqa: S701 - no HTML is made here
        undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True
    )
    environment.filters["day"] = full_date
    environment.filters["yaml"] = _to_yaml_scalar
    environment.filters["printed"] = _escape_for_themes
    return environment


def _escape_for_themes(name: str) -> str:
    """Return the name of a site, escaped because themes of MkDocs print it unescaped."""
    return html.escape(name).replace("&amp;", "&")


def _to_yaml_scalar(value: Any) -> str:
    return source.dump({"x": str(value)}).removeprefix("x: ").rstrip("\n")
