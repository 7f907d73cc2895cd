"""Attacks on the program, each a module: `python -m attacks chaos 1000` tries them at length."""

from attacks import (
    any_input,
    calls_for_help,
    commands_in_output,
    false_dates,
    full_disk,
    hostile_pages,
    killed_builds,
    killed_reminders,
    killed_writes,
    leaking_comments,
    odd_days,
    others_words,
    shared_heads,
    slow_pages,
    spoiled_cache,
    uncloneable_names,
    uninvited_sign_ups,
    unknown_accounts,
)
from attacks.attack import Attack
from attacks.subtraction import chaos as subtraction

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
    any_input.ATTACK,
    false_dates.ATTACK,
    calls_for_help.ATTACK,
    others_words.ATTACK,
    uninvited_sign_ups.ATTACK,
    leaking_comments.ATTACK,
    subtraction.ATTACK,
)
