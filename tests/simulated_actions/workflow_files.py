"""Workflow files as GitHub reads them: which events start one, its group, its jobs."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import prod
from typing import Any

from peerloom import source

_DEFAULT_TYPES = ("opened", "synchronize", "reopened")
# What a model of a month knows how to start; another trigger must not be left out in silence.
_KNOWN_TRIGGERS = frozenset(
    {"push", "schedule", "workflow_dispatch", "issues", "issue_comment"}
    | {"pull_request", "pull_request_target", "release"}
)
_COMMAND = re.compile(r"\bpeerloom ([a-z]+)\b")
# The workflows that a step dispatches: named in the address or in the loop over them. A variable in
# its place is a list that is empty in a private repository.
_STARTED = re.compile(r"actions/workflows/([a-z-]+)\.yml/dispatches|:\+([a-z -]+)\}; do")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happens in a repository `at` a second of the simulated time.

    `payload` is `github.event`. `paths` are the files that a push changes. Schedules and
    dispatches start the `workflow` that they name, and no other.
    """

    at: float
    name: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    paths: tuple[str, ...] = ()
    workflow: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step: `commands` of Peerloom that it runs, and the workflows that it `starts`."""

    condition: str
    commands: tuple[str, ...]
    starts: tuple[str, ...]
    installs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job, `count` times where it is a matrix; `group` is its own concurrency group, or empty."""

    id: str
    group: str
    needs: tuple[str, ...]
    condition: str
    count: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """A workflow file, as far as it says what is run when."""

    name: str
    triggers: Mapping[str, Any]
    group: str
    cancels: bool
    jobs: tuple[Job, ...]

    def is_started_by(self, event: Event) -> bool:
        """Whether an event starts it, by its triggers and their filters."""
        if event.name not in self.triggers:
            return False
        filters = self.triggers[event.name] or {}
        if event.name in ("schedule", "workflow_dispatch"):
            return event.workflow == self.name
        if event.name == "push":
            return _lets_push_through(filters, event.paths)
        types = filters.get("types", _DEFAULT_TYPES if "pull" in event.name else None)
        return types is None or event.payload.get("action") in types

    def scheduled_moments(self, first: date, days: int) -> Iterator[datetime]:
        """When its schedules start it, on `days` days from the `first`."""
        crons = [each["cron"] for each in self.triggers.get("schedule") or ()]
        for day in (first + timedelta(days=n) for n in range(days)):
            for cron in crons:
                yield from _moments_of_day(cron, day)


def parse_workflow(name: str, data: bytes) -> Workflow:
    """A workflow from its file. Raises `ValueError` for what the simulation does not know."""
    value = source.parse(data).value
    triggers = value["on"] if isinstance(value["on"], Mapping) else dict.fromkeys([value["on"]])
    unknown = triggers.keys() - _KNOWN_TRIGGERS
    if unknown:
        raise ValueError(f"{name}.yml is started by {', '.join(sorted(unknown))}, not known here")
    concurrency = value.get("concurrency") or {}
    return Workflow(
        name=name,
        triggers=triggers,
        group=str(concurrency.get("group", "")),
        cancels=concurrency.get("cancel-in-progress") is True,
        jobs=tuple(_parse_job(id_, job) for id_, job in value["jobs"].items()),
    )


def _parse_job(id_: str, job: Mapping[str, Any]) -> Job:
    concurrency = job.get("concurrency") or {}
    if "uses" in job or concurrency.get("cancel-in-progress") is True:
        raise ValueError(f"the job {id_} is of a kind that is not known here")
    needs = job.get("needs", ())
    matrix = job.get("strategy", {}).get("matrix", {})
    return Job(
        id=id_,
        group=str(concurrency.get("group", "")),
        needs=(needs,) if isinstance(needs, str) else tuple(needs),
        condition=str(job.get("if", "")),
        count=prod(len(v) for v in matrix.values() if isinstance(v, Sequence)),
        steps=tuple(map(_parse_step, job["steps"])),
    )


def _parse_step(step: Mapping[str, Any]) -> Step:
    text = step.get("run", "")
    started = " ".join(one or other for one, other in _STARTED.findall(text))
    return Step(
        condition=str(step.get("if", "")),
        commands=tuple(_COMMAND.findall(text)),
        starts=tuple(started.split()),
        installs="pip install" in text,
    )


def _lets_push_through(filters: Mapping[str, Any], paths: Iterable[str]) -> bool:
    """Whether a push to the default branch passes the filters of branches and paths."""
    if "branches" not in filters and "tags" in filters:
        return False
    if "main" not in filters.get("branches", ["main"]):
        return False
    if "paths-ignore" in filters:
        return any(not _passes(path, filters["paths-ignore"]) for path in paths)
    return "paths" not in filters or any(_passes(path, filters["paths"]) for path in paths)


def _passes(path: str, patterns: Iterable[str]) -> bool:
    """Whether the last pattern that matches a path is one without `!`."""
    verdict = False
    for pattern in patterns:
        if re.fullmatch(_as_regular_expression(pattern.removeprefix("!")), path):
            verdict = not pattern.startswith("!")
    return verdict


def _as_regular_expression(pattern: str) -> str:
    parts = re.split(r"(\*\*|\*)", pattern)
    return "".join({"**": ".*", "*": "[^/]*"}.get(part, re.escape(part)) for part in parts)


def _moments_of_day(cron: str, day: date) -> Iterator[datetime]:
    minutes, hours, days, months, weekdays = cron.split()
    is_due = (
        day.day in _cron_numbers(days, 1, 31)
        and day.month in _cron_numbers(months, 1, 12)
        and day.isoweekday() % 7 in _cron_numbers(weekdays, 0, 6)
    )
    for hour in _cron_numbers(hours, 0, 23) if is_due else ():
        for minute in _cron_numbers(minutes, 0, 59):
            yield datetime.combine(day, time(hour, minute))


def _cron_numbers(field_: str, lowest: int, highest: int) -> Iterator[int]:
    for part in field_.split(","):
        span, _, step = part.partition("/")
        first, _, last = (span if span != "*" else f"{lowest}-{highest}").partition("-")
        yield from range(int(first), int(last or first) + 1, int(step or 1))
