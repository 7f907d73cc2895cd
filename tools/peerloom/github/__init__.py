"""GitHub read and written; the only code that reaches the network.

`github.matching` is imported by whoever needs it: with it comes all of matching.
"""

from peerloom.github.branches import Desk, desk
from peerloom.github.calls import tell
from peerloom.github.carrying import Carried, Places, carry_out
from peerloom.github.connection import (
    CannotReach,
    Connection,
    TooFast,
    Unreached,
    connection,
    coordinators_connection,
)
from peerloom.github.numbers import accounts
from peerloom.github.posting import post
from peerloom.github.proposing import propose, waiting
from peerloom.github.reminding import Hubs, Reminding, remind
from peerloom.github.senders import sender_of, starter
from peerloom.github.settings import facts, mend

__all__ = [
    "CannotReach",
    "Carried",
    "Connection",
    "Desk",
    "Hubs",
    "Places",
    "Reminding",
    "TooFast",
    "Unreached",
    "accounts",
    "carry_out",
    "connection",
    "coordinators_connection",
    "desk",
    "facts",
    "mend",
    "post",
    "propose",
    "remind",
    "sender_of",
    "starter",
    "tell",
    "waiting",
]
