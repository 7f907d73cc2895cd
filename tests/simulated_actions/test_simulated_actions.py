"""What GitHub bills a program in a month, counted by its rules for the workflows as they are."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import folder
from peerloom.doctor import FREE_MINUTES, estimate_minutes
from peerloom.program import load
from peerloom.records import Program
from simulated_actions.billing import (
    bill_of_month,
    jobs_of_month,
    minutes_of_month,
    read_workflows,
)
from simulated_actions.expressions import evaluate_expression
from simulated_actions.program_month import Merging
from simulated_actions.workflow_files import Event, Step, Workflow, parse_workflow
from simulated_actions.workflow_runs import Bill, JobResult, Simulation

PRIVATE = {"repository": {"visibility": "private", "default_branch": "main"}}
CHECK_IN = "content/check-ins/spring/ada-grace/2026-02-09-grace.yml"
WAYS = [("one by one", False), ("in bulk", False), ("one by one", True)]


def simulate(workflows: tuple[Workflow, ...], *events: Event, seconds: float = 40) -> Bill:
    """The bill of some events, where every job takes as long and has no outputs."""
    return simulate_commands(workflows, *events, seconds=seconds)[0]


def simulate_commands(
    workflows: tuple[Workflow, ...], *events: Event, seconds: float = 40
) -> tuple[Bill, list[tuple[str, ...]]]:
    """The bill of some events, and the commands of each job that was done."""
    contexts = {
        "github": {"repository": "reading-circle/mentoring"},
        "vars": {},
        "steps": {"install": {"outcome": "success"}},
    }
    done = []

    def carry_out(job: str, steps: tuple[Step, ...], event: Event, at: float) -> JobResult:
        done.append(tuple(command for step in steps for command in step.commands))
        return JobResult(seconds=seconds)

    return Simulation(workflows, contexts, carry_out).run(events), done


def push(at: float, *paths: str) -> Event:
    return Event(at=at, name="push", payload=PRIVATE, paths=paths or (CHECK_IN,))


@pytest.mark.parametrize(("merging", "merges_itself"), WAYS)
def test_39_pairs_stay_under_600_minutes_a_month(merging: Merging, merges_itself: bool) -> None:
    bill = bill_of_month(read_workflows(), 39, merging, merges_itself=merges_itself, is_now=True)
    assert 300 < jobs_of_month(bill) <= minutes_of_month(bill) < 600


@pytest.mark.parametrize(("merging", "merges_itself"), WAYS)
def test_39_pairs_stay_under_600_minutes_if_every_job_takes_a_quarter_longer(
    merging: Merging, merges_itself: bool
) -> None:
    bill = bill_of_month(
        read_workflows(), 39, merging, merges_itself=merges_itself, is_now=True, slowness=1.25
    )
    assert minutes_of_month(bill) < 600


@pytest.mark.parametrize(("merging", "merges_itself"), WAYS)
def test_up_to_the_setting_s_default_a_free_plan_has_enough(
    merging: Merging, merges_itself: bool
) -> None:
    bill = bill_of_month(read_workflows(), 150, merging, merges_itself=merges_itself, is_now=True)
    assert minutes_of_month(bill) < FREE_MINUTES
    more = bill_of_month(read_workflows(), 151, merging, merges_itself=merges_itself, is_now=True)
    assert minutes_of_month(more) < minutes_of_month(bill)


def test_the_same_seed_gives_the_same_bill() -> None:
    bills = [bill_of_month(read_workflows(), 5, "in bulk", seed=seed) for seed in (1, 1, 2)]
    assert bills[0] == bills[1] != bills[2]


def test_a_push_starts_one_job_and_pushes_of_one_moment_at_most_one_more() -> None:
    """The first run is under way, one waits and finds all that came in meanwhile."""
    assert simulate(read_workflows(), push(0)).jobs == {"check-ins": 1}
    for number in (2, 78):
        bill = simulate(read_workflows(), *(push(0) for _ in range(number)))
        assert bill.jobs == bill.minutes == {"check-ins": 2}
    later = simulate(read_workflows(), push(0), *(push(n) for n in range(30)), push(300))
    assert later.jobs == {"check-ins": 3}


def started(at: float, name: str, workflow: str) -> Event:
    """An event of a schedule, or of somebody who starts a workflow by hand."""
    return Event(at=at, name=name, payload=PRIVATE, workflow=workflow)


@pytest.mark.parametrize("name", ["schedule", "workflow_dispatch"])
def test_a_run_that_reads_forms_is_done_however_many_changes_come_while_it_waits(name: str) -> None:
    events = [*(push(10 * n) for n in range(20)), started(25, name, "check-ins")]
    bill, done = simulate_commands(read_workflows(), *events)
    assert sum("propose" in commands for commands in done) == 1
    # It takes its turn between the runs that follow changes, and never runs beside one.
    assert bill.jobs == {"check-ins": len(done)}
    assert done[0][0] == "renew" and done[1][0] == "propose" and done[-1][0] == "renew"


def test_a_push_to_a_private_repository_does_not_replace_a_build_of_its_site_that_waits() -> None:
    asked = started(0, "schedule", "site"), started(10, "workflow_dispatch", "site")
    bill, done = simulate_commands(read_workflows(), *asked, push(20))
    assert bill.jobs == {"site": 2, "check-ins": 1} and bill.replaced == {}
    assert sum("build" in commands for commands in done) == 2


def test_a_form_costs_a_minute_unless_it_is_left_to_the_schedule() -> None:
    def sent(*labels: str, body: str = "### Which check-in") -> Event:
        issue = {"body": body, "labels": [{"name": name} for name in labels]}
        payload = PRIVATE | {"action": "opened", "issue": issue | {"user": {"type": "User"}}}
        return Event(at=0, name="issues", payload=payload)

    assert simulate(read_workflows(), sent("check-in")).minutes == {"forms": 1}
    for event in (sent("check-in", "read twice a day"), sent(body="A question")):
        bill = simulate(read_workflows(), event)
        assert bill.runs == {"forms": 1} and bill.minutes == {}


def test_every_answer_is_read_though_no_event_reads_it() -> None:
    bill = bill_of_month(read_workflows(), 151, "one by one", is_now=True)
    assert "forms" not in bill.jobs
    merged = bill.runs["check-ins"] - 56 - 19  # by schedule, and other changes of the content
    assert merged >= 151 * 2 * 2 * 0.9


@pytest.mark.parametrize("pairs", [39, 150, 400])
def test_what_doctor_expects_is_about_what_is_counted(tmp_path: Path, pairs: int) -> None:
    program = program_with_pairs(tmp_path, pairs)
    counted = minutes_of_month(bill_of_month(read_workflows(), pairs, "one by one", is_now=True))
    assert estimate_minutes(program, date(2026, 2, 1)) == pytest.approx(counted, rel=0.15)


def test_doctor_counts_a_second_repository_s_site_too(tmp_path: Path) -> None:
    program, today = program_with_pairs(tmp_path, 39), date(2026, 2, 1)
    bills = [
        bill_of_month(read_workflows(), 39, "one by one", is_now=True, has_second_site=has_one)
        for has_one in (True, False)
    ]
    more = minutes_of_month(bills[0]) - minutes_of_month(bills[1])
    with_it = estimate_minutes(program, today, has_second_site=True)
    assert with_it - estimate_minutes(program, today) == pytest.approx(more, abs=2) != 0


def program_with_pairs(root: Path, number: int) -> Program:
    """A program of which every pair is asked every two weeks."""
    program = load(folder.write(root, folder.MINIMAL)).program
    (pair,) = program.pairs.values()
    ids = [f"p{n:04}" for n in range(number)]
    return replace(program, pairs={("spring", id_): replace(pair, id=id_) for id_ in ids})


WORKFLOW = """\
name: first
on:
  push:
    paths: ["content/**", "!content/pages/**"]
