"""What happens on GitHub in a program with N pairs, and what its workflows do about it.

Eight weeks are simulated, of which the last four count: by then some answers are still to be
merged and others come late, as on any day. Both of a pair answer every two weeks.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from heapq import heapify, heappop, heappush
from math import ceil
from random import Random
from typing import Any, Literal

from simulated_actions.job_seconds import JobSeconds
from simulated_actions.workflow_files import Event, Step, Workflow
from simulated_actions.workflow_runs import Bill, JobResult, Simulation

Merging = Literal["one by one", "in bulk"]

FIRST_DAY = date(2026, 1, 5)
DAYS = 56
COUNTED_DAYS = 28
# The bill of the counted days is for 28, that of a month for an average one.
MONTHS_COUNTED = COUNTED_DAYS / (365.25 / 12)
_DAY = 86_400.0
_BETWEEN_DUE_DATES = 14

# What people do. Shares of answers, except where it says otherwise.
BY_FORM = 0.75
EDITED = 0.1
CLEAN = 0.85
BEFORE_DUE, IN_GRACE = 0.35, 0.45
# In four weeks: sign-ups for each person; pushes of coordinators and issues that no form made, some
# in any program and some for each pair.
SIGN_UPS = 0.1
PUSHES = (12, 0.05)
OTHER_ISSUES = (10, 0.1)
_SECONDS_BETWEEN_MERGES_IN_BULK = 10
_MOST_REMINDERS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramOnGitHub:
    """A program, and how its coordinators merge: each answer by itself, or all once a day.

    `form_labels` are what its forms put on an issue beside the form's own label, by which workflows
    know that an issue is left to the schedule.
    """

    pairs: int
    merging: Merging = "one by one"
    visibility: str = "private"
    merges_itself: bool = False
    form_labels: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Answer:
    """A check-in or a sign-up, sent by a form or as a pull request."""

    number: int
    kind: Literal["check-in", "sign-up"]
    is_by_form: bool
    pair: tuple[int, int] | None
    # Whether it may merge itself, and how long it else waits until somebody merges it.
    is_clean: bool
    patience: float
    is_read: bool = False
    is_merged: bool = False

    @property
    def path(self) -> str:
        folder = "check-ins/spring" if self.kind == "check-in" else "participants"
        return f"content/{folder}/{self.number}.yml"


def simulate_month(
    workflows: Iterable[Workflow],
    program: ProgramOnGitHub,
    durations: JobSeconds,
    seed: int = 1,
) -> Bill:
    """The bill of four weeks of a program with these workflows."""
    workflows = tuple(workflows)
    month = _Month(program, durations, seed)
    contexts = {
        "github": {"repository": "reading-circle/mentoring", "ref": "refs/heads/main"},
        "vars": program.variables,
        # What an earlier run installed is in the cache.
        "steps": {
            "packages": {"outputs": {"cache-hit": "true"}},
            "install": {"outcome": "success"},
        },
    }
    counted_from = (DAYS - COUNTED_DAYS) * _DAY
    simulation = Simulation(workflows, contexts, month.carry_out, month.proceed, counted_from)
    return simulation.run([*month.plan(), *_schedule_events(workflows, month)], DAYS * _DAY)


def _schedule_events(workflows: Iterable[Workflow], month: "_Month") -> Iterator[Event]:
    start = datetime.combine(FIRST_DAY, datetime.min.time())
    for workflow in workflows:
        for moment in workflow.scheduled_moments(FIRST_DAY, DAYS):
            at = (moment - start).total_seconds()
            yield month.event(at, "schedule", workflow=workflow.name)


class _Month:
    """The state of the program, what people do next, and what a job finds to do."""

    def __init__(self, program: ProgramOnGitHub, durations: JobSeconds, seed: int) -> None:
        self._program = program
        self._durations = durations
        self._random = Random(seed)
        self._answers: dict[int, _Answer] = {}
        self._open_forms: dict[int, _Answer] = {}
        self._to_merge: list[_Answer] = []
        self._mergeable: list[_Answer] = []
        self._undated = 0
        self._reminders: list[float] = []
        self._left_of_pair: dict[tuple[int, int], int] = {}

    # What people do.

    def event(self, at: float, name: str, **given: Any) -> Event:
        """An event of GitHub's, whose payload says which kind of repository it is of."""
        about = {"visibility": self._program.visibility, "default_branch": "main"}
        return Event(
            at=at, name=name, payload={"repository": about, **given.pop("payload", {})}, **given
        )

    def plan(self) -> Iterator[Event]:
        """What people do of their own accord; names of events in capitals are none of GitHub's."""
        yield from self._plan_check_ins()
        heapify(self._reminders)
        yield from self._plan_sign_ups()
        pairs = self._program.pairs
        for n in range(_number_in_eight_weeks(PUSHES, pairs)):
            folder = ("pages", "cohorts", "pairs/spring", "events")[n % 4]
            paths = (f"content/{folder}/{n}.yml",)
            yield self.event(self._any_moment(), "push", paths=paths)
        for n in range(_number_in_eight_weeks(OTHER_ISSUES, pairs)):
            yield self._issue_event(self._any_moment(), "opened", -n, None)
        for day in range(DAYS):
            yield Event(at=(day + 18 / 24) * _DAY, name="SESSION")

    def _plan_check_ins(self) -> Iterator[Event]:
        for cycle in range(-1, DAYS // _BETWEEN_DUE_DATES + 1):
            due = 5 + cycle * _BETWEEN_DUE_DATES
            for pair in range(self._program.pairs):
                self._left_of_pair[cycle, pair] = 2
                self._reminders.append((due - 3) * _DAY)
                moments = [self._moment_of_answer(due) for _ in range(2)]
                # Each date on which it asks again in an issue of which an answer is missing.
                asked = (due + 3, due + 7, due + 14)
                self._reminders += [day * _DAY for day in asked if max(moments) > day * _DAY]
                for at in moments:
                    answer = self._new_answer("check-in", (cycle, pair))
                    yield from self._plan_answer(answer, at)

    def _moment_of_answer(self, due: int) -> float:
        """Between 7 and 22 o'clock of a day before the due date, in its days of grace, or later."""
        kind = self._random.random()
        late = self._random.uniform(5, 14)
        days = (
            self._random.uniform(-3, 0)
            if kind < BEFORE_DUE
            else self._random.uniform(0, 5)
            if kind < BEFORE_DUE + IN_GRACE
            else late
        )
        return (int(due + days + 7) - 7 + self._random.uniform(7, 22) / 24) * _DAY

    def _plan_sign_ups(self) -> Iterator[Event]:
        for _ in range(round(SIGN_UPS * 2 * self._program.pairs * DAYS / COUNTED_DAYS)):
            yield from self._plan_answer(self._new_answer("sign-up", None), self._any_moment())

    def _new_answer(self, kind: Literal["check-in", "sign-up"], pair: Any) -> _Answer:
        number = len(self._answers) + 1
        answer = _Answer(
            number=number,
            kind=kind,
            is_by_form=self._random.random() < BY_FORM,
            pair=pair,
            is_clean=kind == "check-in" and self._random.random() < CLEAN,
            patience=self._random.uniform(1_800, _DAY),
        )
        self._answers[number] = answer
        return answer

    def _plan_answer(self, answer: _Answer, at: float) -> Iterator[Event]:
        if at < 0:
            return
        yield Event(at=at, name="SEND", payload={"answer": answer.number})
        if self._random.random() < EDITED:
            later = at + self._random.uniform(300, 6 * 3_600)
            yield Event(at=later, name="EDIT", payload={"answer": answer.number})

    def _any_moment(self) -> float:
        return (self._random.randrange(DAYS) + self._random.uniform(7, 22) / 24) * _DAY

    def proceed(self, event: Event) -> Iterator[Event]:
        """What follows on GitHub from what a person does."""
        if event.name == "SESSION":
            yield from self._merge_all(event.at)
        elif event.name in ("SEND", "EDIT", "MERGE"):
            answer = self._answers[event.payload["answer"]]
            if not answer.is_merged:
                yield from getattr(self, f"_{event.name.lower()}")(answer, event.at)

    def _send(self, answer: _Answer, at: float) -> Iterator[Event]:
        if answer.is_by_form:
            self._open_forms[answer.number] = answer
        yield self._event_of_answer(answer, at, "opened")

    def _edit(self, answer: _Answer, at: float) -> Iterator[Event]:
        yield self._event_of_answer(answer, at, "edited" if answer.is_by_form else "synchronize")

    def _merge(self, answer: _Answer, at: float) -> Iterator[Event]:
        """A person merges a pull request. 'Closes #N' in it closes the issue in the same name."""
        self._note_merged(answer)
        yield self.event(at, "push", paths=(answer.path,))
        yield self._pull_request_event(at, "closed", answer.number, is_merged=True)
        if answer.is_by_form:
            yield self._issue_event(at, "closed", answer.number, answer)

    def _merge_all(self, at: float) -> Iterator[Event]:
        if self._program.merging == "in bulk":
            waiting, self._mergeable = self._mergeable, []
            for n, answer in enumerate(waiting):
                later = at + n * _SECONDS_BETWEEN_MERGES_IN_BULK
                yield Event(at=later, name="MERGE", payload={"answer": answer.number})

    def _note_merged(self, answer: _Answer) -> None:
        answer.is_merged = True
        self._open_forms.pop(answer.number, None)
        if answer.pair is not None:
            self._undated += 1
            self._left_of_pair[answer.pair] -= 1
            if not self._left_of_pair[answer.pair]:
                heappush(self._reminders, 0.0)  # to close the issue of the two

    def _event_of_answer(self, answer: _Answer, at: float, action: str) -> Event:
        if answer.is_by_form:
            return self._issue_event(at, action, answer.number, answer)
        return self._pull_request_event(at, action, answer.number)

    def _issue_event(self, at: float, action: str, number: int, answer: _Answer | None) -> Event:
        labels = [answer.kind, *self._program.form_labels] if answer else []
        issue = {
            "number": number,
            "labels": [{"name": name} for name in labels],
            "body": "### Which check-in" if answer else "How do I change my mentor?",
            "user": {"id": number, "type": "User"},
            "state_reason": "completed" if action == "closed" else None,
        }
        sender = {"id": 0 if action == "closed" else number}
        payload = {"action": action, "issue": issue, "sender": sender}
        return self.event(at, "issues", payload=payload)

    def _pull_request_event(
        self, at: float, action: str, number: int, *, is_merged: bool = False
    ) -> Event:
        about = {"number": number, "merged": is_merged}
        payload = {"action": action, "pull_request": about, "number": number}
        return self.event(at, "pull_request_target", payload=payload)

    # What workflows do.

    def carry_out(self, job: str, steps: tuple[Step, ...], event: Event, at: float) -> JobResult:
        """What the steps of a job find to do, and what follows from it."""
        durations, pairs = self._durations, self._program.pairs
        commands = [command for step in steps for command in step.commands]
        installs = any(step.installs for step in steps)
        seconds = durations.before_commands(installs=installs, runs=bool(commands))
        outputs: dict[str, str] = {}
        events: list[Event] = []
        for command in commands:
            seconds += durations.of_command(command, pairs)
            if command in ("propose", "review"):
                took, read = self._read(command, event)
                seconds += took
                events += self._decide_merges(read, at + seconds, outputs)
            elif command == "receive" and self._undated:
                self._undated = 0
                seconds += durations.of_requests((5, 4))
                outputs["written"] = "main"
            elif command == "remind":
                seconds += self._remind(at) * (durations.write + durations.pause)
        if job == "merge":
            seconds += self._merge_what_waits()
        seconds *= durations.slowness
        started = [name for step in steps for name in step.starts]
        events += [self.event(at + seconds, "workflow_dispatch", workflow=w) for w in started]
        return JobResult(seconds=seconds, outputs=outputs, events=tuple(events))

    def _merge_what_waits(self) -> float:
        """Merge what a job of reading found to merge by itself; how many seconds that takes."""
        merged, self._to_merge = self._to_merge, []
        for answer in merged:
            if not answer.is_merged:
                self._note_merged(answer)
        return len(merged) * self._durations.of_requests((1, 1))

    def _read(self, command: str, event: Event) -> tuple[float, list[_Answer]]:
        """How long it takes to read what waits, and those that were not read before."""
        if command == "review":
            read = [self._answers[event.payload["number"]]]
        elif event.name == "issues":
            number = event.payload["issue"]["number"]
            read = [self._answers[number]] if number in self._open_forms else []
        else:
            read = list(self._open_forms.values())
        new = [answer for answer in read if not answer.is_read]
        durations = self._durations
        took = len(new) * durations.of_requests(durations.new_answer)
        took += (len(read) - len(new)) * durations.of_requests(durations.known_answer)
        return took if command == "propose" else 0.0, new

    def _decide_merges(
        self, read: Iterable[_Answer], at: float, outputs: dict[str, str]
    ) -> Iterator[Event]:
        """Merge what may merge itself by the job that does, and leave the rest to a person."""
        for answer in read:
            answer.is_read = True
            if self._program.merges_itself and answer.is_clean:
                self._to_merge.append(answer)
                outputs["merge"] = f"{answer.number}:0"
            elif self._program.merging == "in bulk":
                self._mergeable.append(answer)
            else:
                later = at + answer.patience
                yield Event(at=later, name="MERGE", payload={"answer": answer.number})

    def _remind(self, at: float) -> int:
        """How many issues are opened, asked again in or closed now."""
        done = 0
        while done < _MOST_REMINDERS and self._reminders and self._reminders[0] <= at:
            heappop(self._reminders)
            done += 1
        return done


def _number_in_eight_weeks(number: tuple[float, float], pairs: int) -> int:
    base, for_each_pair = number
    return ceil((base + for_each_pair * pairs) * DAYS / COUNTED_DAYS)
