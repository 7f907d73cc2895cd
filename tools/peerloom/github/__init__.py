"""GitHub read and written; the only code that reaches the network.

`github.matching` is imported by whoever needs it: with it comes all of matching.
"""

from peerloom.github.branches import Desk, desk
from peerloom.github.carrying import Carried, Places, carry_out
from peerloom.github.connection import (
    CannotReach,
    Connection,
    TooFast,
    Unreached,
    connection,
    coordinators_connection,
)
from peerloom.github.posting import post
from peerloom.github.proposing import propose, waiting
from peerloom.github.receipts import day_received
from peerloom.github.receiving import Received, receive
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
    "Received",
    "Reminding",
    "TooFast",
    "Unreached",
    "carry_out",
    "connection",
    "coordinators_connection",
    "day_received",
    "desk",
    "facts",
    "mend",
    "post",
    "propose",
    "receive",
    "remind",
    "sender_of",
    "starter",
    "waiting",
]
