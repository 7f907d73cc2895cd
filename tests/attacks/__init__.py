"""Attacks on the program, each a module: `python -m attacks chaos 1000` tries them at length."""

from attacks import commands_in_output, killed_reminders, uncloneable_names
from attacks.attack import Attack

ATTACKS: tuple[Attack, ...] = (
    killed_reminders.ATTACK,
    commands_in_output.ATTACK,
    uncloneable_names.ATTACK,
)
