"""`peerloom remind`."""

import os
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerloom.cli.options import (
    Word,
    load_program_as_of,
    read_clock,
    refuse_in_log,
    today_option,
    with_program_folder,
)
from peerloom.cli.printing import refuse, say, show, show_data
from peerloom.cli.unstarted_copy import end_in_unstarted_copy

if TYPE_CHECKING:
    from peerloom.records import Program
    from peerloom.reminders import Plan


@click.command("remind")
@click.option("--apply", "applies", is_flag=True, help="Carry out the plan on GitHub.")
@click.option(
    "--format",
    "output_format",
    type=Word(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
@click.option(
    "--budget",
    type=click.IntRange(0, 500),
    default=400,
    show_default=True,
    help="How many issues and comments a run may make.",
)
@click.option(
    "--pace",
    type=click.FloatRange(0, 60),
    default=1.0,
    show_default=True,
    help="Seconds between two writes, as GitHub asks.",
)
@click.option(
    "--however-many",
    "is_unlimited",
    is_flag=True,
    help="Open issues even if that makes more than twice as many in a day as are due.",
)
@today_option
@with_program_folder
def command(
    root: Path,
    applies: bool,
    output_format: str,
    budget: int,
    pace: float,
    is_unlimited: bool,
    today: date,
) -> None:
    """Plan which check-in issues to open, to ask again in, and to close.

    GITHUB_TOKEN, GITHUB_API_URL and GITHUB_REPOSITORY are read as GitHub Actions sets them.
    Without a token the plan is made as if there were no issue yet.
    """
    from peerloom import github, reminders

    program = load_program_as_of(root, today)
    if output_format == "json":
        refuse_in_log(program, "coordinators")
    if not applies and not os.environ.get("GITHUB_TOKEN"):
        say("no GITHUB_TOKEN is set: planned as if there were no issue yet", err=True)
        _show_plan(reminders.plan_reminders(program, today, (), (), budget), output_format, program)
        return
    if applies:
        end_in_unstarted_copy(root)
    try:
        found = github.plan_from_issues(
            program,
            today,
            github.Clients(
                program=github.connect(sleep=time.sleep),
                coordinators=github.connect_for_coordinators(sleep=time.sleep),
            ),
            repository=os.environ.get("GITHUB_REPOSITORY") or program.settings.repository,
            now=read_clock(),
            budget=budget,
            pace=pace,
            sleep=time.sleep,
            is_limited=not is_unlimited,
        )
    except github.GitHubError as error:
        refuse(f"{error}{error.next_step}")
    _show_plan(found.plan, output_format, program)
    for note in found.notes:
        say(f"peerloom: {note}", err=True)
    if applies:
        applied = github.apply_reminders(found.plan, found.repositories, time.sleep)
        for reason in applied.reasons:
            say(f"peerloom: {reason}", err=True)
        say(f"{applied.done} of {len(found.plan.actions)} done", err=True)
        _tell_coordinators(program, today)
        if applied.left:
            raise click.exceptions.Exit(1)
    if found.notes:
        raise click.exceptions.Exit(1)


def _tell_coordinators(program: "Program", today: date) -> None:
    """Tell coordinators of calls for help that no review told them of."""
    from peerloom import github, reminders
    from peerloom.progress.calls import find_recent_calls

    repository = reminders.coordinators_repository(program.settings)
    if repository is None:
        return
    calls = [reminders.call_notice(call, program) for call in find_recent_calls(program, today)]
    try:
        github.tell_coordinators(calls, github.connect_for_coordinators(), repository, time.sleep)
    except github.GitHubError as error:
        refuse(f"{error}{error.next_step}")


def _show_plan(plan: "Plan", output_format: str, program: "Program") -> None:
    from peerloom import reminders

    is_public = program.settings.visibility == "public"
    if output_format == "json":
        show_data(reminders.plan_as_json(plan), "json")
    else:
        show(reminders.plan_as_text(plan, is_public=is_public))
