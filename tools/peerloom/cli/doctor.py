"""`peerloom doctor`."""

import os
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerloom.cli.options import (
    load_program_or_exit,
    today_option,
    with_program_folder,
)
from peerloom.cli.printing import refuse, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peerloom.doctor import Facts, SettingProblem


@click.command("doctor")
@click.option("--fix", "fixes", is_flag=True, help="Change what can be changed, after showing it.")
@today_option
@with_program_folder
def command(root: Path, fixes: bool, today: date) -> None:
    """Check the repository's settings on GitHub, and list what to change.

    GITHUB_TOKEN, GITHUB_API_URL and GITHUB_REPOSITORY are read as GitHub Actions sets them; to
    see and change settings, the token must be an administrator's.
    """
    from peerloom import doctor, github

    program = load_program_or_exit(root)
    settings, cohorts = program.settings, program.cohorts.values()
    naming = program.records_naming_coordinators
    coordinators = dict.fromkeys(login for each in naming for login in each.coordinators)
    repository = os.environ.get("GITHUB_REPOSITORY") or settings.repository
    try:
        client = github.connect(sleep=time.sleep)
        facts = github.read_settings(client, repository, settings.branch, coordinators)
    except github.GitHubError as error:
        refuse(f"{error}{error.next_step}")
    files = frozenset(path for path in doctor.list_relevant_files() if (root / path).is_file())
    problems = doctor.find_settings_problems(facts, settings, files, today, cohorts)
    _show_problems(problems, facts, repository)
    has_second_site = bool(facts.site_repository)
    say(doctor.describe_minutes(program, today, has_second_site=has_second_site))
    left = len(problems)
    for problem in problems if fixes else ():
        if problem.fix is None:
            continue
        try:
            github.change_settings(client, repository, settings.branch, problem, facts)
        except github.GitHubError as error:
            say(f"peerloom: not set: {problem.what}: {error}", err=True)
        else:
            left -= 1
            say(f"set: {problem.what}")
    if left:
        raise click.exceptions.Exit(1)


def _show_problems(problems: "Sequence[SettingProblem]", facts: "Facts", repository: str) -> None:
    from peerloom import doctor

    for problem in problems:
        offer = " ('--fix' sets it)" if problem.fix else ""
        say(problem.what)
        say(f"  {problem.where}{offer}")
    for name in doctor.list_unseen(facts):
        say(f"not checked, as the token may not see it: {name}")
    if facts.last_run:
        say(f"the schedule last ran 'check-ins' on {facts.last_run.isoformat()}")
    _show_limits(facts)
    if not problems:
        say(f"{repository} is as the program needs it")


def _show_limits(facts: "Facts") -> None:
    """Print what the repository's plan withholds, if GitHub tells which plan it is."""
    from peerloom import doctor

    setup = doctor.find_setup(facts)
    limits = list(doctor.list_limits(facts))
    if setup is None or not limits:
        return
    name = doctor.SETUPS[setup]
    say(f"what the plan withholds ({name[0].lower()}{name[1:]}); docs/plans.md has all plans:")
    for limit in limits:
        say(f"  {limit}")
