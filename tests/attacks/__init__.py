"""Attacks on the program, each a module: `python -m attacks chaos 1000` tries them at length."""

from attacks import killed_reminders, uncloneable_names
from attacks.attack import Attack

ATTACKS: tuple[Attack, ...] = (
    killed_reminders.ATTACK,
    uncloneable_names.ATTACK,
)