permissions: {}
concurrency:
  group: one-${{ github.event.number }}
  cancel-in-progress: false
jobs:
  one:
    if: github.event.number != 3
    runs-on: ubuntu-24.04
    steps:
      - run: python -m peerloom check
  two:
    needs: one
    runs-on: ubuntu-24.04
    steps:
      - run: "true"
"""


def numbered(at: float, number: int, path: str = CHECK_IN) -> Event:
    return Event(at=at, name="push", payload={"number": number}, paths=(path,))


def test_paths_groups_conditions_and_needs_are_those_of_the_file() -> None:
    workflows = (parse_workflow("first", WORKFLOW.encode()),)
    assert simulate(workflows, numbered(0, 1, "content/pages/about.md")).runs == {}
    assert simulate(workflows, numbered(0, 1, "mkdocs.yml")).runs == {}
    assert simulate(workflows, numbered(0, 1)).jobs == {"first": 2}
    # A job that needs a skipped one is skipped with it, at no cost.
    assert simulate(workflows, numbered(0, 3)).jobs == {}
    same = [numbered(at, 1) for at in range(4)]
    assert simulate(workflows, *same).replaced == {"first": 2}
    assert simulate(workflows, *same).jobs == {"first": 4}
    others = [numbered(at, number) for at, number in enumerate((1, 2, 4))]
    assert simulate(workflows, *others).jobs == {"first": 6}


def test_jobs_of_one_group_wait_for_one_another_and_the_newest_replaces_the_one_that_waits() -> (
    None
):
    text = WORKFLOW.replace("  one:\n", "  one:\n    concurrency:\n      group: alone\n")
    workflows = (parse_workflow("first", text.encode()),)
    events = [numbered(at, number) for at, number in enumerate((1, 2, 4))]
    assert simulate(workflows, *events[:2]).jobs == {"first": 4}
    bill = simulate(workflows, *events)
    # With the replaced job, the one that needs it is left out, too.
    assert bill.jobs == {"first": 4} and bill.replaced == {"first": 1}


@pytest.mark.parametrize(("seconds", "minutes"), [(1, 1), (60, 1), (61, 2), (119, 2)])
def test_each_job_is_billed_whole_minutes(seconds: float, minutes: int) -> None:
    workflows = (parse_workflow("first", WORKFLOW.encode()),)
    bill = simulate(workflows, numbered(0, 1), seconds=seconds)
    assert bill.minutes == {"first": 2 * minutes}


def test_a_run_that_is_cancelled_before_it_has_a_machine_costs_nothing() -> None:
    text = WORKFLOW.replace("cancel-in-progress: false", "cancel-in-progress: true")
    workflows = (parse_workflow("first", text.encode()),)
    assert simulate(workflows, numbered(0, 1), numbered(1, 1)).jobs == {"first": 2}
    assert simulate(workflows, numbered(0, 1), numbered(20, 1)).jobs == {"first": 3}


def test_a_trigger_that_the_simulation_does_not_know_is_not_left_out_in_silence() -> None:
    with pytest.raises(ValueError, match="workflow_run"):
        parse_workflow("x", WORKFLOW.replace("push:", "workflow_run:").encode())


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("github.event.a == 'B'", True),
        ("github.event.missing == ''", True),
        ("github.event.missing != ''", False),
        ("github.event.off == false", True),
        ("github.event.a && 'yes' || 'no'", "yes"),
        ("github.event.missing && 'yes' || 'no'", "no"),
        ("github.event.a == 'x' || github.event.a == 'b' && github.event.off", False),
        ("contains(github.event.labels.*.name, 'two')", True),
        ("!contains(github.event.labels.*.name, 'tw')", True),
        ("contains(github.event.a, 'b')", True),
        ("${{ !cancelled() && (github.event.a == 'x' || github.event.n == 3) }}", True),
        ("'it''s'", "it's"),
    ],
)
def test_expressions_have_the_values_that_github_gives_them(expression: str, value) -> None:
    labels = [{"name": "one"}, {"name": "two"}]
    event = {"a": "b", "off": False, "n": 3, "labels": labels}
    assert evaluate_expression(expression, {"github": {"event": event}}) == value


@pytest.mark.parametrize("expression", ["hash('x')", "(a", "a b", "a ~ b"])
def test_an_expression_that_is_not_known_is_refused(expression: str) -> None:
    with pytest.raises(ValueError, match=r"expression|known here"):
        evaluate_expression(expression, {})
