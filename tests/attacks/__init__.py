"""Attacks on the program, each a module: `python -m attacks chaos 1000` tries them at length."""

from attacks import killed_reminders, shared_heads, unknown_accounts
from attacks.attack import Attack

ATTACKS: tuple[Attack, ...] = (
    killed_reminders.ATTACK,
    shared_heads.ATTACK,
    unknown_accounts.ATTACK,
)
