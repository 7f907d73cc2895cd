"""Plans the upgrade of the program in a folder to the installed version."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

    from peerloom.upgrading import UpgradePlan


def plan_upgrade_or_exit(
    root: Path,
    said: str | None,
    today: date,
    refuse: "Callable[[str], NoReturn]",
    *,
    restores: bool = False,
    may_change_workflows: bool = True,
) -> "UpgradePlan":
    """Return the plan of an upgrade; without one, `refuse` says why and ends the command.

    `said` is the version to upgrade from, where the program does not say it.
    """
    from dataclasses import replace

    from peerloom import __version__, git, upgrading
    from peerloom.program import load
    from peerloom.toolbox import CannotMakeWheel

    if not upgrading.holds_program(root):
        raise click.UsageError("there is no program here: 'content/program.yml' is missing")
    try:
        found = upgrading.read_program_version(root)
        start = upgrading.choose_start(found, said, __version__)
        given = upgrading.read_upgrade_input(root, (start, __version__), today)
    except (upgrading.CannotUpgrade, CannotMakeWheel) as error:
        refuse(str(error))
    given = replace(
        given,
        fact_days=git.with_days_from_git(load(root).program, root, today).fact_days,
        restores=restores,
        may_change_workflows=may_change_workflows,
    )
    return upgrading.plan_upgrade(given, git.merge_texts)
