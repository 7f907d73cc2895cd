"""Attacks on the program, each a module: `python -m attacks chaos 1000` tries them at length."""

from attacks import (
    commands_in_output,
    false_dates,
    full_disk,
    hostile_pages,
    killed_builds,
    killed_reminders,
    killed_writes,
    odd_days,
    shared_heads,
    slow_pages,
    spoiled_cache,
    uncloneable_names,
    unknown_accounts,
)
from attacks.attack import Attack

ATTACKS: tuple[Attack, ...] = (
    killed_reminders.ATTACK,
    killed_builds.ATTACK,
    spoiled_cache.ATTACK,
    odd_days.ATTACK,
    shared_heads.ATTACK,
    unknown_accounts.ATTACK,
    killed_writes.ATTACK,
    full_disk.ATTACK,
    commands_in_output.ATTACK,
    uncloneable_names.ATTACK,
    hostile_pages.ATTACK,
    slow_pages.ATTACK,
    false_dates.ATTACK,
)
