"""Runs of workflows that a sequence of events starts, simulated by GitHub's rules, and their bill.

An event starts each workflow whose triggers and filters let it through. Of a concurrency group one
run is running and one is pending; a further one takes the place of the pending one, which costs
nothing. So it is with jobs that have a group. A job that its condition skips costs nothing; every
other is billed in whole minutes. What a workflow's own token does starts nothing, except by a
dispatch.
"""

import heapq
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from math import ceil
from typing import Any

from simulated_actions.expressions import (
    evaluate_expression,
    fill_in_expressions,
    is_truthy,
)
from simulated_actions.workflow_files import Event, Job, Step, Workflow

# How long GitHub takes to give a job its machine, which it does not bill.
_SECONDS_TO_MACHINE = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class JobResult:
    """What a job does: how long it takes, its outputs, and the events that it causes by its end."""

    seconds: float
    outputs: Mapping[str, str] = field(default_factory=dict)
    events: tuple[Event, ...] = ()


# Carries out those steps of a job that are not skipped, in a run that an event started, at a second
# of the simulated time.
CarryOut = Callable[[str, tuple[Step, ...], Event, float], JobResult]
# What happens after an event: events of people that follow from it.
Continue = Callable[[Event], Iterable[Event]]


@dataclass(slots=True)
class Bill:
    """Runs, jobs and billed minutes by workflow; runs and jobs that were replaced while pending."""

    runs: dict[str, int] = field(default_factory=dict)
    jobs: dict[str, int] = field(default_factory=dict)
    minutes: dict[str, int] = field(default_factory=dict)
    replaced: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class _Run:
    """A run that waits or is under way, with the jobs that are left, and what the others gave."""

    workflow: Workflow
    event: Event
    group: str
    left: list[Job]
    results: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    busy: int = 0
    is_cancelled: bool = False


