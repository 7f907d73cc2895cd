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
from peerloom.github.heads import PullRequest
from peerloom.github.merging import merger
from peerloom.github.numbers import accounts
from peerloom.github.posting import post
from peerloom.github.proposing import propose, waiting
from peerloom.github.receipts import day_received
from peerloom.github.receiving import Received, receive
from peerloom.github.reminding import Hubs, Reminding, remind
from peerloom.github.senders import sender_of, starter
from peerloom.github.settings import facts, mend
from peerloom.github.turns import refuse_unrelated, turn

__all__ = [
    "CannotReach",
    "Carried",
    "Connection",
    "Desk",
    "Hubs",
    "Places",
    "PullRequest",
    "Received",
    "Reminding",
    "TooFast",
    "Unreached",
    "accounts",
    "carry_out",
    "connection",
    "coordinators_connection",
    "day_received",
    "desk",
    "facts",
    "mend",
    "merger",
    "post",
    "propose",
    "receive",
    "refuse_unrelated",
    "remind",
    "sender_of",
    "starter",
    "tell",
    "turn",
    "waiting",
]
