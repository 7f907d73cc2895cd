"""`peerloom remind`."""

import os
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerloom.cli.options import (
    Word,
    load_program_or_exit,
    read_clock,
    today_option,
    with_program_folder,
)
from peerloom.cli.printing import refuse, say, show, show_data

if TYPE_CHECKING:
    from peerloom.records import Program
    from peerloom.reminders import Plan


@click.command("remind")
@click.option("--apply", "is_applied", is_flag=True, help="Carry the plan out on GitHub.")
@click.option(
    "--format",
    "form",
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
    "is_unbounded",
    is_flag=True,
    help="Open also more than twice as many issues within a day as are due.",
)
@today_option
@with_program_folder
def command(
    root: Path,
    is_applied: bool,
    form: str,
    budget: int,
    pace: float,
    is_unbounded: bool,
    today: date,
) -> None:
    """Plan the check-in issues to open, to ask again in, and to close.

    GITHUB_TOKEN, GITHUB_API_URL and GITHUB_REPOSITORY are read as GitHub Actions sets them.
    Without a token the plan is made as if there were no issue yet.
    """
    from peerloom import github, reminders

    program = load_program_or_exit(root)
    if not is_applied and not os.environ.get("GITHUB_TOKEN"):
        say("no GITHUB_TOKEN is set: planned as if there were no issue yet", err=True)
        _show(reminders.plan_reminders(program, today, (), (), budget), form, program)
        return
    try:
        found = github.remind(
            program,
            today,
            github.Hubs(program=github.connection(), coordinators=github.coordinators_connection()),
            repository=os.environ.get("GITHUB_REPOSITORY") or program.settings.repository,
            now=read_clock(),
            budget=budget,
            pace=pace,
            sleep=time.sleep,
            is_bounded=not is_unbounded,
        )
    except github.Unreached as reason:
        refuse(f"{reason}{reason.next}")
    _show(found.plan, form, program)
    for note in found.notes:
        say(f"peerloom: {note}", err=True)
    if is_applied:
        carried = github.carry_out(found.plan, found.places, time.sleep)
        for sentence in carried.reasons:
            say(f"peerloom: {sentence}", err=True)
        say(f"{carried.done} of {len(found.plan.actions)} done", err=True)
        _tell(program, today)
        if carried.left:
            raise click.exceptions.Exit(1)
    if found.notes:
        raise click.exceptions.Exit(1)


def _tell(program: "Program", today: date) -> None:
    """Tells coordinators of calls for help that no review told them of."""
    from peerloom import github, reminders
    from peerloom.progress.calls import find_recent_calls

    where = reminders.coordinators_repository(program.settings)
    if where is None:
        return
    tellings = [reminders.call_notice(call, program) for call in find_recent_calls(program, today)]
    try:
        github.tell(tellings, github.coordinators_connection(), where, time.sleep)
    except github.Unreached as reason:
        refuse(f"{reason}{reason.next}")


def _show(plan: "Plan", form: str, program: "Program") -> None:
    from peerloom import reminders

    is_public = program.settings.visibility == "public"
    if form == "json":
        show_data(reminders.plan_as_json(plan), "json")
    else:
        show(reminders.plan_as_text(plan, is_public=is_public))
