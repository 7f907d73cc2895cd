"""Attacks on the program, each a module: `python -m attacks chaos 1000` tries them at length."""

from attacks import false_dates, killed_reminders
from attacks.attack import Attack

ATTACKS: tuple[Attack, ...] = (false_dates.ATTACK, killed_reminders.ATTACK)