class Simulation:
    """A repository with workflows, to which things happen.

    `contexts` holds `github` and `vars` as expressions know them, `carry_out` says what a job does,
    `proceed` what people do next. What starts before the second `counted_from` is not billed.
    """

    def __init__(
        self,
        workflows: Iterable[Workflow],
        contexts: Mapping[str, Any],
        carry_out: CarryOut,
        proceed: Continue = lambda event: (),
        counted_from: float = 0.0,
    ) -> None:
        self.bill = Bill()
        self._workflows = tuple(workflows)
        self._contexts = contexts
        self._carry_out = carry_out
        self._proceed = proceed
        self._counted_from = counted_from
        self._running: dict[str, _Run] = {}
        self._pending: dict[str, _Run] = {}
        self._running_jobs: dict[str, _Run] = {}
        self._pending_jobs: dict[str, tuple[_Run, Job]] = {}
        self._queue: list[tuple[float, int, Callable[[float], None]]] = []
        self._order = count()

    def run(self, events: Iterable[Event], until: float = float("inf")) -> Bill:
        """Let everything happen that begins before `until`, and return the bill."""
        for event in events:
            self._plan_event(event)
        while self._queue and self._queue[0][0] < until:
            at, _, step = heapq.heappop(self._queue)
            step(at)
        return self.bill

    def _plan(self, at: float, step: Callable[[float], None]) -> None:
        heapq.heappush(self._queue, (at, next(self._order), step))

    def _plan_event(self, event: Event) -> None:
        self._plan(event.at, lambda at: self._happen(event))

    def _happen(self, event: Event) -> None:
        for workflow in self._workflows:
            if workflow.is_started_by(event):
                self._start(workflow, event)
        for following in self._proceed(event):
            self._plan_event(following)

    def _contexts_of(self, run: _Run) -> dict[str, Any]:
        github = {**self._contexts["github"], "event": run.event.payload}
        github |= {"event_name": run.event.name, "workflow": run.workflow.name}
        return {**self._contexts, "github": github, "needs": run.results}

    def _start(self, workflow: Workflow, event: Event) -> None:
        """Make a run, which begins at once or waits for the one of its group that is under way."""
        run = _Run(workflow=workflow, event=event, group="", left=list(workflow.jobs))
        group = fill_in_expressions(workflow.group, self._contexts_of(run))
        # A run without a group waits for no other.
        run.group = group or f"{workflow.name} {next(self._order)}"
        self._count(self.bill.runs, workflow, event.at)
        if workflow.cancels and run.group in self._running:
            self._running.pop(run.group).is_cancelled = True
        if run.group not in self._running:
            self._begin(run, event.at)
            return
        if run.group in self._pending:
            self._count(self.bill.replaced, self._pending[run.group].workflow, event.at)
        self._pending[run.group] = run

    def _begin(self, run: _Run, at: float) -> None:
        self._running[run.group] = run
        self._advance(run, at)

    def _advance(self, run: _Run, at: float) -> None:
        """Start or skip each job whose needs are over; end the run where no job is left."""
        is_moving = True
        while is_moving:
            is_moving = False
            for job in [j for j in run.left if all(n in run.results for n in j.needs)]:
                run.left.remove(job)
                if self._is_wanted(run, job):
                    run.busy += 1
                    self._queue_job(run, job, at)
                else:
                    run.results[job.id] = {"result": "skipped", "outputs": {}}
                    is_moving = True
        if not run.busy:
            self._end(run, at)

    def _queue_job(self, run: _Run, job: Job, at: float) -> None:
        """Give a job its machine, or let it wait for the one of its group that is under way."""
        group = fill_in_expressions(job.group, self._contexts_of(run))
        if not group or group not in self._running_jobs:
            if group:
                self._running_jobs[group] = run
            self._plan(at + _SECONDS_TO_MACHINE, self._job_step(run, job, group))
            return
        replaced = self._pending_jobs.get(group)
        self._pending_jobs[group] = run, job
        if replaced is not None:
            self._drop_job(*replaced, at)

    def _drop_job(self, run: _Run, job: Job, at: float) -> None:
        """End a job that another one of its group replaced while it waited."""
        self._count(self.bill.replaced, run.workflow, at)
        run.results[job.id] = {"result": "cancelled", "outputs": {}}
        run.busy -= 1
        self._advance(run, at)

    def _leave_group(self, group: str, at: float) -> None:
        """Let the job begin that waits for this group, if there is one."""
        self._running_jobs.pop(group, None)
        if group in self._pending_jobs:
            self._queue_job(*self._pending_jobs.pop(group), at)

    def _is_wanted(self, run: _Run, job: Job) -> bool:
        is_after_success = all(run.results[n]["result"] == "success" for n in job.needs)
        if not is_after_success and "always()" not in job.condition:
            return False
        return self._holds(run, job.condition)

    def _holds(self, run: _Run, condition: str) -> bool:
        if not condition:
            return True
        return is_truthy(evaluate_expression(condition, self._contexts_of(run)))

    def _wanted_steps(self, run: _Run, job: Job) -> tuple[Step, ...]:
        return tuple(step for step in job.steps if self._holds(run, step.condition))

    def _job_step(self, run: _Run, job: Job, group: str) -> Callable[[float], None]:
        def begin(at: float) -> None:
            if run.is_cancelled:  # before it had a machine
                self._leave_group(group, at)
                return
            result = self._carry_out(job.id, self._wanted_steps(run, job), run.event, at)
            self._count(self.bill.jobs, run.workflow, at, job.count)
            minutes = job.count * max(1, ceil(result.seconds / 60))
            self._count(self.bill.minutes, run.workflow, at, minutes)

            def end(at: float) -> None:
                for event in result.events:
                    self._plan_event(event)
                run.results[job.id] = {"result": "success", "outputs": result.outputs}
                run.busy -= 1
                self._leave_group(group, at)
                if not run.is_cancelled:
                    self._advance(run, at)

            self._plan(at + result.seconds, end)

        return begin

    def _end(self, run: _Run, at: float) -> None:
        if self._running.get(run.group) is run:
            del self._running[run.group]
            if run.group in self._pending:
                self._begin(self._pending.pop(run.group), at)

    def _count(
        self, counts: dict[str, int], workflow: Workflow, at: float, number: int = 1
    ) -> None:
        if at >= self._counted_from:
            counts[workflow.name] = counts.get(workflow.name, 0) + number
