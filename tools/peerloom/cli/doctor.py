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

    from peerloom.doctor import Facts, Finding


@click.command("doctor")
@click.option("--mend", "is_mended", is_flag=True, help="Set what can be set, after showing it.")
@today_option
@with_program_folder
def command(root: Path, is_mended: bool, today: date) -> None:
    """Say which settings of the repository on GitHub are not as the program needs them.

    GITHUB_TOKEN, GITHUB_API_URL and GITHUB_REPOSITORY are read as GitHub Actions sets them; to
    see and set settings, the token must be an administrator's.
    """
    from peerloom import doctor, github

    settings = load_program_or_exit(root).settings
    repository = os.environ.get("GITHUB_REPOSITORY") or settings.repository
    try:
        hub = github.connection(sleep=time.sleep)
        facts = github.facts(hub, repository, settings.branch, settings.coordinators)
    except github.Unreached as reason:
        refuse(f"{reason}{reason.next}")
    there = frozenset(path for path in doctor.files_looked_at() if (root / path).is_file())
    found = doctor.findings(facts, settings, there, today)
    _show(found, facts, repository)
    left = len(found)
    for finding in found if is_mended else ():
        if finding.mend is None:
            continue
        try:
            github.mend(hub, repository, settings.branch, finding, facts)
        except github.Unreached as reason:
            say(f"peerloom: not set: {finding.what}: {reason}", err=True)
        else:
            left -= 1
            say(f"set: {finding.what}")
    if left:
        raise click.exceptions.Exit(1)


def _show(found: "Sequence[Finding]", facts: "Facts", repository: str) -> None:
    from peerloom import doctor

    for finding in found:
        can = " ('--mend' sets it)" if finding.mend else ""
        say(finding.what)
        say(f"  {finding.where}{can}")
    for name in doctor.unseen(facts):
        say(f"not looked at, as the token may not see it: {name}")
    if facts.last_run:
        say(f"the schedule last ran 'check-ins' on {facts.last_run.isoformat()}")
    if not found:
        say(f"{repository} is as the program needs it")
