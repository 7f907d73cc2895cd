"""Attacks on the program, each a module: `python -m attacks chaos 1000` tries them at length."""

from attacks import hostile_pages, killed_reminders, slow_pages
from attacks.attack import Attack

ATTACKS: tuple[Attack, ...] = (
    hostile_pages.ATTACK,
    killed_reminders.ATTACK,
    slow_pages.ATTACK,
)
