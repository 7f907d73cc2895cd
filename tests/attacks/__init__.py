"""Attacks on the program, each a module: `python -m attacks chaos 1000` tries them at length."""

from attacks import (
    calls_for_help,
    killed_reminders,
    leaking_comments,
    others_words,
    uninvited_sign_ups,
)
from attacks.attack import Attack

ATTACKS: tuple[Attack, ...] = (
    killed_reminders.ATTACK,
    calls_for_help.ATTACK,
    others_words.ATTACK,
    uninvited_sign_ups.ATTACK,
    leaking_comments.ATTACK,
)
