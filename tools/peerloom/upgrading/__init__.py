"""Brings a program from one version of Peerloom to the next: its records, and what Peerloom made.

What people wrote or changed is never replaced. The package decides; `peerloom upgrade` writes.
"""

from peerloom.upgrading.plan import UpgradePlan, plan_upgrade
from peerloom.upgrading.plan_text import render_plan
from peerloom.upgrading.program_version import (
    CannotUpgrade,
    choose_start,
    holds_program,
    read_program_version,
)
from peerloom.upgrading.reading import UpgradeInput, read_upgrade_input

__all__ = [
    "CannotUpgrade",
    "UpgradeInput",
    "UpgradePlan",
    "choose_start",
    "holds_program",
    "plan_upgrade",
    "read_program_version",
    "read_upgrade_input",
    "render_plan",
]
