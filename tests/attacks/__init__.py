"""Attacks on the program, each a module: `python -m attacks chaos 1000` tries them at length."""

from attacks import full_disk, killed_reminders, killed_writes
from attacks.attack import Attack

ATTACKS: tuple[Attack, ...] = (
    killed_reminders.ATTACK,
    killed_writes.ATTACK,
    full_disk.ATTACK,
)
